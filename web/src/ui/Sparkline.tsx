// SPDX-License-Identifier: LGPL-2.1-or-later
// The last values of a figure, as a small line.
import { useEffect, useState } from 'react';

const kKept = 60;

/** The values that a figure had since the component is there, one for each second in which it was shown. */
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

interface Props {
  values: readonly number[];
  width?: number;
  height?: number;
}

export function Sparkline({ values, width = 72, height = 20 }: Props) {
  const most = Math.max(...values, 1e-9);
  const right = width * (1 - (kKept - values.length) / (kKept - 1));
  const points = values.map((value, i) => {
    const x = values.length < 2 ? width : right - ((values.length - 1 - i) / (kKept - 1)) * width;
    return `${(x + width - right).toFixed(1)},${(height - 2 - (value / most) * (height - 4)).toFixed(1)}`;
  });
  return (
    <svg width="100%" height={height} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" style={{ maxWidth: width, display: 'block' }} aria-hidden="true">
      <polyline
        points={points.join(' ')}
        fill="none"
        stroke="var(--mantine-primary-color-filled)"
        strokeWidth={1.5}
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
