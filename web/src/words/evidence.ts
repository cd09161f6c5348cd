// SPDX-License-Identifier: LGPL-2.1-or-later
// What the daemon knows of an event or an alert. Members say something or are not there; an older daemon has kept less.

export interface Obstacle {
  candidate: string;
  level?: string;
  taken?: number;
  limit?: number;
  holders?: readonly string[];
}

/** Figures of a refresh. */
export interface Figures {
  objection?: string;
  listed?: number;
  present?: number;
  added?: number;
  changed?: number;
  vanished?: number;
  channels?: number;
  programmes?: number;
  before?: number;
  breaks_at?: number;
}

/** Of an alert. */
export interface Details extends Figures {
  name?: string;
  cause?: string;
  status?: number;
  login?: string;
  expires?: number;
}

export interface Evidence {
  candidate?: string;
  from?: string;
  reason?: string;
  failure?: string;
  status?: number;
  text?: string;
  cause?: string;
  obstacle?: Obstacle;
  measured_ms?: number;
  limit_ms?: number;
  gap_ms?: number;
  wait_ms?: number;
  address?: string;
  agent?: string;
  bytes?: number;
  skips?: number;
  outcome?: string;
  report?: Figures;
  user?: string;
  key?: string;
  device?: string;
  by?: string;
  path?: string;
  untold?: number;
  kind?: string;
  details?: Details;
  version?: string;
}
