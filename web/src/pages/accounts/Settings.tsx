// SPDX-License-Identifier: LGPL-2.1-or-later
// What an account is called, where its list is, when it is read, and what is done with it.
import { Button, Group, NumberInput, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type FormEvent } from 'react';
import { useLocation } from 'wouter';
import { ApiError } from '../../api/client';
import { kOfChannels } from '../../api/concerned';
import { useChange } from '../../api/hooks';
import type { Account } from '../../api/schema';
import { useMessages } from '../../i18n';
import { ConfirmButton } from '../../ui/ConfirmButton';
import { useErrorText } from '../../ui/errors';
import { useFields } from '../../ui/fields';
import { messages } from './messages';

const kTexts = ['name', 'location', 'refresh', 'user_agent', 'proxy', 'server_group'] as const;
const kNumbers = ['connections', 'priority', 'shrink_percent', 'stale_days'] as const;
const kFields = [...kTexts, ...kNumbers];
type Field = (typeof kFields)[number];

export function Settings({ account }: { account: Account }) {
  const t = useMessages(messages);
  const textOf = useErrorText();
  const [, go] = useLocation();
  const { name, location, refresh, connections, enabled, priority, server_group, shrink_percent, stale_days, requests } = account;
  const own = { name, location, refresh, connections, enabled, priority, server_group, shrink_percent, stale_days };
  const { values, set } = useFields({ ...own, user_agent: requests.user_agent, proxy: requests.proxy });
  const [problem, setProblem] = useState<Error | null>(null);
  const save = useChange('PATCH /api/v1/accounts/{account}', {
    refreshes: ['/api/v1/accounts', '/api/v1/streams'],
    onDone: () => {
      setProblem(null);
      notifications.show({ color: 'teal', message: t('saved') });
    },
    onError: setProblem,
  });
  const erase = useChange('DELETE /api/v1/accounts/{account}', {
    refreshes: ['/api/v1/accounts', ...kOfChannels],
    onDone: () => go('/accounts'),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { user_agent, proxy, ...rest } = values;
    save.mutate({ path: { account: account.id }, body: { ...rest, requests: { ...requests, user_agent, proxy } } });
  };
  const where = problem instanceof ApiError ? (problem.where ?? '') : '';
  const at = kFields.find((field) => where.includes(field)) ?? 'name';
  const wrong = (field: Field) => (problem && at === field ? textOf(problem, field) : undefined);
  const text = (field: (typeof kTexts)[number]) => ({
    value: values[field],
    error: wrong(field),
    onChange: (event: { currentTarget: HTMLInputElement }) => set(field, event.currentTarget.value),
  });
  const number = (field: (typeof kNumbers)[number]) => ({
    allowDecimal: false,
    value: values[field],
    error: wrong(field),
    onChange: (value: number | string) => set(field, Number(value)),
  });
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput label={t('name')} required {...text('name')} />
          <TextInput label={t('address')} required {...text('location')} />
          <TextInput label={t('plan')} description={t('planHelp')} {...text('refresh')} />
          <NumberInput label={t('connections')} description={t('accountConnectionsHelp')} min={0} {...number('connections')} />
          <NumberInput label={t('priority')} description={t('priorityHelp')} {...number('priority')} />
          <TextInput label={t('serverGroup')} description={t('serverGroupHelp')} {...text('server_group')} />
          <NumberInput label={t('shrink')} description={t('shrinkHelp')} min={0} max={100} suffix=" %" {...number('shrink_percent')} />
          <NumberInput label={t('stale')} description={t('staleHelp')} min={0} max={3650} {...number('stale_days')} />
          <TextInput label={t('userAgent')} description={t('userAgentHelp')} {...text('user_agent')} />
          <TextInput label={t('proxy')} description={t('proxyHelp')} {...text('proxy')} />
        </SimpleGrid>
        <Switch label={t('enabled')} checked={values.enabled} onChange={(event) => set('enabled', event.currentTarget.checked)} />
        <Group justify="space-between">
          <ConfirmButton
            variant="subtle"
            color="red"
            question={t('deleteAsk', { name: account.name })}
            onConfirmed={() => erase.mutate({ path: { account: account.id } })}
          >
            {t('delete')}
          </ConfirmButton>
          <Button type="submit" loading={save.isPending}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
