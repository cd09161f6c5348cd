// SPDX-License-Identifier: LGPL-2.1-or-later
// Pairs of channels that look alike: they are merged, or stay apart.
import { Button, Card, Group, SimpleGrid, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { Merge as MergeIcon, X } from 'lucide-react';
import { useAsk, useChange } from '../../api/hooks';
import type { ChannelTwin } from '../../api/schema';
import { useMessages } from '../../i18n';
import { ChannelHead } from '../../ui/ChannelHead';
import { Reviews, usePage } from '../../ui/Reviews';
import { useMatchText } from '../../words/matches';
import { Merge } from './Merge';
import { messages } from './messages';

const kShownStreams = 4;

type Seen = ChannelTwin['channels'][number];

function Half({ half: { channel, streams } }: { half: Seen }) {
  const t = useMessages(messages);
  const more = streams.length - kShownStreams;
  return (
    <div style={{ minWidth: 0 }}>
      <ChannelHead channel={channel} about={t(channel.automatic ? 'automatic' : 'byHand')} />
      {streams.slice(0, kShownStreams).map(({ stream, name, group }) => (
        <Text key={stream} size="sm" style={{ overflowWrap: 'anywhere' }}>
          {[name, group].filter(Boolean).join(' · ')}
        </Text>
      ))}
      {(more > 0 || streams.length === 0) && (
        <Text size="sm" c="dimmed">
          {more > 0 ? t('moreStreams', { n: more }) : t('noStream')}
        </Text>
      )}
    </div>
  );
}

function One({ twins: { channels, score, reasons } }: { twins: ChannelTwin }) {
  const t = useMessages(messages);
  const textOf = useMatchText();
  const [merging, { open, close }] = useDisclosure();
  const ids = channels.map(({ channel }) => channel.id);
  const [name, other] = channels.map(({ channel }) => channel.name) as [string, string];
  const separate = useChange('POST /api/v1/channels/separate', {
    refreshes: ['/api/v1/channel-twins'],
    onDone: () => notifications.show({ color: 'teal', message: t('keptApart', { name, other }) }),
  });
  return (
    <Card withBorder component="article" aria-label={`${name}, ${other}`} padding="sm">
      <Text size="xs" c="dimmed" mb="xs">
        {`${t('alike', { score })}: ${reasons.map(textOf).join(' · ')}`}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {channels.map((half) => (
          <Half key={half.channel.id} half={half} />
        ))}
      </SimpleGrid>
      <Group gap="xs" mt="sm">
        <Button size="xs" variant="light" leftSection={<MergeIcon size={14} />} onClick={open}>
          {t('merge')}…
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<X size={14} />}
          loading={separate.isPending}
          onClick={() => separate.mutate({ body: { channels: ids } })}
        >
          {t('keepApart')}
        </Button>
      </Group>
      <Merge channels={ids} opened={merging} onClose={close} />
    </Card>
  );
}

export function Twins() {
  const t = useMessages(messages);
  const at = usePage();
  const found = useAsk('GET /api/v1/channel-twins', { query: at.query });
  return (
    <Reviews at={at} found={found} about={t('twinsAbout')} none={t('twinsNone')}>
      {(all) => all.map((twins) => <One key={twins.channels.map(({ channel }) => channel.id).join()} twins={twins} />)}
    </Reviews>
  );
}
