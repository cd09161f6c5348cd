// SPDX-License-Identifier: LGPL-2.1-or-later
// The numbers of all channels that fit, in the order of the list.
import { ask } from './client';
import type { Operations } from './schema';

const kAtOnce = 20_000; // are given by the daemon

export async function askChannelIds(query: Operations['GET /api/v1/channels']['query']) {
  const ids: number[] = [];
  for (;;) {
    const some = await ask('GET /api/v1/channel-ids', { query: { ...query, offset: ids.length } });
    ids.push(...some);
    if (some.length < kAtOnce) return ids;
  }
}
