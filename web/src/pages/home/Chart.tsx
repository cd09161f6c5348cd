// SPDX-License-Identifier: LGPL-2.1-or-later
// How figures went, drawn by uPlot: of each a line for the mean, and a shade up to the most.
import { useComputedColorScheme, useMantineTheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useMemo, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Figure } from '../../api/schema';
import { useFormat } from '../../i18n/format';

export type FigureName = keyof Figure['mean'];

const kHeight = 120;
const kFontPx = 11;
const kDaysShownS = 2 * 86_400; // from there on an axis tells days
const kTogether = 'figures'; // charts under this name show the same moment

/** Of the second line, which is not told by its colour alone. */
export const kDashes = [4, 3];

/** The colours of the lines, on the ground that is there now. */
export function useLineColors() {
  const { colors } = useMantineTheme();
  const dark = useComputedColorScheme('light') === 'dark';
  const names = dark ? [colors.cyan[4], colors.orange[4]] : [colors.cyan[8], colors.orange[8]];
  return names as [string, string];
}

function useGround() {
  const { colors, fontFamily } = useMantineTheme();
  const dark = useComputedColorScheme('light') === 'dark';
  return useMemo(
    () => ({
      text: dark ? colors.dark[1] : colors.gray[7],
      grid: dark ? colors.dark[5] : colors.gray[2],
      font: `${kFontPx}px ${fontFamily}`,
    }),
    [colors, dark, fontFamily],
  );
}

interface Props {
  history: Figure;
  figures: readonly FigureName[];
  text: (value: number) => string;
  /** The top of the axis is never below it. */
  least: number;
  /** Only whole numbers are told. */
  whole?: boolean;
  /** For who does not see it. */
  label: string;
  /** The place in the history under the pointer; null: it is elsewhere. */
  onPointed: (index: number | null) => void;
}

export function Chart({ history, figures, text, least, whole, label, onPointed }: Props) {
  const format = useFormat();
  const ground = useGround();
  const [first, second] = useLineColors();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const chart = useRef<uPlot>(null);
  const { span_s: span } = history;

  const data = useMemo(
    () => [history.at, ...figures.flatMap((name) => [history.most[name], history.mean[name]])] as uPlot.AlignedData,
    [history, figures],
  );

  const options = useMemo((): uPlot.Options => {
    const axis = { stroke: ground.text, font: ground.font, ticks: { show: false } };
    const colors = [first, second];
    return {
      width: 0,
      height: kHeight,
      padding: [8, 14, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 }, sync: { key: kTogether } },
      scales: {
        x: {
          range: ({ data: [at] }) => {
            const end = at.length ? at[at.length - 1]! : Date.now() / 1000;
            return [end - span, end];
          },
        },
        y: { range: (_, __, most) => [0, Math.max(1.1 * (most ?? 0), least)] },
      },
      series: [
        {},
        ...figures.flatMap((_, i): uPlot.Series[] => [
          { width: 0, points: { show: false } },
          { stroke: colors[i], width: 1.5, dash: i ? kDashes : undefined, points: { size: 4, fill: colors[i] } },
        ]),
      ],
      bands: figures.map((_, i) => ({ series: [2 * i + 1, 2 * i + 2], fill: `${colors[i]}33` })),
      axes: [
        {
          ...axis,
          grid: { show: false },
          size: 22,
          space: 56,
          values: (_, splits) => splits.map((at) => (span < kDaysShownS ? format.minute(1000 * at) : format.weekday(1000 * at))),
        },
        {
          ...axis,
          grid: { stroke: ground.grid, width: 1 },
          size: (_, values) => 12 + 0.58 * kFontPx * Math.max(0, ...(values ?? []).map((value) => value.length)),
          space: 30,
          incrs: whole ? [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000] : undefined,
          values: (_, splits) => splits.map(text),
        },
      ],
      hooks: { setCursor: [({ cursor }) => onPointed(cursor.idx ?? null)] },
    };
  }, [figures, first, second, format, ground, least, onPointed, span, text, whole]);

  // What is made anew shows what is known now.
  const newest = useRef({ data, width });
  newest.current = { data, width };
  const measured = width > 0;
  useEffect(() => {
    if (!measured) return;
    const made = new uPlot({ ...options, width: newest.current.width }, newest.current.data, ref.current!);
    chart.current = made;
    return () => {
      chart.current = null;
      made.destroy();
    };
  }, [options, measured, ref]);
  useEffect(() => chart.current?.setData(data), [data]);
  useEffect(() => chart.current?.setSize({ width, height: kHeight }), [width]);

  return <div ref={ref} role="img" aria-label={label} style={{ height: kHeight }} />;
}
