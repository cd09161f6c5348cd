// SPDX-License-Identifier: LGPL-2.1-or-later
// Where guides come from: added, read, changed, taken away.
import { ActionIcon, Badge, Button, Card, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { CalendarPlus, Pencil, Plus, RefreshCw, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { kOfChannels } from '../../api/concerned';
import { useAsk, useChange } from '../../api/hooks';
import type { Guide } from '../../api/schema';
import { mayDo, useSession } from '../../app/session';
import { useMessages } from '../../i18n';
import { useFormat } from '../../i18n/format';
import { Empty } from '../../ui/Empty';
import { Problem } from '../../ui/errors';
import { RefreshBar } from '../../ui/RefreshBar';
import { useLeaving } from '../../ui/useLeaving';
import { useStateText } from '../../words/useStateText';
import { messages } from './messages';
import { SourceForm } from './SourceForm';
import { useRefresh, useRefreshing } from './useRefresh';

const kStates = {
  new: ['gray', 'stateNew'],
  good: ['teal', 'stateGood'],
  objected: ['orange', 'stateObjected'],
  failed: ['red', 'stateFailed'],
} as const;

function figure(value: unknown) {
  return typeof value === 'number' ? value : 0;
}

interface OneProps {
  guide: Guide;
  mayChange: boolean;
  onRefresh: (guide: Guide, acceptLosses: boolean) => void;
  onErase: (guide: Guide) => void;
}

function One({ guide, mayChange, onRefresh, onErase }: OneProps) {
  const t = useMessages(messages);
  const format = useFormat();
  const [editing, { open, close }] = useDisclosure();
  const running = useRefreshing(guide.id);
  const cancel = useChange('DELETE /api/v1/guides/{id}/refresh');
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
          {!running && button(t('refresh', { name }), <RefreshCw size={16} />, () => onRefresh(guide, false))}
          {mayChange && button(t('edit', { name }), <Pencil size={16} />, open)}
          {mayChange && button(t('erase', { name }), <Trash2 size={16} />, () => onErase(guide), true)}
        </Group>
      </Group>
      {running && <RefreshBar {...running} onCancel={() => cancel.mutate({ path: { id: guide.id } })} />}
      <SourceForm guide={guide} opened={editing} onClose={close} />
    </Card>
  );
}

export function Sources() {
  const t = useMessages(messages);
  const mayChange = mayDo(useSession().me, 'administrator');
  const guides = useAsk('GET /api/v1/guides');
  const refresh = useRefresh();
  const [adding, { open, close }] = useDisclosure();
  const { leaving, takeAway } = useLeaving('guide');
  const erase = useChange('DELETE /api/v1/guides/{guide}', { refreshes: ['/api/v1/guide', ...kOfChannels] });
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
            mayChange={mayChange}
            onRefresh={({ id }, acceptLosses) => refresh(id, acceptLosses)}
            onErase={({ id, name }) => takeAway([id], t('erased', { name }), () => erase.mutateAsync({ path: { guide: id } }))}
          />
        ))}
      <SourceForm opened={adding} onClose={close} onCreated={({ id }) => refresh(id)} />
    </Stack>
  );
}
