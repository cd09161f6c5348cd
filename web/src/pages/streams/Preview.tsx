// SPDX-License-Identifier: LGPL-2.1-or-later
// One stream alone, in the page.
import { Modal } from '@mantine/core';
import type { Stream } from '../../api/schema';
import { useMessages } from '../../i18n';
import { Player } from '../../player/Player';
import { currentOf } from '../../sessions/facts';
import { useSessions } from '../../sessions/useSessions';
import { messages } from './messages';

/** The daemon calls its session after it. */
function useSource({ id }: Stream) {
  const session = useSessions().data?.find((one) => one.channel_uuid === `preview-${id}`);
  if (!session) return undefined;
  const current = currentOf(session);
  return { label: current?.label ?? '', facts: session.facts, bitsPerSecond: current?.bits_per_second ?? 0 };
}

function Content({ stream }: { stream: Stream }) {
  const source = useSource(stream);
  return <Player path={`/play/${stream.account}/${stream.id}`} only="ts" name={stream.name} source={source} />;
}

export function Preview({ stream, onClose }: { stream: Stream | null; onClose: () => void }) {
  const t = useMessages(messages);
  return (
    <Modal
      opened={stream !== null}
      onClose={onClose}
      size="lg"
      title={stream?.name}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {stream && <Content stream={stream} />}
    </Modal>
  );
}
