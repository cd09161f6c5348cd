// SPDX-License-Identifier: LGPL-2.1-or-later
// Channels that are found go into the profile, one by one or all together.
import { ActionIcon, Badge, Button, Drawer, Group, Loader, Stack, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { Plus, Search } from 'lucide-react';
import { useState } from 'react';
import { askChannelIds } from '../../api/channelIds';
import { usePages } from '../../api/pages';
import type { Channel } from '../../api/schema';
import { useMessages } from '../../i18n';
import { useErrorText, Problem } from '../../ui/errors';
import { VirtualTable, type Column } from '../../ui/VirtualTable';
import { messages } from './messages';

interface Props {
  ids: readonly number[];
  onAdd: (ids: readonly number[]) => void;
}

function Content({ ids, onAdd }: Props) {
  const t = useMessages(messages);
  const textOf = useErrorText();
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text, 200);
  const [busy, setBusy] = useState(false);
  const query = { q: q || undefined };
  const channels = usePages('GET /api/v1/channels', { ...query, sort: 'number' });
  const there = new Set(ids);
  const addAll = async () => {
    setBusy(true);
    try {
      const fresh = (await askChannelIds(query)).filter((id) => !there.has(id));
      onAdd(fresh);
      notifications.show({ color: 'teal', message: t('added', { n: fresh.length }) });
    } catch (error) {
      notifications.show({ color: 'red', message: textOf(error) });
    }
    setBusy(false);
  };
  const columns: Column<Channel>[] = [
    {
      key: 'name',
      label: t('name'),
      width: 'minmax(0, 1fr)',
      cell: ({ number, name, group }) => (
        <>
          <Text size="sm" truncate>
            {[number, name].filter(Boolean).join(' · ')}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {group}
          </Text>
        </>
      ),
    },
    {
      key: 'add',
      label: <VisuallyHidden>{t('actions')}</VisuallyHidden>,
      width: '64px',
      cell: ({ id, name }) => (
        <Group justify="flex-end">
          {there.has(id) ? (
            <Badge size="sm" variant="light" color="gray">
              {t('there')}
            </Badge>
          ) : (
            <ActionIcon variant="light" aria-label={t('addOne', { name })} title={t('addOne', { name })} onClick={() => onAdd([id])}>
              <Plus size={16} />
            </ActionIcon>
          )}
        </Group>
      ),
    },
  ];
  if (channels.error) return <Problem error={channels.error} onRetry={channels.refetch} />;
  const { total } = channels;
  return (
    <Stack gap="sm">
      <TextInput
        aria-label={t('find')}
        placeholder={t('find')}
        data-autofocus
        leftSection={<Search size={16} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {total === undefined && <Loader />}
      {total === 0 && <Text c="dimmed">{t('nothing')}</Text>}
      {total !== undefined && total > 0 && (
        <>
          <Button variant="light" loading={busy} onClick={addAll}>
            {t('addAll', { n: total })}
          </Button>
          <VirtualTable
            key={q}
            label={t('addChannels')}
            columns={columns}
            total={total}
            rowAt={channels.rowAt}
            onRange={channels.onRange}
            height="calc(100dvh - 190px)"
            narrow={false}
          />
        </>
      )}
    </Stack>
  );
}

export function AddChannels({ opened, onClose, ...props }: Props & { opened: boolean; onClose: () => void }) {
  const t = useMessages(messages);
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      title={t('addChannels')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Content {...props} />
    </Drawer>
  );
}
