// SPDX-License-Identifier: LGPL-2.1-or-later
// What there is to say of a stream in a word.
import { Badge } from '@mantine/core';
import { useMessages } from '../../i18n';
import { useFormat } from '../../i18n/format';
import type { Stream } from '../../api/schema';
import { standingOf, type Live } from '../../sessions/useOnAir';
import { messages } from './messages';

export function Marks({ stream, live }: { stream: Stream; live?: Live }) {
  const t = useMessages(messages);
  const format = useFormat();
  const { penalty } = standingOf(stream, live);
  const marks: [string, string][] = [];
  if (live?.onAir) marks.push(['teal', t('onAir')]);
  if (penalty > 0) marks.push(['orange', t('penalty', { value: format.number(penalty, 1) })]);
  if (stream.missing_since !== null) marks.push(['red', t('missingBadge')]);
  if (stream.adult) marks.push(['grape', t('adult')]);
  return marks.map(([color, text]) => (
    <Badge key={text} size="xs" variant="light" color={color} style={{ flex: 'none' }}>
      {text}
    </Badge>
  ));
}
