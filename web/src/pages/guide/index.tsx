// SPDX-License-Identifier: LGPL-2.1-or-later
// Guide: what is on, which guides wait for a decision, and where they come from.
import { Badge, Tabs } from '@mantine/core';
import { useLocation } from 'wouter';
import { useAsk } from '../../api/hooks';
import type { PageProps } from '../../app/pages';
import { mayDo, useSession } from '../../app/session';
import { useMessages } from '../../i18n';
import { PageHead } from '../../ui/PageHead';
import { messages } from './messages';
import { Review } from './Review';
import { Sources } from './Sources';
import { WhatIsOn } from './WhatIsOn';

const kGrid = 'grid';

export default function Guide({ params }: PageProps) {
  const t = useMessages(messages);
  const [, go] = useLocation();
  const operator = mayDo(useSession().me, 'operator');
  const reviews = useAsk('GET /api/v1/guide-reviews', { query: { limit: 0 } }, { enabled: operator });
  const waiting = reviews.data?.total ?? 0;
  if (!operator)
    return (
      <>
        <PageHead title={t('title')} />
        <WhatIsOn />
      </>
    );
  return (
    <>
      <PageHead title={t('title')} />
      <Tabs
        value={params.view ?? kGrid}
        onChange={(view) => go(view === kGrid ? '/guide' : `/guide/${view}`)}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value={kGrid}>{t('grid')}</Tabs.Tab>
          <Tabs.Tab
            value="review"
            rightSection={
              waiting > 0 && (
                <Badge size="sm" variant="light" color="orange" circle={waiting < 10}>
                  {waiting}
                </Badge>
              )
            }
          >
            {t('review')}
          </Tabs.Tab>
          <Tabs.Tab value="sources">{t('sources')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={kGrid}>
          <WhatIsOn />
        </Tabs.Panel>
        <Tabs.Panel value="review">
          <Review />
        </Tabs.Panel>
        <Tabs.Panel value="sources">
          <Sources />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
