// SPDX-License-Identifier: LGPL-2.1-or-later
// Who watches a session, and how well.
import { ActionIcon, Badge, Group, Text, Tooltip } from '@mantine/core';
import { Hourglass, UserX } from 'lucide-react';
import { useChange } from '../api/hooks';
import type { Session } from '../api/schema';
import { useMessages } from '../i18n';
import { useFormat } from '../i18n/format';
import { playerOf } from './agents';
import classes from './Session.module.css';
import { messages } from './messages';

type Viewer = Session['viewers'][number];

const kBehindMs = 15_000; // more than the buffer of any player

function nameOf(viewer: { user: string; address: string }) {
  return viewer.user || viewer.address;
}

function One({ viewer }: { viewer: Viewer }) {
  const t = useMessages(messages);
  const format = useFormat();
  const kick = useChange('DELETE /api/v1/viewers/{viewer}', { refreshes: ['/api/v1/sessions'] });
  const label = t('kick', { name: nameOf(viewer) });
  const figures = [
    viewer.user && viewer.address,
    playerOf(viewer.agent),
    format.duration(Date.now() - viewer.since_ms),
    t('sent', { bytes: format.bytes(viewer.bytes) }),
    viewer.lag_ms > kBehindMs && t('behind', { seconds: Math.round(viewer.lag_ms / 1000) }),
    viewer.skips > 0 && t('skipped', { n: viewer.skips }),
  ].filter(Boolean);
  return (
    <li className={classes.row}>
      <div className={classes.grow}>
        <Group gap={6}>
          <Text size="sm">{nameOf(viewer)}</Text>
          <Badge size="xs" variant="light" color="gray">
            {viewer.kind}
          </Badge>
        </Group>
        <Text size="xs" c="dimmed" title={viewer.agent}>
          {figures.join(' · ')}
        </Text>
      </div>
      <Tooltip label={label}>
        <ActionIcon variant="subtle" color="red" aria-label={label} onClick={() => kick.mutate({ path: { viewer: viewer.id } })}>
          <UserX size={16} />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}

export function Viewers({ session }: { session: Session }) {
  return (
    <ul className={classes.rows}>
      {session.viewers.map((viewer) => (
        <One key={viewer.id} viewer={viewer} />
      ))}
      {session.waiting.map((who, i) => (
        <li key={`waits ${i}`} className={classes.row}>
          <Hourglass size={14} />
          <Text size="sm" c="dimmed">
            {[nameOf(who), playerOf(who.agent)].filter(Boolean).join(' · ')}
          </Text>
        </li>
      ))}
    </ul>
  );
}
