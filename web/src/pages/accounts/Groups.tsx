// SPDX-License-Identifier: LGPL-2.1-or-later
// The groups of an account: which are wanted, and which become channels.
import { Button, Group, Loader, Stack, Switch, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { ListChecks, Search } from 'lucide-react';
import { useState } from 'react';
import { kOfChannels } from '../../api/concerned';
import { useAsk, useChange } from '../../api/hooks';
import type { Group as AccountGroup } from '../../api/schema';
import { mayDo, useSession } from '../../app/session';
import { useMessages } from '../../i18n';
import { useFormat } from '../../i18n/format';
import { Problem } from '../../ui/errors';
import { useNarrow } from '../../ui/useNarrow';
import { VirtualTable, type Column } from '../../ui/VirtualTable';
import { messages } from './messages';

export function Groups({ account }: { account: number }) {
  const t = useMessages(messages);
  const format = useFormat();
  const narrow = useNarrow();
  const mayChange = mayDo(useSession().me, 'operator');
  const [filter, setFilter] = useState('');
  const groups = useAsk('GET /api/v1/accounts/{account}/groups', { path: { account } });
  const change = useChange('PATCH /api/v1/groups/{group}', { refreshes: [`/api/v1/accounts`] });
  const sync = useChange('POST /api/v1/channels/sync', {
    refreshes: kOfChannels,
    onDone: ({ created, updated, removed }) =>
      notifications.show({ color: 'teal', message: t('synced', { created, updated, removed }) }),
  });
  if (groups.error) return <Problem error={groups.error} onRetry={() => groups.refetch()} />;
  if (!groups.data) return <Loader />;
  const shown = groups.data.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()));

  const columns: Column<AccountGroup>[] = [
    { key: 'name', label: t('group'), width: 'minmax(0, 3fr)', cell: ({ name }) => name || '—' },
    { key: 'kind', label: t('kind'), width: '90px', cell: ({ kind }) => t(kind), wideOnly: true },
    { key: 'streams', label: t('streamsColumn'), width: '70px', cell: ({ streams }) => format.number(streams) },
    {
      key: 'wanted',
      label: t('wanted'),
      width: '76px',
      cell: ({ id, name, wanted }) => (
        <Switch
          aria-label={`${t('wanted')}: ${name}`}
          checked={wanted}
          disabled={!mayChange}
          onChange={({ currentTarget: { checked } }) => change.mutate({ path: { group: id }, body: { wanted: checked } })}
        />
      ),
    },
    {
      key: 'channels',
      label: t('channels'),
      width: '76px',
      cell: ({ id, name, kind, wanted, sync: rule }) =>
        kind === 'live' && (
          <Switch
            aria-label={`${t('channels')}: ${name}`}
            title={wanted ? t('channelsHelp') : t('unwanted')}
            checked={rule !== null}
            disabled={!mayChange || !wanted}
            onChange={({ currentTarget: { checked } }) =>
              change.mutate({ path: { group: id }, body: { sync: checked ? {} : null } })
            }
          />
        ),
    },
  ];
  return (
    <Stack gap="sm">
      <Group>
        <TextInput
          flex={1}
          aria-label={t('filter')}
          placeholder={t('filter')}
          leftSection={<Search size={16} />}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
        {mayChange && (
          <Button variant="default" leftSection={<ListChecks size={16} />} loading={sync.isPending} onClick={() => sync.mutate({ body: {} })}>
            {t('sync')}
          </Button>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        {t('groupsHelp')}
      </Text>
      <VirtualTable
        label={t('groups')}
        columns={columns}
        total={shown.length}
        rowAt={(index) => shown[index]}
        height="420px"
        narrow={narrow}
      />
    </Stack>
  );
}
