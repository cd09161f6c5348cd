// SPDX-License-Identifier: LGPL-2.1-or-later
// All that is known of one stream.
import { Anchor, Button, Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useAsk } from '../../api/hooks';
import type { Stream } from '../../api/schema';
import { useMessages } from '../../i18n';
import { useFormat } from '../../i18n/format';
import { failureOf } from '../../words/events';
import { useWords } from '../../words/useWords';
import { Marks } from './Marks';
import { messages } from './messages';
import classes from './Streams.module.css';
import { useOnAir, type Measured } from './useOnAir';

function List({ facts }: { facts: readonly [string, ReactNode][] }) {
  const told = facts.filter(([, value]) => value !== '');
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

function ChannelLink({ id }: { id: number }) {
  const channel = useAsk('GET /api/v1/channels/{channel}', { path: { channel: id } }).data;
  return (
    <Anchor component={Link} href={`/channels/${id}`} size="sm">
      {channel ? [channel.number, channel.name].filter(Boolean).join(' · ') : '…'}
    </Anchor>
  );
}

function Now({ measured: { candidate } }: { measured: Measured }) {
  const t = useMessages(messages);
  const words = useWords();
  const format = useFormat();
  const told = [
    candidate.bits_per_second > 0 && format.rate(candidate.bits_per_second),
    candidate.failures > 0 && t('failures', { n: candidate.failures }),
    candidate.last_failure && t('lastFailure', { why: failureOf(candidate.last_failure, words) }),
  ].filter(Boolean);
  if (!told.length) return null;
  return (
    <section>
      <Title order={3} size="h5">
        {t('playing')}
      </Title>
      <Text size="sm">{told.join(' · ')}</Text>
    </section>
  );
}

function Content({ stream, account, onPlay }: { stream: Stream; account: string; onPlay: () => void }) {
  const t = useMessages(messages);
  const format = useFormat();
  const measured = useOnAir().get(stream.id);
  const details = Object.entries(stream.details).map(([name, value]): [string, ReactNode] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return (
    <Stack>
      <Group gap="xs">
        <Marks stream={stream} measured={measured} />
      </Group>
      <List
        facts={[
          [t('account'), account],
          [t('group'), stream.group],
          [t('kind'), t(stream.kind)],
          [t('address'), stream.url || t('addressMade')],
          [t('guideId'), stream.tvg_id],
          [t('providerId'), stream.provider_id],
          [t('providerNumber'), stream.number],
          [t('archive'), stream.archive_days ? t('archiveDays', { n: stream.archive_days }) : ''],
          [t('missingSince'), stream.missing_since === null ? '' : format.moment(stream.missing_since * 1000)],
          [t('score'), stream.score === null ? '' : format.number(stream.score, 1)],
        ]}
      />
      {measured && <Now measured={measured} />}
      <section>
        <Title order={3} size="h5" mb={4}>
          {t('usedBy')}
        </Title>
        {stream.channels.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('usedByNone')}
          </Text>
        )}
        <Stack gap={2} align="flex-start">
          {stream.channels.map((id) => (
            <ChannelLink key={id} id={id} />
          ))}
        </Stack>
      </section>
      {details.length > 0 && (
        <section>
          <Title order={3} size="h5" mb={4}>
            {t('details')}
          </Title>
          <List facts={details} />
        </section>
      )}
      {stream.kind === 'live' && (
        <Button leftSection={<Play size={16} />} onClick={onPlay}>
          {t('play', { name: stream.name })}
        </Button>
      )}
    </Stack>
  );
}

interface Props {
  stream: Stream | null;
  accountName: (id: number) => string;
  onPlay: (stream: Stream) => void;
  onClose: () => void;
}

export function StreamFacts({ stream, accountName, onPlay, onClose }: Props) {
  const t = useMessages(messages);
  return (
    <Drawer
      opened={stream !== null}
      onClose={onClose}
      position="right"
      size="md"
      title={stream && <Text fw={600}>{stream.name}</Text>}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {stream && <Content stream={stream} account={accountName(stream.account)} onPlay={() => onPlay(stream)} />}
    </Drawer>
  );
}
