// SPDX-License-Identifier: LGPL-2.1-or-later
// Days as people count them: with 23 or 25 hours where the clock is moved.

export interface Day {
  /** Seconds since 1970. */
  start: number;
  end: number;
}

/** `offset` days behind today. */
export function dayAt(offset: number): Day {
  const date = new Date();
  date.setHours(0, 0, 0, 0);
  date.setDate(date.getDate() + offset);
  const start = date.getTime() / 1000;
  date.setDate(date.getDate() + 1);
  return { start, end: date.getTime() / 1000 };
}

/** Its parts, of six hours each: what is asked for at once. */
export const kPartSeconds = 6 * 3600;

export function partsOf(day: Day, from: number, until: number) {
  const first = Math.max(0, Math.floor((from - day.start) / kPartSeconds));
  const parts = [];
  for (let start = day.start + first * kPartSeconds; start < Math.min(until, day.end); start += kPartSeconds)
    parts.push({ from: start, until: Math.min(start + kPartSeconds, day.end) });
  return parts;
}
