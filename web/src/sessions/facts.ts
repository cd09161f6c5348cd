// SPDX-License-Identifier: LGPL-2.1-or-later
// What is measured of a session or a stream, in few words.
import type { Session } from '../api/schema';
import type { makeFormat } from '../i18n/format';

type Format = ReturnType<typeof makeFormat>;

/** Of what plays now, or of a stream when it was played last. */
export type Facts = Omit<Session['facts'], 'video'> & { video?: Session['facts']['video'] | null };

function digitsOf(rate: number) {
  return Number.isInteger(rate) ? 0 : 2;
}

/** "1080p50", "576i25"; "" where there is no picture. */
export function pictureOf({ video }: Facts, format: Format) {
  if (!video?.height) return '';
  const rate = video.frames_per_second;
  return `${video.height}${video.interlaced ? 'i' : 'p'}${rate ? format.number(rate, digitsOf(rate)) : ''}`;
}

/** "H264 1920×1080i, 25 fps"; "" where there is no picture. */
export function videoOf({ video }: Facts, format: Format) {
  if (!video || !video.width) return '';
  const rate = video.frames_per_second;
  const pictures = rate ? `, ${format.number(rate, digitsOf(rate))} fps` : '';
  return `${video.codec.toUpperCase()} ${video.width}×${video.height}${video.interlaced ? 'i' : ''}${pictures}`;
}

/** "AAC 48 kHz, 2 ch" of the first of them; how many more there are. */
export function soundOf({ audio }: Facts) {
  const [first] = audio;
  if (!first) return '';
  const parts = [
    first.sample_rate ? `${first.codec.toUpperCase()} ${first.sample_rate / 1000} kHz` : first.codec.toUpperCase(),
    first.channels ? `${first.channels} ch` : '',
    first.language,
    audio.length > 1 ? `+${audio.length - 1}` : '',
  ];
  return parts.filter(Boolean).join(', ');
}

/** Of a session that plays a stream which somebody looks at by itself. */
export const kNoChannel = 0;

export function currentOf(session: Session) {
  return session.candidates.find((one) => one.id === session.current);
}

/** What a player tells of where its picture comes from. */
export function sourceOf(session: Session | undefined) {
  if (!session) return undefined;
  const current = currentOf(session);
  return { label: current?.label ?? '', facts: session.facts, bitsPerSecond: current?.bits_per_second ?? 0 };
}
