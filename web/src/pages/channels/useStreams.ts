// SPDX-License-Identifier: LGPL-2.1-or-later
// The streams of a channel in their order, with what is known of each.
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { ask } from '../../api/client';
import { keyOf, refresh, useAsk, useChange } from '../../api/hooks';
import type { ChannelStream, Stream } from '../../api/schema';

export type Member = ChannelStream & { about: Stream | undefined };

export function useStreams(channel: number) {
  const client = useQueryClient();
  const asked = { path: { channel } };
  const links = useAsk('GET /api/v1/channels/{channel}/streams', asked);
  const about = useQueries({
    queries: (links.data ?? []).map(({ stream }) => ({
      queryKey: keyOf('GET /api/v1/streams/{stream}', { path: { stream } }),
      queryFn: ({ signal }: { signal: AbortSignal }) => ask('GET /api/v1/streams/{stream}', { path: { stream } }, signal),
    })),
  });
  const change = useChange('PUT /api/v1/channels/{channel}/streams', {
    refreshes: ['/api/v1/sessions'],
    inTurn: `streams of channel ${channel}`,
  });
  const key = keyOf('GET /api/v1/channels/{channel}/streams', asked);
  const arrange = (streams: readonly ChannelStream[]) => {
    client.setQueryData(key, streams); // seen at once; what the daemon made of it comes after
    change.mutate(
      { path: { channel }, body: streams.map(({ stream }) => ({ stream })) },
      { onSettled: () => refresh(client, ['/api/v1/channels/{channel}/streams']) },
    );
  };
  /** To its old place, and whatever was moved since stays. */
  const putBack = (stream: ChannelStream, place: number) => {
    const now = client.getQueryData<ChannelStream[]>(key);
    if (now && !now.some((one) => one.stream === stream.stream)) arrange([...now.slice(0, place), stream, ...now.slice(place)]);
  };
  const members: Member[] | undefined = links.data?.map((link, i) => ({ ...link, about: about[i]?.data }));
  return { members, arrange, putBack, error: links.error };
}
