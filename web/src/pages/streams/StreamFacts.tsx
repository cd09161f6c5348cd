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
import { soundOf, videoOf } from '../../sessions/facts';
import { standingOf, useOnAir, type Live } from '../../sessions/useOnAir';
import { FactList } from '../../ui/FactList';
import { failureOf } from '../../words/events';
import { useWords } from '../../words/useWords';
import { Marks } from './Marks';
import { messages } from './messages';

function ChannelLink({ id }: { id: number }) {
  const channel = useAsk('GET /api/v1/channels/{channel}', { path: { channel: id } }).data;
  return (
    <Anchor component={Link} href={`/channels/${id}`} size="sm">
      {channel ? [channel.number, channel.name].filter(Boolean).join(' · ') : '…'}
    </Anchor>
  );
}

function Measured({ stream, live }: { stream: Stream; live: Live | undefined }) {
  const t = useMessages(messages);
  const format = useFormat();
  const { facts, atMs } = standingOf(stream, live);
  return (
    <section>
      <Title order={3} size="h5" mb={4}>
        {t('measured')}
      </Title>
      {!facts && (
        <Text size="sm" c="dimmed">
          {t('measuredNever')}
        </Text>
      )}
      {facts && (
        <FactList
          facts={[
            [t('picture'), videoOf(facts, format)],
            [t('profile'), facts.video?.profile ?? ''],
            [t('sound'), soundOf(facts)],
            [t('rate'), facts.bits_per_second ? format.rate(facts.bits_per_second) : ''],
            [t('when'), atMs === undefined ? t('now') : `${format.moment(atMs)} (${format.ago(atMs)})`],
          ]}
        />
      )}
    </section>
  );
}

function Troubles({ stream, live }: { stream: Stream; live: Live | undefined }) {
  const t = useMessages(messages);
  const format = useFormat();
  const words = useWords();
  const { penalty } = standingOf(stream, live);
  const failure = stream.last_failure;
  const failures = live?.candidate.failures ?? 0;
  if (!failure && !penalty && !failures) return null;
  return (
    <section>
      <Title order={3} size="h5" mb={4}>
        {t('troubles')}
      </Title>
      <FactList
        facts={[
          [t('points'), penalty ? t('pointsHelp', { value: format.number(penalty, 1) }) : ''],
          [t('lastFailure'), failure ? failureOf(failure.failure, words) : ''],
          [t('saidOfIt'), failure?.reason ?? ''],
          [t('when'), failure ? `${format.moment(failure.at_ms)} (${format.ago(failure.at_ms)})` : ''],
          [t('playing'), failures ? t('failures', { n: failures }) : ''],
        ]}
      />
    </section>
  );
}

function Content({ stream: opened, account, onPlay }: { stream: Stream; account: string; onPlay: () => void }) {
  const t = useMessages(messages);
  const format = useFormat();
  const asked = useAsk('GET /api/v1/streams/{stream}', { path: { stream: opened.id } });
  const stream = asked.data ?? opened;
  const live = useOnAir().get(stream.id);
  const details = Object.entries(stream.details).map(([name, value]): [string, ReactNode] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return (
    <Stack>
      <Group gap="xs">
        <Marks stream={stream} live={live} />
      </Group>
      <FactList
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
        ]}
      />
      <Measured stream={stream} live={live} />
      <Troubles stream={stream} live={live} />
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
          <FactList facts={details} />
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
