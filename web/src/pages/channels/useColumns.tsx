// SPDX-License-Identifier: LGPL-2.1-or-later
// The columns of the table of channels. Who may change channels can do so in them.
import { ActionIcon, Badge, Checkbox, Group, Text, VisuallyHidden } from '@mantine/core';
import { Eye, EyeOff, Play } from 'lucide-react';
import { Link } from 'wouter';
import { kOfChannels } from '../../api/concerned';
import { useChange } from '../../api/hooks';
import type { Channel } from '../../api/schema';
import { useMessages } from '../../i18n';
import { ChannelLogo } from '../../ui/ChannelLogo';
import { InlineText } from '../../ui/InlineText';
import { MoveButtons } from '../../ui/MoveButtons';
import type { Column, Reorder } from '../../ui/VirtualTable';
import classes from './Channels.module.css';
import { messages } from './messages';
import type { Chosen } from './useChosen';

/** `narrow`: the number and what is hidden stand below the name, which has the room. `total`: how many channels fit. `reorder`: for
 *  who may change them. */
export function useColumns(reorder: Reorder | undefined, narrow: boolean, chosen: Chosen, total: number): Column<Channel>[] {
  const mayChange = reorder !== undefined;
  const t = useMessages(messages);
  const { mutate, mutateAsync } = useChange('PATCH /api/v1/channels/{channel}', { refreshes: kOfChannels });
  const change = (channel: number, body: { name?: string; number?: string | null }) => mutateAsync({ path: { channel }, body });
  const faint = (text: string) => (
    <Text size="sm" c="dimmed">
      {text}
    </Text>
  );

  const choice: Column<Channel> = {
    key: 'choice',
    label: (
      <Checkbox
        size="xs"
        aria-label={chosen.set.size > 0 ? t('clear') : t('chooseAll', { n: total })}
        title={chosen.set.size > 0 ? t('clear') : t('chooseAll', { n: total })}
        checked={chosen.areAll}
        indeterminate={chosen.set.size > 0 && !chosen.areAll}
        onChange={chosen.set.size > 0 ? chosen.clear : chosen.chooseAll}
      />
    ),
    width: '24px',
    cell: ({ id, name }) => (
      <Checkbox
        size="xs"
        aria-label={t('choose', { name })}
        checked={chosen.set.has(id)}
        onChange={(event) => chosen.put(id, event.currentTarget.checked)}
      />
    ),
  };
  const number: Column<Channel> = {
    key: 'number',
    label: t('number'),
    width: mayChange ? '84px' : '56px',
    wideOnly: true,
    cell: ({ id, name, number: value }) =>
      mayChange ? (
        <InlineText key={id} label={t('changeNumber', { name })} value={value ?? ''} onSave={(wanted) => change(id, { number: wanted || null })}>
          {faint(value ?? '')}
        </InlineText>
      ) : (
        faint(value ?? '')
      ),
  };
  const name: Column<Channel> = {
    key: 'name',
    label: t('name'),
    width: 'minmax(0, 3fr)',
    cell: ({ id, name: text, number: place, group, logo, hidden }) => {
      const below = narrow ? [place, hidden && t('hidden'), group].filter(Boolean).join(' · ') : '';
      return (
        <Group gap={10} wrap="nowrap">
          <ChannelLogo of={`channels/${id}`} logo={logo} name={text} size={32} />
          <div className={classes.words}>
            {mayChange ? (
              <InlineText key={id} label={t('changeName', { name: text })} value={text} onSave={(wanted) => change(id, { name: wanted })}>
                <Link href={`/channels/${id}`} className={classes.name}>
                  {text}
                </Link>
              </InlineText>
            ) : (
              <span className={classes.name}>{text}</span>
            )}
            {below && (
              <Text size="xs" c="dimmed" truncate>
                {below}
              </Text>
            )}
          </div>
          {hidden && !narrow && (
            <Badge size="xs" variant="light" color="gray" style={{ flex: 'none' }}>
              {t('hidden')}
            </Badge>
          )}
        </Group>
      );
    },
  };
  const actions: Column<Channel> = {
    key: 'actions',
    label: <VisuallyHidden>{t('actions')}</VisuallyHidden>,
    width: !mayChange ? '36px' : narrow ? '76px' : '124px',
    cell: ({ id, name: of, hidden }, place) => (
      <Group gap={4} wrap="nowrap" justify="flex-end">
        {reorder && !narrow && (
          <MoveButtons name={of} place={place} total={total} locked={reorder.locked ? reorder.help : undefined} onMove={reorder.onMove} />
        )}
        {mayChange && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t(hidden ? 'show' : 'hide', { name: of })}
            title={t(hidden ? 'show' : 'hide', { name: of })}
            onClick={() => mutate({ path: { channel: id }, body: { hidden: !hidden } })}
          >
            {hidden ? <EyeOff size={16} /> : <Eye size={16} />}
          </ActionIcon>
        )}
        <ActionIcon variant="light" component={Link} href={`/watch/${id}`} aria-label={t('play', { name: of })} title={t('play', { name: of })}>
          <Play size={16} />
        </ActionIcon>
      </Group>
    ),
  };
  return [
    ...(mayChange ? [choice] : []),
    number,
    name,
    { key: 'group', label: t('group'), width: 'minmax(0, 1.5fr)', cell: ({ group }) => group, wideOnly: true },
    {
      key: 'guide',
      label: t('guide'),
      width: 'minmax(0, 1fr)',
      wideOnly: true,
      cell: ({ guide }) => (guide ? t('linkedGuide', { score: guide.score }) : faint(t('noGuide'))),
    },
    {
      key: 'origin',
      label: t('origin'),
      width: '110px',
      wideOnly: true,
      cell: ({ automatic }) => faint(t(automatic ? 'automatic' : 'byHand')),
    },
    actions,
  ];
}
