// SPDX-License-Identifier: LGPL-2.1-or-later
// Alerts that are open, or those that are over: what each means, and what to do.
import { Anchor, Button, Card, Collapse, Group, Loader, Stack, Text, ThemeIcon } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { CalendarClock, CalendarX, CircleCheck, OctagonAlert, RefreshCwOff, TrendingDown, TriangleAlert, type LucideIcon } from 'lucide-react';
import { Link } from 'wouter';
import { useAsk, useChange } from '../../api/hooks';
import type { Alert, AlertKind } from '../../api/schema';
import { useMessages } from '../../i18n';
import { useFormat } from '../../i18n/format';
import { Empty } from '../../ui/Empty';
import { Problem } from '../../ui/errors';
import { useAlertText } from '../../words/alerts';
import { Figures } from './Figures';
import { messages } from './messages';

const kRefreshes = ['/api/v1/alerts'];
const kKinds: Record<AlertKind, { icon: LucideIcon; color: string }> = {
  losses: { icon: TrendingDown, color: 'orange' },
  failed: { icon: RefreshCwOff, color: 'orange' },
  'no-source': { icon: OctagonAlert, color: 'red' },
  'login-expires': { icon: CalendarClock, color: 'yellow' },
  'login-expired': { icon: CalendarX, color: 'red' },
};

/** As long as it is true it is told again: to clear it would help nobody. */
const isLasting = (kind: string) => kind.startsWith('login-');

const isKnown = (kind: string): kind is AlertKind => Object.hasOwn(kKinds, kind);

function Row({ alert }: { alert: Alert }) {
  const t = useMessages(messages);
  const format = useFormat();
  const textOf = useAlertText();
  const [shown, { toggle }] = useDisclosure();
  const acknowledge = useChange('POST /api/v1/alerts/{alert}/acknowledge', { refreshes: kRefreshes });
  const close = useChange('DELETE /api/v1/alerts/{alert}', { refreshes: kRefreshes });
  const kind = isKnown(alert.kind) ? alert.kind : undefined;
  const { icon: Icon, color } = kind ? kKinds[kind] : { icon: TriangleAlert, color: 'gray' };
  const ago = (seconds: number) => format.ago(seconds * 1000);
  const states = [
    ago(alert.raised),
    alert.acknowledged && t('acknowledged', { when: ago(alert.acknowledged) }),
    alert.closed && t('closedAt', { when: ago(alert.closed) }),
  ];
  const path = { alert: alert.id };
  // Of the others they say no more than the sentence.
  const hasFigures = kind === 'losses' || kind === 'failed';
  const quiet = alert.acknowledged !== null || alert.closed !== null;
  return (
    <Card withBorder padding="sm" component="li">
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <ThemeIcon size={34} radius="xl" variant="light" color={quiet ? 'gray' : color}>
          <Icon size={18} aria-hidden />
        </ThemeIcon>
        <Stack gap={4} flex={1} miw={0}>
          <Group justify="space-between" gap="0 var(--mantine-spacing-sm)">
            <Text fw={600}>{kind ? t(kind) : alert.kind}</Text>
            <Text size="xs" c="dimmed">
              {states.filter(Boolean).join(' · ')}
            </Text>
          </Group>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {textOf(alert)}
          </Text>
          {kind && !alert.closed && (
            <Text size="sm" c="dimmed">
              {t(`${kind}Help`)}
            </Text>
          )}
          <Group gap="sm" mt={4}>
            {alert.account && (
              <Anchor component={Link} href={`/accounts/${alert.account}`} size="sm">
                {t('toAccount')}
              </Anchor>
            )}
            {alert.guide_source && (
              <Anchor component={Link} href="/guide/sources" size="sm">
                {t('toGuide')}
              </Anchor>
            )}
            {alert.channel && (
              <Anchor component={Link} href={`/timeline/${alert.channel}`} size="sm">
                {t('toChannel')}
              </Anchor>
            )}
            {hasFigures && (
              <Anchor component="button" type="button" size="sm" aria-expanded={shown} onClick={toggle}>
                {t('details')}
              </Anchor>
            )}
            {!alert.closed && (
              <Group gap="xs" ml="auto">
                {!alert.acknowledged && (
                  <Button size="xs" variant="default" loading={acknowledge.isPending} onClick={() => acknowledge.mutate({ path })}>
                    {t('acknowledge')}
                  </Button>
                )}
                {!isLasting(alert.kind) && (
                  <Button size="xs" variant="default" loading={close.isPending} onClick={() => close.mutate({ path })}>
                    {t('close')}
                  </Button>
                )}
              </Group>
            )}
          </Group>
          <Collapse in={shown}>{shown && <Figures alert={alert} />}</Collapse>
        </Stack>
      </Group>
    </Card>
  );
}

export function AlertList({ over }: { over: boolean }) {
  const t = useMessages(messages);
  const alerts = useAsk('GET /api/v1/alerts', { query: over ? { state: 'closed' } : {} });
  if (alerts.error) return <Problem error={alerts.error} onRetry={() => alerts.refetch()} />;
  if (!alerts.data) return <Loader />;
  if (!alerts.data.length) return <Empty icon={CircleCheck} text={t(over ? 'noneClosed' : 'noneOpen')} />;
  return (
    <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {alerts.data.map((alert) => (
        <Row key={alert.id} alert={alert} />
      ))}
    </Stack>
  );
}
