// SPDX-License-Identifier: LGPL-2.1-or-later
// Channels whose guide a person should choose.
import { Alert, Button, Card, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { CircleCheck, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useAsk, useChange } from '../../api/hooks';
import type { GuideReview } from '../../api/schema';
import { useMessages } from '../../i18n';
import { Empty } from '../../ui/Empty';
import { Problem } from '../../ui/errors';
import { Pages } from '../../ui/Pages';
import { ChannelLogo } from '../../ui/ChannelLogo';
import { useMatchText } from '../../words/matches';
import { GuideChoice, useGuideNames } from './GuideChoice';
import { messages } from './messages';

const kPage = 20;
const kLike = 10; // ids that have another one in them
const kConcerned = ['/api/v1/channels', '/api/v1/guide-reviews', '/api/v1/guide-grid'];

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

function One({ review }: { review: GuideReview }) {
  const t = useMessages(messages);
  const nameOf = useGuideNames();
  const matchText = useMatchText();
  const channel = useAsk('GET /api/v1/channels/{channel}', { path: { channel: review.channel } }).data;
  const change = useChange('PATCH /api/v1/channels/{channel}', {
    refreshes: kConcerned,
    onDone: ({ name }) => notifications.show({ color: 'teal', message: t('decided', { name }) }),
  });
  if (!channel) return <Loader size="sm" />;
  const { id, name, number, group, logo } = channel;
  const decide = (link: Link | null) =>
    change.mutate({ path: { channel: id }, body: { guide: link && { source: link.source, channel: link.channel } } });
  return (
    <Card withBorder component="article" aria-label={name} padding="sm">
      <Group wrap="nowrap" mb={6}>
        <ChannelLogo of={`channels/${id}`} logo={logo} name={name} size={36} />
        <div>
          <Title order={2} size="h5">
            {[number, name].filter(Boolean).join(' · ')}
          </Title>
          <Text size="xs" c="dimmed">
            {[group, matchText(review.reason)].filter(Boolean).join(' · ')}
          </Text>
        </div>
      </Group>
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

export function Review() {
  const t = useMessages(messages);
  const [page, setPage] = useState(1);
  const reviews = useAsk('GET /api/v1/guide-reviews', { query: { sort: 'number', limit: kPage, offset: (page - 1) * kPage } });
  const match = useChange('POST /api/v1/guides/match', {
    refreshes: kConcerned,
    onDone: ({ linked }) => notifications.show({ message: t('matched', { n: linked }) }),
  });
  if (reviews.error) return <Problem error={reviews.error} onRetry={() => reviews.refetch()} />;
  if (!reviews.data) return <Loader />;
  const { items, total } = reviews.data;
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
  if (total === 0)
    return (
      <Empty icon={CircleCheck} text={t('reviewNone')}>
        {again}
      </Empty>
    );
  return (
    <Stack maw={820}>
      <Alert variant="light" color="gray">
        <Group justify="space-between" gap="sm">
          <Text size="sm" flex={1} miw={220}>
            {t('reviewAbout')}
          </Text>
          {again}
        </Group>
      </Alert>
      {items.map((review) => (
        <One key={review.channel} review={review} />
      ))}
      <Pages total={Math.ceil(total / kPage)} page={page} onChange={setPage} />
    </Stack>
  );
}
