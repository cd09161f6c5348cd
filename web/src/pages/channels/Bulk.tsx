// SPDX-License-Identifier: LGPL-2.1-or-later
// What can be done with the channels that are chosen, all at once.
import { Button, CloseButton, Group, NumberInput, Paper, Popover, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { Eye, EyeOff, Folder, Hash, Merge, Trash2 } from 'lucide-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import { kOfChannels } from '../../api/concerned';
import { useChange } from '../../api/hooks';
import { useMessages } from '../../i18n';
import { useLeaving } from '../../ui/useLeaving';
import { kMostMerged, Merge as MergeDialog } from './Merge';
import { messages } from './messages';

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
}

export function Bulk({ chosen, onClear }: Props) {
  const t = useMessages(messages);
  const { takeAway } = useLeaving('channel');
  const [merging, { open, close }] = useDisclosure();
  const [group, setGroup] = useState('');
  const [first, setFirst] = useState(1);
  const told = (text: string) => () => {
    notifications.show({ color: 'teal', message: text });
    onClear();
  };
  const n = chosen.length;
  const channels = [...chosen];
  const edit = useChange('POST /api/v1/channels/edit', { refreshes: kOfChannels, onDone: ({ changed }) => told(t('edited', { n: changed }))() });
  const move = useChange('POST /api/v1/channels/move', {
    refreshes: kOfChannels,
    onDone: ({ changes }) => told(t('edited', { n: changes.length }))(),
  });
  const erase = useChange('POST /api/v1/channels/delete', { refreshes: kOfChannels });
  const eraseSoon = () => {
    onClear();
    takeAway(channels, t('manyDeleted', { n }), () => erase.mutateAsync({ body: { channels } }));
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
        <Button
          size="xs"
          variant="default"
          leftSection={<Merge size={14} />}
          disabled={n < 2 || n > kMostMerged}
          title={t('mergeHelp', { most: kMostMerged })}
          onClick={open}
        >
          {t('merge')}…
        </Button>
        <Button size="xs" variant="subtle" color="red" leftSection={<Trash2 size={14} />} onClick={eraseSoon}>
          {t('deleteMany')}
        </Button>
      </Group>
      <MergeDialog channels={channels} opened={merging} onClose={close} onMerged={onClear} />
    </Paper>
  );
}
