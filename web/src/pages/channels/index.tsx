// SPDX-License-Identifier: LGPL-2.1-or-later
// Channels: all of them in one table, of which the server gives what is in sight.
import { Badge, Button, Group, Loader, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ListChecks, Plus, Search, Tv } from 'lucide-react';
import { Link } from 'wouter';
import { useAsk } from '../../api/hooks';
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
import { useChosen } from './useChosen';
import { useColumns } from './useColumns';
import { useFilters } from './useFilters';
import { useMoves } from './useMoves';
import { useRows } from './useRows';

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

/** Leads to what automatic grouping was not sure of. */
function ToReview() {
  const t = useMessages(messages);
  const waiting = useAsk('GET /api/v1/channel-reviews', { query: { limit: 0 } }).data?.total ?? 0;
  return (
    <Button
      variant="default"
      component={Link}
      href="/channels/review"
      leftSection={<ListChecks size={16} />}
      rightSection={
        waiting > 0 && (
          <Badge size="sm" variant="light" color="orange" circle={waiting < 10}>
            {waiting}
          </Badge>
        )
      }
    >
      {t('review')}
    </Button>
  );
}

export default function Channels() {
  const t = useMessages(messages);
  const narrow = useNarrow();
  const { me } = useSession();
  const mayChange = mayDo(me, 'operator');
  const filters = useFilters();
  const chosen = useChosen(filters.query);
  const channels = useRows(filters.query);
  const moves = useMoves(channels.rowAt);
  const locked = filters.text !== '';
  const reorder = mayChange ? { onMove: moves.move, help: t(locked ? 'reorderLocked' : 'reorder'), locked } : undefined;
  const columns = useColumns(reorder, narrow, chosen, channels.total ?? 0);
  const [opened, { open, close }] = useDisclosure();

  if (channels.error) return <Problem error={channels.error} onRetry={channels.refetch} />;
  if (channels.total === undefined) return <Loader />;
  const isNew = channels.total === 0 && filters.isEmpty;
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
        {mayChange && <ToReview />}
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
      {chosen.set.size > 0 && <Bulk chosen={[...chosen.set]} onClear={chosen.clear} />}
      {channels.total === 0 ? (
        <Empty icon={Search} text={t('nothing')} />
      ) : (
        <VirtualTable
          label={t('title')}
          columns={columns}
          total={channels.total}
          rowAt={moves.rowAt}
          onRange={channels.onRange}
          height={chosen.set.size > 0 ? 'calc(100dvh - 280px)' : 'calc(100dvh - 220px)'}
          narrow={narrow}
          reorder={reorder}
        />
      )}
    </>
  );
}
