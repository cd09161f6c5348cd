// SPDX-License-Identifier: LGPL-2.1-or-later
// What plays now. Events tell when that changes, but figures move all the time.
import { useAsk } from '../api/hooks';

const kLookMs = 2000;

export function useSessions() {
  return useAsk('GET /api/v1/sessions', {}, { refetchInterval: kLookMs });
}
