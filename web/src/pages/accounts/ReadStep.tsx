// SPDX-License-Identifier: LGPL-2.1-or-later
// Second step of a new account: its list is read.
import { Button, Group, Stack } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useMessages } from '../../i18n';
import { messages } from './messages';
import { isRunning, useProgress } from './progress';
import { RefreshProgress } from './RefreshProgress';

interface Props {
  account: number;
  onBack: () => void;
  onRead: () => void;
}

export function ReadStep({ account, onBack, onRead }: Props) {
  const t = useMessages(messages);
  const { progress, begin } = useProgress(account);
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    begin();
  });
  const good = progress?.stage === 'over' && (progress.outcome === 'done' || progress.outcome === 'unchanged');
  return (
    <Stack>
      <RefreshProgress account={account} progress={progress} onAccept={() => begin(true)} />
      <Group justify="space-between">
        <Button variant="default" disabled={isRunning(progress)} onClick={onBack}>
          {t('change')}
        </Button>
        <Button disabled={!good} onClick={onRead}>
          {t('toGroups')}
        </Button>
      </Group>
    </Stack>
  );
}
