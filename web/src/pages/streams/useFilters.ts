// SPDX-License-Identifier: LGPL-2.1-or-later
// Which streams are looked at.
import type { Operations } from '../../api/schema';
import { useFilters as useAddress } from '../../ui/useFilters';

type Query = Operations['GET /api/v1/streams']['query'];

export const states = ['used', 'unused', 'missing', 'penalised', 'measured', 'unmeasured'] as const;
export type State = (typeof states)[number];
export const kinds = ['live', 'movie', 'series'] as const;
export type Kind = (typeof kinds)[number];

/** Lines of a picture, at least. */
export const heights = ['2160', '1080', '720', '576'] as const;
/** Under the names that relevod has for them. */
export const codecs = ['H.264', 'H.265', 'MPEG-2 video'] as const;

type Name = 'account' | 'group' | 'kind' | 'state' | 'height' | 'codec';

const kOfState: Record<State, Query> = {
  used: { used: true },
  unused: { used: false },
  missing: { missing: true },
  penalised: { penalised: true },
  measured: { measured: true },
  unmeasured: { measured: false },
};

/** `query`: for the API. */
export function useFilters() {
  const { text, setText, q, get, set, clear } = useAddress<Name>();
  const number = (name: Name) => Number(get(name)) || undefined;
  const one = <T extends string>(name: Name, known: readonly T[]) => known.find((value) => value === get(name));
  const state = one('state', states);
  const query: Query = {
    q,
    account: number('account'),
    group: number('group'),
    kind: one('kind', kinds),
    min_height: Number(one('height', heights)) || undefined,
    codec: one('codec', codecs),
    ...(state && kOfState[state]),
  };
  return { query, state, text, setText, set, clear, filtered: Object.values(query).some((value) => value !== undefined) };
}
