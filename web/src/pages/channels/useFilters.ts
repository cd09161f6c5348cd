// SPDX-License-Identifier: LGPL-2.1-or-later
// Which channels are looked at, as the address says: so that one can go back to them.
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useSearchParams } from 'wouter';

type Shown = 'all' | 'visible' | 'onlyHidden';
const kHidden: Record<Shown, boolean | undefined> = { all: undefined, visible: false, onlyHidden: true };

export function useFilters() {
  const [search, setSearch] = useSearchParams();
  const [text, setText] = useState(search.get('q') ?? '');
  const [q] = useDebouncedValue(text, 200);
  const set = (name: string, value: string) =>
    setSearch(
      (old) => {
        const next = new URLSearchParams(old);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  const group = search.get('group');
  const shown = (search.get('shown') ?? 'all') as Shown;
  return {
    text,
    setText: (value: string) => {
      setText(value);
      set('q', value);
    },
    group,
    setGroup: (wanted: string | null) => set('group', wanted ?? ''),
    shown,
    setShown: (wanted: string) => set('shown', wanted === 'all' ? '' : wanted),
    /** What the server is asked for. */
    query: { q: q || undefined, group: group ?? undefined, hidden: kHidden[shown] },
    isEmpty: q === '' && !group && shown === 'all',
  };
}
