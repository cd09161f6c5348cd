// SPDX-License-Identifier: LGPL-2.1-or-later
// A channel, or one stream, in the page. What breaks off is begun again, for as long as the component is there.
import { ActionIcon, Alert, Button, Group, Loader, SegmentedControl, Tooltip } from '@mantine/core';
import { Info, Maximize, Play, RotateCw, Volume2, VolumeX } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useMessages } from '../i18n';
import { useWords } from '../words/useWords';
import { askWhy, attach, type Engine, type Kind } from './engine';
import { Facts, type SourceFacts } from './Facts';
import { messages } from './messages';
import classes from './Player.module.css';

const kAgainMs = 2000;
const kStored = 'relevo.player';

type Stage = 'loading' | 'playing' | 'waiting' | 'stopped' | 'lost';

function usualKind(): Kind {
  return localStorage.getItem(kStored) === 'hls' ? 'hls' : 'ts';
}

/** Begins to play; where the browser wants a gesture for sound, without sound. */
async function begin(video: HTMLVideoElement) {
  try {
    await video.play();
  } catch (error) {
    if ((error as Error).name !== 'NotAllowedError') return;
    video.muted = true;
    await video.play().catch(() => {});
  }
}

/** On an iPhone nothing but a video can fill the screen. */
function fillScreen(frame: HTMLElement, video: HTMLVideoElement & { webkitEnterFullscreen?: () => void }) {
  if (frame.requestFullscreen) frame.requestFullscreen();
  else video.webkitEnterFullscreen?.();
}

interface Props {
  /** "/stream/UUID" of a channel, "/play/ACCOUNT/ID" of a stream. */
  path: string;
  name: string;
  /** Where it comes in no other way. */
  only?: Kind;
  source?: SourceFacts;
}

export function Player({ path, name, only, source }: Props) {
  const t = useMessages(messages);
  const words = useWords();
  const newestWords = useRef(words);
  newestWords.current = words; // another language is no reason to begin anew
  const video = useRef<HTMLVideoElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState(usualKind);
  const kind = only ?? chosen;
  const [stage, setStage] = useState<Stage>('loading');
  const [why, setWhy] = useState('');
  const [muted, setMuted] = useState(false);
  const [shown, setShown] = useState(true);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const element = video.current!;
    let engine: Engine | undefined;
    let over = false;
    let timer: number | undefined;
    const lose = async (technical: string) => {
      if (over || timer !== undefined) return;
      timer = window.setTimeout(() => setAttempt((n) => n + 1), kAgainMs);
      engine?.destroy();
      engine = undefined;
      setStage('lost');
      const told = await askWhy(path, newestWords.current).catch(() => null);
      if (!over) setWhy(told ?? technical);
    };
    setStage('loading');
    attach(element, path, kind, lose).then(
      (made) => {
        if (over) return made.destroy();
        engine = made;
        begin(element);
      },
      (error) => lose(String(error)),
    );
    return () => {
      over = true;
      clearTimeout(timer);
      engine?.destroy();
    };
  }, [path, kind, attempt]);

  const chooseKind = (wanted: string) => {
    localStorage.setItem(kStored, wanted);
    setChosen(wanted as Kind);
  };
  const toggle = () => (video.current!.paused ? begin(video.current!) : video.current!.pause());
  const busy = stage === 'loading' || stage === 'waiting';

  return (
    <div className={classes.player} ref={frame}>
      <div className={classes.picture}>
        <video
          ref={video}
          playsInline
          aria-label={name}
          onClick={toggle}
          onPlaying={() => setStage('playing')}
          onWaiting={() => setStage((now) => (now === 'lost' ? now : 'waiting'))}
          onPause={() => setStage((now) => (now === 'playing' ? 'stopped' : now))}
          onVolumeChange={(event) => setMuted(event.currentTarget.muted)}
        />
        {busy && (
          <div className={classes.middle}>
            <Loader color="white" />
          </div>
        )}
        {stage === 'stopped' && (
          <div className={classes.middle}>
            <ActionIcon size={64} radius="xl" color="dark" onClick={toggle} aria-label={t('play')}>
              <Play size={32} />
            </ActionIcon>
          </div>
        )}
        {stage === 'lost' && (
          <div className={classes.middle}>
            <Alert color="orange" variant="filled" maw={420} title={t('lost')} role="alert">
              {why}
              <Group mt="xs">
                <Button size="xs" variant="white" leftSection={<RotateCw size={14} />} onClick={() => setAttempt((n) => n + 1)}>
                  {t('again')}
                </Button>
              </Group>
            </Alert>
          </div>
        )}
        {shown && stage !== 'lost' && <Facts video={video} source={source} />}
      </div>
      <Group justify="space-between" p={6} gap="xs" wrap="nowrap">
        {!only && (
          <SegmentedControl
            size="xs"
            value={kind}
            onChange={chooseKind}
            aria-label={t('kind')}
            data={[
              { value: 'ts', label: 'MPEG-TS' },
              { value: 'hls', label: 'HLS' },
            ]}
          />
        )}
        <Group gap={2} wrap="nowrap" ml="auto">
          <Tooltip label={t('facts')}>
            <ActionIcon variant={shown ? 'light' : 'subtle'} color="gray" aria-label={t('facts')} aria-pressed={shown} onClick={() => setShown(!shown)}>
              <Info size={18} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t(muted ? 'unmute' : 'mute')}>
            <ActionIcon
              variant="subtle"
              color={muted ? 'orange' : 'gray'}
              aria-label={t(muted ? 'unmute' : 'mute')}
              onClick={() => (video.current!.muted = !muted)}
            >
              {muted ? <VolumeX size={18} /> : <Volume2 size={18} />}
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('full')}>
            <ActionIcon variant="subtle" color="gray" aria-label={t('full')} onClick={() => fillScreen(frame.current!, video.current!)}>
              <Maximize size={18} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
    </div>
  );
}
