// SPDX-License-Identifier: LGPL-2.1-or-later
// Alerts: what needs a person, and who is told of it.
import { Tabs } from '@mantine/core';
import { mayDo, useSession } from '../../app/session';
import { useMessages } from '../../i18n';
import { PageHead } from '../../ui/PageHead';
import { AlertList } from './AlertList';
import { Hooks } from './Hooks';
import { messages } from './messages';

export default function Alerts() {
  const t = useMessages(messages);
  const mayChange = mayDo(useSession().me, 'administrator');
  return (
    <>
      <PageHead title={t('title')} about={t('about')} />
      <Tabs defaultValue="open" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="open">{t('open')}</Tabs.Tab>
          <Tabs.Tab value="closed">{t('closed')}</Tabs.Tab>
          {mayChange && <Tabs.Tab value="hooks">{t('hooks')}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="open">
          <AlertList over={false} />
        </Tabs.Panel>
        <Tabs.Panel value="closed">
          <AlertList over />
        </Tabs.Panel>
        <Tabs.Panel value="hooks">
          <Hooks />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
