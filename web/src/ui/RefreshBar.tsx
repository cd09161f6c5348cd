// SPDX-License-Identifier: LGPL-2.1-or-later
// How far the reading of a list or guide is, and a button that ends it.
import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { defineMessages, useMessages } from '../i18n';
import { useFormat } from '../i18n/format';

const messages = defineMessages(
  { download: 'Downloading', parse: 'Reading', apply: 'Writing down', entries: '{n} entry|{n} entries', cancel: 'Cancel' },
  { download: 'Descargando', parse: 'Leyendo', apply: 'Anotando', entries: '{n} entrada|{n} entradas', cancel: 'Cancelar' },
);

interface Props {
  phase: 'download' | 'parse' | 'apply';
  /** Bytes, where it is downloaded; else entries. */
  done: number;
  /** 0: nobody knows. */
  total: number;
  onCancel: () => void;
}

export function RefreshBar({ phase, done, total, onCancel }: Props) {
  const t = useMessages(messages);
  const format = useFormat();
  const amount = phase === 'download' ? format.bytes(done) : t('entries', { n: done });
  return (
    <Stack gap={6} role="status">
      <Group justify="space-between">
        <Text size="sm">
          {t(phase)} … {done > 0 && amount}
        </Text>
        <Button size="compact-xs" variant="default" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </Group>
      <Progress value={total > 0 ? (100 * done) / total : 100} animated={total === 0} striped={total === 0} aria-label={t(phase)} />
    </Stack>
  );
}
