// SPDX-License-Identifier: LGPL-2.1-or-later
// How streams stand: as the sessions that play now say, else as it was kept.
import type { Session, Stream } from '../api/schema';
import { currentOf, type Facts } from './facts';
import { useSessions } from './useSessions';

export type Candidate = Session['candidates'][number];

export interface Live {
  candidate: Candidate;
  onAir: boolean;
  /** Of what is on air, once something is known. */
  facts: Facts | undefined;
}

/** By the stream's number; of several the one on air. */
export function useOnAir(): ReadonlyMap<number, Live> {
  const found = new Map<number, Live>();
  for (const session of useSessions().data ?? [])
    for (const candidate of session.candidates) {
      const onAir = currentOf(session) === candidate;
      const facts = onAir && session.facts.bits_per_second > 0 ? session.facts : undefined;
      if (onAir || !found.has(candidate.stream)) found.set(candidate.stream, { candidate, onAir, facts });
    }
  return found;
}

/** A penalty below says nothing. */
export const kFelt = 0.05;

export interface Standing {
  facts: Facts | null;
  /** When they were measured; undefined: now. */
  atMs: number | undefined;
  /** 0: none. */
  penalty: number;
}

export function standingOf({ measured, penalty }: Stream, live: Live | undefined): Standing {
  const points = live ? live.candidate.penalty : penalty;
  return {
    facts: live?.facts ?? measured,
    atMs: live?.facts ? undefined : measured?.at_ms,
    penalty: points >= kFelt ? points : 0,
  };
}
