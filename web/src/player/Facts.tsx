// SPDX-License-Identifier: LGPL-2.1-or-later
// What is known of the picture, over the picture: from the browser, and from the daemon where one may ask it.
import { useEffect, useState, type RefObject } from 'react';
import type { Session } from '../api/schema';
import { useMessages } from '../i18n';
import { useFormat } from '../i18n/format';
import { soundOf, videoOf } from '../sessions/facts';
import { bufferOf } from './engine';
import { messages } from './messages';
import classes from './Player.module.css';

const kLookMs = 500;

/** As the daemon measures them. */
export interface SourceFacts {
  label: string;
  facts: Session['facts'];
  bitsPerSecond: number;
}

function look(video: HTMLVideoElement | null) {
  if (!video) return { plays: false, size: '', buffer: 0, dropped: 0 };
  return {
    plays: video.currentTime > 0,
    size: video.videoWidth ? `${video.videoWidth}×${video.videoHeight}` : '',
    buffer: bufferOf(video),
    dropped: video.getVideoPlaybackQuality().droppedVideoFrames,
  };
}

export function Facts({ video, source }: { video: RefObject<HTMLVideoElement | null>; source?: SourceFacts }) {
  const t = useMessages(messages);
  const format = useFormat();
  const [seen, setSeen] = useState(() => look(null));
  useEffect(() => {
    const timer = setInterval(() => setSeen(look(video.current)), kLookMs);
    return () => clearInterval(timer);
  }, [video]);
  const soundAlone = seen.plays && !seen.size && source?.facts.video != null;
  const rows: [string, string][] = [
    [t('source'), source?.label ?? ''],
    [t('picture'), (source && videoOf(source.facts, format)) || seen.size],
    ['', soundAlone ? t('soundAlone') : ''],
    [t('sound'), source ? soundOf(source.facts) : ''],
    [t('rate'), source?.bitsPerSecond ? format.rate(source.bitsPerSecond) : ''],
    [t('buffer'), seen.plays ? `${format.number(seen.buffer, 1)} s` : ''],
    [t('dropped'), seen.dropped ? format.number(seen.dropped) : ''],
  ];
  const told = rows.filter(([, value]) => value);
  if (!told.length) return null;
  return (
    <dl className={classes.facts}>
      {told.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
