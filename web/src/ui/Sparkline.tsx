// SPDX-License-Identifier: LGPL-2.1-or-later
// The last values of a figure, as a small line.
import { useEffect, useState } from 'react';

const kKept = 60;
const kWidth = 72;
const kHeight = 20;

/** The values that a figure had while the component was there: one each second, and one whenever it changed. */
export function useRecent(value: number) {
  const [values, setValues] = useState<readonly number[]>([]);
  useEffect(() => {
    const take = () => setValues((old) => [...old.slice(1 - kKept), value]);
    take();
    const timer = setInterval(take, 1000);
    return () => clearInterval(timer);
  }, [value]);
  return values;
}

export function Sparkline({ values }: { values: readonly number[] }) {
  const most = Math.max(...values, 1e-9);
  const points = values.map((value, i) => {
    const x = kWidth * (1 - (values.length - 1 - i) / (kKept - 1));
    const y = kHeight - 2 - (value / most) * (kHeight - 4);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg width={kWidth} height={kHeight} style={{ display: 'block', flexShrink: 0 }} aria-hidden="true">
      <polyline points={points.join(' ')} fill="none" stroke="var(--mantine-primary-color-filled)" strokeWidth={1.5} />
    </svg>
  );
}
