// SPDX-License-Identifier: LGPL-2.1-or-later
// The logins of an account, how many of their connections are in use, and a new one.
import { ActionIcon, Badge, Button, Card, Collapse, Group, Loader, NumberInput, PasswordInput, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Plus, Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useAsk, useChange } from '../../api/hooks';
import type { Account, Login } from '../../api/schema';
import { mayDo, useSession } from '../../app/session';
import { useMessages } from '../../i18n';
import { useFormat } from '../../i18n/format';
import { Problem, useErrorText } from '../../ui/errors';
import { useFields } from '../../ui/fields';
import { useLeaving } from '../../ui/useLeaving';
import { messages } from './messages';

const kRefreshes = ['/api/v1/accounts'];

function Row({ login, mayChange, onErase }: { login: Login; mayChange: boolean; onErase: () => void }) {
  const t = useMessages(messages);
  const format = useFormat();
  const leases = useAsk('GET /api/v1/leases', {}, { refetchInterval: 5000 });
  const change = useChange('PATCH /api/v1/logins/{login}', { refreshes: kRefreshes });
  const used = leases.data?.filter((lease) => lease.login === login.id).length ?? 0;
  const limit = login.connections > 0 ? login.connections : t('anyNumber');
  return (
    <Card withBorder padding="sm" component="li">
      <Group justify="space-between" wrap="nowrap">
        <div>
          <Text fw={600} size="sm">
            {login.name}
          </Text>
          <Text size="xs" c="dimmed">
            {[login.username, login.expires && t('expires', { when: format.moment(login.expires * 1000) })].filter(Boolean).join(' · ')}
          </Text>
        </div>
        <Group gap="sm" wrap="nowrap">
          <Badge variant="light" color={login.connections > 0 && used >= login.connections ? 'orange' : 'gray'} tt="none">
            {t('inUse', { used, limit })}
          </Badge>
          {mayChange && (
            <>
              <Switch
                aria-label={`${t('enabled')}: ${login.name}`}
                checked={login.enabled}
                onChange={({ currentTarget: { checked } }) => change.mutate({ path: { login: login.id }, body: { enabled: checked } })}
              />
              <ActionIcon
                variant="subtle"
                color="red"
                aria-label={t('deleteLogin', { name: login.name })}
                onClick={onErase}
              >
                <Trash2 size={16} />
              </ActionIcon>
            </>
          )}
        </Group>
      </Group>
    </Card>
  );
}

function NewLogin({ account, onAdded }: { account: Account; onAdded: () => void }) {
  const t = useMessages(messages);
  const textOf = useErrorText();
  const { values, set } = useFields({ username: '', password: '', connections: 1 });
  const [problem, setProblem] = useState('');
  const add = useChange('POST /api/v1/accounts/{account}/logins', {
    refreshes: kRefreshes,
    onDone: onAdded,
    onError: (error) => setProblem(textOf(error)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ path: { account: account.id }, body: { name: values.username, ...values } });
  };
  return (
    <form onSubmit={submit}>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <TextInput label={t('username')} required value={values.username} error={problem} onChange={(event) => set('username', event.currentTarget.value)} />
        <PasswordInput label={t('password')} autoComplete="off" value={values.password} onChange={(event) => set('password', event.currentTarget.value)} />
        <NumberInput label={t('connections')} min={0} max={1000} allowDecimal={false} value={values.connections} onChange={(value) => set('connections', Number(value))} />
      </SimpleGrid>
      <Group justify="flex-end" mt="sm">
        <Button type="submit" loading={add.isPending}>
          {t('addLogin')}
        </Button>
      </Group>
    </form>
  );
}

export function Logins({ account }: { account: Account }) {
  const t = useMessages(messages);
  const mayChange = mayDo(useSession().me, 'administrator');
  const logins = useAsk('GET /api/v1/accounts/{account}/logins', { path: { account: account.id } });
  const { leaving, takeAway } = useLeaving('login');
  const [open, { toggle, close }] = useDisclosure();
  const erase = useChange('DELETE /api/v1/logins/{login}', { refreshes: kRefreshes });
  if (logins.error) return <Problem error={logins.error} onRetry={() => logins.refetch()} />;
  if (!logins.data) return <Loader />;
  const eraseSoon = ({ id, name }: Login) =>
    takeAway([id], t('loginDeleted', { name }), () => erase.mutateAsync({ path: { login: id } }));
  const shown = logins.data.filter(({ id }) => !leaving.has(id));
  return (
    <Stack gap="sm">
      {shown.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('noLogins')}
        </Text>
      )}
      <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {shown.map((login) => (
          <Row key={login.id} login={login} mayChange={mayChange} onErase={() => eraseSoon(login)} />
        ))}
      </Stack>
      {mayChange && (
        <>
          <Group>
            <Button variant="default" leftSection={<Plus size={16} />} aria-expanded={open} onClick={toggle}>
              {t('addLogin')}
            </Button>
          </Group>
          <Collapse in={open}>{open && <NewLogin account={account} onAdded={close} />}</Collapse>
        </>
      )}
    </Stack>
  );
}
