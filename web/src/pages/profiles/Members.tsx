// SPDX-License-Identifier: LGPL-2.1-or-later
// The table of a profile's channels: reordered by dragging, by buttons or by typing a place; taken out.
import { ActionIcon, Group, Text, VisuallyHidden } from '@mantine/core';
import { Trash2 } from 'lucide-react';
import { useMessages } from '../../i18n';
import { ChannelLogo } from '../../ui/ChannelLogo';
import { MoveButtons } from '../../ui/MoveButtons';
import { useUndo } from '../../ui/undo';
import { VirtualTable, type Column, type Reorder } from '../../ui/VirtualTable';
import { messages } from './messages';
import { Place } from './Place';
import classes from './Profiles.module.css';
import { moved, type Member, type useMembers } from './useMembers';

type Members = ReturnType<typeof useMembers>;

function useColumns({ arrange, add }: Members, ids: readonly number[], move: Reorder['onMove'], mayChange: boolean): Column<Member>[] {
  const t = useMessages(messages);
  const undo = useUndo();
  const takeOut = (id: number, place: number, name: string) => {
    arrange(ids.filter((one) => one !== id));
    undo(t('taken', { name }), () => {}, () => add([id], place));
  };
  const name: Column<Member> = {
    key: 'name',
    label: t('name'),
    width: 'minmax(0, 3fr)',
    cell: ({ channel }) => (
      <div className={classes.name}>
        {channel && <ChannelLogo of={`channels/${channel.id}`} logo={channel.logo} name={channel.name} size={28} />}
        <span data-name>{channel?.name ?? '…'}</span>
      </div>
    ),
  };
  const about: Column<Member>[] = [
    {
      key: 'number',
      label: t('number'),
      width: '64px',
      wideOnly: true,
      cell: ({ channel }) => (
        <Text size="sm" c="dimmed">
          {channel?.number ?? ''}
        </Text>
      ),
    },
    { key: 'group', label: t('group'), width: 'minmax(0, 1.6fr)', wideOnly: true, cell: ({ channel }) => channel?.group },
  ];
  if (!mayChange) return [name, ...about];
  return [
    {
      key: 'place',
      label: '#',
      width: '60px',
      cell: ({ place, channel }) => (
        <Place label={t('moveTo', { name: channel?.name ?? '' })} place={place} onMove={(to) => move(place, to)} />
      ),
    },
    name,
    ...about,
    {
      key: 'actions',
      label: <VisuallyHidden>{t('actions')}</VisuallyHidden>,
      width: '92px',
      cell: ({ id, place, channel }) => {
        const of = channel?.name ?? '';
        return (
          <Group gap={2} wrap="nowrap" justify="flex-end">
            <MoveButtons name={of} place={place} total={ids.length} onMove={move} />
            <ActionIcon variant="subtle" color="red" aria-label={t('out', { name: of })} title={t('out', { name: of })} onClick={() => takeOut(id, place, of)}>
              <Trash2 size={16} />
            </ActionIcon>
          </Group>
        );
      },
    },
  ];
}

interface Props {
  members: Members;
  ids: readonly number[];
  label: string;
  height: string;
  narrow: boolean;
  mayChange: boolean;
}

export function MembersTable({ members, ids, label, height, narrow, mayChange }: Props) {
  const t = useMessages(messages);
  const move = (from: number, to: number) => from !== to && members.arrange(moved(ids, from, to));
  return (
    <VirtualTable
      label={label}
      columns={useColumns(members, ids, move, mayChange)}
      total={ids.length}
      rowAt={members.memberAt}
      onRange={members.onRange}
      height={height}
      narrow={narrow}
      reorder={mayChange ? { onMove: move, help: t('drag') } : undefined}
    />
  );
}
