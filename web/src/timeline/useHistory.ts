// SPDX-License-Identifier: LGPL-2.1-or-later
// What has happened, the newest first. Of what is known nothing is asked again: only what came since, and what came before.
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ask, problemOf, type Gives } from '../api/client';
import { useAsk } from '../api/hooks';
import type { Operations } from '../api/schema';

const kPage = 100;

type Page = Gives<'GET /api/v1/history'>;
type Query = Operations['GET /api/v1/history']['query'];

type Part = Pick<Query, 'before' | 'after'>;

export function useHistory(query: Pick<Query, 'channel' | 'viewers'>) {
  const client = useQueryClient();
  const queryKey = ['time line', query];
  const pages = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => ask('GET /api/v1/history', { query: { ...query, ...pageParam, limit: kPage } }, signal),
    initialPageParam: {} as Part,
    getNextPageParam: ({ items }: Page): Part | undefined => (items.length < kPage ? undefined : { before: items[kPage - 1]!.id }),
    getPreviousPageParam: (_: Page, known: Page[]): Part => ({ after: known.find(({ items }) => items.length)?.items[0]?.id }),
  });
  const { data, fetchPreviousPage } = pages;
  const events = data?.pages.flatMap(({ items }) => items);
  const known = events?.[0]?.id ?? 0;
  const newest = useAsk('GET /api/v1/history', { query: { ...query, limit: 1 } }).data?.items[0]?.id ?? 0;
  const isBehind = events !== undefined && newest > known;
  useEffect(() => {
    if (!isBehind) return;
    fetchPreviousPage().then(({ data: now }) => {
      // There may be more between it and what was known.
      if (now?.pages[0]?.items.length === kPage) client.resetQueries({ queryKey: ['time line'] });
    });
  }, [isBehind, newest, fetchPreviousPage, client]);
  return {
    events,
    error: problemOf(pages),
    refetch: pages.refetch,
    /** Undefined: there are none. */
    older: pages.hasNextPage ? () => void pages.fetchNextPage() : undefined,
    isBusy: pages.isFetchingNextPage,
  };
}
