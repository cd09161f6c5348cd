// SPDX-License-Identifier: LGPL-2.1-or-later
// A refresh that runs, with a bar; and how it ended.
import { Alert, Button, Text } from '@mantine/core';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useChange } from '../../api/hooks';
import { useMessages } from '../../i18n';
import { RefreshBar } from '../../ui/RefreshBar';
import { troubleOf } from '../../words/refreshes';
import { useWords } from '../../words/useWords';
import { messages } from './messages';
import type { Progress, Report } from './progress';

export function ReportLine({ report }: { report: Report }) {
  const t = useMessages(messages);
  const parts = (['added', 'changed', 'vanished', 'faults'] as const).filter((name) => report[name] > 0);
  return [t('listed', { n: report.listed }), ...parts.map((name) => t(name, { n: report[name] }))].join(', ');
}

/** That nothing was changed, why, and what to do about it. */
export function Objected({ message, onAccept }: { message: string; onAccept: () => void }) {
  const t = useMessages(messages);
  return (
    <Alert color="orange" icon={<TriangleAlert size={18} />} title={t('objected')} role="alert">
      <Text size="sm">{message}</Text>
      <Text size="sm">{t('acceptHelp')}</Text>
      <Button mt="xs" size="xs" color="orange" onClick={onAccept}>
        {t('accept')}
      </Button>
    </Alert>
  );
}

export function RefreshProgress({ account, progress, onAccept }: { account: number; progress: Progress | null; onAccept: () => void }) {
  const t = useMessages(messages);
  const words = useWords();
  const cancel = useChange('DELETE /api/v1/accounts/{id}/refresh');
  if (!progress) return null;
  if (progress.stage === 'running') return <RefreshBar {...progress} onCancel={() => cancel.mutate({ path: { id: account } })} />;
  const { outcome, report } = progress;
  const message = troubleOf(progress, words) ?? progress.message;
  if (outcome === 'failed')
    return (
      <Alert color="red" icon={<TriangleAlert size={18} />} title={t('readFailed')} role="alert">
        <Text size="sm" fw={600}>
          {message}
        </Text>
        <Text size="sm">{t('readFailedHelp')}</Text>
      </Alert>
    );
  if (outcome === 'objected') return <Objected message={message} onAccept={onAccept} />;
  return (
    <Alert color="teal" icon={<CircleCheck size={18} />} role="status">
      {outcome === 'unchanged' || !report ? t('unchanged') : <ReportLine report={report} />}
      {message && <Text size="sm">{message}</Text>}
    </Alert>
  );
}
