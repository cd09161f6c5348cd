// SPDX-License-Identifier: LGPL-2.1-or-later
// What is about to be taken away: the list that it was taken out of shows it no more, until it is gone or somebody wants
// it back. Other pages show what the daemon still has.
import { useCallback, useSyncExternalStore } from 'react';
import { useUndo } from './undo';

type Kind = 'box' | 'channel' | 'guide' | 'login' | 'profile' | 'web-hook';

const kNone: ReadonlySet<number> = new Set();
const leaving = new Map<Kind, ReadonlySet<number>>();
const watchers = new Set<() => void>();

function watch(watcher: () => void) {
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
}

function mark(kind: Kind, ids: readonly number[], away: boolean) {
  const next = new Set(leaving.get(kind));
  for (const id of ids) away ? next.add(id) : next.delete(id);
  leaving.set(kind, next);
  for (const watcher of [...watchers]) watcher();
}

/** `takeAway(ids, text, really)`: `really` is called unless somebody says undo within a moment. */
export function useLeaving(kind: Kind) {
  const undo = useUndo();
  const ids = useSyncExternalStore(watch, () => leaving.get(kind) ?? kNone);
  const takeAway = useCallback(
    (some: readonly number[], text: string, really: () => Promise<unknown>, onUndone?: () => void) => {
      const show = () => mark(kind, some, false);
      mark(kind, some, true);
      // Once they are gone, others may get their numbers.
      undo(text, () => really().then(show, show), () => {
        show();
        onUndone?.();
      });
    },
    [kind, undo],
  );
  return { leaving: ids, takeAway };
}
