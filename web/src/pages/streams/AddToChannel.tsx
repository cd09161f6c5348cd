// SPDX-License-Identifier: LGPL-2.1-or-later
// The streams that are selected go into a channel that there is.
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { ask } from '../../api/client';
import { kOfChannels } from '../../api/concerned';
import { useChange } from '../../api/hooks';
import type { Channel, Stream } from '../../api/schema';
import { useMessages } from '../../i18n';
import { ChannelChoice } from '../../ui/ChannelChoice';
import { useErrorText } from '../../ui/errors';
import { messages } from './messages';

interface Props {
  streams: readonly Stream[];
  onDone: () => void;
  onCancel: () => void;
}

function Form({ streams, onDone, onCancel }: Props) {
  const t = useMessages(messages);
  const textOf = useErrorText();
  const [channel, setChannel] = useState<Channel | null>(null);
  const put = useChange('PUT /api/v1/channels/{channel}/streams', {
    refreshes: [...kOfChannels, '/api/v1/sessions'],
  });
  const [problem, setProblem] = useState<unknown>(null);
  const add = async ({ id, name }: Channel) => {
    setProblem(null);
    try {
      const path = { channel: id };
      const there = (await ask('GET /api/v1/channels/{channel}/streams', { path })).map(({ stream }) => stream);
      const fresh = streams.map((stream) => stream.id).filter((stream) => !there.includes(stream));
      if (fresh.length) await put.mutateAsync({ path, body: [...there, ...fresh].map((stream) => ({ stream })) });
      notifications.show({
        color: fresh.length ? 'teal' : 'gray',
        message: fresh.length ? t('added', { n: fresh.length, name }) : t('addedNone', { name }),
      });
      onDone();
    } catch (error) {
      setProblem(error);
    }
  };
  return (
    <Stack>
      <ChannelChoice label={t('channel')} placeholder={t('findChannel')} value={channel} onChange={setChannel} />
      <Text size="sm" c="dimmed">
        {t('addToHelp')}
      </Text>
      {problem !== null && (
        <Text size="sm" c="red" role="alert">
          {textOf(problem)}
        </Text>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel}>
          {t('cancel')}
        </Button>
        <Button disabled={!channel} loading={put.isPending} onClick={() => channel && add(channel)}>
          {t('add')}
        </Button>
      </Group>
    </Stack>
  );
}

export function AddToChannel({ opened, ...props }: Props & { opened: boolean }) {
  const t = useMessages(messages);
  return (
    <Modal opened={opened} onClose={props.onCancel} title={t('addTo')} closeButtonProps={{ 'aria-label': t('close') }}>
      <Form {...props} />
    </Modal>
  );
}
