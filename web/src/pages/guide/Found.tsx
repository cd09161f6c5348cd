// SPDX-License-Identifier: LGPL-2.1-or-later
// Programmes to come that have what is looked for in their titles.
import { ActionIcon, Badge, Button, Card, Group, Text, Title, Tooltip, UnstyledButton } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { Gives } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { useMessages } from '../../i18n';
import { useFormat } from '../../i18n/format';
import { ChannelLogo } from '../../ui/ChannelLogo';
import { Problem } from '../../ui/errors';
import classes from './Found.module.css';
import type { Chosen } from './Grid';
import { messages } from './messages';

const kOperation = 'GET /api/v1/guide-programmes';
const kLeast = 2; // characters
const kFirst = 6; // rows, until somebody wants more

type Programme = Gives<typeof kOperation>['items'][number];

/** Null: there is too little to look for. */
export function useFound(q: string, profile: number | undefined, until: number) {
  const enabled = [...q].length >= kLeast;
  const found = useAsk(kOperation, { query: { q, profile, until } }, { enabled, placeholderData: keepPreviousData });
  return enabled ? found : null;
}

function When({ programme: { start, stop }, now }: { programme: Programme; now: number }) {
  const t = useMessages(messages);
  const format = useFormat();
  const today = format.day(start * 1000) === format.day(now * 1000);
  return (
    <span className={classes.time}>
      {start <= now && <Badge size="sm">{t('onNow')}</Badge>}
      {start > now && (today ? t('today') : format.day(start * 1000))}
      <Text span inherit c="dimmed" style={{ whiteSpace: 'nowrap' }}>
        {format.minute(start * 1000)} – {format.minute(stop * 1000)}
      </Text>
    </span>
  );
}

function One({ programme, now, onChosen }: { programme: Programme; now: number; onChosen: (chosen: Chosen) => void }) {
  const t = useMessages(messages);
  const { channel, name, number, logo, title, subtitle } = programme;
  return (
    <li className={classes.row}>
      <UnstyledButton
        className={classes.programme}
        onClick={() => onChosen({ row: { ...programme, guided: true }, programme, found: true })}
      >
        <When programme={programme} now={now} />
        <span className={classes.title}>
          <Text span size="sm" fw={600}>
            {title}
          </Text>
          {subtitle && (
            <Text span size="sm" c="dimmed">
              {' '}
              · {subtitle}
            </Text>
          )}
        </span>
        <span className={classes.channel}>
          <ChannelLogo of={`channels/${channel}`} logo={logo} name={name} size={24} />
          <Text span size="sm" truncate>
            {[number, name].filter(Boolean).join(' · ')}
          </Text>
        </span>
      </UnstyledButton>
      {programme.start <= now && (
        <Tooltip label={t('watchChannel', { name })}>
          <ActionIcon variant="light" size={36} component={Link} href={`/watch/${channel}`} aria-label={t('watchChannel', { name })}>
            <Play size={16} />
          </ActionIcon>
        </Tooltip>
      )}
    </li>
  );
}

interface Props {
  found: NonNullable<ReturnType<typeof useFound>>;
  now: number;
  onChosen: (chosen: Chosen) => void;
}

export function Found({ found, now, onChosen }: Props) {
  const t = useMessages(messages);
  const [whole, setWhole] = useState(false);
  if (found.error) return <Problem error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return null;
  const { total } = found.data;
  const there = found.data.items.filter(({ stop }) => stop > now); // others were on when they were found
  const shown = whole ? there : there.slice(0, kFirst);
  return (
    <Card withBorder padding={0} mb="sm" component="section" aria-label={t('programmes')}>
      <Group px={12} py={8} gap="xs">
        <Title order={2} size="h5">
          {t('programmes')}
        </Title>
        <Text size="sm" c="dimmed" role="status">
          {total ? t('foundProgrammes', { n: total }) : t('foundNone')}
        </Text>
      </Group>
      <ul className={classes.rows}>
        {shown.map((programme) => (
          <One
            key={`${programme.channel} ${programme.start} ${programme.title}`}
            programme={programme}
            now={now}
            onChosen={onChosen}
          />
        ))}
      </ul>
      {shown.length < there.length && (
        <Button variant="subtle" fullWidth radius={0} onClick={() => setWhole(true)}>
          {t('showMore', { n: there.length - shown.length })}
        </Button>
      )}
      {whole && there.length < total && (
        <Text size="sm" c="dimmed" px={12} py={8}>
          {t('foundMore', { n: there.length })}
        </Text>
      )}
    </Card>
  );
}
