// SPDX-License-Identifier: LGPL-2.1-or-later
// A part of the first page, with its title.
import { Card, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  title: string;
  about?: string;
  more?: ReactNode;
  children: ReactNode;
}

export function Part({ title, about, more, children }: Props) {
  return (
    <Card withBorder component="section" aria-label={title}>
      <Group justify="space-between" mb="sm" gap="xs">
        <Group gap="sm" align="baseline">
          <Title order={2} size="h4">
            {title}
          </Title>
          {about && (
            <Text size="sm" c="dimmed">
              {about}
            </Text>
          )}
        </Group>
        {more}
      </Group>
      {children}
    </Card>
  );
}
