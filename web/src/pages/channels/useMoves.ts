// SPDX-License-Identifier: LGPL-2.1-or-later
// Channels that are put in another place: seen there at once, while the server gives them numbers.
import { useRef, useState } from 'react';
import { useChange } from '../../api/hooks';
import type { Channel } from '../../api/schema';
import { useMessages } from '../../i18n';
import { useUndo } from '../../ui/undo';
import { messages } from './messages';

const kChange = { refreshes: ['/api/v1/channel', '/api/v1/guide-grid'], inTurn: 'places of channels' };

type RowAt = (index: number) => Channel | undefined;

interface Move {
  channel: Channel;
  from: number;
  to: number;
}

/** The rows as they are after a move; once the server tells them so, it is over. */
function after({ channel, from, to }: Move, rowAt: RowAt): RowAt {
  const there = rowAt(from);
  if (there && there.id !== channel.id) return rowAt;
  return (index) => {
    if (index === to) return channel;
    const isBetween = index >= Math.min(from, to) && index <= Math.max(from, to);
    return rowAt(!isBetween ? index : from < to ? index + 1 : index - 1);
  };
}

export function useMoves(rows: RowAt) {
  const t = useMessages(messages);
  const undo = useUndo();
  const [waiting, setWaiting] = useState<readonly Move[]>([]);
  const hideLast = useRef<() => void>(undefined);
  const moveBack = useChange('POST /api/v1/channels/{channel}/move-back', kChange);
  const { mutateAsync } = useChange('POST /api/v1/channels/{channel}/move', kChange);
  const rowAt = waiting.reduce<RowAt>((below, move) => after(move, below), rows);

  const move = async (from: number, to: number) => {
    const channel = rowAt(from);
    const other = rowAt(to === 0 ? 0 : to < from ? to - 1 : to);
    if (!channel || !other) return; // not there yet
    const path = { channel: channel.id };
    const mine = { channel, from, to };
    setWaiting((old) => [...old, mine]);
    try {
      const done = await mutateAsync({ path, body: to === 0 ? { before: other.id } : { after: other.id } });
      const { number, moved, others } = done;
      const text = [
        t('placed', { name: channel.name, number }),
        others && moved > 0 && t(others.by > 0 ? 'othersHigher' : 'othersLower', { n: moved }),
      ];
      hideLast.current?.(); // what came before can no longer be taken back alone
      hideLast.current = undo(text.filter(Boolean).join(' '), () => {}, () => moveBack.mutate({ path, body: done }));
    } catch {
      // It has been told, and the row is where it was.
    } finally {
      setWaiting((old) => old.filter((one) => one !== mine));
    }
  };
  return { rowAt, move };
}
