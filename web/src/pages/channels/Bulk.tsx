// SPDX-License-Identifier: LGPL-2.1-or-later
// What can be done with the channels that are chosen, all at once.
import { Button, CloseButton, Group, NumberInput, Paper, Popover, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { Eye, EyeOff, Folder, Hash, Merge, Trash2 } from 'lucide-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import { ask } from '../../api/client';
import { refresh, useChange } from '../../api/hooks';
import { useMessages } from '../../i18n';
import { ConfirmButton } from '../../ui/ConfirmButton';
import { useErrorText } from '../../ui/errors';
import { useUndo } from '../../ui/undo';
import { messages } from './messages';

const kRefreshes = ['/api/v1/channel'];

/** A button that wants to know one thing before. */
function AskFirst({ label, icon, children, onSubmit }: { label: string; icon: ReactNode; children: ReactNode; onSubmit: () => void }) {
  const t = useMessages(messages);
  const [open, setOpen] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setOpen(false);
    onSubmit();
  };
  return (
    <Popover opened={open} onChange={setOpen} withArrow trapFocus width={260} shadow="md">
      <Popover.Target>
        <Button size="xs" variant="default" leftSection={icon} onClick={() => setOpen(!open)}>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={submit}>
          <Stack gap="sm">
            {children}
            <Button type="submit" size="xs">
              {t('apply')}
            </Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

interface Props {
  chosen: readonly number[]; // in the order in which they were chosen
  onClear: () => void;
  /** They are not shown while their deletion can be undone. */
  onGone: (channels: readonly number[], gone: boolean) => void;
}

export function Bulk({ chosen, onClear, onGone }: Props) {
  const t = useMessages(messages);
  const textOf = useErrorText();
  const undo = useUndo();
  const client = useQueryClient();
  const [group, setGroup] = useState('');
  const [first, setFirst] = useState(1);
  const told = (text: string) => () => {
    notifications.show({ color: 'teal', message: text });
    onClear();
  };
  const n = chosen.length;
  const channels = [...chosen];
  const edit = useChange('POST /api/v1/channels/edit', { refreshes: kRefreshes, onDone: ({ changed }) => told(t('edited', { n: changed }))() });
  const move = useChange('POST /api/v1/channels/move', {
    refreshes: kRefreshes,
    onDone: ({ changes }) => told(t('edited', { n: changes.length }))(),
  });
  const merge = useChange('POST /api/v1/channels/merge', {
    refreshes: kRefreshes,
    onDone: ({ name }) => told(t('merged', { n, name }))(),
  });
  const erase = () => {
    onGone(channels, true);
    onClear();
    const really = async () => {
      try {
        for (const channel of channels) await ask('DELETE /api/v1/channels/{channel}', { path: { channel } });
      } catch (error) {
        notifications.show({ color: 'red', message: textOf(error) });
      }
      await refresh(client, kRefreshes);
      onGone(channels, false);
    };
    undo(t('manyDeleted', { n }), really, () => onGone(channels, false));
  };
  return (
    <Paper withBorder p="xs" mb="sm" role="toolbar" aria-label={t('bulk')}>
      <Group gap="xs">
        <CloseButton aria-label={t('clear')} onClick={onClear} />
        <Text size="sm" fw={600}>
          {t('selected', { n })}
        </Text>
        <Button size="xs" variant="default" leftSection={<Eye size={14} />} onClick={() => edit.mutate({ body: { channels, hidden: false } })}>
          {t('showMany')}
        </Button>
        <Button size="xs" variant="default" leftSection={<EyeOff size={14} />} onClick={() => edit.mutate({ body: { channels, hidden: true } })}>
          {t('hideMany')}
        </Button>
        <AskFirst label={t('group')} icon={<Folder size={14} />} onSubmit={() => edit.mutate({ body: { channels, group } })}>
          <TextInput label={t('newGroup')} value={group} onChange={(event) => setGroup(event.currentTarget.value)} />
        </AskFirst>
        <AskFirst label={t('renumber')} icon={<Hash size={14} />} onSubmit={() => move.mutate({ body: { channels, first } })}>
          <NumberInput
            label={t('firstNumber')}
            description={t('firstNumberHelp')}
            min={1}
            allowDecimal={false}
            value={first}
            onChange={(value) => setFirst(Number(value))}
          />
        </AskFirst>
        <ConfirmButton
          size="xs"
          variant="default"
          leftSection={<Merge size={14} />}
          disabled={n < 2}
          question={t('mergeAsk', { n })}
          onConfirmed={() => merge.mutate({ body: { channels } })}
        >
          {t('merge')}
        </ConfirmButton>
        <Button size="xs" variant="subtle" color="red" leftSection={<Trash2 size={14} />} onClick={erase}>
          {t('deleteMany')}
        </Button>
      </Group>
    </Paper>
  );
}
