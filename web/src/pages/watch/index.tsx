// SPDX-License-Identifier: LGPL-2.1-or-later
// Player: a channel in the page, where it comes from, and what happens to it.
import { Card, Grid, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useAsk } from '../../api/hooks';
import type { PageProps } from '../../app/pages';
import { mayDo, useSession } from '../../app/session';
import { defineMessages, useMessages } from '../../i18n';
import { useFormat } from '../../i18n/format';
import { Player } from '../../player/Player';
import { Candidates } from '../../sessions/Candidates';
import { sourceOf } from '../../sessions/facts';
import { SessionActions, StateBadge } from '../../sessions/SessionCard';
import { useSessions } from '../../sessions/useSessions';
import { Viewers } from '../../sessions/Viewers';
import { Timeline } from '../../timeline/Timeline';
import { Asked } from '../../ui/Asked';
import { ChannelLogo } from '../../ui/ChannelLogo';
import { Problem } from '../../ui/errors';
import { useNow } from '../../ui/useNow';

const messages = defineMessages(
  {
    now: 'Now: {title}, until {time}',
    sources: 'Sources',
    viewers: 'Viewers',
    happens: 'What happens',
    notOpen: 'The channel is being opened.',
  },
  {
    now: 'Ahora: {title}, hasta las {time}',
    sources: 'Fuentes',
    viewers: 'Espectadores',
    happens: 'Qué ocurre',
    notOpen: 'El canal se está abriendo.',
  },
);

/** For who may know where it comes from. */
function Behind({ channel }: { channel: number }) {
  const t = useMessages(messages);
  const session = useSessions().data?.find((one) => one.channel === channel);
  const history = useAsk('GET /api/v1/history', { query: { channel, limit: 30 } });
  return (
    <Stack>
      <Card withBorder component="section" aria-label={t('sources')}>
        <Group justify="space-between" mb="xs">
          <Title order={2} size="h5">
            {t('sources')}
          </Title>
          {session && <StateBadge session={session} />}
        </Group>
        {session ? (
          <Stack gap="xs">
            <Candidates session={session} />
            <SessionActions session={session} />
          </Stack>
        ) : (
          <Text size="sm" c="dimmed">
            {t('notOpen')}
          </Text>
        )}
      </Card>
      {session && session.viewers.length > 0 && (
        <Card withBorder component="section" aria-label={t('viewers')}>
          <Title order={2} size="h5" mb="xs">
            {t('viewers')}
          </Title>
          <Viewers session={session} />
        </Card>
      )}
      <Card withBorder component="section" aria-label={t('happens')}>
        <Title order={2} size="h5" mb="sm">
          {t('happens')}
        </Title>
        <Asked of={history}>{({ items }) => <Timeline events={items} />}</Asked>
      </Card>
    </Stack>
  );
}

function useSource(channel: number, enabled: boolean) {
  const sessions = useAsk('GET /api/v1/sessions', {}, { enabled });
  return sourceOf(sessions.data?.find((one) => one.channel === channel));
}

/** Blocks that have nothing but the channel's name say nothing. */
function NowOn({ channel, name }: { channel: number; name: string }) {
  const t = useMessages(messages);
  const format = useFormat();
  const programmes = useAsk('GET /api/v1/channels/{channel}/programmes', { path: { channel } }, { staleTime: 60_000 });
  const seconds = useNow();
  const now = programmes.data?.find(({ start, stop }) => start <= seconds && seconds < stop);
  if (!now || now.title === name) return null;
  return (
    <Text size="sm" c="dimmed">
      {t('now', { title: now.title, time: format.minute(now.stop * 1000) })}
    </Text>
  );
}

export default function Watch({ params }: PageProps) {
  const channel = Number(params.channel);
  const { me } = useSession();
  const operator = mayDo(me, 'operator');
  const about = useAsk('GET /api/v1/channels/{channel}', { path: { channel } });
  const source = useSource(channel, operator);
  if (about.error) return <Problem error={about.error} onRetry={() => about.refetch()} />;
  if (!about.data) return <Loader />;
  const { uuid, name, number, logo } = about.data;
  return (
    <Grid>
      <Grid.Col span={{ base: 12, lg: operator ? 8 : 12 }}>
        <Stack gap="sm">
          <Group wrap="nowrap">
            <ChannelLogo of={`channels/${channel}`} logo={logo} name={name} size={44} />
            <div>
              <Title order={1} size="h3">
                {[number, name].filter(Boolean).join(' · ')}
              </Title>
              <NowOn channel={channel} name={name} />
            </div>
          </Group>
          <Player path={`/stream/${uuid}`} name={name} source={source} />
        </Stack>
      </Grid.Col>
      {operator && (
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Behind channel={channel} />
        </Grid.Col>
      )}
    </Grid>
  );
}
