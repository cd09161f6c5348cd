// SPDX-License-Identifier: LGPL-2.1-or-later
// What waits for a decision, a page at a time.
import { Group, Loader, Stack, Text } from '@mantine/core';
import { CircleCheck } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { Empty } from './Empty';
import { Problem } from './errors';
import { Pages } from './Pages';

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
  /** What can be done besides, also where there is nothing to decide. */
  actions?: ReactNode;
  children: (rows: readonly Row[]) => ReactNode;
}

export function Reviews<Row>({ at: { page, setPage }, found, about, none, actions, children }: Props<Row>) {
  const pages = found.data && Math.ceil(found.data.total / kPage);
  useEffect(() => {
    if (pages && page > pages) setPage(pages); // the last one was decided away
  }, [page, pages, setPage]);
  if (found.error) return <Problem error={found.error} onRetry={found.refetch} />;
  if (!found.data) return <Loader />;
  if (!pages)
    return (
      <Empty icon={CircleCheck} text={none}>
        {actions}
      </Empty>
    );
  return (
    <Stack maw={900}>
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed" flex={1} miw={220}>
          {about}
        </Text>
        {actions}
      </Group>
      {children(found.data.items)}
      <Pages total={pages} page={page} onChange={setPage} />
    </Stack>
  );
}
