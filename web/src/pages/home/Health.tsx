// SPDX-License-Identifier: LGPL-2.1-or-later
// How the daemon is: what it needs, what it moves, and how that was in the last two minutes.
import { Card, SimpleGrid, Text } from '@mantine/core';
import { useMessages } from '../../i18n';
import { useFormat } from '../../i18n/format';
import { Sparkline } from '../../ui/Sparkline';
import { useFigures, type Figures } from './figures';
import { messages } from './messages';

export function Health() {
  const t = useMessages(messages);
  const format = useFormat();
  const history = useFigures().data ?? [];
  const now = history[history.length - 1];
  const tiles: { name: 'cpu' | 'memory' | 'sent' | 'received'; text: (figures: Figures) => string }[] = [
    { name: 'received', text: ({ received }) => format.rate(received) },
    { name: 'sent', text: ({ sent }) => format.rate(sent) },
    { name: 'cpu', text: ({ cpu }) => `${format.number(100 * cpu, cpu < 0.1 ? 1 : 0)} %` },
    { name: 'memory', text: ({ memory }) => format.bytes(memory) },
  ];
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} component="section" aria-label={t('health')}>
      {tiles.map(({ name, text }) => (
        <Card withBorder key={name} padding="sm">
          <Text size="xs" c="dimmed">
            {t(name)}
          </Text>
          <Text size="xl" fw={650} style={{ whiteSpace: 'nowrap' }}>
            {now ? text(now) : '–'}
          </Text>
          <Sparkline values={history.map((figures) => figures[name])} width={160} height={28} />
        </Card>
      ))}
    </SimpleGrid>
  );
}
