// SPDX-License-Identifier: LGPL-2.1-or-later
// Time line: every decision and its evidence, of one channel or of all.
import { Button, Card, Group, Loader, SegmentedControl } from '@mantine/core';
import { History as HistoryIcon, Play } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { useAsk } from '../../api/hooks';
import type { PageProps } from '../../app/pages';
import { defineMessages, useMessages } from '../../i18n';
import { isOfViewers } from '../../timeline/kinds';
import { Timeline } from '../../timeline/Timeline';
import { Empty } from '../../ui/Empty';
import { Problem } from '../../ui/errors';
import { PageHead } from '../../ui/PageHead';

const messages = defineMessages(
  {
    title: 'Time line',
    about: 'What happened, and why. Each line opens its evidence.',
    all: 'Everything',
    decisions: 'Decisions',
    viewers: 'Viewers',
    show: 'What is shown',
    none: 'Nothing has happened yet. Play a channel, and every decision about it appears here.',
    older: 'Older',
    watch: 'Watch',
    everything: 'All channels',
  },
  {
    title: 'Cronología',
    about: 'Qué ocurrió y por qué. Cada línea muestra sus pruebas.',
    all: 'Todo',
    decisions: 'Decisiones',
    viewers: 'Espectadores',
    show: 'Qué se muestra',
    none: 'Aún no ha ocurrido nada. Reproduzca un canal y cada decisión aparecerá aquí.',
    older: 'Anteriores',
    watch: 'Ver',
    everything: 'Todos los canales',
  },
);

const kStep = 100;
type Shown = 'all' | 'decisions' | 'viewers';

export default function TimelinePage({ params }: PageProps) {
  const t = useMessages(messages);
  const channel = params.channel ? Number(params.channel) : undefined;
  const [shown, setShown] = useState<Shown>('all');
  const [limit, setLimit] = useState(kStep);
  const history = useAsk('GET /api/v1/history', { query: { channel, limit } }, { placeholderData: (old) => old });
  const about = useAsk('GET /api/v1/channels/{channel}', { path: { channel: channel ?? 0 } }, { enabled: channel !== undefined });
  if (history.error) return <Problem error={history.error} onRetry={() => history.refetch()} />;
  const events = history.data?.items.filter(({ kind }) => shown === 'all' || isOfViewers(kind) === (shown === 'viewers'));

  return (
    <>
      <PageHead title={channel === undefined ? t('title') : `${t('title')}: ${about.data?.name ?? ''}`} about={t('about')}>
        {channel !== undefined && (
          <>
            <Button component={Link} href="/timeline" variant="default">
              {t('everything')}
            </Button>
            <Button component={Link} href={`/watch/${channel}`} leftSection={<Play size={16} />}>
              {t('watch')}
            </Button>
          </>
        )}
      </PageHead>
      <Card withBorder>
        <Group mb="md">
          <SegmentedControl
            value={shown}
            onChange={(value) => setShown(value as Shown)}
            aria-label={t('show')}
            data={(['all', 'decisions', 'viewers'] as const).map((value) => ({ value, label: t(value) }))}
          />
        </Group>
        {!events && <Loader />}
        {events?.length === 0 && <Empty icon={HistoryIcon} text={t('none')} />}
        {events && <Timeline events={events} named={channel === undefined} />}
        {history.data && history.data.total > limit && limit < 1000 && (
          <Button variant="default" mt="sm" loading={history.isFetching} onClick={() => setLimit(Math.min(1000, limit + kStep))}>
            {t('older')}
          </Button>
        )}
      </Card>
    </>
  );
}
