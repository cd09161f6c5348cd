// SPDX-License-Identifier: LGPL-2.1-or-later
// What of an account's list is left out, and what that would do, while one types.
import { ActionIcon, Alert, Button, Card, Checkbox, Group, NativeSelect, SimpleGrid, Stack, Text, TextInput, Title, Tooltip } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ApiError, ask } from '../../api/client';
import { useChange } from '../../api/hooks';
import type { Account } from '../../api/schema';
import { useMessages } from '../../i18n';
import { useErrorText } from '../../ui/errors';
import { useNarrow } from '../../ui/useNarrow';
import { messages } from './messages';

type Filter = Account['filters'][number];

const kTypingMs = 300;
const kNew: Filter = { field: 'name', pattern: '', exclude: true, match_case: false };
const kPreview = 'POST /api/v1/accounts/{account}/filter-preview';

/** What they would leave, with what they left before until that is known. */
function usePreview(account: number, filters: readonly Filter[]) {
  const [settled] = useDebouncedValue(filters, kTypingMs);
  const preview = useQuery({
    queryKey: ['/api/v1/accounts/{account}/filter-preview', account, settled],
    queryFn: ({ signal }) => ask(kPreview, { path: { account }, body: { filters: [...settled] } }, signal),
    placeholderData: keepPreviousData,
  });
  return { preview: preview.data, error: preview.error };
}

interface RowProps {
  filter: Filter;
  place: number;
  last: boolean;
  problem?: string;
  onChange: (change: Partial<Filter>) => void;
  onMove: (by: 1 | -1) => void;
  onErase: () => void;
}

function Row({ filter, place, last, problem, onChange, onMove, onErase }: RowProps) {
  const t = useMessages(messages);
  const narrow = useNarrow();
  const n = place + 1;
  const button = (label: string, icon: typeof Plus, disabled: boolean, onClick: () => void) => {
    const Icon = icon;
    return (
      <Tooltip label={label}>
        <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={disabled} onClick={onClick}>
          <Icon size={16} />
        </ActionIcon>
      </Tooltip>
    );
  };
  return (
    <Card withBorder component="li" p="xs">
      <Group gap="xs" wrap={narrow ? 'wrap' : 'nowrap'} align="flex-start">
        <NativeSelect
          aria-label={t('filterDoes', { n })}
          value={filter.exclude ? 'out' : 'in'}
          onChange={({ currentTarget: { value } }) => onChange({ exclude: value === 'out' })}
          data={[
            { value: 'out', label: t('leaveOut') },
            { value: 'in', label: t('alwaysKeep') },
          ]}
        />
        <NativeSelect
          aria-label={t('filterField', { n })}
          value={filter.field}
          onChange={({ currentTarget: { value } }) => onChange({ field: value as Filter['field'] })}
          data={(['name', 'group', 'url'] as const).map((value) => ({ value, label: t(`whose.${value}`) }))}
        />
        <TextInput
          flex={1}
          miw={160}
          aria-label={t('filterPattern', { n })}
          placeholder={t('patternExample')}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          value={filter.pattern}
          error={problem}
          onChange={({ currentTarget: { value } }) => onChange({ pattern: value })}
        />
        <Checkbox
          mt={8}
          label={t('matchCase')}
          checked={filter.match_case}
          onChange={({ currentTarget: { checked } }) => onChange({ match_case: checked })}
        />
        <Group gap={2} wrap="nowrap" mt={2}>
          {button(t('filterUp', { n }), ArrowUp, place === 0, () => onMove(-1))}
          {button(t('filterDown', { n }), ArrowDown, last, () => onMove(1))}
          {button(t('filterErase', { n }), Trash2, false, onErase)}
        </Group>
      </Group>
    </Card>
  );
}

function Examples({ title, names, total }: { title: string; names: readonly string[]; total: number }) {
  const t = useMessages(messages);
  return (
    <section>
      <Title order={3} size="h5" mb={4}>
        {title}
      </Title>
      <Stack gap={0} component="ul" m={0} p={0} mah={220} tabIndex={0} aria-label={title} style={{ listStyle: 'none', overflowY: 'auto' }}>
        {names.map((name, i) => (
          <Text key={i} component="li" size="sm" truncate>
            {name}
          </Text>
        ))}
        {total > names.length && (
          <Text component="li" size="sm" c="dimmed">
            {t('andMore', { n: total - names.length })}
          </Text>
        )}
      </Stack>
    </section>
  );
}

export function Filters({ account, onRefresh }: { account: Account; onRefresh: () => void }) {
  const t = useMessages(messages);
  const textOf = useErrorText();
  const [filters, setFilters] = useState<readonly Filter[]>(account.filters);
  const usable = filters.filter(({ pattern }) => pattern !== ''); // nothing would fit everything
  const { preview, error } = usePreview(account.id, usable);
  const save = useChange('PATCH /api/v1/accounts/{account}', {
    refreshes: ['/api/v1/accounts'],
    onDone: () => notifications.show({ color: 'teal', message: t('saved') }),
  });
  const at = error instanceof ApiError ? /^filters\[(\d+)\]/.exec(error.where ?? '')?.[1] : undefined;
  const wrong = at === undefined ? undefined : usable[Number(at)];
  const change = (place: number, what: Partial<Filter>) =>
    setFilters((old) => old.map((filter, i) => (i === place ? { ...filter, ...what } : filter)));
  const move = (place: number, by: 1 | -1) =>
    setFilters((old) => {
      const next = [...old];
      next.splice(place + by, 0, ...next.splice(place, 1));
      return next;
    });
  const keep = (andThen?: () => void) =>
    save.mutate({ path: { account: account.id }, body: { filters: usable } }, { onSuccess: andThen });
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t('filtersHelp')}
      </Text>
      <Stack gap="xs" component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
        {filters.map((filter, i) => (
          <Row
            key={i}
            filter={filter}
            place={i}
            last={i === filters.length - 1}
            problem={error && wrong === filter ? textOf(error, 'filters') : undefined}
            onChange={(what) => change(i, what)}
            onMove={(by) => move(i, by)}
            onErase={() => setFilters((old) => old.filter((_, at) => at !== i))}
          />
        ))}
      </Stack>
      <Group justify="space-between">
        <Button variant="default" leftSection={<Plus size={16} />} onClick={() => setFilters((old) => [...old, kNew])}>
          {t('addFilter')}
        </Button>
        <Group gap="xs">
          <Button variant="default" loading={save.isPending} disabled={error !== null} onClick={() => keep()}>
            {t('save')}
          </Button>
          <Button loading={save.isPending} disabled={error !== null} onClick={() => keep(onRefresh)}>
            {t('saveAndRead')}
          </Button>
        </Group>
      </Group>
      {error && wrong === undefined && (
        <Alert color="red" role="alert">
          {textOf(error)}
        </Alert>
      )}
      {preview && (
        <>
          <Text size="sm" role="status">
            {t('wouldStay', { n: preview.kept })} {t('wouldGo', { n: preview.left_out })}
          </Text>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Examples title={t('goes')} names={preview.examples_left_out} total={preview.left_out} />
            <Examples title={t('stays')} names={preview.examples_kept} total={preview.kept} />
          </SimpleGrid>
        </>
      )}
    </Stack>
  );
}
