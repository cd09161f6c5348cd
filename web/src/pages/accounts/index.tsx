// SPDX-License-Identifier: LGPL-2.1-or-later
// Accounts: where streams come from.
import { Anchor, Button, Card, Group, Loader, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { Plus, RefreshCw, Satellite } from 'lucide-react';
import { Link } from 'wouter';
import { useAsk } from '../../api/hooks';
import type { Account } from '../../api/schema';
import { mayDo, useSession } from '../../app/session';
import { useMessages } from '../../i18n';
import { useFormat } from '../../i18n/format';
import { Empty } from '../../ui/Empty';
import { Problem } from '../../ui/errors';
import { PageHead } from '../../ui/PageHead';
import { useStateText } from '../../words/useStateText';
import { messages } from './messages';
import { isRunning, useProgress } from './progress';
import { RefreshProgress } from './RefreshProgress';
import { StateBadge } from './StateBadge';

function AccountCard({ account }: { account: Account }) {
  const t = useMessages(messages);
  const format = useFormat();
  const { progress, begin } = useProgress(account.id);
  const stateText = useStateText();
  const streams = useAsk('GET /api/v1/streams', { query: { account: account.id, limit: 0 } });
  const running = isRunning(progress);
  const why = stateText('account', account.id, account.state);
  const about = [
    t(account.kind),
    streams.data && t('streams', { n: streams.data.total }),
    account.state.refreshed && t('refreshed', { when: format.ago(account.state.refreshed * 1000) }),
  ].filter(Boolean);
  return (
    <Card withBorder component="article" aria-label={account.name}>
      <Stack gap="xs" h="100%" justify="space-between">
        <div>
          <Group justify="space-between" wrap="nowrap">
            <Title order={2} size="h4">
              <Anchor component={Link} href={`/accounts/${account.id}`} c="inherit" inherit>
                {account.name}
              </Anchor>
            </Title>
            <StateBadge account={account} running={running} />
          </Group>
          <Text size="sm" c="dimmed">
            {about.join(' · ')}
          </Text>
          {why && !running && (
            <Text size="sm" c={account.state.state === 'good' ? undefined : 'red'} mt={4}>
              {why}
            </Text>
          )}
        </div>
        {running ? (
          <RefreshProgress account={account.id} progress={progress} onAccept={() => begin(true)} />
        ) : (
          <Group justify="flex-end">
            {account.state.state === 'objected' && (
              <Button size="xs" variant="light" color="orange" title={t('acceptHelp')} onClick={() => begin(true)}>
                {t('accept')}
              </Button>
            )}
            <Button
              size="xs"
              variant="default"
              leftSection={<RefreshCw size={14} />}
              onClick={() => begin()}
            >
              {t('refresh')}
            </Button>
          </Group>
        )}
      </Stack>
    </Card>
  );
}

export default function Accounts() {
  const t = useMessages(messages);
  const { me } = useSession();
  const accounts = useAsk('GET /api/v1/accounts');
  if (accounts.error) return <Problem error={accounts.error} onRetry={() => accounts.refetch()} />;
  if (!accounts.data) return <Loader />;
  const add = mayDo(me, 'administrator') && (
    <Button component={Link} href="/accounts/new" leftSection={<Plus size={16} />}>
      {t('add')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('title')} about={t('about')}>
        {accounts.data.length > 0 && add}
      </PageHead>
      {accounts.data.length === 0 && (
        <Empty icon={Satellite} text={t('none')}>
          {add}
        </Empty>
      )}
      <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }}>
        {accounts.data.map((account) => (
          <AccountCard key={account.id} account={account} />
        ))}
      </SimpleGrid>
    </>
  );
}
