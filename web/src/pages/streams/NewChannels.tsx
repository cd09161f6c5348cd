// SPDX-License-Identifier: LGPL-2.1-or-later
// Channels made of the streams that are selected: one of all, or one of each.
import { Button, Group, Modal, Progress, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useLocation } from 'wouter';
import { ask } from '../../api/client';
import { refresh } from '../../api/hooks';
import type { Channel, Stream } from '../../api/schema';
import { useMessages } from '../../i18n';
import { useErrorText } from '../../ui/errors';
import { useFields } from '../../ui/fields';
import { useSeries } from '../../ui/useSeries';
import { messages } from './messages';

interface Wish {
  name: string;
  number?: string | null;
  group: string;
  logo: string;
}

/** A channel without its streams would be worse than none. */
async function make(wish: Wish, streams: readonly Stream[]): Promise<Channel> {
  const channel = await ask('POST /api/v1/channels', { body: { ...wish, tvg_id: streams[0]?.tvg_id } });
  const path = { channel: channel.id };
  try {
    await ask('PUT /api/v1/channels/{channel}/streams', { path, body: streams.map(({ id }) => ({ stream: id })) });
  } catch (error) {
    await ask('DELETE /api/v1/channels/{channel}', { path });
    throw error;
  }
  return channel;
}

function wishOf({ name, group, logo }: Stream): Wish {
  return { name, group, logo };
}

interface Props {
  streams: readonly Stream[];
  /** Of these there are channels now: the others may still be made. */
  onMade: (streams: readonly Stream[]) => void;
  onDone: () => void;
  /** Also in the middle of many: the rest are not made. */
  onCancel: () => void;
}

function Form({ streams, onMade, onDone, onCancel }: Props) {
  const t = useMessages(messages);
  const textOf = useErrorText();
  const client = useQueryClient();
  const [, go] = useLocation();
  const first = wishOf(streams[0]!);
  const { values, set } = useFields({ ...first, number: '' });
  const [each, setEach] = useState(false);
  const [busy, setBusy] = useState(false);
  const series = useSeries();
  const [problem, setProblem] = useState<unknown>(null);

  const makeOne = async () => {
    const channel = await make({ ...values, number: values.number.trim() || null }, streams);
    notifications.show({ color: 'teal', message: t('made', { name: channel.name }) });
    go(`/channels/${channel.id}`);
    return true;
  };
  const makeEach = async () => {
    const { made, error } = await series.run(streams, (stream) => make(wishOf(stream), [stream]));
    if (made.length) notifications.show({ color: 'teal', message: t('madeMany', { n: made.length }) });
    if (made.length < streams.length) onMade(made);
    if (error) throw error;
    return made.length === streams.length;
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    setBusy(true);
    try {
      if (await (each ? makeEach() : makeOne())) onDone();
    } catch (error) {
      setProblem(error);
    }
    setBusy(false);
    refresh(client, ['/api/v1/channels', '/api/v1/streams']);
  };

  return (
    <form onSubmit={submit}>
      <Stack>
        {streams.length > 1 && (
          <SegmentedControl
            value={each ? 'each' : 'all'}
            onChange={(value) => setEach(value === 'each')}
            aria-label={t('newChannel')}
            data={[
              { value: 'all', label: t('oneOfAll') },
              { value: 'each', label: t('oneEach') },
            ]}
          />
        )}
        <Text size="sm" c="dimmed">
          {t(each ? 'oneEachHelp' : 'oneOfAllHelp')}
        </Text>
        {!each && (
          <>
            <TextInput
              label={t('name')}
              required
              data-autofocus
              value={values.name}
              onChange={(event) => set('name', event.currentTarget.value)}
            />
            <TextInput
              label={t('number')}
              description={t('numberHelp')}
              value={values.number}
              onChange={(event) => set('number', event.currentTarget.value)}
            />
            <TextInput
              label={t('channelGroup')}
              value={values.group}
              onChange={(event) => set('group', event.currentTarget.value)}
            />
          </>
        )}
        {problem !== null && (
          <Text size="sm" c="red" role="alert">
            {textOf(problem)}
          </Text>
        )}
        {series.done !== null && (
          <Progress
            value={(100 * series.done) / streams.length}
            aria-label={t('making', { done: series.done, all: streams.length })}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel} disabled={busy && !each}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function NewChannels({ opened, ...props }: Props & { opened: boolean }) {
  const t = useMessages(messages);
  return (
    <Modal
      opened={opened}
      onClose={props.onCancel}
      title={t('newChannel')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {props.streams.length > 0 && <Form {...props} />}
    </Modal>
  );
}
