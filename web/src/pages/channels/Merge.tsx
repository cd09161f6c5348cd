// SPDX-License-Identifier: LGPL-2.1-or-later
// Several channels become one: which one stays, and what becomes of it.
import { Alert, Button, Group, Loader, Modal, Radio, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { kOfChannels } from '../../api/concerned';
import { useChange } from '../../api/hooks';
import { useMessages } from '../../i18n';
import { ChannelLogo } from '../../ui/ChannelLogo';
import { Problem, useErrorText } from '../../ui/errors';
import classes from './Channels.module.css';
import { messages } from './messages';
import { useParts, type Part } from './useParts';

/** Nobody looks through more. */
export const kMostMerged = 20;

function nameOf({ channel: { number, name } }: Part) {
  return [number, name].filter(Boolean).join(' · ');
}

/** All their streams, each once, behind those of the one that stays. */
function streamsOf(parts: readonly Part[], stays: Part) {
  const all = [stays, ...parts.filter((part) => part !== stays)].flatMap((part) => part.streams.map((stream) => ({ stream, part })));
  return all.filter(({ stream }, i) => all.findIndex((one) => one.stream.id === stream.id) === i);
}

interface Props {
  channels: readonly number[];
  onClose: () => void;
  onMerged?: () => void;
}

function Content({ channels, onClose, onMerged }: Props) {
  const t = useMessages(messages);
  const textOf = useErrorText();
  const { parts, error } = useParts(channels);
  const [first, setFirst] = useState(channels[0]!);
  const [problem, setProblem] = useState<Error | null>(null);
  const merge = useChange('POST /api/v1/channels/merge', {
    refreshes: kOfChannels,
    onDone: ({ name }) => {
      notifications.show({ color: 'teal', message: t('merged', { n: channels.length, name }) });
      onClose();
      onMerged?.();
    },
    onError: setProblem,
  });
  if (error) return <Problem error={error} />;
  const stays = parts?.find(({ channel }) => channel.id === first);
  if (!parts || !stays) return <Loader />;
  const { name, logo, guide } = stays.channel;
  return (
    <Stack>
      <Radio.Group label={t('whichStays')} value={String(first)} onChange={(value) => setFirst(Number(value))}>
        <Stack gap={6} mt={6}>
          {parts.map((part) => (
            <Radio
              key={part.channel.id}
              value={String(part.channel.id)}
              label={nameOf(part)}
              description={[part.channel.group, t('streamCount', { n: part.streams.length })].filter(Boolean).join(' · ')}
            />
          ))}
        </Stack>
      </Radio.Group>
      <section aria-label={t('outcome')}>
        <Text size="sm" fw={500} mb={6}>
          {t('outcome')}
        </Text>
        <Group gap="sm" wrap="nowrap">
          <ChannelLogo of={`channels/${stays.channel.id}`} logo={logo} name={name} size={32} />
          <div style={{ minWidth: 0 }}>
            <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
              {nameOf(stays)}
            </Text>
            <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {guide ? t('itsGuide', { guide: guide.channel }) : t('noGuide')}
            </Text>
          </div>
        </Group>
        <ol className={classes.outcome}>
          {streamsOf(parts, stays).map(({ stream, part }) => (
            <li key={stream.id}>
              <Text size="sm" span style={{ overflowWrap: 'anywhere' }}>
                {stream.name}
              </Text>
              {part !== stays && (
                <Text size="xs" c="dimmed" span>
                  {` · ${t('from', { name: nameOf(part) })}`}
                </Text>
              )}
            </li>
          ))}
        </ol>
      </section>
      <Alert color="orange" variant="light">
        {t('mergeWarning', { n: parts.length - 1 })}
      </Alert>
      {problem && (
        <Text size="sm" c="red" role="alert">
          {textOf(problem)}
        </Text>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button
          loading={merge.isPending}
          onClick={() => merge.mutate({ body: { channels: [first, ...channels.filter((id) => id !== first)] } })}
        >
          {t('mergeMany', { n: parts.length })}
        </Button>
      </Group>
    </Stack>
  );
}

export function Merge({ opened, ...props }: Props & { opened: boolean }) {
  const t = useMessages(messages);
  return (
    <Modal opened={opened} onClose={props.onClose} title={t('mergeTitle')} closeButtonProps={{ 'aria-label': t('cancel') }}>
      <Content {...props} />
    </Modal>
  );
}
