// SPDX-License-Identifier: LGPL-2.1-or-later
// First step of a new account: address and login.
import { Alert, Button, Group, NumberInput, PasswordInput, SegmentedControl, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { Lightbulb } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { ask } from '../../api/client';
import { refresh } from '../../api/hooks';
import { useMessages } from '../../i18n';
import { fieldOf, useErrorText } from '../../ui/errors';
import { useFields } from '../../ui/fields';
import { nameOf, panelOf } from './address';
import { messages } from './messages';

type Fields = {
  kind: 'm3u' | 'xtream';
  location: string;
  name: string;
  username: string;
  password: string;
  connections: number;
};

/** What is typed; it outlives the step, to which one may come back. */
export function useSource() {
  return useFields<Fields>({ kind: 'm3u', location: '', name: '', username: '', password: '', connections: 1 });
}

/** An account that is already there is changed, with its login. */
async function save(fields: Fields, account: number | null, onMade: (account: number) => void) {
  const { kind, location, username, password, connections } = fields;
  const name = fields.name.trim() || nameOf(location);
  const made = account
    ? await ask('PATCH /api/v1/accounts/{account}', { path: { account }, body: { name, location: location.trim() } })
    : await ask('POST /api/v1/accounts', { body: { kind, name, location: location.trim(), refresh: '24h' } });
  onMade(made.id); // whatever comes of its login
  const login = { name: username || name, username, password, connections };
  const [old] = await ask('GET /api/v1/accounts/{account}/logins', { path: { account: made.id } });
  const wanted = kind === 'xtream' || connections > 0;
  if (old) await ask('PATCH /api/v1/logins/{login}', { path: { login: old.id }, body: login });
  else if (wanted) await ask('POST /api/v1/accounts/{account}/logins', { path: { account: made.id }, body: login });
}

interface Props {
  source: ReturnType<typeof useSource>;
  account: number | null; // made by an earlier try
  onMade: (account: number) => void;
  onSaved: () => void;
}

export function SourceStep({ source: { values, set }, account, onMade, onSaved }: Props) {
  const t = useMessages(messages);
  const textOf = useErrorText();
  const client = useQueryClient();
  const [problem, setProblem] = useState<Error | null>(null);
  const [busy, setBusy] = useState(false);
  const panel = values.kind === 'm3u' ? panelOf(values.location) : null;
  const isPanel = values.kind === 'xtream';

  const takePanel = () => {
    set('kind', 'xtream');
    for (const name of ['location', 'username', 'password'] as const) set(name, panel![name]);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await save(values, account, onMade);
      refresh(client, ['/api/v1/accounts']);
      return onSaved();
    } catch (error) {
      setProblem(error as Error);
    }
    setBusy(false);
  };
  const wrong = (name: string) => (fieldOf(problem) === name ? textOf(problem, name) : undefined);

  return (
    <form onSubmit={submit}>
      <Stack>
        <SegmentedControl
          value={values.kind}
          onChange={(kind) => set('kind', kind as Fields['kind'])}
          aria-label={t('kind')}
          disabled={account !== null}
          data={[
            { value: 'm3u', label: t('m3u') },
            { value: 'xtream', label: t('xtream') },
          ]}
        />
        <TextInput
          label={t('address')}
          description={t(isPanel ? 'panelHelp' : 'playlistHelp')}
          placeholder={isPanel ? 'http://panel.example:8080' : 'http://provider.example/list.m3u'}
          required
          data-autofocus
          value={values.location}
          error={wrong('location')}
          onChange={(event) => set('location', event.currentTarget.value)}
        />
        {panel && (
          <Alert color="blue" icon={<Lightbulb size={18} />}>
            <Group justify="space-between" gap="xs">
              <span>{t('isPanel')}</span>
              <Button size="xs" variant="light" onClick={takePanel}>
                {t('takePanel')}
              </Button>
            </Group>
          </Alert>
        )}
        {isPanel && (
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label={t('username')}
              required
              autoComplete="off"
              value={values.username}
              onChange={(event) => set('username', event.currentTarget.value)}
            />
            <PasswordInput
              label={t('password')}
              required
              autoComplete="off"
              value={values.password}
              onChange={(event) => set('password', event.currentTarget.value)}
            />
          </SimpleGrid>
        )}
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={t('name')}
            description={t('nameHelp')}
            placeholder={nameOf(values.location)}
            value={values.name}
            error={wrong('name')}
            onChange={(event) => set('name', event.currentTarget.value)}
          />
          <NumberInput
            label={t('connections')}
            description={t(isPanel ? 'panelConnectionsHelp' : 'connectionsHelp')}
            min={0}
            max={1000}
            allowDecimal={false}
            value={values.connections}
            onChange={(value) => set('connections', Number(value))}
          />
        </SimpleGrid>
        {problem && !['location', 'name'].includes(fieldOf(problem) ?? '') && (
          <Alert color="red" role="alert">
            {textOf(problem)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={busy}>
            {t('next')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
