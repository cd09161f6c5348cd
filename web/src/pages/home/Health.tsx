// SPDX-License-Identifier: LGPL-2.1-or-later
// How the daemon is: what it needs and moves, now and in the last hour, day or week.
import { Group, Loader, SegmentedControl, SimpleGrid, Text } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useAsk } from '../../api/hooks';
import type { Figure } from '../../api/schema';
import { useMessages } from '../../i18n';
import { useFormat, type makeFormat } from '../../i18n/format';
import { Problem } from '../../ui/errors';
import { Chart, kDashes, useLineColors, type FigureName } from './Chart';
import { messages } from './messages';
import { Part } from './Part';

const kLookMs = 5000; // as often as the daemon looks
const kLongestMs = 60_000; // however long a step is, its line shows where it goes
const kSpans = ['hour', 'day', 'week'] as const;
type Span = (typeof kSpans)[number];
type Format = ReturnType<typeof makeFormat>;

interface Drawing {
  figures: readonly FigureName[];
  text: (format: Format, value: number) => string;
  least: number;
  whole?: boolean;
}

function percent(format: Format, share: number) {
  const value = Math.round(1000 * share) / 10;
  return `${format.number(value, Number.isInteger(value) || value >= 10 ? 0 : 1)} %`;
}

const kDrawings: readonly Drawing[] = [
  { figures: ['received', 'sent'], text: (format, value) => format.rate(value), least: 100_000 },
  { figures: ['viewers', 'sessions'], text: (format, value) => format.number(value, Number.isInteger(value) ? 0 : 1), least: 1, whole: true },
  { figures: ['cpu'], text: percent, least: 0.05 },
  { figures: ['memory'], text: (format, value) => format.bytes(value), least: 1e6 },
];

const known = (values: Figure['mean'][FigureName]) => values.filter((value) => value !== null);
/** Of the whole span; null: nothing is known of it. */
const meanOf = ({ mean }: Figure, name: FigureName) => {
  const values = known(mean[name]);
  return values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : null;
};
const mostOf = ({ most }: Figure, name: FigureName) => known(most[name]).reduce<number | null>((top, value) => Math.max(top ?? 0, value), null);

function Swatch({ color, dashed }: { color: string; dashed: boolean }) {
  return (
    <svg width={16} height={4} aria-hidden="true" style={{ flexShrink: 0 }}>
      <line x1={0} x2={16} y1={2} y2={2} stroke={color} strokeWidth={2.5} strokeDasharray={dashed ? kDashes.join() : undefined} />
    </svg>
  );
}

interface Props {
  drawing: Drawing;
  history: Figure;
  span: Span;
  pointed: number | null;
  onPointed: (index: number | null) => void;
}

function Drawn({ drawing, history, span, pointed, onPointed }: Props) {
  const t = useMessages(messages);
  const format = useFormat();
  const colors = useLineColors();
  const text = useMemo(() => (value: number | null | undefined) => (value == null ? '–' : drawing.text(format, value)), [drawing, format]);
  const shown = (name: FigureName) => (pointed === null ? history.now?.[name] : history.mean[name][pointed]);
  const about = (name: FigureName) => ({ mean: text(meanOf(history, name)), most: text(mostOf(history, name)) });
  const [only] = drawing.figures.length === 1 ? drawing.figures : [];
  const label = drawing.figures
    .map((name) => t('chart', { name: t(name), span: t(span), now: text(history.now?.[name]), ...about(name) }))
    .join(' ');
  return (
    <div>
      {drawing.figures.map((name, i) => (
        <Group key={name} gap={8} wrap="nowrap">
          <Swatch color={colors[i]!} dashed={i > 0} />
          <Text size="sm" c="dimmed" flex={1} truncate>
            {t(name)}
          </Text>
          <Text size="sm" fw={650} style={{ whiteSpace: 'nowrap' }}>
            {text(shown(name))}
          </Text>
        </Group>
      ))}
      {only && (
        <Text size="sm" c="dimmed" pl={24} truncate>
          {t('meanAndMost', about(only))}
        </Text>
      )}
      <Chart
        history={history}
        figures={drawing.figures}
        text={text}
        least={drawing.least}
        whole={drawing.whole}
        label={label}
        onPointed={onPointed}
      />
    </div>
  );
}

export function Health() {
  const t = useMessages(messages);
  const format = useFormat();
  const [span, setSpan] = useState<Span>('hour');
  const [pointed, setPointed] = useState<number | null>(null);
  const { data: now } = useAsk('GET /api/v1/figures', { query: { span: 'now' } }, { refetchInterval: kLookMs });
  const { data, error, refetch } = useAsk(
    'GET /api/v1/figures',
    { query: { span } },
    { refetchInterval: ({ state }) => Math.min(1000 * (state.data?.step_s ?? 0) || kLookMs, kLongestMs), placeholderData: keepPreviousData },
  );
  const history = useMemo(() => data && { ...data, now: now ? now.now : data.now }, [data, now]);
  const at = pointed === null ? undefined : history?.at[pointed];
  // Before that the daemon did not run, or not yet.
  const begin = history && history.at.length < history.span_s / history.step_s ? history.at[0] : undefined;
  const choice = (
    <SegmentedControl
      size="xs"
      value={span}
      onChange={(value) => setSpan(value as Span)}
      aria-label={t('span')}
      data={kSpans.map((value) => ({ value, label: t(value) }))}
    />
  );
  return (
    <Part title={t('health')} about={at === undefined ? t('now') : format.moment(1000 * at)} more={choice}>
      {error && !history && <Problem error={error} onRetry={() => refetch()} />}
      {!error && !history && <Loader />}
      {history && (
        <>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg" verticalSpacing="sm">
            {kDrawings.map((drawing) => (
              <Drawn key={drawing.figures[0]} {...{ drawing, history, span, pointed }} onPointed={setPointed} />
            ))}
          </SimpleGrid>
          <Text size="xs" c="dimmed" mt="xs">
            {t('legend')} {begin !== undefined && t('since', { time: format.moment(1000 * begin) })}
          </Text>
        </>
      )}
    </Part>
  );
}
