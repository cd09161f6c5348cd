// SPDX-License-Identifier: LGPL-2.1-or-later
// How the last refresh of an account or guide went. The event that told it knows more than its state.
import { useAsk } from '../api/hooks';
import type { Account } from '../api/schema';
import type { Evidence } from './evidence';
import { troubleOf } from './refreshes';
import { useWords } from './useWords';

/** Those of many accounts and guides; what is older is told in the daemon's own words. */
const kLooked = 200;

/** `textOf('account', id, state)`; "": there is nothing to say. */
export function useStateText() {
  const words = useWords();
  const events = useAsk('GET /api/v1/history', { query: { kind: 'refreshed', limit: kLooked } }).data?.items ?? [];
  return (kind: 'account' | 'guide', id: number, { message }: Account['state']) => {
    if (!message) return '';
    const told = events.map(({ evidence }) => evidence).find((one) => one[kind] === id && one.message === message);
    return (told && troubleOf(told as Evidence, words)) ?? message;
  };
}
