// SPDX-License-Identifier: LGPL-2.1-or-later
// How an account stands.
import { Badge } from '@mantine/core';
import type { Account } from '../../api/schema';
import { useMessages } from '../../i18n';
import { messages, type AccountState } from './messages';

const kColors: Record<AccountState, string> = { good: 'teal', failed: 'red', new: 'gray', objected: 'orange' };

export function StateBadge({ account, running }: { account: Account; running: boolean }) {
  const t = useMessages(messages);
  const state = account.state.state as AccountState;
  return (
    <Badge variant="light" color={running ? 'blue' : kColors[state]}>
      {running ? t('refreshing') : t(state)}
    </Badge>
  );
}
