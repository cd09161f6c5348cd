// SPDX-License-Identifier: LGPL-2.1-or-later
// What is looked for among the streams.
import { Group, Select, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { useAsk } from '../../api/hooks';
import { useMessages } from '../../i18n';
import { messages } from './messages';
import { codecs, heights, kinds, states, type useFilters } from './useFilters';

const kShown = 200;

/** The groups of an account; where there is but one, of that. */
function useGroups(account: number | undefined, only: number | undefined) {
  const asked = account ?? only;
  const groups = useAsk('GET /api/v1/accounts/{account}/groups', { path: { account: asked ?? 0 } }, { enabled: asked !== undefined });
  return asked === undefined ? undefined : groups.data;
}

export function Filters({ filters }: { filters: ReturnType<typeof useFilters> }) {
  const t = useMessages(messages);
  const accounts = useAsk('GET /api/v1/accounts').data ?? [];
  const { query, state, text, setText, set } = filters;
  const groups = useGroups(query.account, accounts.length === 1 ? accounts[0]?.id : undefined);
  const common = { clearable: true, allowDeselect: true, w: { base: '47%', sm: 150 } } as const;
  return (
    <Group mb="sm" gap="xs">
      <TextInput
        flex={1}
        miw={220}
        aria-label={t('search')}
        placeholder={t('search')}
        leftSection={<Search size={16} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {accounts.length > 1 && (
        <Select
          {...common}
          aria-label={t('account')}
          placeholder={t('anyAccount')}
          data={accounts.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={query.account ? String(query.account) : null}
          onChange={(account) => set({ account, group: null })}
        />
      )}
      <Select
        {...common}
        aria-label={t('group')}
        placeholder={t('anyGroup')}
        searchable
        limit={kShown}
        nothingFoundMessage={t('noGroup')}
        disabled={!groups}
        data={(groups ?? []).map(({ id, name }) => ({ value: String(id), label: name || '–' }))}
        value={query.group ? String(query.group) : null}
        onChange={(group) => set({ group })}
      />
      <Select
        {...common}
        aria-label={t('kind')}
        placeholder={t('anyKind')}
        data={kinds.map((value) => ({ value, label: t(value) }))}
        value={query.kind ?? null}
        onChange={(kind) => set({ kind })}
      />
      <Select
        {...common}
        aria-label={t('state')}
        placeholder={t('anyState')}
        data={states.map((value) => ({ value, label: t(value) }))}
        value={state ?? null}
        onChange={(chosen) => set({ state: chosen })}
      />
      <Select
        {...common}
        aria-label={t('resolution')}
        placeholder={t('anyResolution')}
        data={heights.map((value) => ({ value, label: t('orHigher', { lines: value }) }))}
        value={query.min_height ? String(query.min_height) : null}
        onChange={(height) => set({ height })}
      />
      <Select
        {...common}
        aria-label={t('codec')}
        placeholder={t('anyCodec')}
        data={[...codecs]}
        value={query.codec ?? null}
        onChange={(codec) => set({ codec })}
      />
    </Group>
  );
}
