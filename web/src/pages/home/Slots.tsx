// SPDX-License-Identifier: LGPL-2.1-or-later
// How many connections of each account are in use.
import { Group, Progress, Stack, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { Link } from 'wouter';
import { ask } from '../../api/client';
import { keyOf, useAsk } from '../../api/hooks';
import { useMessages } from '../../i18n';
import { messages } from './messages';

/** 0: any number. */
function limitOf(logins: readonly { enabled: boolean; connections: number }[] | undefined) {
  const used = logins?.filter(({ enabled }) => enabled) ?? [];
  if (!used.length || used.some(({ connections }) => connections === 0)) return 0;
  return used.reduce((sum, { connections }) => sum + connections, 0);
}

export function Slots() {
  const t = useMessages(messages);
  const accounts = useAsk('GET /api/v1/accounts');
  const leases = useAsk('GET /api/v1/leases', {}, { refetchInterval: 5000 });
  const operation = 'GET /api/v1/accounts/{account}/logins';
  const logins = useQueries({
    queries: (accounts.data ?? []).map(({ id }) => ({
      queryKey: keyOf(operation, { path: { account: id } }),
      queryFn: ({ signal }: { signal: AbortSignal }) => ask(operation, { path: { account: id } }, signal),
    })),
  });
  if (accounts.data?.length === 0) return <Text c="dimmed">{t('noAccounts')}</Text>;
  return (
    <Stack gap="sm">
      {accounts.data?.map((account, i) => {
        const used = leases.data?.filter((lease) => lease.account === account.id).length ?? 0;
        const limit = limitOf(logins[i]?.data);
        return (
          <div key={account.id}>
            <Group justify="space-between" gap="xs">
              <Text size="sm" component={Link} href={`/accounts/${account.id}`} c="inherit">
                {account.name}
              </Text>
              <Text size="xs" c="dimmed">
                {limit ? t('used', { used, limit }) : t('anyNumber', { used })}
              </Text>
            </Group>
            {limit > 0 && (
              <Progress mt={4} value={(100 * used) / limit} color={used >= limit ? 'orange' : undefined} aria-label={account.name} />
            )}
          </div>
        );
      })}
    </Stack>
  );
}
