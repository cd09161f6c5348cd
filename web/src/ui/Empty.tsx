// SPDX-License-Identifier: LGPL-2.1-or-later
// Where there is nothing yet: why, and what to do about it.
import { Center, Stack, Text, ThemeIcon } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export function Empty({ icon: Icon, text, children }: { icon: LucideIcon; text: string; children?: ReactNode }) {
  return (
    <Center py="xl">
      <Stack align="center" gap="sm" maw={420}>
        <ThemeIcon size={52} radius="xl" variant="light" color="gray">
          <Icon size={26} />
        </ThemeIcon>
        <Text c="dimmed" ta="center">
          {text}
        </Text>
        {children}
      </Stack>
    </Center>
  );
}
