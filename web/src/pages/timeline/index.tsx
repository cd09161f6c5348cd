// SPDX-License-Identifier: LGPL-2.1-or-later
// Time line: every decision and its evidence, of one channel or of all.
import { Button, Card, Group, Loader, SegmentedControl } from '@mantine/core';
import { History as HistoryIcon, Play } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { useAsk } from '../../api/hooks';
import type { PageProps } from '../../app/pages';
import { defineMessages, useMessages } from '../../i18n';
import { Timeline } from '../../timeline/Timeline';
import { useHistory } from '../../timeline/useHistory';
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
    noneSuch: 'Nothing of this kind has happened yet.',
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
    noneSuch: 'Aún no ha ocurrido nada de esta clase.',
    older: 'Anteriores',
    watch: 'Ver',
    everything: 'Todos los canales',
  },
);

const kShown = { all: undefined, decisions: false, viewers: true } as const;
type Shown = keyof typeof kShown;

export default function TimelinePage({ params }: PageProps) {
  const t = useMessages(messages);
  const channel = params.channel ? Number(params.channel) : undefined;
  const [shown, setShown] = useState<Shown>('all');
  const { events, error, refetch, older, isBusy } = useHistory({ channel, viewers: kShown[shown] });
  const about = useAsk('GET /api/v1/channels/{channel}', { path: { channel: channel ?? 0 } }, { enabled: channel !== undefined });
  if (error) return <Problem error={error} onRetry={() => refetch()} />;

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
            data={(Object.keys(kShown) as Shown[]).map((value) => ({ value, label: t(value) }))}
          />
        </Group>
        {!events && <Loader />}
        {events?.length === 0 && <Empty icon={HistoryIcon} text={t(shown === 'all' ? 'none' : 'noneSuch')} />}
        {events && <Timeline events={events} named={channel === undefined} />}
        {older && (
          <Button variant="default" mt="sm" loading={isBusy} onClick={older}>
            {t('older')}
          </Button>
        )}
      </Card>
    </>
  );
}
