// SPDX-License-Identifier: LGPL-2.1-or-later
// The channels that are chosen, in the order in which they were: one by one, or all that fit. They stay while
// others are looked for.
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { askChannelIds } from '../../api/channelIds';
import type { Operations } from '../../api/schema';
import { useErrorText } from '../../ui/errors';

type Query = Operations['GET /api/v1/channels']['query'];

export interface Chosen {
  set: ReadonlySet<number>;
  put: (channel: number, on: boolean) => void;
  /** Whether they are all that fit now, and no more. */
  areAll: boolean;
  chooseAll: () => Promise<void>;
  clear: () => void;
}

export function useChosen(query: Query): Chosen {
  const textOf = useErrorText();
  const [set, setSet] = useState<ReadonlySet<number>>(new Set());
  const [allOf, setAllOf] = useState<string | null>(null);
  const text = JSON.stringify(query);
  return {
    set,
    put: (channel, on) => {
      setAllOf(null);
      setSet((old) => {
        const next = new Set(old);
        on ? next.add(channel) : next.delete(channel);
        return next;
      });
    },
    areAll: allOf === text,
    chooseAll: async () => {
      try {
        setSet(new Set(await askChannelIds(query)));
        setAllOf(text);
      } catch (error) {
        notifications.show({ color: 'red', message: textOf(error) });
      }
    },
    clear: () => {
      setAllOf(null);
      setSet(new Set());
    },
  };
}
