// SPDX-License-Identifier: LGPL-2.1-or-later
// What is known of a stream, in lines: its picture and rate, and why it failed.
import { Text } from '@mantine/core';
import type { Stream } from '../api/schema';
import { useMessages } from '../i18n';
import { useFormat } from '../i18n/format';
import { pictureOf, soundOf } from './facts';
import { failureOf } from '../words/events';
import { useWords } from '../words/useWords';
import { messages } from './messages';
import type { Standing } from './useOnAir';

/** "1080p50 · H.264 · 8.2 Mbit/s · measured 2 hours ago"; of radio its sound. */
export function MeasuredLine({ facts, atMs }: Standing) {
  const t = useMessages(messages);
  const format = useFormat();
  if (!facts) return null;
  const told = [
    ...(facts.video ? [pictureOf(facts, format), facts.video.codec] : [soundOf(facts)]),
    facts.bits_per_second > 0 && format.rate(facts.bits_per_second),
    atMs === undefined ? t('measuredNow') : t('measured', { ago: format.ago(atMs) }),
  ];
  return (
    <Text size="xs" c="dimmed" title={atMs === undefined ? undefined : format.moment(atMs)}>
      {told.filter(Boolean).join(' · ')}
    </Text>
  );
}

export function FailureLine({ failure }: { failure: NonNullable<Stream['last_failure']> }) {
  const t = useMessages(messages);
  const format = useFormat();
  const words = useWords();
  return (
    <Text size="xs" c="dimmed" title={failure.reason}>
      {t('lastFailure', { ago: format.ago(failure.at_ms), why: failureOf(failure.failure, words) })}
    </Text>
  );
}
