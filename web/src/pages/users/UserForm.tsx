// SPDX-License-Identifier: LGPL-2.1-or-later
// A new user, or all that can be changed of one.
import { Alert, Button, Divider, Group, MultiSelect, NativeSelect, NumberInput, PasswordInput, SimpleGrid, Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type FormEvent } from 'react';
import { ApiError } from '../../api/client';
import { useChange } from '../../api/hooks';
import type { Profile, User } from '../../api/schema';
import { useSession } from '../../app/session';
import { useMessages } from '../../i18n';
import { kOfUsers } from '../../live';
import { ConfirmButton } from '../../ui/ConfirmButton';
import { CopyField } from '../../ui/CopyField';
import { fieldOf, useErrorText } from '../../ui/errors';
import { useFields } from '../../ui/fields';
import { messages } from './messages';

const kRoles = ['viewer', 'operator', 'administrator'] as const;
const kFields = ['name', 'password', 'networks', 'profiles', 'streams', 'priority', 'role'];

type Values = Pick<User, 'name' | 'role' | 'enabled' | 'networks' | 'priority' | 'profiles' | 'streams'>;

const kNew: Values = { name: '', role: 'viewer', enabled: true, networks: [], priority: 0, profiles: null, streams: 0 };

function valuesOf({ name, role, enabled, networks, priority, profiles, streams }: User): Values {
  return { name, role, enabled, networks, priority, profiles, streams };
}

interface Props {
  user?: User;
  profiles: readonly Profile[];
  onDone: () => void;
}

export function UserForm({ user, profiles, onDone }: Props) {
  const t = useMessages(messages);
  const textOf = useErrorText();
  const { values, set } = useFields({ ...(user ? valuesOf(user) : kNew), password: '' });
  const [problem, setProblem] = useState<Error>();
  const options = {
    refreshes: kOfUsers,
    onDone: () => {
      notifications.show({ color: 'teal', message: t('saved') });
      onDone();
    },
    onError: setProblem,
  };
  const add = useChange('POST /api/v1/users', options);
  const change = useChange('PATCH /api/v1/users/{user}', options);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { password, ...rest } = values;
    const body = password ? { ...rest, password } : rest;
    if (user) change.mutate({ path: { user: user.id }, body });
    else add.mutate({ body });
  };
  const taken = problem instanceof ApiError && problem.code === 'conflict';
  const where = taken ? 'name' : fieldOf(problem);
  const wrong = (field: string) => (where !== field ? undefined : taken ? t('taken') : textOf(problem, field));

  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={t('name')}
            required
            data-autofocus={user ? undefined : true}
            autoComplete="off"
            error={wrong('name')}
            value={values.name}
            onChange={(event) => set('name', event.currentTarget.value)}
          />
          <PasswordInput
            label={user ? t('newPassword') : t('password')}
            description={user ? t('newPasswordHelp') : t('passwordHelp')}
            required={!user}
            minLength={8}
            autoComplete="new-password"
            error={wrong('password')}
            value={values.password}
            onChange={(event) => set('password', event.currentTarget.value)}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
          />
          <NativeSelect
            label={t('role')}
            description={t(`${values.role}Help`)}
            value={values.role}
            onChange={(event) => set('role', event.currentTarget.value as Values['role'])}
            data={kRoles.map((role) => ({ value: role, label: t(role) }))}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
          />
          <NumberInput
            label={t('streams')}
            description={t('streamsHelp')}
            min={0}
            max={1000}
            allowDecimal={false}
            error={wrong('streams')}
            value={values.streams}
            onChange={(value) => set('streams', Number(value))}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
          />
        </SimpleGrid>
        <Switch
          label={t('allChannels')}
          checked={values.profiles === null}
          onChange={(event) => set('profiles', event.currentTarget.checked ? null : [])}
        />
        {values.profiles && (
          <MultiSelect
            label={t('profiles')}
            description={profiles.length ? undefined : t('profilesHelp')}
            error={wrong('profiles') ?? (values.profiles.length ? undefined : t('noProfiles'))}
            value={values.profiles.map(String)}
            onChange={(chosen) => set('profiles', chosen.map(Number))}
            data={profiles.map(({ id, name }) => ({ value: String(id), label: name }))}
          />
        )}
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TagsInput
            label={t('networks')}
            description={t('networksHelp')}
            acceptValueOnBlur
            error={wrong('networks')}
            value={values.networks}
            onChange={(networks) => set('networks', networks)}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
          />
          <NumberInput
            label={t('priority')}
            description={t('priorityHelp')}
            allowDecimal={false}
            error={wrong('priority')}
            value={values.priority}
            onChange={(value) => set('priority', Number(value))}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
          />
        </SimpleGrid>
        <Switch label={t('enabled')} checked={values.enabled} onChange={(event) => set('enabled', event.currentTarget.checked)} />
        {problem && (!where || !kFields.includes(where)) && (
          <Alert color="red" role="alert">
            {textOf(problem)}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={add.isPending || change.isPending}>
            {user ? t('save') : t('create')}
          </Button>
        </Group>
        {user && <Rest user={user} onGone={onDone} />}
      </Stack>
    </form>
  );
}

/** What happens at once, and needs no saving. */
function Rest({ user, onGone }: { user: User; onGone: () => void }) {
  const t = useMessages(messages);
  const { me } = useSession();
  const path = { user: user.id };
  const say = (message: string) => notifications.show({ color: 'teal', message });
  const renew = useChange('POST /api/v1/users/{user}/stream-token', { refreshes: kOfUsers, onDone: () => say(t('renewed')) });
  const logOut = useChange('POST /api/v1/users/{user}/logout', { onDone: () => say(t('loggedOut')) });
  const erase = useChange('DELETE /api/v1/users/{user}', {
    refreshes: kOfUsers,
    onDone: () => {
      say(t('deleted', { name: user.name }));
      onGone();
    },
  });
  return (
    <>
      <Divider />
      <CopyField label={t('token')} description={t('tokenHelp')} value={user.stream_token} />
      <Group gap="xs">
        <ConfirmButton variant="default" size="xs" question={t('renewAsk')} onConfirmed={() => renew.mutate({ path })}>
          {t('renew')}
        </ConfirmButton>
        <ConfirmButton variant="default" size="xs" question={t('logOutAsk', { name: user.name })} onConfirmed={() => logOut.mutate({ path })}>
          {t('logOutEverywhere')}
        </ConfirmButton>
        {user.id !== me.user?.id && (
          <ConfirmButton
            variant="subtle"
            color="red"
            size="xs"
            ml="auto"
            question={t('deleteAsk', { name: user.name })}
            onConfirmed={() => erase.mutate({ path })}
          >
            {t('delete')}
          </ConfirmButton>
        )}
      </Group>
    </>
  );
}
