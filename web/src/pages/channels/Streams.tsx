// SPDX-License-Identifier: LGPL-2.1-or-later
// The streams of a channel: reordered by dragging or by buttons, taken out, added.
import { ActionIcon, Badge, Button, Checkbox, Combobox, Group, Loader, Stack, Text, TextInput, Tooltip, useCombobox } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { GripVertical, Search, Split, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useAsk } from '../../api/hooks';
import type { Channel, Stream } from '../../api/schema';
import { useMessages } from '../../i18n';
import { useFormat } from '../../i18n/format';
import { currentOf } from '../../sessions/facts';
import { FailureLine, MeasuredLine } from '../../sessions/StreamPast';
import { standingOf, useOnAir } from '../../sessions/useOnAir';
import { useSessions } from '../../sessions/useSessions';
import { Problem, useErrorText } from '../../ui/errors';
import { MoveButtons } from '../../ui/MoveButtons';
import { useUndo } from '../../ui/undo';
import { useMatchText } from '../../words/matches';
import classes from './Channels.module.css';
import { messages } from './messages';
import { SplitOff } from './SplitOff';
import { useStreams, type Member } from './useStreams';

const kFound = 20;

function useAccountNames() {
  const accounts = useAsk('GET /api/v1/accounts');
  return new Map(accounts.data?.map(({ id, name }) => [id, name]));
}

