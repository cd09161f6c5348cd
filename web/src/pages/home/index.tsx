// SPDX-License-Identifier: LGPL-2.1-or-later
// Home: what plays, what needs a person, how the daemon is.
import { ActionIcon, Button, Card, Grid, Group, Stack, Text, Tooltip } from '@mantine/core';
import { Check, Play, Satellite, Tv } from 'lucide-react';
import { Link } from 'wouter';
import { useAsk, useChange } from '../../api/hooks';
import type { Alert, Session } from '../../api/schema';
import { mayDo, useSession } from '../../app/session';
import { useMessages } from '../../i18n';
import { useFormat } from '../../i18n/format';
import { SessionFacts, StateBadge } from '../../sessions/SessionCard';
import { currentOf, kNoChannel } from '../../sessions/facts';
import { useSessions } from '../../sessions/useSessions';
import { Timeline } from '../../timeline/Timeline';
import { Asked } from '../../ui/Asked';
import { Empty } from '../../ui/Empty';
import { PageHead } from '../../ui/PageHead';
import { useAlertText } from '../../words/alerts';
import { Health } from './Health';
import { messages } from './messages';
import { Part } from './Part';
import { Rows } from './Rows';
import { Slots } from './Slots';

function Playing({ session }: { session: Session }) {
  const t = useMessages(messages);
  return (
    <div>
      <Group justify="space-between" wrap="nowrap">
        <Group gap="sm" wrap="nowrap">
          {session.channel !== kNoChannel && (
            <ActionIcon
              variant="light"
              component={Link}
              href={`/watch/${session.channel}`}
              aria-label={t('watch', { name: session.channel_name })}
            >
              <Play size={16} />
            </ActionIcon>
          )}
          <div>
            <Text fw={600}>{session.channel_name}</Text>
            <Text size="xs" c="dimmed">
              {[currentOf(session)?.label, t('watched', { n: session.viewers.length })].filter(Boolean).join(' · ')}
            </Text>
          </div>
        </Group>
        <StateBadge session={session} />
      </Group>
      <SessionFacts session={session} />
    </div>
  );
}

function Plays() {
  const t = useMessages(messages);
  const sessions = useSessions();
  return (
    <Rows of={sessions} none={t('nobody')}>
      {(session) => <Playing key={session.id} session={session} />}
    </Rows>
  );
}

function NeedsYou({ alert }: { alert: Alert }) {
  const t = useMessages(messages);
  const format = useFormat();
  const message = useAlertText()(alert);
  const seen = useChange('POST /api/v1/alerts/{alert}/acknowledge', { refreshes: ['/api/v1/alerts'] });
  return (
    <Group justify="space-between" wrap="nowrap" align="flex-start">
      <div>
        <Text size="sm">{message}</Text>
        <Text size="xs" c="dimmed">
          {format.ago(alert.raised * 1000)}
        </Text>
      </div>
      <Tooltip label={t('seen')}>
        <ActionIcon variant="subtle" aria-label={t('seenHelp', { message })} onClick={() => seen.mutate({ path: { alert: alert.id } })}>
          <Check size={16} />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}

function Alerts() {
  const t = useMessages(messages);
  const alerts = useAsk('GET /api/v1/alerts', { query: { state: 'open' } });
  return (
    <Rows of={alerts} none={t('calm')}>
      {(alert) => <NeedsYou key={alert.id} alert={alert} />}
    </Rows>
  );
}

/** What to do first; null: it is done. */
function FirstStep() {
  const t = useMessages(messages);
  const mayAdd = mayDo(useSession().me, 'administrator');
  const accounts = useAsk('GET /api/v1/accounts');
  const channels = useAsk('GET /api/v1/channels', { query: { limit: 0 } });
  if (!accounts.data || !channels.data || channels.data.total > 0) return null;
  const [first] = accounts.data;
  return (
    <Card withBorder>
      <Empty icon={first ? Tv : Satellite} text={t(first ? 'beginChannels' : 'begin')}>
        {(first || mayAdd) && (
          <Button component={Link} href={first ? `/accounts/${first.id}` : '/accounts/new'}>
            {t(first ? 'chooseGroups' : 'addAccount')}
          </Button>
        )}
      </Empty>
    </Card>
  );
}

export default function Home() {
  const t = useMessages(messages);
  const history = useAsk('GET /api/v1/history', { query: { limit: 12 } });
  const link = (href: string, text: string) => (
    <Button size="compact-sm" variant="subtle" component={Link} href={href}>
      {text}
    </Button>
  );
  return (
    <>
      <PageHead title={t('title')} />
      <Stack>
        <FirstStep />
        <Grid>
          <Grid.Col span={{ base: 12, md: 7 }}>
            <Stack>
              <Part title={t('plays')} more={link('/sessions', t('all'))}>
                <Plays />
              </Part>
              <Health />
            </Stack>
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 5 }}>
            <Stack>
              <Part title={t('alerts')}>
                <Alerts />
              </Part>
              <Part title={t('slots')}>
                <Slots />
              </Part>
              <Part title={t('happened')} more={link('/timeline', t('more'))}>
                <Asked of={history}>
                  {({ items }) => (items.length > 0 ? <Timeline events={items} named /> : <Text c="dimmed">{t('nothing')}</Text>)}
                </Asked>
              </Part>
            </Stack>
          </Grid.Col>
        </Grid>
      </Stack>
    </>
  );
}
