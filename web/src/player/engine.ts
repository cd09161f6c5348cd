// SPDX-License-Identifier: LGPL-2.1-or-later
// What puts a channel into a video element: mpegts.js or hls.js, each loaded when it is needed.
import { causes } from '../words/reasons';
import { codes } from '../words/refusals';
import type { Words } from '../words/useWords';

export type Kind = 'ts' | 'hls';

export interface Engine {
  destroy(): void;
}

/** `onLost`: nothing more comes, or what comes cannot be played. */
export async function attach(video: HTMLVideoElement, path: string, kind: Kind, onLost: (why: string) => void): Promise<Engine> {
  return kind === 'ts' ? attachTs(video, addressOf(path, kind), onLost) : attachHls(video, addressOf(path, kind), onLost);
}

function addressOf(path: string, kind: Kind) {
  return new URL(kind === 'ts' ? path : `${path}.m3u8`, location.href).href;
}

async function attachTs(video: HTMLVideoElement, url: string, onLost: (why: string) => void): Promise<Engine> {
  const { default: mpegts } = await import('mpegts.js');
  mpegts.LoggingControl.enableAll = false;
  const player = mpegts.createPlayer(
    { type: 'mpegts', isLive: true, url },
    {
      enableStashBuffer: false,
      // The daemon sends what it has at once: so much of it may wait, or it is caught up with.
      liveBufferLatencyChasing: true,
      liveBufferLatencyMaxLatency: 8,
      liveBufferLatencyMinRemain: 3,
      autoCleanupSourceBuffer: true,
    },
  );
  player.on(mpegts.Events.ERROR, (kind: string, detail: string) => onLost(`${kind}: ${detail}`));
  player.on(mpegts.Events.LOADING_COMPLETE, () => onLost('ended'));
  player.attachMediaElement(video);
  player.load();
  return { destroy: () => player.destroy() };
}

async function attachHls(video: HTMLVideoElement, url: string, onLost: (why: string) => void): Promise<Engine> {
  const { default: Hls } = await import('hls.js/light');
  const player = new Hls({ liveSyncDurationCount: 3, maxBufferLength: 30, backBufferLength: 30 });
  player.on(Hls.Events.ERROR, (_, { fatal, type, details }) => {
    if (!fatal) return;
    // A picture that could not be decoded is no reason to begin anew.
    if (type === Hls.ErrorTypes.MEDIA_ERROR) player.recoverMediaError();
    else onLost(details);
  });
  player.loadSource(url);
  player.attachMedia(video);
  return { destroy: () => player.destroy() };
}

/** Seconds that are there and not yet shown. */
export function bufferOf(video: HTMLVideoElement) {
  for (let i = 0; i < video.buffered.length; ++i)
    if (video.buffered.start(i) <= video.currentTime + 0.1 && video.currentTime < video.buffered.end(i))
      return video.buffered.end(i) - video.currentTime;
  return 0;
}

/** What the daemon says about a channel that does not come; null: it comes. */
export async function askWhy(path: string, words: Words): Promise<string | null> {
  const stop = new AbortController();
  try {
    const answer = await fetch(addressOf(path, 'ts'), { signal: stop.signal });
    if (answer.ok) return null;
    const { error } = await answer.json();
    const cause = answer.headers.get('X-Relevo-Cause') ?? undefined;
    return words.find(causes, cause) ?? words.find(codes, error.code, error) ?? error.message;
  } finally {
    stop.abort();
  }
}