function AddStream({ taken, onAdd }: { taken: ReadonlySet<number>; onAdd: (stream: Stream) => void }) {
  const t = useMessages(messages);
  const textOf = useErrorText();
  const accounts = useAccountNames();
  const combobox = useCombobox();
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text, 200);
  const found = useAsk('GET /api/v1/streams', { query: { q, kind: 'live', limit: kFound } }, { enabled: q !== '' });
  const offered = q === '' ? [] : (found.data?.items ?? []).filter(({ id }) => !taken.has(id));
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(id) => {
        onAdd(offered.find((stream) => stream.id === Number(id))!);
        setText('');
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target>
        <TextInput
          label={t('addStream')}
          placeholder={t('findStream')}
          leftSection={<Search size={16} />}
          rightSection={found.isFetching && <Loader size="xs" />}
          error={found.error && textOf(found.error)}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            combobox.openDropdown();
            combobox.resetSelectedOption();
          }}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={q === '' || !found.data}>
        <Combobox.Options mah={280} style={{ overflowY: 'auto' }}>
          {offered.map((stream) => (
            <Combobox.Option key={stream.id} value={String(stream.id)}>
              <Text size="sm">{stream.name}</Text>
              <Text size="xs" c="dimmed">
                {[accounts.get(stream.account), stream.group].filter(Boolean).join(' · ')}
              </Text>
            </Combobox.Option>
          ))}
          {offered.length === 0 && <Combobox.Empty>{t('noStreamFound')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** It has not worked since it failed, or others still come first because of that. */
function isInTheWay({ last_failure, measured, penalty }: Stream) {
  return penalty > 0 || (last_failure?.at_ms ?? 0) > (measured?.at_ms ?? 0);
}

function About({ member, channel }: { member: Member; channel: number }) {
  const t = useMessages(messages);
  const format = useFormat();
  const accounts = useAccountNames();
  const matchText = useMatchText();
  const session = useSessions().data?.find((one) => one.channel === channel);
  const live = useOnAir().get(member.stream);
  const onAir = session && currentOf(session)?.stream === member.stream;
  const { about } = member;
  const standing = about && standingOf(about, live);
  return (
    <div style={{ minWidth: 0 }}>
      <Group gap={6}>
        <Text size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>
          {about?.name ?? '…'}
        </Text>
        {onAir && (
          <Badge size="xs" variant="light" color="teal">
            {t('onAir')}
          </Badge>
        )}
        {standing && standing.penalty > 0 && (
          <Badge size="xs" variant="light" color="orange">
            {t('penalty', { value: format.number(standing.penalty, 1) })}
          </Badge>
        )}
        {about?.missing_since && (
          <Badge size="xs" variant="light" color="red">
            {t('missing')}
          </Badge>
        )}
      </Group>
      <Text size="xs" c="dimmed" title={t('reason')} style={{ overflowWrap: 'anywhere' }}>
        {[about && accounts.get(about.account), about?.group, matchText(member.reason)].filter(Boolean).join(' · ')}
      </Text>
      {standing && <MeasuredLine {...standing} />}
      {about?.last_failure && isInTheWay(about) && <FailureLine failure={about.last_failure} />}
    </div>
  );
}

function nameOf({ about, stream }: Member) {
  return about?.name ?? String(stream);
}

/** For those that are chosen; who chose all is told why that is too many. */
function SplitBar({ channel, going, all, onDone }: { channel: Channel; going: readonly Member[]; all: boolean; onDone: () => void }) {
  const t = useMessages(messages);
  const [opened, { open, close }] = useDisclosure();
  return (
    <Group gap="sm" role="toolbar" aria-label={t('bulkStreams')}>
      <Text size="sm" fw={600}>
        {t('selected', { n: going.length })}
      </Text>
      <Button size="xs" variant="default" leftSection={<Split size={14} />} disabled={all} onClick={open}>
        {t('split')}…
      </Button>
      {all && (
        <Text size="xs" c="dimmed">
          {t('splitNotAll')}
        </Text>
      )}
      <SplitOff
        channel={channel}
        streams={going.map((member) => ({ stream: member.stream, name: nameOf(member) }))}
        opened={opened}
        onClose={close}
        onDone={onDone}
      />
    </Group>
  );
}

export function Streams({ channel: of }: { channel: Channel }) {
  const t = useMessages(messages);
  const undo = useUndo();
  const channel = of.id;
  const { members, arrange, putBack, error } = useStreams(channel);
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  if (error) return <Problem error={error} />;
  if (!members) return <Loader />;

  const move = (from: number, to: number) => {
    if (to < 0 || to >= members.length || from === to) return;
    const next = [...members];
    next.splice(to, 0, ...next.splice(from, 1));
    arrange(next);
  };
  const takeOut = (member: Member, place: number, name: string) => {
    arrange(members.filter((one) => one !== member));
    undo(t('outDone', { name }), () => {}, () => putBack(member, place));
  };

  const going = members.filter(({ stream }) => chosen.includes(stream));
  return (
    <Stack gap="sm">
      {going.length > 0 && (
        <SplitBar channel={of} going={going} all={going.length === members.length} onDone={() => setChosen([])} />
      )}
      {members.length === 0 && (
        <Text size="sm" c="orange">
          {t('noStreams')}
        </Text>
      )}
      <ol className={classes.streams}>
        {members.map((member, i) => {
          const name = nameOf(member);
          return (
            <li
              key={member.stream}
              className={classes.stream}
              data-over={over === i || undefined}
              draggable
              onDragStart={() => setDragged(i)}
              onDragEnd={() => {
                setDragged(null);
                setOver(null);
              }}
              onDragOver={(event) => {
                event.preventDefault();
                setOver(i);
              }}
              onDrop={() => dragged !== null && move(dragged, i)}
            >
              <span className={classes.grip} title={t('drag')}>
                <GripVertical size={16} />
              </span>
              <Checkbox
                size="xs"
                aria-label={t('choose', { name })}
                checked={chosen.includes(member.stream)}
                onChange={({ currentTarget: { checked } }) =>
                  setChosen(checked ? [...chosen, member.stream] : chosen.filter((one) => one !== member.stream))
                }
              />
              <Text size="sm" c="dimmed">
                {i + 1}
              </Text>
              <About member={member} channel={channel} />
              <Group gap={2} wrap="nowrap">
                <MoveButtons name={name} place={i} total={members.length} onMove={move} />
                <Tooltip label={t('out', { name })}>
                  <ActionIcon variant="subtle" color="red" aria-label={t('out', { name })} onClick={() => takeOut(member, i, name)}>
                    <Trash2 size={16} />
                  </ActionIcon>
                </Tooltip>
              </Group>
            </li>
          );
        })}
      </ol>
      <AddStream
        taken={new Set(members.map(({ stream }) => stream))}
        onAdd={(stream) => arrange([...members, { stream: stream.id, confidence: 100, manual: true, reason: '' }])}
      />
    </Stack>
  );
}
