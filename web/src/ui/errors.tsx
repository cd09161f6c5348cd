// SPDX-License-Identifier: LGPL-2.1-or-later
// What went wrong, in words that say what to do.
import { Alert, Button, Group, Text } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { useCallback } from 'react';
import { ApiError } from '../api/client';
import { defineMessages, useMessages } from '../i18n';
import { codes, fields, finer, flaws } from '../words/refusals';
import { useWords, type Words } from '../words/useWords';

const messages = defineMessages(
  {
    unreachable: 'The server cannot be reached. Is it running? This page tries again by itself.',
    again: 'Try again',
    problem: 'This did not work',
  },
  {
    unreachable: 'No se puede contactar con el servidor. ¿Está en marcha? Esta página lo intenta de nuevo sola.',
    again: 'Intentar de nuevo',
    problem: 'No ha funcionado',
  },
);

/** "networks" of "networks[2]". */
export function fieldOf(problem: unknown) {
  return problem instanceof ApiError ? problem.where?.split(/[[.]/)[0] : undefined;
}

/** What is wrong with a field; undefined: nobody knows a word for it. */
function flawText(error: ApiError, words: Words) {
  const { flaw, figures } = error;
  if (flaw === 'out-of-range' && 'most' in figures) return words.say(finer, 'range', figures);
  if (flaw === 'unfit' && error.where === 'number') return words.say(finer, 'number');
  return words.find(flaws, flaw, figures);
}

function textOf(error: unknown, words: Words, shownAt?: string): string {
  if (error instanceof TypeError) return words.say(messages, 'unreachable');
  if (!(error instanceof ApiError)) return String(error);
  const flaw = flawText(error, words);
  const field = fieldOf(error);
  if (flaw) return field && field !== shownAt ? `${words.find(fields, field) ?? field}: ${flaw}` : flaw;
  const { message, figures } = error;
  return words.find(codes, error.code, { message, ...figures }) ?? message;
}

/** Errors as sentences. `shownAt`: the field beside which this one stands, so that it need not be named. */
export function useErrorText() {
  const words = useWords();
  return useCallback((error: unknown, shownAt?: string) => textOf(error, words, shownAt), [words]);
}

/** In place of what could not be shown. */
export function Problem({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useMessages(messages);
  const say = useErrorText();
  return (
    <Alert color="red" icon={<CircleAlert size={18} />} title={t('problem')} role="alert">
      <Group justify="space-between">
        <Text size="sm">{say(error)}</Text>
        {onRetry && (
          <Button size="xs" variant="light" color="red" onClick={onRetry}>
            {t('again')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
