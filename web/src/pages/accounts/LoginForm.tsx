// SPDX-License-Identifier: LGPL-2.1-or-later
// A login of an account, new or changed.
import { Button, Group, Modal, NumberInput, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useChange } from '../../api/hooks';
import type { Account, Login } from '../../api/schema';
import { useMessages } from '../../i18n';
import { fieldOf, useErrorText } from '../../ui/errors';
import { useFields } from '../../ui/fields';
import { messages } from './messages';

export const kLoginRefreshes = ['/api/v1/accounts', '/api/v1/alerts'];

const kFields = ['name', 'username', 'password', 'connections', 'expires'] as const;
type Field = (typeof kFields)[number];

/** As a field of a form writes days: "2026-11-27". */
function dayOf(seconds: number | null) {
  return seconds === null ? '' : new Date(seconds * 1000).toLocaleDateString('sv-SE');
}

/** It is good until the end of that day. */
function endOf(day: string) {
  return day === '' ? null : new Date(`${day}T23:59:59`).getTime() / 1000;
}

interface Props {
  account: Account;
  /** None: a new one. */
  login?: Login;
  onClose: () => void;
}

function Form({ account, login, onClose }: Props) {
  const t = useMessages(messages);
  const textOf = useErrorText();
  const isPanel = account.kind === 'xtream';
  const day = dayOf(login?.expires ?? null);
  const { values, set } = useFields({
    name: login?.name ?? '',
    username: login?.username ?? '',
    password: '',
    connections: login?.connections ?? 1,
    expires: day,
  });
  const [problem, setProblem] = useState<Error | null>(null);
  const options = { refreshes: kLoginRefreshes, onDone: onClose, onError: setProblem };
  const add = useChange('POST /api/v1/accounts/{account}/logins', options);
  const change = useChange('PATCH /api/v1/logins/{login}', options);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    const { name, username, password, connections, expires } = values;
    const body = {
      name: name.trim() || username,
      username,
      connections,
      ...(password !== '' && { password }),
      ...(expires !== day && { expires: endOf(expires) }), // else the hour stays as well
    };
    if (login) change.mutate({ path: { login: login.id }, body });
    else add.mutate({ path: { account: account.id }, body });
  };
  const where = kFields.find((field) => field === fieldOf(problem));
  const wrong = (field: Field) => (problem && where === field ? textOf(problem, field) : undefined);
  const text = (field: Exclude<Field, 'connections'>) => ({
    value: values[field],
    error: wrong(field),
    onChange: (event: { currentTarget: HTMLInputElement }) => set(field, event.currentTarget.value),
  });
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput label={t('username')} required={isPanel} autoComplete="off" data-autofocus {...text('username')} />
        <PasswordInput
          label={t('password')}
          description={login && t('passwordKept')}
          autoComplete="new-password"
          {...text('password')}
        />
        <TextInput label={t('name')} description={t('loginNameHelp')} placeholder={values.username} {...text('name')} />
        <NumberInput
          label={t('connections')}
          description={t('connectionsHelp')}
          min={0}
          max={1000}
          allowDecimal={false}
          error={wrong('connections')}
          value={values.connections}
          onChange={(value) => set('connections', Number(value))}
        />
        <TextInput type="date" label={t('lastDay')} description={t(isPanel ? 'panelLastDayHelp' : 'lastDayHelp')} {...text('expires')} />
        {problem && !where && (
          <Text size="sm" c="red" role="alert">
            {textOf(problem)}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={add.isPending || change.isPending}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function LoginForm({ opened, ...props }: Props & { opened: boolean }) {
  const t = useMessages(messages);
  return (
    <Modal
      opened={opened}
      onClose={props.onClose}
      title={props.login ? t('editLogin', { name: props.login.name }) : t('addLogin')}
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      <Form {...props} />
    </Modal>
  );
}
