// SPDX-License-Identifier: LGPL-2.1-or-later
// Users: people and what each may, and the keys of programs.
import { Tabs } from '@mantine/core';
import { useMessages } from '../../i18n';
import { PageHead } from '../../ui/PageHead';
import { Keys } from './Keys';
import { messages } from './messages';
import { People } from './People';

export default function Users() {
  const t = useMessages(messages);
  return (
    <>
      <PageHead title={t('title')} about={t('about')} />
      <Tabs defaultValue="people" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="people">{t('people')}</Tabs.Tab>
          <Tabs.Tab value="keys">{t('keys')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="people">
          <People />
        </Tabs.Panel>
        <Tabs.Panel value="keys">
          <Keys />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
