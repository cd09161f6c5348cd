// SPDX-License-Identifier: LGPL-2.1-or-later
// Channels: all of them in one table, of which the server gives what is in sight.
import { ActionIcon, Badge, Button, Group, Loader, SegmentedControl, Text, TextInput } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { Eye, EyeOff, Play, Plus, Search, Tv } from 'lucide-react';
import { useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { useChange } from '../../api/hooks';
import { usePages } from '../../api/pages';
import type { Channel } from '../../api/schema';
import { mayDo, useSession } from '../../app/session';
import { useMessages } from '../../i18n';
import { ChannelLogo } from '../../ui/ChannelLogo';
import { Empty } from '../../ui/Empty';
import { Problem } from '../../ui/errors';
import { PageHead } from '../../ui/PageHead';
import { useNarrow } from '../../ui/useNarrow';
import { VirtualTable, type Column } from '../../ui/VirtualTable';
import classes from './Channels.module.css';
import { messages } from './messages';
import { NewChannel } from './NewChannel';

type Shown = 'all' | 'visible' | 'onlyHidden';
const kHidden: Record<Shown, boolean | undefined> = { all: undefined, visible: false, onlyHidden: true };

function useColumns(mayChange: boolean): Column<Channel>[] {
  const t = useMessages(messages);
  const change = useChange('PATCH /api/v1/channels/{channel}', { refreshes: ['/api/v1/channels'] });
  const name: Column<Channel> = {
    key: 'name',
    label: t('name'),
    width: 'minmax(0, 3fr)',
    cell: (channel) => (
      <Group gap={10} wrap="nowrap">
        <ChannelLogo logo={channel.logo} name={channel.name} size={32} />
        {mayChange ? (
          <Link href={`/channels/${channel.id}`} className={classes.name}>
            {channel.name}
          </Link>
        ) : (
          <span className={classes.name}>{channel.name}</span>
        )}
        {channel.hidden && (
          <Badge size="xs" variant="light" color="gray">
            {t('hidden')}
          </Badge>
        )}
      </Group>
    ),
  };
  return [
    { key: 'number', label: t('number'), width: '56px', cell: ({ number }) => <Text size="sm" c="dimmed">{number}</Text> },
    name,
    { key: 'group', label: t('group'), width: 'minmax(0, 1.5fr)', cell: ({ group }) => group, wideOnly: true },
    {
      key: 'guide',
      label: t('guide'),
      width: 'minmax(0, 1fr)',
      wideOnly: true,
      cell: ({ guide }) =>
        guide ? (
          t('linkedGuide', { score: guide.score })
        ) : (
          <Text size="sm" c="dimmed">
            {t('noGuide')}
          </Text>
        ),
    },
    {
      key: 'origin',
      label: t('origin'),
      width: '110px',
      wideOnly: true,
      cell: ({ automatic }) => (
        <Text size="sm" c="dimmed">
          {t(automatic ? 'automatic' : 'byHand')}
        </Text>
      ),
    },
    {
      key: 'actions',
      label: <span className={classes.unseen}>{t('actions')}</span>,
      width: mayChange ? '76px' : '36px',
      cell: ({ id, name: of, hidden }) => (
        <Group gap={4} wrap="nowrap" justify="flex-end">
          {mayChange && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t(hidden ? 'show' : 'hide', { name: of })}
              title={t(hidden ? 'show' : 'hide', { name: of })}
              onClick={() => change.mutate({ path: { channel: id }, body: { hidden: !hidden } })}
            >
              {hidden ? <EyeOff size={16} /> : <Eye size={16} />}
            </ActionIcon>
          )}
          <ActionIcon
            variant="light"
            component={Link}
            href={`/watch/${id}`}
            aria-label={t('play', { name: of })}
            title={t('play', { name: of })}
          >
            <Play size={16} />
          </ActionIcon>
        </Group>
      ),
    },
  ];
}

export default function Channels() {
  const t = useMessages(messages);
  const narrow = useNarrow();
  const mayChange = mayDo(useSession().me, 'operator');
  const columns = useColumns(mayChange);
  const [search, setSearch] = useSearchParams();
  const [text, setText] = useState(search.get('q') ?? '');
  const [q] = useDebouncedValue(text, 200);
  const shown = (search.get('shown') ?? 'all') as Shown;
  const [opened, { open, close }] = useDisclosure();
  const channels = usePages('GET /api/v1/channels', { q: q || undefined, hidden: kHidden[shown], sort: 'number' });

  if (channels.error) return <Problem error={channels.error} onRetry={channels.refetch} />;
  if (channels.total === undefined) return <Loader />;
  const filtered = q !== '' || shown !== 'all';
  const add = mayChange && (
    <Button leftSection={<Plus size={16} />} onClick={open}>
      {t('add')}
    </Button>
  );
  const isNew = channels.total === 0 && !filtered;

  return (
    <>
      <PageHead title={t('title')} about={t('about', { n: channels.total })}>
        {!isNew && add}
      </PageHead>
      <NewChannel opened={opened} onClose={close} />
      {isNew ? (
        <Empty icon={Tv} text={t('none')}>
          <Group>
            <Button variant="default" component={Link} href="/accounts/new">
              {t('toAccounts')}
            </Button>
            {add}
          </Group>
        </Empty>
      ) : (
        <>
          <Group mb="sm">
            <TextInput
              flex={1}
              miw={180}
              aria-label={t('search')}
              placeholder={t('search')}
              leftSection={<Search size={16} />}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            {mayChange && (
              <SegmentedControl
                value={shown}
                onChange={(value) => setSearch(value === 'all' ? {} : { shown: value }, { replace: true })}
                aria-label={t('shownHelp')}
                data={(['all', 'visible', 'onlyHidden'] as const).map((value) => ({ value, label: t(value) }))}
              />
            )}
          </Group>
          {channels.total === 0 ? (
            <Empty icon={Search} text={t('nothing')} />
          ) : (
            <VirtualTable
              label={t('title')}
              columns={columns}
              total={channels.total}
              rowAt={channels.rowAt}
              onRange={channels.onRange}
              height="calc(100dvh - 220px)"
              narrow={narrow}
            />
          )}
        </>
      )}
    </>
  );
}
