// SPDX-License-Identifier: LGPL-2.1-or-later
// The grid, and which channels and day it shows.
import { ActionIcon, Button, Group, Select, Switch, TextInput, Tooltip } from '@mantine/core';
import { useDebouncedValue, useInterval } from '@mantine/hooks';
import { ChevronLeft, ChevronRight, Search, Tv } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { useAsk } from '../../api/hooks';
import { useMessages } from '../../i18n';
import { useFormat } from '../../i18n/format';
import { Empty } from '../../ui/Empty';
import { useNarrow } from '../../ui/useNarrow';
import { dayAt } from './day';
import { Grid, type Chosen } from './Grid';
import { messages } from './messages';
import { ProgrammeDetails } from './ProgrammeDetails';

const kFirstDay = -1;
const kLastDay = 13;
const kLookMs = 20_000;

function useNow() {
  const seconds = () => Math.floor(Date.now() / 1000);
  const [now, setNow] = useState(seconds);
  useInterval(() => setNow(seconds()), kLookMs, { autoInvoke: true });
  return now;
}

function DayChoice({ offset, onChange, onNow }: { offset: number; onChange: (offset: number) => void; onNow: () => void }) {
  const t = useMessages(messages);
  const format = useFormat();
  const days = Array.from({ length: kLastDay - kFirstDay + 1 }, (_, i) => i + kFirstDay);
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
        data={days.map((day) => ({
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
  const [wantsNow, setWantsNow] = useState(0);
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text, 200);
  const [guided, setGuided] = useState(false);
  const [profile, setProfile] = useState<string | null>(null);
  const [total, setTotal] = useState<number>();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const profiles = useAsk('GET /api/v1/profiles').data ?? [];
  const today = new Date(now * 1000).toDateString(); // the page may stay open over midnight
  const day = useMemo(() => dayAt(offset), [offset, today]);
  const query = { q: q || undefined, guided: guided || undefined, profile: Number(profile) || undefined };
  const filtered = Object.values(query).some((value) => value !== undefined);
  const goNow = useCallback(() => {
    setOffset(0);
    setWantsNow((n) => n + 1);
  }, []);
  return (
    <>
      <Group mb="sm" gap="xs">
        <TextInput
          flex={1}
          miw={180}
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<Search size={16} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
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
        <DayChoice offset={offset} onChange={setOffset} onNow={goNow} />
      </Group>
      {total === 0 ? (
        <Empty icon={filtered ? Search : Tv} text={t(filtered ? 'nothing' : 'none')} />
      ) : null}
      <div hidden={total === 0}>
        <Grid
          key={JSON.stringify(query)}
          day={day}
          now={now}
          query={query}
          narrow={narrow}
          height={narrow ? 'calc(100dvh - 340px)' : 'calc(100dvh - 250px)'}
          wantsNow={wantsNow}
          onTotal={setTotal}
          onChosen={setChosen}
        />
      </div>
      <ProgrammeDetails chosen={chosen} onClose={() => setChosen(null)} />
    </>
  );
}
