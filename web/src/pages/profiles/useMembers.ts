// SPDX-License-Identifier: LGPL-2.1-or-later
// The channels of a profile, in its order. Only those in sight are known by more than their number.
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { askChannelIds } from '../../api/channelIds';
import { problemOf } from '../../api/client';
import { refresh, useChange } from '../../api/hooks';
import { usePages } from '../../api/pages';
import type { Channel } from '../../api/schema';
import { useErrorText } from '../../ui/errors';

const kConcerned = ['/api/v1/profiles/{profile}/channels', '/api/v1/channels', '/api/v1/guide-grid'];

export interface Member {
  id: number;
  place: number; // from 0
  /** Undefined until it is known. */
  channel: Channel | undefined;
}

export function useMembers(profile: number) {
  const client = useQueryClient();
  const textOf = useErrorText();
  const key = [kConcerned[0], profile];
  const ids = useQuery({ queryKey: key, queryFn: () => askChannelIds({ profile }) });
  const pages = usePages('GET /api/v1/channels', { profile });
  const seen = useRef(new Map<number, Channel>());
  const inTurn = `channels of profile ${profile}`;
  /** What was seen at once is asked for, unless another change is on its way: before it all would be as it was. */
  const askAgain = () => {
    const underWay = client.isMutating({ predicate: ({ options }) => options.scope?.id === inTurn });
    if (underWay === 1) refresh(client, kConcerned);
  };
  const change = useChange('PUT /api/v1/profiles/{profile}/channels', {
    inTurn,
    onDone: askAgain,
    onError: (error) => {
      askAgain();
      notifications.show({ color: 'red', message: textOf(error) });
    },
  });
  const arrange = async (next: readonly number[]) => {
    await client.cancelQueries({ queryKey: key }); // what comes is older
    client.setQueryData(key, next); // seen at once
    change.mutate({ path: { profile }, body: [...next] });
  };
  /** Those that are not there; at its end where no place is given. Whatever was moved since they were found stays. */
  const add = (channels: readonly number[], place = Infinity) => {
    const now = client.getQueryData<number[]>(key);
    const there = new Set(now);
    if (now) arrange([...now.slice(0, place), ...channels.filter((id) => !there.has(id)), ...now.slice(place)]);
  };
  const memberAt = (place: number): Member | undefined => {
    const there = pages.rowAt(place);
    if (there) seen.current.set(there.id, there);
    const id = ids.data?.[place];
    return id === undefined ? undefined : { id, place, channel: seen.current.get(id) };
  };
  return {
    ids: ids.data,
    memberAt,
    onRange: pages.onRange,
    arrange,
    add,
    error: problemOf(ids) ?? pages.error,
    refetch: () => {
      ids.refetch();
      pages.refetch();
    },
  };
}

/** With the one at `from` at `to`. */
export function moved(ids: readonly number[], from: number, to: number) {
  const next = [...ids];
  next.splice(Math.max(0, Math.min(to, ids.length - 1)), 0, ...next.splice(from, 1));
  return next;
}
