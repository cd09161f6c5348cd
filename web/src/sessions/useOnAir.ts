// SPDX-License-Identifier: LGPL-2.1-or-later
// What is measured of streams in the sessions that play now.
import type { Session } from '../../api/schema';
import { currentOf } from '../../sessions/facts';
import { useSessions } from '../../sessions/useSessions';

export type Candidate = Session['candidates'][number];

export interface Measured {
  candidate: Candidate;
  onAir: boolean;
}

/** By the stream's number; of several the one on air. */
export function useOnAir(): ReadonlyMap<number, Measured> {
  const measured = new Map<number, Measured>();
  for (const session of useSessions().data ?? [])
    for (const candidate of session.candidates) {
      const onAir = currentOf(session) === candidate;
      if (onAir || !measured.has(candidate.stream)) measured.set(candidate.stream, { candidate, onAir });
    }
  return measured;
}
