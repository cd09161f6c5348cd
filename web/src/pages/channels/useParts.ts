// SPDX-License-Identifier: LGPL-2.1-or-later
// Several channels, each with its streams.
import { useQueries } from '@tanstack/react-query';
import { ask } from '../../api/client';
import type { Channel, Stream } from '../../api/schema';

export interface Part {
  channel: Channel;
  streams: readonly Stream[];
}

/** In the order that is given; undefined until all is there. */
export function useParts(channels: readonly number[]) {
  const found = useQueries({
    queries: channels.map((channel) => ({
      // Of its own: what has been merged is not asked for once more.
      queryKey: ['channel with its streams', channel],
      gcTime: 0,
      queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Part> => {
        const path = { channel };
        const links = await ask('GET /api/v1/channels/{channel}/streams', { path }, signal);
        const streams = links.map(({ stream }) => ask('GET /api/v1/streams/{stream}', { path: { stream } }, signal));
        return { channel: await ask('GET /api/v1/channels/{channel}', { path }, signal), streams: await Promise.all(streams) };
      },
    })),
  });
  const parts = found.map(({ data }) => data);
  return {
    parts: parts.every((part) => part !== undefined) ? (parts as Part[]) : undefined,
    error: found.find(({ error }) => error)?.error,
  };
}
