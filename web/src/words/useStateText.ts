// SPDX-License-Identifier: LGPL-2.1-or-later
// How the last refresh of an account or guide went. The event that told it knows more than its state.
import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/client';
import type { Account } from '../api/schema';
import { kOfRefreshes } from '../live';
import type { Evidence } from './evidence';
import { troubleOf } from './refreshes';
import { useWords } from './useWords';

/** Those of many accounts and guides; what is older is told in the daemon's own words. */
const kLooked = 100;

const kQuery = { kind: 'refreshed', limit: kLooked };

/** `textOf('account', id, state)`; "": there is nothing to say. */
export function useStateText() {
  const words = useWords();
  // Asked again after such an event alone.
  const kept = useQuery({ queryKey: [kOfRefreshes], queryFn: ({ signal }) => ask('GET /api/v1/history', { query: kQuery }, signal) });
  const events = kept.data?.items ?? [];
  return (kind: 'account' | 'guide', id: number, { message }: Account['state']) => {
    if (!message) return '';
    const told = events.map(({ evidence }) => evidence).find((one) => one[kind] === id && one.message === message);
    return (told && troubleOf(told as Evidence, words)) ?? message;
  };
}
