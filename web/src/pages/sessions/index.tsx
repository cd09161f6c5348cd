// SPDX-License-Identifier: LGPL-2.1-or-later
// Sessions: what plays now, from what, for whom.
import { Loader, SimpleGrid } from '@mantine/core';
import { Tv } from 'lucide-react';
import { defineMessages, useMessages } from '../../i18n';
import { SessionCard } from '../../sessions/SessionCard';
import { useSessions } from '../../sessions/useSessions';
import { Empty } from '../../ui/Empty';
import { Problem } from '../../ui/errors';
import { PageHead } from '../../ui/PageHead';

const messages = defineMessages(
  {
    title: 'Sessions',
    about: '{n} channel plays|{n} channels play',
    none: 'Nobody watches. As soon as a player asks for a channel, it appears here.',
  },
  {
    title: 'Sesiones',
    about: '{n} canal en marcha|{n} canales en marcha',
    none: 'Nadie está viendo nada. En cuanto un reproductor pida un canal, aparecerá aquí.',
  },
);

export default function Sessions() {
  const t = useMessages(messages);
  const sessions = useSessions();
  if (sessions.error) return <Problem error={sessions.error} onRetry={() => sessions.refetch()} />;
  if (!sessions.data) return <Loader />;
  return (
    <>
      <PageHead title={t('title')} about={t('about', { n: sessions.data.length })} />
      {sessions.data.length === 0 && <Empty icon={Tv} text={t('none')} />}
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        {sessions.data.map((session) => (
          <SessionCard key={session.id} session={session} />
        ))}
      </SimpleGrid>
    </>
  );
}
