// SPDX-License-Identifier: LGPL-2.1-or-later
// Channels with streams that may be another channel: they belong together, or some are split off.
import { Button, Card, Checkbox, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { Check, CheckCheck, Split } from 'lucide-react';
import { useState } from 'react';
import { kOfChannels } from '../../api/concerned';
import { useAsk, useChange } from '../../api/hooks';
import type { ChannelReview } from '../../api/schema';
import { useMessages } from '../../i18n';
import { ChannelHead } from '../../ui/ChannelHead';
import { Reviews, usePage } from '../../ui/Reviews';
import { useMatchText } from '../../words/matches';
import classes from './Channels.module.css';
import { messages } from './messages';
import { SplitOff } from './SplitOff';

type Member = ChannelReview['streams'][number];

function useConfirm() {
  const t = useMessages(messages);
  return useChange('POST /api/v1/channels/confirm', {
    refreshes: kOfChannels,
    onDone: (_, { body }) => notifications.show({ color: 'teal', message: t('confirmed', { n: body?.channels?.length ?? 0 }) }),
  });
}

function One({ review }: { review: ChannelReview }) {
  const t = useMessages(messages);
  const textOf = useMatchText();
  const accounts = useAsk('GET /api/v1/accounts').data;
  const { channel, streams, confidence } = review;
  const [chosen, setChosen] = useState(() => streams.filter((one) => !one.manual && one.confidence === confidence).map(({ stream }) => stream));
  const [splitting, { open, close }] = useDisclosure();
  const confirm = useConfirm();
  const going = streams.filter(({ stream }) => chosen.includes(stream));
  const put = (stream: number, on: boolean) => setChosen(on ? [...chosen, stream] : chosen.filter((one) => one !== stream));
  const about = ({ account, group, manual, confidence: sure, reason }: Member) =>
    [manual ? textOf('put here by hand') : `${t('sure', { score: sure })}: ${textOf(reason)}`, accounts?.find(({ id }) => id === account)?.name, group];
  return (
    <Card withBorder component="article" aria-label={channel.name} padding="sm">
      <ChannelHead channel={channel} about={t('sure', { score: confidence })} />
      <ul className={classes.reviewed}>
        {streams.map((one) => (
          <li key={one.stream}>
            <Checkbox
              label={one.name}
              description={about(one).filter(Boolean).join(' · ')}
              checked={chosen.includes(one.stream)}
              onChange={(event) => put(one.stream, event.currentTarget.checked)}
            />
          </li>
        ))}
      </ul>
      <Group gap="xs" mt={6}>
        <Button
          size="xs"
          variant="light"
          leftSection={<Check size={14} />}
          loading={confirm.isPending}
          onClick={() => confirm.mutate({ body: { channels: [channel.id] } })}
        >
          {t('belong')}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<Split size={14} />}
          disabled={going.length === 0 || going.length === streams.length}
          onClick={open}
        >
          {t('splitMany', { n: going.length })}…
        </Button>
        {going.length === streams.length && (
          <Text size="xs" c="dimmed">
            {t('splitNotAll')}
          </Text>
        )}
      </Group>
      {going.length > 0 && <SplitOff channel={channel} streams={going} opened={splitting} onClose={close} onDone={() => setChosen([])} />}
    </Card>
  );
}

function AllOfPage({ reviews }: { reviews: readonly ChannelReview[] }) {
  const t = useMessages(messages);
  const confirm = useConfirm();
  if (reviews.length < 2) return null;
  return (
    <Group>
      <Button
        variant="default"
        leftSection={<CheckCheck size={16} />}
        loading={confirm.isPending}
        onClick={() => confirm.mutate({ body: { channels: reviews.map(({ channel }) => channel.id) } })}
      >
        {t('belongAll', { n: reviews.length })}
      </Button>
    </Group>
  );
}

export function Doubtful() {
  const t = useMessages(messages);
  const at = usePage();
  const found = useAsk('GET /api/v1/channel-reviews', { query: at.query });
  return (
    <Reviews at={at} found={found} about={t('doubtfulAbout')} none={t('doubtfulNone')}>
      {(reviews) => (
        <>
          {reviews.map((review) => (
            <One key={review.channel.id} review={review} />
          ))}
          <AllOfPage reviews={reviews} />
        </>
      )}
    </Reviews>
  );
}
