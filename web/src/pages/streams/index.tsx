// SPDX-License-Identifier: LGPL-2.1-or-later
// Streams: all that the lists bring, to look at and to make channels of.
import { ActionIcon, Anchor, Button, Checkbox, Group, Loader, Text, VisuallyHidden } from '@mantine/core';
import { Plus, Play, Radio, Search, Tv } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { useAsk } from '../../api/hooks';
import { usePages } from '../../api/pages';
import type { Stream } from '../../api/schema';
import { mayDo, useSession } from '../../app/session';
import { useMessages } from '../../i18n';
import { useFormat } from '../../i18n/format';
import { pictureOf, soundOf } from '../../sessions/facts';
import { standingOf, useOnAir, type Live } from '../../sessions/useOnAir';
import { ChannelLogo } from '../../ui/ChannelLogo';
import { Empty } from '../../ui/Empty';
import { Problem } from '../../ui/errors';
import { PageHead } from '../../ui/PageHead';
import { useNarrow } from '../../ui/useNarrow';
import { VirtualTable, type Column } from '../../ui/VirtualTable';
import { AddToChannel } from './AddToChannel';
import { Filters } from './Filters';
import { Marks } from './Marks';
import { messages } from './messages';
import { NewChannels } from './NewChannels';
import { Preview } from './Preview';
import { StreamFacts } from './StreamFacts';
import classes from './Streams.module.css';
import { useFilters } from './useFilters';
import { useSelection, type Selection } from './useSelection';

interface Doings {
  narrow: boolean;
  selection: Selection;
  accountName: (id: number) => string;
  onOpen: (stream: Stream) => void;
  onPlay: (stream: Stream) => void;
}

/** "1080p50 H.264"; of radio its sound; "" where nothing is known. */
function usePictureText() {
  const format = useFormat();
  return (stream: Stream, live: Live | undefined) => {
    const { facts } = standingOf(stream, live);
    if (!facts) return '';
    return facts.video ? `${pictureOf(facts, format)} ${facts.video.codec}`.trim() : soundOf(facts);
  };
}

function useColumns({ narrow, selection, accountName, onOpen, onPlay }: Doings): Column<Stream>[] {
  const t = useMessages(messages);
  const pictureText = usePictureText();
  const onAir = useOnAir();
  return [
    {
      key: 'select',
      label: <VisuallyHidden>{t('actions')}</VisuallyHidden>,
      width: '24px',
      cell: (stream) => (
        <Checkbox
          size="xs"
          radius="sm"
          aria-label={t('select', { name: stream.name })}
          checked={selection.has(stream)}
          onChange={() => selection.toggle(stream)}
        />
      ),
    },
    {
      key: 'name',
      label: t('name'),
      width: 'minmax(0, 3fr)',
      cell: (stream) => (
        <div className={classes.name}>
          <ChannelLogo of={`streams/${stream.id}`} logo={stream.logo} name={stream.name} size={28} />
          <div className={classes.words}>
            <Anchor
              component="button"
              type="button"
              size="sm"
              c="inherit"
              className={classes.open}
              aria-label={t('open', { name: stream.name })}
              onClick={() => onOpen(stream)}
            >
              {stream.name}
            </Anchor>
            {narrow && (
              <Text size="xs" c="dimmed" truncate>
                {[pictureText(stream, onAir.get(stream.id)), stream.group, accountName(stream.account)].filter(Boolean).join(' · ')}
              </Text>
            )}
          </div>
          <Marks stream={stream} live={onAir.get(stream.id)} />
        </div>
      ),
    },
    { key: 'group', label: t('group'), width: 'minmax(0, 1.6fr)', wideOnly: true, cell: ({ group }) => group },
    {
      key: 'account',
      label: t('account'),
      width: 'minmax(0, 1fr)',
      wideOnly: true,
      cell: ({ account }) => accountName(account),
    },
    {
      key: 'channels',
      label: t('channels'),
      width: 'minmax(0, 1fr)',
      wideOnly: true,
      cell: ({ channels }) =>
        channels.length > 0 && (
          <Anchor component={Link} href={`/channels/${channels[0]}`} size="sm">
            {t('inChannels', { n: channels.length })}
          </Anchor>
        ),
    },
    {
      key: 'picture',
      label: t('picture'),
      width: '150px',
      wideOnly: true,
      cell: (stream) => (
        <Text size="sm" c="dimmed" truncate>
          {pictureText(stream, onAir.get(stream.id)) || '–'}
        </Text>
      ),
    },
    {
      key: 'play',
      label: <VisuallyHidden>{t('actions')}</VisuallyHidden>,
      width: '36px',
      cell: (stream) =>
        stream.kind === 'live' && (
          <ActionIcon
            variant="light"
            aria-label={t('play', { name: stream.name })}
            title={t('play', { name: stream.name })}
            onClick={() => onPlay(stream)}
          >
            <Play size={16} />
          </ActionIcon>
        ),
    },
  ];
}

