// SPDX-License-Identifier: LGPL-2.1-or-later
// Which streams are looked at, as the address says: so that it can be kept, sent and gone back to.
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'wouter';
import type { Operations } from '../../api/schema';

type Query = Operations['GET /api/v1/streams']['query'];

export const states = ['used', 'unused', 'missing', 'penalised', 'measured', 'unmeasured'] as const;
export type State = (typeof states)[number];
export const kinds = ['live', 'movie', 'series'] as const;
export type Kind = (typeof kinds)[number];

/** Lines of a picture, at least. */
export const heights = ['2160', '1080', '720', '576'] as const;
/** Under the names that relevod has for them. */
export const codecs = ['H.264', 'H.265', 'MPEG-2 video'] as const;

const kNames = ['q', 'account', 'group', 'kind', 'state', 'height', 'codec'] as const;
type Name = (typeof kNames)[number];

const kOfState: Record<State, Query> = {
  used: { used: true },
  unused: { used: false },
  missing: { missing: true },
  penalised: { penalised: true },
  measured: { measured: true },
  unmeasured: { measured: false },
};

/** `query`: for the API. `text`: of the search, which is asked for when nobody types for a moment. */
export function useFilters() {
  const [search, setSearch] = useSearchParams();
  const [text, setText] = useState(search.get('q') ?? '');
  const [q] = useDebouncedValue(text, 200);
  const set = (changes: Partial<Record<Name, string | null>>) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes))
          if (value) after.set(name, value);
          else after.delete(name);
        return after;
      },
      { replace: true },
    );
  useEffect(() => set({ q }), [q]);
  const number = (name: Name) => Number(search.get(name)) || undefined;
  const one = <T extends string>(name: Name, known: readonly T[]) => known.find((value) => value === search.get(name));
  const state = one('state', states);
  const query: Query = {
    q: q || undefined,
    account: number('account'),
    group: number('group'),
    kind: one('kind', kinds),
    min_height: Number(one('height', heights)) || undefined,
    codec: one('codec', codecs),
    ...(state && kOfState[state]),
  };
  const clear = () => {
    setText('');
    setSearch({}, { replace: true });
  };
  return { query, state, text, setText, set, clear, filtered: Object.values(query).some((value) => value !== undefined) };
}
