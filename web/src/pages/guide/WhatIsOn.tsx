// SPDX-License-Identifier: LGPL-2.1-or-later
// The grid, and which channels and day it shows.
import { ActionIcon, Button, Group, Loader, Select, Switch, TextInput, Tooltip } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { ChevronLeft, ChevronRight, Search, Tv } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type CSSProperties } from 'react';
import { useAsk } from '../../api/hooks';
import { useMessages } from '../../i18n';
import { useFormat } from '../../i18n/format';
import { Empty } from '../../ui/Empty';
import { useNarrow } from '../../ui/useNarrow';
import { useNow } from '../../ui/useNow';
import { dayAt } from './day';
import { Found, useFound } from './Found';
import { Grid, type Chosen, type Goal } from './Grid';
import { messages } from './messages';
import { ProgrammeDetails } from './ProgrammeDetails';

const kFirstDay = -1;
const kLastDay = 13;
const kDays = Array.from({ length: kLastDay - kFirstDay + 1 }, (_, i) => i + kFirstDay);
/** Laid out all the same: what is not can not be scrolled to where it begins. */
const kUnseen: CSSProperties = { visibility: 'hidden', height: 0, overflow: 'hidden' };

/** How many days behind today a time is. */
function offsetOf(time: number) {
  return kDays.find((day) => time < dayAt(day).end) ?? kLastDay;
}

function DayChoice({ offset, onChange, onNow }: { offset: number; onChange: (offset: number) => void; onNow: () => void }) {
  const t = useMessages(messages);
  const format = useFormat();
  return (
    <Group gap={4} wrap="nowrap">
      <Tooltip label={t('earlier')}>
        <ActionIcon variant="default" size={36} aria-label={t('earlier')} disabled={offset <= kFirstDay} onClick={() => onChange(offset - 1)}>
          <ChevronLeft size={18} />
        </ActionIcon>
      </Tooltip>
      <Select
        w={150}
        aria-label={t('day')}
        allowDeselect={false}
        data={kDays.map((day) => ({
          value: String(day),
          label: day === 0 ? t('today') : format.day(dayAt(day).start * 1000),
        }))}
        value={String(offset)}
        onChange={(day) => onChange(Number(day))}
      />
      <Tooltip label={t('later')}>
        <ActionIcon variant="default" size={36} aria-label={t('later')} disabled={offset >= kLastDay} onClick={() => onChange(offset + 1)}>
          <ChevronRight size={18} />
        </ActionIcon>
      </Tooltip>
      <Button variant="default" onClick={onNow}>
        {t('now')}
      </Button>
    </Group>
  );
}

export function WhatIsOn() {
  const t = useMessages(messages);
  const narrow = useNarrow();
  const now = useNow();
  const [offset, setOffset] = useState(0);
  const [goal, setGoal] = useState<Goal>({});
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text.trim(), 200);
  const [only, setOnly] = useState(''); // the name of a channel that was wanted in the grid
  const [guided, setGuided] = useState(false);
  const [profile, setProfile] = useState<string | null>(null);
  const [total, setTotal] = useState<number>();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const profiles = useAsk('GET /api/v1/profiles').data ?? [];
  const today = new Date(now * 1000).toDateString(); // the page may stay open over midnight
  const day = useMemo(() => dayAt(offset), [offset, today]);
  const found = useFound(q, Number(profile) || undefined, useMemo(() => dayAt(kLastDay).end, [today]));
  const query = { q: only || q || undefined, guided: guided || undefined, profile: Number(profile) || undefined };
  const filtered = Object.values(query).some((value) => value !== undefined);
  const go = (to: number, time?: number) => {
    setOffset(to);
    setGoal({ time });
  };
  const show = ({ row, programme }: Chosen) => {
    setChosen(null);
    setOnly(row.name);
    if (programme.start <= now) go(0);
    else go(offsetOf(programme.start), programme.start);
  };
  const area = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (only) area.current?.scrollIntoView({ block: 'nearest' }); // below a long list
  }, [only, goal, total]);
  return (
    <>
      <Group mb="sm" gap="xs">
        <TextInput
          flex={1}
          miw={180}
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<Search size={16} />}
          rightSection={found?.isFetching ? <Loader size="xs" /> : undefined}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setOnly('');
          }}
        />
        {profiles.length > 0 && (
          <Select
            w={170}
            clearable
            aria-label={t('profile')}
            placeholder={t('anyProfile')}
            data={profiles.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={profile}
            onChange={setProfile}
          />
        )}
        <Switch label={t('onlyGuided')} checked={guided} onChange={(event) => setGuided(event.currentTarget.checked)} />
        <DayChoice offset={offset} onChange={go} onNow={() => go(0)} />
      </Group>
      {found && <Found key={q} found={found} now={now} onChosen={setChosen} />}
      {total === 0 && !found?.data?.total ? (
        <Empty icon={filtered ? Search : Tv} text={t(filtered ? 'nothing' : 'none')} />
      ) : null}
      <div ref={area} style={total === 0 ? kUnseen : undefined}>
        <Grid
          key={JSON.stringify(query)}
          day={day}
          now={now}
          query={query}
          narrow={narrow}
          height={narrow ? 'calc(100dvh - 340px)' : 'calc(100dvh - 250px)'}
          goal={goal}
          onTotal={setTotal}
          onChosen={setChosen}
        />
      </div>
      <ProgrammeDetails chosen={chosen} onClose={() => setChosen(null)} onShow={show} />
    </>
  );
}
