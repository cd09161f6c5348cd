// SPDX-License-Identifier: LGPL-2.1-or-later
// How many connections of each account are in use.
import { Group, Progress, Text } from '@mantine/core';
import { Link } from 'wouter';
import { useAsk } from '../../api/hooks';
import type { Account, Login } from '../../api/schema';
import { useMessages } from '../../i18n';
import { Asked } from '../../ui/Asked';
import { messages } from './messages';
import { Rows } from './Rows';

/** How many may be open; 0: any number; null: none, for want of a login. */
function limitOf({ kind, connections }: Account, logins: readonly Login[]) {
  const usable = logins.filter(({ enabled, expires }) => enabled && (expires === null || expires * 1000 > Date.now()));
  if (usable.length === 0) return logins.length > 0 || kind === 'xtream' ? null : connections;
  const any = usable.some((login) => login.connections === 0);
  const ofLogins = any ? 0 : usable.reduce((sum, login) => sum + login.connections, 0);
  return ofLogins && connections ? Math.min(ofLogins, connections) : ofLogins || connections;
}

function Use({ account, logins, used }: { account: Account; logins: readonly Login[]; used: number }) {
  const t = useMessages(messages);
  const limit = limitOf(account, logins);
  return (
    <>
      <Text size="xs" c="dimmed">
        {limit === null ? t('noLogin') : limit > 0 ? t('used', { used, limit }) : t('anyNumber', { used })}
      </Text>
      {limit !== null && limit > 0 && (
        <Progress w="100%" value={(100 * used) / limit} color={used >= limit ? 'orange' : undefined} aria-label={account.name} />
      )}
    </>
  );
}

function Slot({ account, used }: { account: Account; used: number }) {
  const logins = useAsk('GET /api/v1/accounts/{account}/logins', { path: { account: account.id } });
  return (
    <Group justify="space-between" gap="4px xs">
      <Text size="sm" component={Link} href={`/accounts/${account.id}`} c="inherit">
        {account.name}
      </Text>
      <Asked of={logins}>{(known) => <Use account={account} logins={known} used={used} />}</Asked>
    </Group>
  );
}

export function Slots() {
  const t = useMessages(messages);
  const accounts = useAsk('GET /api/v1/accounts');
  const leases = useAsk('GET /api/v1/leases', {}, { refetchInterval: 5000 });
  return (
    <Asked of={leases}>
      {(all) => (
        <Rows of={accounts} none={t('noAccounts')}>
          {(account) => <Slot key={account.id} account={account} used={all.filter((lease) => lease.account === account.id).length} />}
        </Rows>
      )}
    </Asked>
  );
}
