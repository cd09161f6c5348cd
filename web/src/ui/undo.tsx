// SPDX-License-Identifier: LGPL-2.1-or-later
// What is taken away goes a moment later: until then it can be had back. Who leaves before does not want it back.
import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { outlivePage } from '../api/client';
import { defineMessages, useMessages } from '../i18n';

const messages = defineMessages({ undo: 'Undo' }, { undo: 'Deshacer' });

const kWaitMs = 6000;

/** What ends the wait for each of those that somebody may still want back. */
const waiting = new Set<() => unknown>();

/** Takes away at once what somebody might still have wanted back. */
export function takeAwayNow() {
  return Promise.allSettled([...waiting].map((end) => end()));
}

window.addEventListener('pagehide', () => {
  outlivePage(true);
  takeAwayNow();
});
window.addEventListener('pageshow', () => outlivePage(false));

/** `takeAway(text, really, onUndone)`: `really` is called unless somebody says undo within a moment. Gives what hides it. */
export function useUndo() {
  const t = useMessages(messages);
  return useCallback(
    (text: string, really: () => unknown, onUndone: () => void) => {
      const stop = () => {
        clearTimeout(timer);
        waiting.delete(end);
        notifications.hide(id); // a pointer on it would keep it
      };
      const end = () => {
        stop();
        return really();
      };
      const timer = setTimeout(end, kWaitMs);
      waiting.add(end);
      const id = notifications.show({
        autoClose: kWaitMs,
        message: (
          <Group justify="space-between" wrap="nowrap">
            <Text size="sm">{text}</Text>
            <Button
              size="compact-sm"
              flex="none"
              variant="light"
              onClick={() => {
                stop();
                onUndone();
              }}
            >
              {t('undo')}
            </Button>
          </Group>
        ),
      });
      return () => notifications.hide(id);
    },
    [t],
  );
}
