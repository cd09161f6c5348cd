// SPDX-License-Identifier: LGPL-2.1-or-later
// The streams that are selected, in the order in which they were; they stay while others are looked for.
import { useState } from 'react';
import type { Stream } from '../../api/schema';

export interface Selection {
  all: readonly Stream[];
  has: (stream: Stream) => boolean;
  toggle: (stream: Stream) => void;
  drop: (some: readonly Stream[]) => void;
  clear: () => void;
}

export function useSelection(): Selection {
  const [all, setAll] = useState<readonly Stream[]>([]);
  const has = ({ id }: Stream) => all.some((one) => one.id === id);
  return {
    all,
    has,
    toggle: (stream) => setAll(has(stream) ? all.filter(({ id }) => id !== stream.id) : [...all, stream]),
    drop: (some) => setAll((old) => old.filter(({ id }) => !some.some((one) => one.id === id))),
    clear: () => setAll([]),
  };
}
