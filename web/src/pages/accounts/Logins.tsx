// SPDX-License-Identifier: LGPL-2.1-or-later
// The logins of an account, and how many of their connections are in use.
import { ActionIcon, Badge, Button, Card, Group, Loader, Stack, Switch, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useAsk, useChange } from '../../api/hooks';
import type { Account, Login } from '../../api/schema';
import { mayDo, useSession } from '../../app/session';
import { useMessages } from '../../i18n';
import { useFormat } from '../../i18n/format';
import { Problem } from '../../ui/errors';
import { useLeaving } from '../../ui/useLeaving';
import { kLoginRefreshes, LoginForm } from './LoginForm';
import { messages } from './messages';

interface RowProps {
  account: Account;
  login: Login;
  mayChange: boolean;
  onErase: () => void;
}

function Row({ account, login, mayChange, onErase }: RowProps) {
  const t = useMessages(messages);
  const format = useFormat();
  const leases = useAsk('GET /api/v1/leases', {}, { refetchInterval: 5000 });
  const change = useChange('PATCH /api/v1/logins/{login}', { refreshes: kLoginRefreshes });
  const [editing, { open, close }] = useDisclosure();
  const used = leases.data?.filter((lease) => lease.login === login.id).length;
  const limit = login.connections > 0 ? login.connections : t('anyNumber');
  return (
    <Card withBorder padding="sm" component="li">
      <Group justify="space-between" wrap="nowrap">
        <div>
          <Text fw={600} size="sm">
            {login.name}
          </Text>
          <Text size="xs" c="dimmed">
            {[login.username, login.expires && t('expires', { when: format.date(login.expires * 1000) })].filter(Boolean).join(' · ')}
          </Text>
        </div>
        <Group gap="sm" wrap="nowrap">
          {used !== undefined && (
            <Badge variant="light" color={login.connections > 0 && used >= login.connections ? 'orange' : 'gray'} tt="none">
              {t('inUse', { used, limit })}
            </Badge>
          )}
          {mayChange && (
            <>
              <Switch
                aria-label={`${t('enabled')}: ${login.name}`}
                checked={login.enabled}
                onChange={({ currentTarget: { checked } }) => change.mutate({ path: { login: login.id }, body: { enabled: checked } })}
              />
              <ActionIcon variant="subtle" color="gray" aria-label={t('editLogin', { name: login.name })} onClick={open}>
                <Pencil size={16} />
              </ActionIcon>
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
      <LoginForm account={account} login={login} opened={editing} onClose={close} />
    </Card>
  );
}

export function Logins({ account }: { account: Account }) {
  const t = useMessages(messages);
  const mayChange = mayDo(useSession().me, 'administrator');
  const logins = useAsk('GET /api/v1/accounts/{account}/logins', { path: { account: account.id } });
  const { leaving, takeAway } = useLeaving('login');
  const [adding, { open, close }] = useDisclosure();
  const erase = useChange('DELETE /api/v1/logins/{login}', { refreshes: kLoginRefreshes });
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
          <Row key={login.id} account={account} login={login} mayChange={mayChange} onErase={() => eraseSoon(login)} />
        ))}
      </Stack>
      {mayChange && (
        <Group>
          <Button variant="default" leftSection={<Plus size={16} />} onClick={open}>
            {t('addLogin')}
          </Button>
          <LoginForm account={account} opened={adding} onClose={close} />
        </Group>
      )}
    </Stack>
  );
}
