// SPDX-License-Identifier: LGPL-2.1-or-later
// What automatic grouping was not sure of, for somebody who knows the channels: what it put together, and what it left apart.
import { Tabs } from '@mantine/core';
import { useLocation } from 'wouter';
import type { PageProps } from '../../app/pages';
import { useMessages } from '../../i18n';
import { PageHead } from '../../ui/PageHead';
import { Doubtful } from './Doubtful';
import { messages } from './messages';
import { Twins } from './Twins';

const kDoubtful = 'doubtful';

export default function Review({ params }: PageProps) {
  const t = useMessages(messages);
  const [, go] = useLocation();
  return (
    <>
      <PageHead title={t('reviewTitle')} about={t('reviewAbout')} />
      <Tabs
        value={params.view ?? kDoubtful}
        onChange={(view) => go(view === kDoubtful ? '/channels/review' : `/channels/review/${view}`)}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value={kDoubtful}>{t('doubtful')}</Tabs.Tab>
          <Tabs.Tab value="twins">{t('twins')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={kDoubtful}>
          <Doubtful />
        </Tabs.Panel>
        <Tabs.Panel value="twins">
          <Twins />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
