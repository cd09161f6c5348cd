// SPDX-License-Identifier: LGPL-2.1-or-later
// Third step of a new account: the groups that channels are made of.
import { Button, Checkbox, Group, Loader, Progress, ScrollArea, Stack, Text, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { notifications } from '@mantine/notifications';
import { ask } from '../../api/client';
import { refresh, useAsk } from '../../api/hooks';
import { useMessages } from '../../i18n';
import { Problem, useErrorText } from '../../ui/errors';
import { useSeries } from '../../ui/useSeries';
import { messages } from './messages';

interface Props {
  account: number;
  /** How many channels were made. */
  onMade: (channels: number) => void;
}

export function GroupsStep({ account, onMade }: Props) {
  const t = useMessages(messages);
  const textOf = useErrorText();
  const client = useQueryClient();
  const groups = useAsk('GET /api/v1/accounts/{account}/groups', { path: { account } });
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [filter, setFilter] = useState('');
  const [busy, setBusy] = useState(false);
  const series = useSeries();
  if (groups.error) return <Problem error={groups.error} onRetry={() => groups.refetch()} />;
  if (!groups.data) return <Loader />;
  const live = groups.data.filter(({ kind }) => kind === 'live');
  const shown = live.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()));
  const streams = live.filter(({ id }) => chosen.has(id)).reduce((sum, group) => sum + group.streams, 0);

  const choose = (ids: readonly number[], on: boolean) => {
    const next = new Set(chosen);
    for (const id of ids) on ? next.add(id) : next.delete(id);
    setChosen(next);
  };
  const setSync = (group: number, sync: object | null) => ask('PATCH /api/v1/groups/{group}', { path: { group }, body: { sync } });
  /** All of them or none: a refresh makes channels of what is taken. */
  const take = async (wanted: readonly number[]) => {
    const { made, error } = await series.run(wanted, (group) => setSync(group, {}));
    if (made.length === wanted.length) return true;
    for (const group of made) await setSync(group, null);
    if (error) throw error;
    return false;
  };
  const make = async () => {
    setBusy(true);
    try {
      if (!(await take([...chosen]))) return setBusy(false);
      const { created } = await ask('POST /api/v1/channels/sync', { body: {} });
      refresh(client, ['/api/v1/channels', '/api/v1/accounts']);
      onMade(created);
    } catch (error) {
      notifications.show({ color: 'red', message: textOf(error) });
      setBusy(false);
    }
  };

  return (
    <Stack>
      <Text size="sm">{t('groupsHelp')}</Text>
      <Group>
        <TextInput
          flex={1}
          aria-label={t('filter')}
          placeholder={t('filter')}
          leftSection={<Search size={16} />}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
        <Button variant="default" onClick={() => choose(shown.map(({ id }) => id), true)}>
          {t('chooseAll')}
        </Button>
        <Button variant="default" onClick={() => choose(shown.map(({ id }) => id), false)}>
          {t('chooseNone')}
        </Button>
      </Group>
      <ScrollArea.Autosize mah={320} type="auto" viewportProps={{ tabIndex: 0, 'aria-label': t('groups'), role: 'group' }}>
        <Stack gap={6}>
          {shown.map((group) => (
            <Checkbox
              key={group.id}
              checked={chosen.has(group.id)}
              onChange={(event) => choose([group.id], event.currentTarget.checked)}
              label={
                <Group gap={8}>
                  {group.name || '—'}
                  <Text size="xs" c="dimmed">
                    {t('streams', { n: group.streams })}
                  </Text>
                </Group>
              }
            />
          ))}
        </Stack>
      </ScrollArea.Autosize>
      {series.done !== null && (
        <Group wrap="nowrap">
          <Progress flex={1} value={(100 * series.done) / chosen.size} aria-label={t('make')} />
          <Button size="compact-xs" variant="default" onClick={series.stop}>
            {t('cancel')}
          </Button>
        </Group>
      )}
      <Group justify="space-between">
        <Button variant="subtle" disabled={busy} onClick={() => onMade(0)}>
          {t('makeNothing')}
        </Button>
        <Group>
          <Text size="sm" c="dimmed">
            {t('chosen', { n: chosen.size, streams })}
          </Text>
          <Button disabled={!chosen.size} loading={busy} onClick={make}>
            {t('make')}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}
