// SPDX-License-Identifier: LGPL-2.1-or-later
// Where guides come from: added, read, changed, taken away.
import { ActionIcon, Badge, Button, Card, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { CalendarPlus, Pencil, Plus, RefreshCw, Trash2 } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { ApiError } from '../../api/client';
import { useAsk, useChange } from '../../api/hooks';
import type { Guide } from '../../api/schema';
import { mayDo, useSession } from '../../app/session';
import { useMessages } from '../../i18n';
import { useFormat } from '../../i18n/format';
import { useEvents, useLiveState } from '../../live';
import { Empty } from '../../ui/Empty';
import { Problem } from '../../ui/errors';
import { useLeaving } from '../../ui/useLeaving';
import { useStateText } from '../../words/useStateText';
import { messages } from './messages';
import { SourceForm } from './SourceForm';

const kStates = {
  new: ['gray', 'stateNew'],
  good: ['teal', 'stateGood'],
  objected: ['orange', 'stateObjected'],
  failed: ['red', 'stateFailed'],
} as const;

function figure(value: unknown) {
  return typeof value === 'number' ? value : 0;
}

/** The numbers of those that are being read now, as far as it was told since the page is open. */
function useRunning() {
  const [running, setRunning] = useState<ReadonlySet<number>>(new Set());
  const set = (guide: number, runs: boolean) =>
    setRunning((before) => new Set(runs ? [...before, guide] : [...before].filter((one) => one !== guide)));
  const lost = useLiveState() === 'lost';
  useEffect(() => {
    if (lost) setRunning(new Set()); // nobody tells their ends; those that still run tell so again
  }, [lost]);
  useEvents(({ event, guide }) => {
    if (typeof guide === 'number') set(guide, event === 'refreshing');
  });
  return { running, set };
}

interface OneProps {
  guide: Guide;
  running: boolean;
  mayChange: boolean;
  onRefresh: (guide: Guide, acceptLosses: boolean) => void;
  onErase: (guide: Guide) => void;
}

function One({ guide, running, mayChange, onRefresh, onErase }: OneProps) {
  const t = useMessages(messages);
  const format = useFormat();
  const [editing, { open, close }] = useDisclosure();
  const { name, location, state } = guide;
  const [color, word] = kStates[state.state as keyof typeof kStates];
  const why = useStateText()('guide', guide.id, state);
  const { channels, programmes } = state.counts;
  const about = [
    state.refreshed === null ? t('never') : t('refreshed', { when: format.ago(state.refreshed * 1000) }),
    figure(channels) > 0 && `${t('channels', { n: figure(channels) })}, ${t('programmeCount', { n: figure(programmes) })}`,
  ].filter(Boolean);
  const button = (label: string, icon: ReactNode, onClick: () => void, red = false) => (
    <ActionIcon variant="subtle" color={red ? 'red' : 'gray'} aria-label={label} title={label} onClick={onClick}>
      {icon}
    </ActionIcon>
  );
  return (
    <Card withBorder component="article" aria-label={name} padding="sm">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div style={{ minWidth: 0 }}>
          <Group gap="xs">
            <Title order={2} size="h5">
              {name}
            </Title>
            <Badge variant="light" color={running ? 'blue' : color}>
              {running ? t('running') : t(word)}
            </Badge>
          </Group>
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {location}
          </Text>
          <Text size="xs" c="dimmed">
            {about.join(' · ')}
          </Text>
          {why && (
            <Text size="sm" mt={4} c={state.state === 'good' ? undefined : color}>
              {why}
            </Text>
          )}
          {state.state === 'objected' && !running && (
            <Button size="xs" variant="light" color="orange" mt={6} onClick={() => onRefresh(guide, true)}>
              {t('accept')}
            </Button>
          )}
        </div>
        <Group gap={2} wrap="nowrap">
          {running ? <Loader size="sm" mx={4} /> : button(t('refresh', { name }), <RefreshCw size={16} />, () => onRefresh(guide, false))}
          {mayChange && button(t('edit', { name }), <Pencil size={16} />, open)}
          {mayChange && button(t('erase', { name }), <Trash2 size={16} />, () => onErase(guide), true)}
        </Group>
      </Group>
      <SourceForm guide={guide} opened={editing} onClose={close} />
    </Card>
  );
}

export function Sources() {
  const t = useMessages(messages);
  const mayChange = mayDo(useSession().me, 'administrator');
  const guides = useAsk('GET /api/v1/guides');
  const { running, set } = useRunning();
  const [adding, { open, close }] = useDisclosure();
  const { leaving, takeAway } = useLeaving('guide');
  const start = useChange('POST /api/v1/guides/{id}/refresh');
  const erase = useChange('DELETE /api/v1/guides/{guide}', { refreshes: ['/api/v1/guide', '/api/v1/channels'] });
  const refresh = (id: number, acceptLosses: boolean) => {
    set(id, true); // before it is asked for: its end may be told before the answer is here
    start
      .mutateAsync({ path: { id }, body: { even_unchanged: true, accept_losses: acceptLosses } })
      .catch((error) => (error instanceof ApiError && error.code === 'running') || set(id, false));
  };
  if (guides.error) return <Problem error={guides.error} onRetry={() => guides.refetch()} />;
  if (!guides.data) return <Loader />;

  const add = mayChange && (
    <Button leftSection={<Plus size={16} />} onClick={open}>
      {t('add')}
    </Button>
  );
  return (
    <Stack>
      {guides.data.length === 0 ? (
        <Empty icon={CalendarPlus} text={t('sourcesNone')}>
          {add}
        </Empty>
      ) : (
        <Group justify="flex-end">{add}</Group>
      )}
      {guides.data
        .filter(({ id }) => !leaving.has(id))
        .map((guide) => (
          <One
            key={guide.id}
            guide={guide}
            running={running.has(guide.id)}
            mayChange={mayChange}
            onRefresh={({ id }, acceptLosses) => refresh(id, acceptLosses)}
            onErase={({ id, name }) => takeAway([id], t('erased', { name }), () => erase.mutateAsync({ path: { guide: id } }))}
          />
        ))}
      <SourceForm opened={adding} onClose={close} onCreated={({ id }) => refresh(id, false)} />
    </Stack>
  );
}
