// SPDX-License-Identifier: LGPL-2.1-or-later
// Channels whose guide a person should choose.
import { Button, Card, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { RefreshCw } from 'lucide-react';
import { kOfChannels } from '../../api/concerned';
import { useAsk, useChange } from '../../api/hooks';
import type { Channel, GuideReview } from '../../api/schema';
import { useMessages } from '../../i18n';
import { Asked } from '../../ui/Asked';
import { ChannelHead } from '../../ui/ChannelHead';
import { Reviews, usePage } from '../../ui/Reviews';
import { useMatchText } from '../../words/matches';
import { GuideChoice, useGuideNames } from './GuideChoice';
import { messages } from './messages';

const kLike = 10; // ids that have another one in them

type Link = { source: number; channel: string };

type Candidate = GuideReview['candidates'][number];

/** As the guide calls it, where it has a name for it. */
function CandidateName({ candidate: { source, channel } }: { candidate: Candidate }) {
  const found = useAsk('GET /api/v1/guide-channels', { query: { guide: source, q: channel, limit: kLike } });
  const name = found.data?.items.find((one) => one.channel === channel)?.names[0];
  return (
    <Text size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>
      {name ? `${name} · ${channel}` : channel}
    </Text>
  );
}

function Decision({ channel, review }: { channel: Channel; review: GuideReview }) {
  const t = useMessages(messages);
  const nameOf = useGuideNames();
  const matchText = useMatchText();
  const change = useChange('PATCH /api/v1/channels/{channel}', {
    refreshes: kOfChannels,
    onDone: ({ name }) => notifications.show({ color: 'teal', message: t('decided', { name }) }),
  });
  const decide = (link: Link | null) =>
    change.mutate({ path: { channel: channel.id }, body: { guide: link && { source: link.source, channel: link.channel } } });
  return (
    <Card withBorder component="article" aria-label={channel.name} padding="sm">
      <ChannelHead channel={channel} about={matchText(review.reason)} />
      <Stack gap={6}>
        {review.candidates.map((candidate) => (
          <Group key={`${candidate.source} ${candidate.channel}`} justify="space-between" wrap="nowrap" gap="xs">
            <div style={{ minWidth: 0 }}>
              <CandidateName candidate={candidate} />
              <Text size="xs" c="dimmed">
                {[t('sure', { score: candidate.score }), nameOf(candidate.source), matchText(candidate.reason)].filter(Boolean).join(' · ')}
              </Text>
            </div>
            <Button
              size="xs"
              variant="light"
              aria-label={t('choose', { name: candidate.channel })}
              loading={change.isPending}
              onClick={() => decide(candidate)}
              style={{ flex: 'none' }}
            >
              {t('take')}
            </Button>
          </Group>
        ))}
        <Group gap="xs" mt={4} align="flex-end">
          <GuideChoice label={t('other')} onChosen={decide} />
          <Button variant="default" loading={change.isPending} onClick={() => decide(null)}>
            {t('noGuide')}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}

function One({ review }: { review: GuideReview }) {
  const channel = useAsk('GET /api/v1/channels/{channel}', { path: { channel: review.channel } });
  return <Asked of={channel}>{(known) => <Decision channel={known} review={review} />}</Asked>;
}

export function Review() {
  const t = useMessages(messages);
  const at = usePage();
  const found = useAsk('GET /api/v1/guide-reviews', { query: { sort: 'number', ...at.query } });
  const match = useChange('POST /api/v1/guides/match', {
    refreshes: kOfChannels,
    onDone: ({ linked }) => notifications.show({ message: t('matched', { n: linked }) }),
  });
  const again = (
    <Button
      variant="default"
      leftSection={<RefreshCw size={16} />}
      loading={match.isPending}
      onClick={() => match.mutate({ body: { channels: [] } })}
    >
      {t('matchAgain')}
    </Button>
  );
  return (
    <Reviews at={at} found={found} about={t('reviewAbout')} none={t('reviewNone')} actions={again}>
      {(reviews) => reviews.map((review) => <One key={review.channel} review={review} />)}
    </Reviews>
  );
}
