// SPDX-License-Identifier: LGPL-2.1-or-later
// What puts a channel into a video element: mpegts.js or hls.js, each loaded when it is needed, or the browser by itself.
import type Hls from 'hls.js';
import { causes } from '../words/reasons';
import { codes } from '../words/refusals';
import type { Words } from '../words/useWords';

export type Kind = 'ts' | 'hls';

/** Nothing more comes; what came cannot be decoded, or is of a kind that this browser never plays. */
export type Loss = 'brokenOff' | 'unreadable' | 'unplayable';
type OnLost = (loss: Loss) => void;

export interface Engine {
  destroy(): void;
}

/** An iPhone takes no stream from a page: it plays HLS by itself. */
export function canPlayTs() {
  return window.MediaSource?.isTypeSupported('video/mp4; codecs="avc1.42E01E,mp4a.40.2"') ?? false;
}

/** `onLost` is called whenever something is lost; the engine is then of no use any more. */
export async function attach(video: HTMLVideoElement, path: string, kind: Kind, onLost: OnLost): Promise<Engine> {
  return kind === 'ts' ? attachTs(video, addressOf(path, kind), onLost) : attachHls(video, addressOf(path, kind), onLost);
}

function addressOf(path: string, kind: Kind) {
  return new URL(kind === 'ts' ? path : `${path}.m3u8`, location.href).href;
}

function giveUp(onLost: OnLost): Engine {
  onLost('unplayable');
  return { destroy: () => {} };
}

/** What begins and fails at once leaves nothing behind. */
function begun<E extends Engine>(engine: E, begin: () => void): Engine {
  try {
    begin();
  } catch (error) {
    engine.destroy();
    throw error;
  }
  return engine;
}

const kNotSupported = 9; // the code of a DOMException "NotSupportedError"

async function attachTs(video: HTMLVideoElement, url: string, onLost: OnLost): Promise<Engine> {
  if (!canPlayTs()) return giveUp(onLost);
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
  player.on(mpegts.Events.ERROR, (kind: string, detail: string, { code }: { code?: number }) => {
    const { MEDIA_CODEC_UNSUPPORTED, MEDIA_FORMAT_UNSUPPORTED } = mpegts.ErrorDetails;
    if (kind !== mpegts.ErrorTypes.MEDIA_ERROR) onLost('brokenOff');
    else if (code === kNotSupported || detail === MEDIA_CODEC_UNSUPPORTED || detail === MEDIA_FORMAT_UNSUPPORTED) onLost('unplayable');
    else onLost('unreadable');
  });
  player.on(mpegts.Events.LOADING_COMPLETE, () => onLost('brokenOff'));
  return begun(player, () => {
    player.attachMediaElement(video);
    player.load();
  });
}

const kWellS = 10; // what played for so long is worth another try
const kUnparsed = 3; // parts, while the picture stands still

async function attachHls(video: HTMLVideoElement, url: string, onLost: OnLost): Promise<Engine> {
  const { default: Hls } = await import('hls.js/light');
  if (!Hls.isSupported()) return attachNative(video, url, onLost);
  const player: Hls = new Hls({ liveSyncDurationCount: 3, maxBufferLength: 30, backBufferLength: 30 });
  const { BUFFER_ADD_CODEC_ERROR, BUFFER_INCOMPATIBLE_CODECS_ERROR, FRAG_PARSING_ERROR, MANIFEST_INCOMPATIBLE_CODECS_ERROR } = Hls.ErrorDetails;
  const unplayable: readonly string[] = [BUFFER_ADD_CODEC_ERROR, BUFFER_INCOMPATIBLE_CODECS_ERROR, MANIFEST_INCOMPATIBLE_CODECS_ERROR];
  let mended = -Infinity; // where the picture was
  let unparsed = { at: 0, parts: 0 };
  player.on(Hls.Events.ERROR, (_, { fatal, type, details }) => {
    if (unplayable.includes(details)) return onLost('unplayable');
    if (details === FRAG_PARSING_ERROR) {
      // Which hls.js never gives up by itself.
      const at = video.currentTime;
      unparsed = { at, parts: at === unparsed.at ? unparsed.parts + 1 : 1 };
      if (unparsed.parts > kUnparsed) return onLost('unreadable');
    }
    if (!fatal) return;
    if (type !== Hls.ErrorTypes.MEDIA_ERROR) return onLost('brokenOff');
    // A picture that could not be decoded is no reason to begin anew; a second one is.
    if (video.currentTime < mended + kWellS) return onLost('unreadable');
    mended = video.currentTime;
    player.recoverMediaError();
  });
  return begun(player, () => {
    player.loadSource(url);
    player.attachMedia(video);
  });
}

function attachNative(video: HTMLVideoElement, url: string, onLost: OnLost): Engine {
  if (!video.canPlayType('application/vnd.apple.mpegurl')) return giveUp(onLost);
  const fail = () => onLost(video.error?.code === MediaError.MEDIA_ERR_NETWORK ? 'brokenOff' : 'unreadable');
  const end = () => onLost('brokenOff');
  video.addEventListener('error', fail);
  video.addEventListener('ended', end);
  video.src = url;
  return {
    destroy: () => {
      video.removeEventListener('error', fail);
      video.removeEventListener('ended', end);
      video.removeAttribute('src');
      video.load(); // lets go of the connection
    },
  };
}

/** Seconds that are there and not yet shown. */
export function bufferOf(video: HTMLVideoElement) {
  for (let i = 0; i < video.buffered.length; ++i)
    if (video.buffered.start(i) <= video.currentTime + 0.1 && video.currentTime < video.buffered.end(i))
      return video.buffered.end(i) - video.currentTime;
  return 0;
}

/** What the daemon says about a channel that does not come; null: it comes. Who asks is a viewer until he has the answer. */
export async function askWhy(path: string, words: Words, signal: AbortSignal): Promise<string | null> {
  const answer = await fetch(addressOf(path, 'ts'), { signal });
  if (answer.ok) {
    await answer.body?.cancel();
    return null;
  }
  const { error } = await answer.json();
  const cause = answer.headers.get('X-Relevo-Cause') ?? undefined;
  return words.find(causes, cause) ?? words.find(codes, error.code, error) ?? error.message;
}
