// SPDX-License-Identifier: LGPL-2.1-or-later
// One account: its groups, its logins, its settings.
import { Button, Loader, Stack, Tabs } from '@mantine/core';
import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useAsk } from '../../api/hooks';
import type { PageProps } from '../../app/pages';
import { mayDo, useSession } from '../../app/session';
import { useMessages } from '../../i18n';
import { useFormat } from '../../i18n/format';
import { Problem } from '../../ui/errors';
import { PageHead } from '../../ui/PageHead';
import { useStateText } from '../../words/useStateText';
import { Filters } from './Filters';
import { Groups } from './Groups';
import { Logins } from './Logins';
import { messages } from './messages';
import { isRunning, useProgress } from './progress';
import { Objected, RefreshProgress } from './RefreshProgress';
import { Settings } from './Settings';
import { StateBadge } from './StateBadge';

export default function AccountPage({ params }: PageProps) {
  const t = useMessages(messages);
  const format = useFormat();
  const id = Number(params.account);
  const mayChange = mayDo(useSession().me, 'administrator');
  const account = useAsk('GET /api/v1/accounts/{account}', { path: { account: id } });
  const { progress, begin } = useProgress(id);
  const stateText = useStateText();
  const [opened, setOpened] = useState<ReadonlySet<string | null>>(new Set());
  if (account.error) return <Problem error={account.error} onRetry={() => account.refetch()} />;
  if (!account.data) return <Loader />;
  const { name, kind, state } = account.data;
  const about = [t(kind), state.refreshed && t('refreshed', { when: format.ago(state.refreshed * 1000) })];
  return (
    <>
      <PageHead
        title={name}
        about={
          <>
            {about.filter(Boolean).join(' · ')} <StateBadge account={account.data} running={isRunning(progress)} />
          </>
        }
      >
        <Button
          leftSection={<RefreshCw size={16} />}
          disabled={isRunning(progress)}
          onClick={() => begin()}
        >
          {t('refresh')}
        </Button>
      </PageHead>
      <Stack>
        <RefreshProgress account={id} progress={progress} onAccept={() => begin(true)} />
        {!progress && state.state === 'objected' && (
          // Before this daemon was started.
          <Objected message={stateText('account', id, state)} onAccept={() => begin(true)} />
        )}
        <Tabs defaultValue="groups" keepMounted={false} onChange={(tab) => setOpened((before) => new Set(before).add(tab))}>
          <Tabs.List mb="md">
            <Tabs.Tab value="groups">{t('groups')}</Tabs.Tab>
            <Tabs.Tab value="logins">{t('logins')}</Tabs.Tab>
            {mayChange && <Tabs.Tab value="filters">{t('filters')}</Tabs.Tab>}
            {mayChange && <Tabs.Tab value="settings">{t('settings')}</Tabs.Tab>}
          </Tabs.List>
          <Tabs.Panel value="groups">
            <Groups account={id} />
          </Tabs.Panel>
          <Tabs.Panel value="logins">
            <Logins account={account.data} />
          </Tabs.Panel>
          {/* What was typed in them stays while one looks into another. */}
          <Tabs.Panel value="filters" keepMounted={opened.has('filters')}>
            <Filters key={id} account={account.data} onRefresh={() => begin()} />
          </Tabs.Panel>
          <Tabs.Panel value="settings" keepMounted={opened.has('settings')}>
            <Settings key={id} account={account.data} />
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </>
  );
}
