// SPDX-License-Identifier: LGPL-2.1-or-later
// A field in which one of any number of channels is found by its name.
import { Loader, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useAsk } from '../api/hooks';
import type { Channel } from '../api/schema';
import { defineMessages, useMessages } from '../i18n';
import { useErrorText } from './errors';

const kFound = 30;

const messages = defineMessages({ nothing: 'No channel is called that' }, { nothing: 'Ningún canal se llama así' });

interface Props {
  label: string;
  placeholder: string;
  value: Channel | null;
  onChange: (channel: Channel | null) => void;
  /** Which of those that were found are offered. */
  offers?: (channel: Channel) => boolean;
  disabled?: boolean;
}

function nameOf({ number, name }: Channel) {
  return number ? `${number} · ${name}` : name;
}

export function ChannelChoice({ label, placeholder, value, onChange, offers, disabled }: Props) {
  const t = useMessages(messages);
  const textOf = useErrorText();
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text === (value && nameOf(value)) ? '' : text, 200);
  const found = useAsk('GET /api/v1/channels', { query: { q, sort: 'number', limit: kFound } });
  const offered = (found.data?.items ?? []).filter((channel) => !offers || offers(channel));
  const shown = value && !offered.some(({ id }) => id === value.id) ? [value, ...offered] : offered;
  return (
    <Select
      label={label}
      placeholder={placeholder}
      searchable
      clearable
      clearButtonProps={{ tabIndex: 0 }}
      disabled={disabled}
      error={found.error && textOf(found.error)}
      nothingFoundMessage={found.data && t('nothing')}
      rightSection={found.isFetching ? <Loader size="xs" /> : undefined}
      data={shown.map((channel) => ({ value: String(channel.id), label: nameOf(channel) }))}
      filter={({ options }) => options}
      searchValue={text}
      onSearchChange={setText}
      value={value && String(value.id)}
      onChange={(id) => onChange(shown.find((channel) => String(channel.id) === id) ?? null)}
    />
  );
}
