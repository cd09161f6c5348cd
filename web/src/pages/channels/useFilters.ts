// SPDX-License-Identifier: LGPL-2.1-or-later
// Which channels are looked at.
import { useFilters as useAddress } from '../../ui/useFilters';

type Shown = 'all' | 'visible' | 'onlyHidden';
const kHidden: Record<Shown, boolean | undefined> = { all: undefined, visible: false, onlyHidden: true };

export function useFilters() {
  const { text, setText, q, get, set } = useAddress<'group' | 'shown'>();
  const group = get('group');
  const shown = (get('shown') ?? 'all') as Shown;
  return {
    text,
    setText,
    group,
    setGroup: (wanted: string | null) => set({ group: wanted }),
    shown,
    setShown: (wanted: string) => set({ shown: wanted === 'all' ? null : wanted }),
    /** What the server is asked for. */
    query: { q, group: group ?? undefined, hidden: kHidden[shown] },
    isEmpty: !q && !group && shown === 'all',
  };
}
