// SPDX-License-Identifier: LGPL-2.1-or-later
// Streams of a channel become a channel of their own.
import { Button, Group, List, Modal, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type FormEvent } from 'react';
import { ApiError } from '../../api/client';
import { kOfChannels } from '../../api/concerned';
import { useChange } from '../../api/hooks';
import type { Channel } from '../../api/schema';
import { useMessages } from '../../i18n';
import { useErrorText } from '../../ui/errors';
import { useFields } from '../../ui/fields';
import { messages } from './messages';

interface Props {
  channel: Channel;
  /** At least one of its streams, and not all. */
  streams: readonly { stream: number; name: string }[];
  onClose: () => void;
  onDone: () => void;
}

function Form({ channel, streams, onClose, onDone }: Props) {
  const t = useMessages(messages);
  const textOf = useErrorText();
  const { values, set } = useFields({ name: streams[0]!.name, number: '' });
  const [problem, setProblem] = useState<Error | null>(null);
  const split = useChange('POST /api/v1/channels/{channel}/split', {
    refreshes: kOfChannels,
    onDone: ({ name }) => {
      notifications.show({ color: 'teal', message: t('splitDone', { name }) });
      onClose();
      onDone();
    },
    onError: setProblem,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = { streams: streams.map(({ stream }) => stream), name: values.name, number: values.number.trim() || null };
    split.mutate({ path: { channel: channel.id }, body });
  };
  const ofNumber = problem instanceof ApiError && problem.where === 'number';
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{t('splitAbout', { n: streams.length, name: channel.name })}</Text>
        <List size="sm">
          {streams.map(({ stream, name }) => (
            <List.Item key={stream} style={{ overflowWrap: 'anywhere' }}>
              {name}
            </List.Item>
          ))}
        </List>
        <TextInput
          label={t('name')}
          required
          data-autofocus
          value={values.name}
          error={problem && !ofNumber ? textOf(problem) : undefined}
          onChange={(event) => set('name', event.currentTarget.value)}
        />
        <TextInput
          label={t('number')}
          description={t(channel.automatic ? 'splitNumberHelp' : 'numberHelp')}
          value={values.number}
          error={ofNumber ? textOf(problem) : undefined}
          onChange={(event) => set('number', event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={split.isPending}>
            {t('split')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function SplitOff({ opened, ...props }: Props & { opened: boolean }) {
  const t = useMessages(messages);
  return (
    <Modal opened={opened} onClose={props.onClose} title={t('splitTitle')} closeButtonProps={{ 'aria-label': t('cancel') }}>
      <Form {...props} />
    </Modal>
  );
}
