// SPDX-License-Identifier: LGPL-2.1-or-later
// Figures and times as people read them.
import { useMemo } from 'react';
import { useLanguage, type Language } from '.';

const kSizes = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
const kUnits: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

export function makeFormat(language: Language) {
  const number = (value: number, digits = 0) =>
    value.toLocaleString(language, { maximumFractionDigits: digits, minimumFractionDigits: digits });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const time = (ms: number) => new Date(ms).toLocaleTimeString(language, { hourCycle: 'h23' });
  return {
    number,
    bytes: (value: number) => {
      const step = Math.min(kSizes.length - 1, value < 1 ? 0 : Math.floor(Math.log10(value) / 3));
      const digits = step < 2 ? 0 : 1;
      return (value / 1000 ** step).toLocaleString(language, {
        style: 'unit',
        unit: kSizes[step]!,
        maximumFractionDigits: digits,
      });
    },
    /** Of bits per second. */
    rate: (bits: number) =>
      bits >= 950_000 ? `${number(bits / 1e6, 1)} Mbit/s` : `${number(bits / 1e3)} kbit/s`,
    time,
    /** Hours and minutes. */
    minute: (ms: number) => new Date(ms).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    /** "Fri, 27 Nov" */
    day: (ms: number) => new Date(ms).toLocaleDateString(language, { weekday: 'short', day: 'numeric', month: 'short' }),
    /** "Fri" */
    weekday: (ms: number) => new Date(ms).toLocaleDateString(language, { weekday: 'short' }),
    /** With the day, where that is not today. */
    moment: (ms: number) => {
      const date = new Date(ms);
      if (date.toDateString() === new Date().toDateString()) return time(ms);
      return `${date.toLocaleDateString(language, { day: 'numeric', month: 'short' })} ${time(ms)}`;
    },
    /** "5 minutes ago" */
    ago: (ms: number, now = Date.now()) => {
      const seconds = Math.round((ms - now) / 1000);
      const [unit, size] = kUnits.find(([, least]) => Math.abs(seconds) >= least) ?? kUnits[3]!;
      return relative.format(Math.trunc(seconds / size), unit);
    },
    /** "1:02:03" */
    duration: (ms: number) => {
      const seconds = Math.max(0, Math.floor(ms / 1000));
      const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
      const shown = parts[0] ? parts : parts.slice(1);
      return shown.map((part, i) => (i ? String(part).padStart(2, '0') : part)).join(':');
    },
  };
}

export function useFormat() {
  const { language } = useLanguage();
  return useMemo(() => makeFormat(language), [language]);
}
