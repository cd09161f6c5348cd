// SPDX-License-Identifier: LGPL-2.1-or-later
// One channel that plays: its picture, its sources, its viewers, and what can be done.
import { Badge, Button, Card, Divider, Group, Stack, Text, Title } from '@mantine/core';
import { History, Play, SkipForward, Square } from 'lucide-react';
import { Link } from 'wouter';
import { useChange } from '../api/hooks';
import type { Session } from '../api/schema';
import { useMessages } from '../i18n';
import { useFormat } from '../i18n/format';
import { ConfirmButton } from '../ui/ConfirmButton';
import { obstacleText } from '../words/events';
import { useWords } from '../words/useWords';
import { Candidates } from './Candidates';
import { currentOf, kNoChannel, soundOf, videoOf } from './facts';
import { messages } from './messages';
import { Sparkline, useRecent } from '../ui/Sparkline';
import { Viewers } from './Viewers';

const kColors: Record<string, string> = { live: 'teal', opening: 'blue', queued: 'orange', draining: 'gray', closing: 'gray' };
type State = 'opening' | 'queued' | 'live' | 'draining' | 'closing';

export function StateBadge({ session }: { session: Session }) {
  const t = useMessages(messages);
  return (
    <Badge variant="light" color={kColors[session.state] ?? 'gray'}>
      {session.state in kColors ? t(session.state as State) : session.state}
    </Badge>
  );
}

/** Picture and sound, and how many bits they take. */
export function SessionFacts({ session }: { session: Session }) {
  const t = useMessages(messages);
  const format = useFormat();
  const rate = currentOf(session)?.bits_per_second ?? 0;
  const recent = useRecent(rate);
  const facts = [videoOf(session.facts, format), soundOf(session.facts)].filter(Boolean);
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <Text size="sm" c="dimmed">
        {facts.join(' · ') || t('noSignal')}
      </Text>
      <Group gap={6} wrap="nowrap">
        <Sparkline values={recent} />
        <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
          {rate > 0 && format.rate(rate)}
        </Text>
      </Group>
    </Group>
  );
}

export function SessionActions({ session }: { session: Session }) {
  const t = useMessages(messages);
  const again = { refreshes: ['/api/v1/sessions'] };
  const next = useChange('POST /api/v1/sessions/{session}/next', again);
  const stop = useChange('DELETE /api/v1/sessions/{session}', again);
  const asked = { path: { session: session.id } };
  return (
    <Group gap="xs">
      <Button
        size="xs"
        variant="default"
        leftSection={<SkipForward size={14} />}
        disabled={session.candidates.length < 2}
        loading={next.isPending}
        onClick={() => next.mutate(asked)}
      >
        {t('next')}
      </Button>
      <ConfirmButton
        size="xs"
        variant="default"
        leftSection={<Square size={14} />}
        question={t('stopAsk', { name: session.channel_name })}
        onConfirmed={() => stop.mutate(asked)}
      >
        {t('stop')}
      </ConfirmButton>
    </Group>
  );
}

function ChannelLinks({ channel }: { channel: number }) {
  const t = useMessages(messages);
  return (
    <Group gap="xs">
      <Button size="xs" component={Link} href={`/watch/${channel}`} leftSection={<Play size={14} />}>
        {t('watch')}
      </Button>
      <Button size="xs" variant="default" component={Link} href={`/timeline/${channel}`} leftSection={<History size={14} />}>
        {t('timeline')}
      </Button>
    </Group>
  );
}

export function SessionCard({ session }: { session: Session }) {
  const t = useMessages(messages);
  const words = useWords();
  const format = useFormat();
  const about = [
    t('since', { time: format.moment(session.since_ms) }),
    t('viewers', { n: session.viewers.length }),
    session.waiting.length > 0 && t('waiting', { n: session.waiting.length }),
    session.switches > 0 && t('switches', { n: session.switches }),
  ].filter(Boolean);
  return (
    <Card withBorder component="article" aria-label={session.channel_name}>
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap">
          <Title order={2} size="h4">
            {session.channel_name}
          </Title>
          <StateBadge session={session} />
        </Group>
        <Text size="xs" c="dimmed">
          {about.join(' · ')}
        </Text>
        {session.obstacle && <Text size="sm">{t('waitsFor', { who: obstacleText(session.obstacle, words) })}</Text>}
        <SessionFacts session={session} />
        <Divider />
        <Candidates session={session} />
        {session.viewers.length + session.waiting.length > 0 && <Divider />}
        <Viewers session={session} />
        <Group justify="space-between" mt={4}>
          {session.channel !== kNoChannel && <ChannelLinks channel={session.channel} />}
          <SessionActions session={session} />
        </Group>
      </Stack>
    </Card>
  );
}
