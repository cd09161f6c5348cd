// SPDX-License-Identifier: LGPL-2.1-or-later
// What the daemon needs and moves, of its figures for Prometheus. They are kept while other pages are open.
import { useQuery } from '@tanstack/react-query';
import { request } from '../../api/client';

const kLookMs = 2000;
const kFirstLookMs = 500; // rates need two looks
const kKept = 60;

/** Of one moment. */
export interface Figures {
  cpu: number; // of one core
  memory: number; // bytes
  sent: number; // bits per second
  received: number; // bits per second
  connections: number;
}

interface Sample {
  at: number;
  values: Map<string, number>;
}

let last: Sample | null = null;
let history: readonly Figures[] = [];

/** The samples of a text for Prometheus, summed over their labels. */
export function parseMetrics(text: string) {
  const values = new Map<string, number>();
  for (const line of text.split('\n')) {
    const parts = /^(\w+)(?:\{.*\})? ([\d.e+-]+)$/.exec(line);
    if (parts) values.set(parts[1]!, (values.get(parts[1]!) ?? 0) + Number(parts[2]));
  }
  return values;
}

function figuresOf(before: Sample, now: Sample): Figures {
  const seconds = Math.max(0.001, (now.at - before.at) / 1000);
  const value = (name: string) => now.values.get(name) ?? 0;
  const rate = (name: string) => Math.max(0, value(name) - (before.values.get(name) ?? 0)) / seconds;
  return {
    cpu: rate('process_cpu_seconds_total'),
    memory: value('process_resident_memory_bytes'),
    sent: 8 * rate('relevo_sent_bytes_total'),
    received: value('relevo_channel_source_bits_per_second'),
    connections: value('relevo_http_connections'),
  };
}

async function look(signal: AbortSignal) {
  const answer = await request('GET', '/metrics', undefined, undefined, signal);
  const sample = { at: performance.now(), values: parseMetrics(await answer.text()) };
  if (last) history = [...history.slice(1 - kKept), figuresOf(last, sample)];
  last = sample;
  return history;
}

/** The newest is the last. */
export function useFigures() {
  return useQuery({ queryKey: ['/metrics'], queryFn: ({ signal }) => look(signal), refetchInterval: ({ state }) => (state.data?.length ? kLookMs : kFirstLookMs) });
}
