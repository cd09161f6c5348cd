// SPDX-License-Identifier: LGPL-2.1-or-later
// One stream alone, in the page.
import { Modal } from '@mantine/core';
import type { Stream } from '../../api/schema';
import { useMessages } from '../../i18n';
import { Player } from '../../player/Player';
import { sourceOf } from '../../sessions/facts';
import { useSessions } from '../../sessions/useSessions';
import { messages } from './messages';

function Content({ stream }: { stream: Stream }) {
  // The daemon calls its session after it.
  const session = useSessions().data?.find((one) => one.channel_uuid === `preview-${stream.id}`);
  return <Player path={`/play/${stream.account}/${stream.id}`} only="ts" name={stream.name} source={sourceOf(session)} />;
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
