// SPDX-License-Identifier: LGPL-2.1-or-later
// What is on, of those channels and that time which are looked at.
import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useRef } from 'react';
import { ask, problemOf, type Asked, type Gives } from '../../api/client';
import { keyOf } from '../../api/hooks';
import type { Operations } from '../../api/schema';

const kOperation = 'GET /api/v1/guide-grid';
const kPage = 20;
const kFreshMs = 60_000;

export type Row = Gives<typeof kOperation>['items'][number];
export type Programme = Row['programmes'][number];
export type GridQuery = Pick<Operations[typeof kOperation]['query'], 'q' | 'profile' | 'guided'>;

interface Part {
  from: number;
  until: number;
}

/** In their order, each once: one that reaches into the next part is told in both. */
function join(rows: readonly Row[]): Row | undefined {
  const [first] = rows;
  if (!first) return undefined;
  const byStart = new Map(rows.flatMap(({ programmes }) => programmes).map((one) => [one.start, one]));
  return { ...first, programmes: [...byStart.values()].sort((a, b) => a.start - b.start) };
}

export function useGrid(query: GridQuery, [firstRow, lastRow]: readonly [number, number], parts: readonly Part[]) {
  const firstPage = Math.floor(firstRow / kPage);
  const pages = Array.from({ length: Math.floor(lastRow / kPage) - firstPage + 1 }, (_, i) => firstPage + i);
  const wanted = pages.flatMap((page) => parts.map((part) => ({ page, part })));
  const known = useRef<number>(undefined);
  const answers = useQueries({
    queries: wanted.map(({ page, part }) => {
      const asked: Asked<typeof kOperation> = { query: { ...query, ...part, limit: kPage, offset: page * kPage } };
      return {
        queryKey: keyOf(kOperation, asked),
        queryFn: ({ signal }: { signal: AbortSignal }) => ask(kOperation, asked, signal),
        placeholderData: keepPreviousData,
        staleTime: kFreshMs,
      };
    }),
  });
  const there = answers.find(({ data }) => data);
  if (there?.data) known.current = there.data.total;
  const rowAt = (index: number) => {
    const page = Math.floor(index / kPage);
    const rows = wanted.flatMap((one, i) => {
      const answer = answers[i];
      const row = one.page === page && !answer?.isPlaceholderData ? answer?.data?.items[index % kPage] : undefined;
      return row ? [row] : [];
    });
    return join(rows);
  };
  return {
    total: known.current,
    rowAt,
    error: answers.map(problemOf).find((error) => error),
    refetch: () => answers.forEach((answer) => answer.refetch()),
  };
}
