// SPDX-License-Identifier: LGPL-2.1-or-later
// A field in which a channel of any guide is found by its name or id.
import { Loader, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useAsk } from '../../api/hooks';
import { useMessages } from '../../i18n';
import { useErrorText } from '../../ui/errors';
import { messages } from './messages';

const kFound = 30;

/** The name of a guide source by its number; "" while it is not known. */
export function useGuideNames() {
  const guides = useAsk('GET /api/v1/guides').data ?? [];
  return (source: number) => guides.find(({ id }) => id === source)?.name ?? '';
}

interface Props {
  label: string;
  onChosen: (link: { source: number; channel: string }) => void;
}

export function GuideChoice({ label, onChosen }: Props) {
  const t = useMessages(messages);
  const textOf = useErrorText();
  const nameOf = useGuideNames();
  const [text, setText] = useState('');
  const [opened, setOpened] = useState(false);
  const [q] = useDebouncedValue(text, 200);
  const found = useAsk('GET /api/v1/guide-channels', { query: { q, limit: kFound } }, { enabled: opened });
  const offered = found.data?.items ?? [];
  return (
    <Select
      flex={1}
      miw={200}
      label={label}
      placeholder={t('findGuide')}
      searchable
      error={found.error && textOf(found.error)}
      nothingFoundMessage={found.data && t('noGuideFound')}
      rightSection={found.isFetching ? <Loader size="xs" /> : undefined}
      onDropdownOpen={() => setOpened(true)}
      data={offered.map(({ source, channel, names }, i) => ({
        value: String(i),
        label: [names[0] ?? channel, channel, nameOf(source)].join(' · '),
      }))}
      filter={({ options }) => options}
      searchValue={text}
      onSearchChange={setText}
      value={null}
      onChange={(index) => {
        const one = offered[Number(index)];
        if (one) onChosen({ source: one.source, channel: one.channel });
      }}
    />
  );
}
