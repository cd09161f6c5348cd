// SPDX-License-Identifier: LGPL-2.1-or-later
// The first administrator, and logging in.
import { Alert, Anchor, Button, Center, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { ask, setCsrf } from '../api/client';
import { defineMessages, useMessages } from '../i18n';
import { useErrorText } from '../ui/errors';
import { useFields } from '../ui/fields';
import { LanguageChoice } from './Preferences';
import logo from './relevo.svg';

const messages = defineMessages(
  {
    welcome: 'Welcome to Relevo',
    setUp: 'Create the administrator. With this name and password you log in from now on.',
    logIn: 'Log in',
    name: 'Name',
    password: 'Password',
    passwordHelp: 'At least 8 characters',
    repeat: 'Password, once more',
    different: 'The two passwords are different.',
    create: 'Create and begin',
    skip: 'Not now: go on without, from this machine alone',
    goOn: 'Go on without logging in',
  },
  {
    welcome: 'Bienvenido a Relevo',
    setUp: 'Cree el administrador. Con este nombre y contraseña entrará a partir de ahora.',
    logIn: 'Entrar',
    name: 'Nombre',
    password: 'Contraseña',
    passwordHelp: 'Al menos 8 caracteres',
    repeat: 'Contraseña, otra vez',
    different: 'Las dos contraseñas son diferentes.',
    create: 'Crear y empezar',
    skip: 'Ahora no: seguir sin él, solo desde esta máquina',
    goOn: 'Seguir sin entrar',
  },
);

interface Props {
  setUp: boolean;
  onEntered: () => void;
  /** Where nobody has to log in. */
  onSkip?: () => void;
}

export function Entrance({ setUp, onEntered, onSkip }: Props) {
  const t = useMessages(messages);
  const textOf = useErrorText();
  const { values, set } = useFields({ name: '', password: '', repeat: '' });
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);

  const enter = async (event: FormEvent) => {
    event.preventDefault();
    if (setUp && values.password !== values.repeat) return setError(t('different'));
    setBusy(true);
    setError('');
    try {
      const body = { name: values.name, password: values.password };
      const { csrf } = await ask(setUp ? 'POST /api/v1/setup' : 'POST /api/v1/login', { body });
      setCsrf(csrf);
      onEntered();
    } catch (problem) {
      setError(textOf(problem));
    }
    setBusy(false);
  };

  return (
    <Center mih="100vh" p="md" component="main">
      <Paper withBorder shadow="sm" p="xl" w="100%" maw={420} radius="md">
        <form onSubmit={enter}>
          <Stack>
            <Stack gap={4} align="center">
              <img src={logo} width={56} height={56} alt="" />
              <Title order={1} size="h2" ta="center">
                {setUp ? t('welcome') : 'Relevo'}
              </Title>
              {setUp && (
                <Text size="sm" c="dimmed" ta="center">
                  {t('setUp')}
                </Text>
              )}
            </Stack>
            <TextInput
              label={t('name')}
              autoComplete="username"
              required
              data-autofocus
              autoFocus
              value={values.name}
              onChange={(event) => set('name', event.currentTarget.value)}
            />
            <PasswordInput
              label={t('password')}
              description={setUp ? t('passwordHelp') : undefined}
              autoComplete={setUp ? 'new-password' : 'current-password'}
              required
              minLength={setUp ? 8 : undefined}
              value={values.password}
              onChange={(event) => set('password', event.currentTarget.value)}
            />
            {setUp && (
              <PasswordInput
                label={t('repeat')}
                autoComplete="new-password"
                required
                value={values.repeat}
                onChange={(event) => set('repeat', event.currentTarget.value)}
              />
            )}
            {error && (
              <Alert color="red" role="alert">
                {error}
              </Alert>
            )}
            <Button type="submit" loading={busy}>
              {setUp ? t('create') : t('logIn')}
            </Button>
            {onSkip && (
              <Anchor component="button" type="button" size="sm" ta="center" onClick={onSkip}>
                {setUp ? t('skip') : t('goOn')}
              </Anchor>
            )}
            <Center>
              <LanguageChoice />
            </Center>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}
