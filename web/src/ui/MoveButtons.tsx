// SPDX-License-Identifier: LGPL-2.1-or-later
// Two buttons that move a row by one: the way of the keyboard where others drag.
import { ActionIcon } from '@mantine/core';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { defineMessages, useMessages } from '../i18n';

const messages = defineMessages(
  { up: 'Move {name} up', down: 'Move {name} down' },
  { up: 'Subir {name}', down: 'Bajar {name}' },
);

interface Props {
  name: string;
  place: number; // from 0
  total: number;
  /** Why it cannot be moved now. */
  locked?: string;
  onMove: (from: number, to: number) => void;
}

/** In a VirtualTable the place of the row is another one then: the button goes with it. */
function focusIn(table: Element | null, place: number, total: number, way: 'up' | 'down') {
  const possible = place === 0 ? 'down' : place === total - 1 ? 'up' : way;
  table?.querySelector<HTMLElement>(`[aria-rowindex="${place + 2}"] [data-move="${possible}"]`)?.focus();
}

export function MoveButtons({ name, place, total, locked, onMove }: Props) {
  const t = useMessages(messages);
  const button = (way: 'up' | 'down', to: number) => (
    <ActionIcon
      variant="subtle"
      color="gray"
      data-move={way}
      disabled={locked !== undefined || to < 0 || to >= total}
      aria-label={t(way, { name })}
      title={locked ?? t(way, { name })}
      onClick={({ currentTarget }) => {
        onMove(place, to);
        const table = currentTarget.closest('[role=table]');
        requestAnimationFrame(() => focusIn(table, to, total, way));
      }}
    >
      {way === 'up' ? <ArrowUp size={16} /> : <ArrowDown size={16} />}
    </ActionIcon>
  );
  return (
    <>
      {button('up', place - 1)}
      {button('down', place + 1)}
    </>
  );
}
