// SPDX-License-Identifier: LGPL-2.1-or-later
// The table of a profile's channels: reordered by dragging, by buttons or by typing a place; taken out.
import { ActionIcon, Group, Text, VisuallyHidden } from '@mantine/core';
import { ArrowDown, ArrowUp, GripVertical, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useMessages } from '../../i18n';
import { ChannelLogo } from '../../ui/ChannelLogo';
import { useUndo } from '../../ui/undo';
import { VirtualTable, type Column } from '../../ui/VirtualTable';
import { messages } from './messages';
import { Place } from './Place';
import classes from './Profiles.module.css';
import { moved, type Member, type useMembers } from './useMembers';

type Members = ReturnType<typeof useMembers>;

function useColumns({ arrange, add }: Members, ids: readonly number[], mayChange: boolean): Column<Member>[] {
  const t = useMessages(messages);
  const undo = useUndo();
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const move = (from: number, to: number) => from !== to && arrange(moved(ids, from, to));
  const end = () => {
    setDragged(null);
    setOver(null);
  };
  const takeOut = (id: number, place: number, name: string) => {
    arrange(ids.filter((one) => one !== id));
    undo(t('taken', { name }), () => {}, () => add([id], place));
  };
  const name: Column<Member> = {
    key: 'name',
    label: t('name'),
    width: 'minmax(0, 3fr)',
    cell: ({ place, channel }) => (
      <div
        className={classes.name}
        data-over={over === place || undefined}
        onDragOver={(event) => {
          if (dragged === null) return;
          event.preventDefault();
          setOver(place);
        }}
        onDrop={() => {
          if (dragged !== null) move(dragged, place);
          end();
        }}
      >
        {mayChange && (
          <span
            className={classes.grip}
            draggable
            title={t('drag')}
            onDragStart={() => setDragged(place)}
            onDragEnd={end}
          >
            <GripVertical size={16} />
          </span>
        )}
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
        const button = (key: 'up' | 'down' | 'out', icon: ReactNode, disabled: boolean, onClick: () => void) => (
          <ActionIcon
            variant="subtle"
            color={key === 'out' ? 'red' : 'gray'}
            disabled={disabled}
            aria-label={t(key, { name: of })}
            title={t(key, { name: of })}
            onClick={onClick}
          >
            {icon}
          </ActionIcon>
        );
        return (
          <Group gap={2} wrap="nowrap" justify="flex-end">
            {button('up', <ArrowUp size={16} />, place === 0, () => move(place, place - 1))}
            {button('down', <ArrowDown size={16} />, place === ids.length - 1, () => move(place, place + 1))}
            {button('out', <Trash2 size={16} />, false, () => takeOut(id, place, of))}
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
  return (
    <VirtualTable
      label={label}
      columns={useColumns(members, ids, mayChange)}
      total={ids.length}
      rowAt={members.memberAt}
      onRange={members.onRange}
      height={height}
      narrow={narrow}
    />
  );
}
