// SPDX-License-Identifier: LGPL-2.1-or-later
// Channels: all of them in one table, of which the server gives what is in sight.
import { Button, Group, Loader, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { Plus, Search, Tv } from 'lucide-react';
import { useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { useAsk } from '../../api/hooks';
import { usePages } from '../../api/pages';
import { mayDo, useSession } from '../../app/session';
import { useMessages } from '../../i18n';
import { Empty } from '../../ui/Empty';
import { Problem } from '../../ui/errors';
import { PageHead } from '../../ui/PageHead';
import { useNarrow } from '../../ui/useNarrow';
import { VirtualTable } from '../../ui/VirtualTable';
import { Bulk } from './Bulk';
import { messages } from './messages';
import { NewChannel } from './NewChannel';
import { useColumns } from './useColumns';

type Shown = 'all' | 'visible' | 'onlyHidden';
const kHidden: Record<Shown, boolean | undefined> = { all: undefined, visible: false, onlyHidden: true };

/** Numbers that come and go; those that came first are first. */
function useSet() {
  const [set, setSet] = useState<ReadonlySet<number>>(new Set());
  const put = (numbers: readonly number[], there: boolean) =>
    setSet((old) => {
      const next = new Set(old);
      for (const number of numbers) there ? next.add(number) : next.delete(number);
      return next;
    });
  return { set, put, clear: () => setSet(new Set()) };
}

/** What is shown is in the address, so that one can go back to it. */
function useFilters() {
  const [search, setSearch] = useSearchParams();
  const [text, setText] = useState(search.get('q') ?? '');
  const [q] = useDebouncedValue(text, 200);
  const set = (name: string, value: string) =>
    setSearch(
      (old) => {
        const next = new URLSearchParams(old);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  return {
    text,
    setText: (value: string) => {
      setText(value);
      set('q', value);
    },
    q,
    group: search.get('group'),
    setGroup: (group: string | null) => set('group', group ?? ''),
    shown: (search.get('shown') ?? 'all') as Shown,
    setShown: (shown: string) => set('shown', shown === 'all' ? '' : shown),
  };
}

function Filters({ filters }: { filters: ReturnType<typeof useFilters> }) {
  const t = useMessages(messages);
  const groups = useAsk('GET /api/v1/channel-groups');
  return (
    <>
      <Select
        w={200}
        aria-label={t('group')}
        placeholder={t('anyGroup')}
        clearable
        searchable
        value={filters.group}
        onChange={filters.setGroup}
        limit={100}
        data={groups.data?.map(({ name, channels }) => ({ value: name, label: `${name} (${channels})` })) ?? []}
      />
      <SegmentedControl
        value={filters.shown}
        onChange={filters.setShown}
        aria-label={t('shownHelp')}
        data={(['all', 'visible', 'onlyHidden'] as const).map((value) => ({ value, label: t(value) }))}
      />
    </>
  );
}

export default function Channels() {
  const t = useMessages(messages);
  const narrow = useNarrow();
  const { me } = useSession();
  const mayChange = mayDo(me, 'operator');
  const filters = useFilters();
  const chosen = useSet();
  const gone = useSet();
  const columns = useColumns(mayChange, narrow, { chosen: chosen.set, onChoose: (id, on) => chosen.put([id], on) });
  const [opened, { open, close }] = useDisclosure();
  const { q, group, shown } = filters;
  const channels = usePages('GET /api/v1/channels', { q: q || undefined, group: group ?? undefined, hidden: kHidden[shown], sort: 'number' });

  if (channels.error) return <Problem error={channels.error} onRetry={channels.refetch} />;
  if (channels.total === undefined) return <Loader />;
  const isNew = channels.total === 0 && q === '' && !group && shown === 'all';
  const add = mayChange && (
    <Button leftSection={<Plus size={16} />} onClick={open}>
      {t('add')}
    </Button>
  );
  if (isNew)
    return (
      <>
        <PageHead title={t('title')} />
        <NewChannel opened={opened} onClose={close} />
        <Empty icon={Tv} text={t('none')}>
          <Group>
            {mayDo(me, 'administrator') && (
              <Button variant="default" component={Link} href="/accounts/new">
                {t('toAccounts')}
              </Button>
            )}
            {add}
          </Group>
        </Empty>
      </>
    );
  return (
    <>
      <PageHead title={t('title')} about={t('about', { n: channels.total })}>
        {add}
      </PageHead>
      <NewChannel opened={opened} onClose={close} />
      <Group mb="sm">
        <TextInput
          flex={1}
          miw={180}
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<Search size={16} />}
          value={filters.text}
          onChange={(event) => filters.setText(event.currentTarget.value)}
        />
        {mayChange && <Filters filters={filters} />}
      </Group>
      {chosen.set.size > 0 && <Bulk chosen={[...chosen.set]} onClear={chosen.clear} onGone={gone.put} />}
      {channels.total === 0 ? (
        <Empty icon={Search} text={t('nothing')} />
      ) : (
        <VirtualTable
          label={t('title')}
          columns={columns}
          total={channels.total}
          rowAt={channels.rowAt}
          isFaint={({ id }) => gone.set.has(id)}
          onRange={channels.onRange}
          height={chosen.set.size > 0 ? 'calc(100dvh - 280px)' : 'calc(100dvh - 220px)'}
          narrow={narrow}
        />
      )}
    </>
  );
}
