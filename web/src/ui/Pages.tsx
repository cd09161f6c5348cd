// SPDX-License-Identifier: LGPL-2.1-or-later
// Leads through a list that is shown a page at a time; nothing where there is one page.
import { Pagination } from '@mantine/core';
import { defineMessages, useMessages } from '../i18n';

const messages = defineMessages(
  { previous: 'The page before', next: 'The next page' },
  { previous: 'La página anterior', next: 'La página siguiente' },
);

export function Pages({ total, page, onChange }: { total: number; page: number; onChange: (page: number) => void }) {
  const t = useMessages(messages);
  if (total < 2) return null;
  return (
    <Pagination
      total={total}
      value={Math.min(page, total)}
      onChange={onChange}
      getControlProps={(control) => ({ 'aria-label': t(control === 'previous' ? 'previous' : 'next') })}
    />
  );
}