type Making = 'new' | 'add' | null;

function Tray({ selection }: { selection: Selection }) {
  const t = useMessages(messages);
  const [making, setMaking] = useState<Making>(null);
  const close = () => setMaking(null);
  const done = () => {
    close();
    selection.clear();
  };
  const common = { streams: selection.all, onCancel: close, onDone: done };
  return (
    <>
      {selection.all.length > 0 && (
        <div className={classes.tray} role="region" aria-label={t('selected', { n: selection.all.length })}>
          <Text size="sm" fw={600} role="status">
            {t('selected', { n: selection.all.length })}
          </Text>
          <Group gap="xs">
            <Button size="xs" variant="subtle" color="gray" onClick={selection.clear}>
              {t('clear')}
            </Button>
            <Button size="xs" variant="default" leftSection={<Tv size={14} />} onClick={() => setMaking('add')}>
              {t('addTo')}
            </Button>
            <Button size="xs" leftSection={<Plus size={14} />} onClick={() => setMaking('new')}>
              {t('newChannel')}
            </Button>
          </Group>
        </div>
      )}
      <NewChannels opened={making === 'new'} onMade={selection.drop} {...common} />
      <AddToChannel opened={making === 'add'} {...common} />
    </>
  );
}

export default function Streams() {
  const t = useMessages(messages);
  const narrow = useNarrow();
  const { me } = useSession();
  const filters = useFilters();
  const selection = useSelection();
  const accounts = useAsk('GET /api/v1/accounts');
  const [opened, setOpened] = useState<Stream | null>(null);
  const [played, setPlayed] = useState<Stream | null>(null);
  const accountName = (id: number) => accounts.data?.find((account) => account.id === id)?.name ?? '';
  const columns = useColumns({ narrow, selection, accountName, onOpen: setOpened, onPlay: setPlayed });
  const streams = usePages('GET /api/v1/streams', filters.query);

  if (streams.error) return <Problem error={streams.error} onRetry={streams.refetch} />;
  if (streams.total === undefined) return <Loader />;
  if (streams.total === 0 && !filters.filtered)
    return (
      <>
        <PageHead title={t('title')} />
        <Empty icon={Radio} text={t('none')}>
          {mayDo(me, 'administrator') && (
            <Button component={Link} href="/accounts/new">
              {t('toAccounts')}
            </Button>
          )}
        </Empty>
      </>
    );
  return (
    <>
      <PageHead title={t('title')} about={t('about', { n: streams.total })} />
      <Filters filters={filters} />
      {streams.total === 0 ? (
        <Empty icon={Search} text={t('nothing')}>
          <Button variant="default" onClick={filters.clear}>
            {t('clearFilters')}
          </Button>
        </Empty>
      ) : (
        <VirtualTable
          key={JSON.stringify(filters.query)}
          label={t('title')}
          columns={columns}
          total={streams.total}
          rowAt={streams.rowAt}
          onRange={streams.onRange}
          height={`calc(100dvh - ${(narrow ? 376 : 240) + (selection.all.length ? (narrow ? 110 : 50) : 0)}px)`}
          narrow={narrow}
        />
      )}
      <Tray selection={selection} />
      <StreamFacts stream={opened} accountName={accountName} onPlay={setPlayed} onClose={() => setOpened(null)} />
      <Preview stream={played} onClose={() => setPlayed(null)} />
    </>
  );
}
