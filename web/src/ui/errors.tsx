// SPDX-License-Identifier: LGPL-2.1-or-later
// What went wrong, in words that say what to do.
import { Alert, Button, Group, Text } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { ApiError } from '../api/client';
import { defineMessages, useMessages } from '../i18n';

const messages = defineMessages(
  {
    unreachable: 'The server cannot be reached. Is it running? This page tries again by itself.',
    forbidden: 'You may not do this: {why}. Log in as somebody who may.',
    failed: 'The server failed to do this. Its log tells why.',
    again: 'Try again',
    problem: 'This did not work',
  },
  {
    unreachable: 'No se puede contactar con el servidor. ¿Está en marcha? Esta página lo intenta de nuevo sola.',
    forbidden: 'No tiene permiso: {why}. Entre como alguien que lo tenga.',
    failed: 'El servidor no pudo hacerlo. Su registro dice por qué.',
    again: 'Intentar de nuevo',
    problem: 'No ha funcionado',
  },
);

export function useErrorText() {
  const t = useMessages(messages);
  return (error: unknown): string => {
    if (error instanceof TypeError) return t('unreachable');
    if (!(error instanceof ApiError)) return String(error);
    if (error.status === 403) return t('forbidden', { why: error.message });
    if (error.status >= 500 && error.code === 'failed') return t('failed');
    return error.where ? `${error.where}: ${error.message}` : error.message;
  };
}

/** In place of what could not be shown. */
export function Problem({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useMessages(messages);
  const textOf = useErrorText();
  return (
    <Alert color="red" icon={<CircleAlert size={18} />} title={t('problem')} role="alert">
      <Group justify="space-between">
        <Text size="sm">{textOf(error)}</Text>
        {onRetry && (
          <Button size="xs" variant="light" color="red" onClick={onRetry}>
            {t('again')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
