// SPDX-License-Identifier: LGPL-2.1-or-later
// The sources of a session in their order; any of them can be put on air.
import { ActionIcon, Badge, Group, Text, Tooltip } from '@mantine/core';
import { ArrowRightLeft } from 'lucide-react';
import { useChange } from '../api/hooks';
import type { Session } from '../api/schema';
import { useMessages } from '../i18n';
import { useFormat } from '../i18n/format';
import { failureOf } from '../words/events';
import { useWords } from '../words/useWords';
import classes from './Session.module.css';
import { messages } from './messages';
import { kFelt } from './useOnAir';

type Candidate = Session['candidates'][number];

function Figures({ candidate, current }: { candidate: Candidate; current: boolean }) {
  const t = useMessages(messages);
  const format = useFormat();
  const words = useWords();
  const parts = [
    current && candidate.bits_per_second > 0 && format.rate(candidate.bits_per_second),
    candidate.failures > 0 && t('failures', { n: candidate.failures }),
    failureOf(candidate.last_failure, words),
    candidate.continuity_errors > 0 && t('continuity', { n: candidate.continuity_errors }),
  ].filter(Boolean);
  return (
    <Text size="xs" c="dimmed">
      {parts.join(' · ')}
    </Text>
  );
}

export function Candidates({ session }: { session: Session }) {
  const t = useMessages(messages);
  const format = useFormat();
  const change = useChange('POST /api/v1/sessions/{session}/switch', { refreshes: ['/api/v1/sessions'] });
  return (
    <ul className={classes.rows}>
      {session.candidates.map((candidate) => {
        const current = candidate.id === session.current;
        return (
          <li key={candidate.id} className={classes.row} data-current={current || undefined}>
            <div className={classes.grow}>
              <Group gap={6}>
                <Text size="sm" fw={current ? 600 : 400}>
                  {candidate.label}
                </Text>
                {current && (
                  <Badge size="xs" color="teal" variant="light">
                    {t('current')}
                  </Badge>
                )}
                {candidate.penalty >= kFelt && (
                  <Tooltip label={t('penalty', { value: format.number(candidate.penalty, 1) })} multiline maw={240}>
                    <Badge size="xs" color="orange" variant="light" tabIndex={0}>
                      −{format.number(candidate.penalty, 1)}
                    </Badge>
                  </Tooltip>
                )}
              </Group>
              <Figures candidate={candidate} current={current} />
            </div>
            {!current && (
              <Tooltip label={t('switchTo', { name: candidate.label })}>
                <ActionIcon
                  variant="subtle"
                  aria-label={t('switchTo', { name: candidate.label })}
                  onClick={() => change.mutate({ path: { session: session.id }, body: { candidate: candidate.id } })}
                >
                  <ArrowRightLeft size={16} />
                </ActionIcon>
              </Tooltip>
            )}
          </li>
        );
      })}
    </ul>
  );
}
