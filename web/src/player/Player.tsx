// SPDX-License-Identifier: LGPL-2.1-or-later
// A channel, or one stream, in the page. What breaks off is begun again, for as long as the component is there.
import { ActionIcon, Alert, Button, Group, Loader, SegmentedControl, Tooltip } from '@mantine/core';
import { Info, Maximize, Pause, Play, RotateCw, Volume2, VolumeX } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useMessages } from '../i18n';
import { useWords } from '../words/useWords';
import { askWhy, attach, canPlayTs, type Engine, type Kind, type Loss } from './engine';
import { Facts, type SourceFacts } from './Facts';
import { messages } from './messages';
import { useKeys } from './useKeys';
import classes from './Player.module.css';

/** Each try costs a connection to the provider: what fails again and again is tried less and less often. */
const kAgainMs = [2000, 4000, 8000, 16_000, 30_000];
const kHeldMs = 30_000; // what played for so long begins anew at once
const kWhyMs = 10_000;
const kStored = 'relevo.player';

type Stage = 'loading' | 'playing' | 'waiting' | 'stopped' | 'lost';

function usualKind(): Kind {
  return localStorage.getItem(kStored) === 'hls' || !canPlayTs() ? 'hls' : 'ts';
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

/** Or leaves it again. On an iPhone nothing but a video can fill the screen. */
function fillScreen(frame: HTMLElement, video: HTMLVideoElement & { webkitEnterFullscreen?: () => void }) {
  if (document.fullscreenElement) document.exitFullscreen();
  else if (frame.requestFullscreen) frame.requestFullscreen();
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
  const [loss, setLoss] = useState<Loss>('brokenOff');
  const [told, setTold] = useState<string | null>(null); // by the daemon
  const [muted, setMuted] = useState(false);
  const [shown, setShown] = useState(true);
  const [attempt, setAttempt] = useState(0);
  const failures = useRef(0); // one behind the other

  useEffect(() => {
    const element = video.current!;
    const begunAt = performance.now();
    const asking = new AbortController();
    let engine: Engine | undefined;
    let over = false;
    let lost = false;
    let timer: number | undefined;
    const lose = async (how: Loss) => {
      if (over || lost) return;
      lost = true;
      engine?.destroy();
      engine = undefined;
      if (performance.now() - begunAt > kHeldMs) failures.current = 0;
      const before = failures.current++;
      const hopeless = how === 'unplayable' || (how === 'unreadable' && before > 0);
      setStage('lost');
      setLoss(hopeless ? 'unplayable' : how);
      setTold(null);
      const limit = setTimeout(() => asking.abort(), kWhyMs);
      const why = await askWhy(path, newestWords.current, asking.signal).catch(() => null);
      clearTimeout(limit);
      if (over) return;
      setTold(why);
      if (hopeless && why === null) return;
      timer = window.setTimeout(() => setAttempt((n) => n + 1), kAgainMs[Math.min(before, kAgainMs.length - 1)]);
    };
    setStage('loading');
    attach(element, path, kind, lose).then(
      (made) => {
        if (over || lost) return made.destroy();
        engine = made;
        begin(element);
      },
      () => lose('brokenOff'),
    );
    return () => {
      over = true;
      asking.abort();
      clearTimeout(timer);
      engine?.destroy();
    };
  }, [path, kind, attempt]);

  const chooseKind = (wanted: string) => {
    localStorage.setItem(kStored, wanted);
    failures.current = 0;
    setChosen(wanted as Kind);
  };
  const tryAgain = () => {
    failures.current = 0;
    setAttempt((n) => n + 1);
  };
  const toggle = () => (video.current!.paused ? begin(video.current!) : video.current!.pause());
  const toggleSound = () => (video.current!.muted = !video.current!.muted);
  const toggleFull = () => fillScreen(frame.current!, video.current!);
  useKeys(frame, { ' ': toggle, k: toggle, m: toggleSound, f: toggleFull });
  const busy = stage === 'loading' || stage === 'waiting';

  return (
    <div className={classes.player} ref={frame}>
      <div className={classes.picture}>
        <video
          ref={video}
          playsInline
          tabIndex={0}
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
            <ActionIcon size={64} radius="xl" color="dark" onClick={toggle} aria-hidden="true" tabIndex={-1}>
              <Play size={32} />
            </ActionIcon>
          </div>
        )}
        {stage === 'lost' && (
          <div className={classes.middle}>
            <Alert color="dark" variant="filled" maw={420} title={t('lost')} role="alert">
              {told ?? t(loss)}
              <Group mt="xs">
                <Button size="xs" variant="white" leftSection={<RotateCw size={14} />} onClick={tryAgain}>
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
              { value: 'ts', label: 'MPEG-TS', disabled: !canPlayTs() },
              { value: 'hls', label: 'HLS' },
            ]}
          />
        )}
        <Group gap={2} wrap="nowrap" ml="auto">
          <Tooltip label={t(stage === 'stopped' ? 'play' : 'pause')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t(stage === 'stopped' ? 'play' : 'pause')}
              disabled={stage !== 'stopped' && stage !== 'playing'}
              onClick={toggle}
            >
              {stage === 'stopped' ? <Play size={18} /> : <Pause size={18} />}
            </ActionIcon>
          </Tooltip>
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
              onClick={toggleSound}
            >
              {muted ? <VolumeX size={18} /> : <Volume2 size={18} />}
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('full')}>
            <ActionIcon variant="subtle" color="gray" aria-label={t('full')} onClick={toggleFull}>
              <Maximize size={18} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
    </div>
  );
}
