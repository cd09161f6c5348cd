// SPDX-License-Identifier: LGPL-2.1-or-later
// A button whose work cannot be taken back: it asks before.
import { Button, Group, Popover, Stack, Text, type ButtonProps } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { defineMessages, useMessages } from '../i18n';

const messages = defineMessages({ cancel: 'Cancel' }, { cancel: 'Cancelar' });

interface Props extends ButtonProps {
  question: string;
  onConfirmed: () => void;
  children: ReactNode;
}

export function ConfirmButton({ question, onConfirmed, children, ...button }: Props) {
  const t = useMessages(messages);
  const [open, { toggle, close }] = useDisclosure();
  return (
    <Popover opened={open} onChange={(wanted) => !wanted && close()} withArrow trapFocus width={260} shadow="md">
      <Popover.Target>
        <Button {...button} onClick={toggle}>
          {children}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Text size="sm">{question}</Text>
          <Group gap="xs" justify="flex-end">
            <Button size="xs" variant="default" onClick={close}>
              {t('cancel')}
            </Button>
            <Button
              size="xs"
              color="red"
              onClick={() => {
                close();
                onConfirmed();
              }}
            >
              {children}
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
