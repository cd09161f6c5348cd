// SPDX-License-Identifier: LGPL-2.1-or-later
// What is taken away goes a moment later: until then it can be had back.
import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { defineMessages, useMessages } from '../i18n';

const messages = defineMessages({ undo: 'Undo' }, { undo: 'Deshacer' });

const kWaitMs = 6000;

/** `takeAway(text, really, onUndone)`: `really` is called unless somebody says undo within a moment. */
export function useUndo() {
  const t = useMessages(messages);
  return useCallback(
    (text: string, really: () => void, onUndone: () => void) => {
      const timer = setTimeout(() => {
        notifications.hide(id); // a pointer on it would keep it
        really();
      }, kWaitMs);
      const id = notifications.show({
        autoClose: kWaitMs,
        message: (
          <Group justify="space-between" wrap="nowrap">
            <Text size="sm">{text}</Text>
            <Button
              size="compact-sm"
              variant="light"
              onClick={() => {
                clearTimeout(timer);
                notifications.hide(id);
                onUndone();
              }}
            >
              {t('undo')}
            </Button>
          </Group>
        ),
      });
    },
    [t],
  );
}
