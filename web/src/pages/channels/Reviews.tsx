// SPDX-License-Identifier: LGPL-2.1-or-later
// What the two reviews of channels have in common: a list a page at a time, and the head of a channel in it.
import { Anchor, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { CircleCheck } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { Channel } from '../../api/schema';
import { ChannelLogo } from '../../ui/ChannelLogo';
import { Empty } from '../../ui/Empty';
import { Problem } from '../../ui/errors';
import { Pages } from '../../ui/Pages';

const kPage = 20;

/** Which page is asked for. */
export function usePage() {
  const [page, setPage] = useState(1);
  return { page, setPage, query: { limit: kPage, offset: (page - 1) * kPage } };
}

interface Props<Row> {
  at: ReturnType<typeof usePage>;
  found: { data?: { items: readonly Row[]; total: number }; error: Error | null; refetch: () => void };
  about: string;
  none: string;
  children: (rows: readonly Row[]) => ReactNode;
}

export function Reviews<Row>({ at: { page, setPage }, found, about, none, children }: Props<Row>) {
  const pages = found.data && Math.ceil(found.data.total / kPage);
  useEffect(() => {
    if (pages && page > pages) setPage(pages); // the last one was decided away
  }, [page, pages, setPage]);
  if (found.error) return <Problem error={found.error} onRetry={found.refetch} />;
  if (!found.data || !pages) return found.data ? <Empty icon={CircleCheck} text={none} /> : <Loader />;
  return (
    <Stack maw={900}>
      <Text size="sm" c="dimmed">
        {about}
      </Text>
      {children(found.data.items)}
      <Pages total={pages} page={page} onChange={setPage} />
    </Stack>
  );
}

export function ChannelHead({ channel, about }: { channel: Channel; about: string }) {
  const { id, number, name, group, logo } = channel;
  return (
    <Group wrap="nowrap" gap="sm" mb={6} style={{ minWidth: 0 }}>
      <ChannelLogo of={`channels/${id}`} logo={logo} name={name} size={36} />
      <div style={{ minWidth: 0 }}>
        <Title order={2} size="h5" style={{ overflowWrap: 'anywhere' }}>
          <Anchor component={Link} href={`/channels/${id}`} inherit c="inherit">
            {[number, name].filter(Boolean).join(' · ')}
          </Anchor>
        </Title>
        <Text size="xs" c="dimmed">
          {[group, about].filter(Boolean).join(' · ')}
        </Text>
      </div>
    </Group>
  );
}
