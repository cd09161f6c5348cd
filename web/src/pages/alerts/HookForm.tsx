// SPDX-License-Identifier: LGPL-2.1-or-later
// A new web-hook, or what can be changed of one.
import { Button, Group, MultiSelect, PasswordInput, Stack, Switch, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useChange } from '../../api/hooks';
import type { WebHook } from '../../api/schema';
import { useMessages } from '../../i18n';
import { useErrorText } from '../../ui/errors';
import { useFields } from '../../ui/fields';
import { kinds } from '../../words/kinds';
import { useWords } from '../../words/useWords';
import { messages } from './messages';

export const kHookRefreshes = ['/api/v1/web-hooks'];

export function HookForm({ hook, onDone }: { hook?: WebHook; onDone: () => void }) {
  const t = useMessages(messages);
  const textOf = useErrorText();
  const words = useWords();
  const { values, set } = useFields({
    url: hook?.url ?? '',
    kinds: hook?.kinds ?? [],
    enabled: hook?.enabled ?? true,
    secret: '',
  });
  // An older or newer Relevo may know others.
  const offered = [...new Set([...Object.keys(kinds.en), ...values.kinds])];
  const [problem, setProblem] = useState<Error>();
  const options = { refreshes: kHookRefreshes, onDone, onError: setProblem };
  const add = useChange('POST /api/v1/web-hooks', options);
  const change = useChange('PATCH /api/v1/web-hooks/{hook}', options);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { secret, ...rest } = values;
    const body = secret ? { ...rest, secret } : rest;
    if (hook) change.mutate({ path: { hook: hook.id }, body });
    else add.mutate({ body });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label={t('url')}
          description={t('urlHelp')}
          required
          type="url"
          data-autofocus
          error={problem && textOf(problem, 'url')}
          value={values.url}
          onChange={(event) => set('url', event.currentTarget.value)}
        />
        <MultiSelect
          label={t('kinds')}
          description={t('kindsHelp')}
          searchable
          data={offered.map((kind) => ({ value: kind, label: words.find(kinds, kind) ?? kind }))}
          value={values.kinds}
          onChange={(chosen) => set('kinds', chosen)}
        />
        <PasswordInput
          label={t('secret')}
          description={hook ? `${t('secretHelp')} ${t('secretKept')}` : t('secretHelp')}
          autoComplete="off"
          value={values.secret}
          onChange={(event) => set('secret', event.currentTarget.value)}
        />
        <Switch label={t('enabled')} checked={values.enabled} onChange={(event) => set('enabled', event.currentTarget.checked)} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={add.isPending || change.isPending}>
            {hook ? t('save') : t('create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
