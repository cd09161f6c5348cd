// SPDX-License-Identifier: LGPL-2.1-or-later
// All that the guide tells of a programme.
import { Button, Drawer, Group, Loader, Stack, Text } from '@mantine/core';
import { CalendarSearch, Play } from 'lucide-react';
import { Link } from 'wouter';
import { useAsk } from '../../api/hooks';
import { useMessages } from '../../i18n';
import { useFormat } from '../../i18n/format';
import { Problem } from '../../ui/errors';
import type { Chosen } from './Grid';
import { messages } from './messages';

const kAMoment = 1; // second

/** What the grid leaves out. */
function Told({ row, programme }: Chosen) {
  const t = useMessages(messages);
  const { channel } = row;
  const { start } = programme;
  const found = useAsk('GET /api/v1/channels/{channel}/programmes', {
    path: { channel },
    query: { from: start, until: start + kAMoment },
  });
  if (found.error) return <Problem error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <Loader size="sm" />;
  const whole = found.data.find((one) => one.start === start);
  return (
    <>
      {whole?.subtitle && <Text fw={500}>{whole.subtitle}</Text>}
      <Text size="sm" style={{ whiteSpace: 'pre-line' }} c={whole?.description ? undefined : 'dimmed'}>
        {whole?.description || t('noDetails')}
      </Text>
    </>
  );
}

interface Props {
  chosen: Chosen | null;
  onClose: () => void;
  /** Shows in the grid what was found. */
  onShow: (chosen: Chosen) => void;
}

export function ProgrammeDetails({ chosen, onClose, onShow }: Props) {
  const t = useMessages(messages);
  const format = useFormat();
  return (
    <Drawer
      opened={chosen !== null}
      onClose={onClose}
      position="right"
      title={chosen && <Text fw={600}>{chosen.programme.title}</Text>}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {chosen && (
        <Stack>
          <Text size="sm" c="dimmed">
            {[chosen.row.number, chosen.row.name].filter(Boolean).join(' · ')}
            <br />
            {format.day(chosen.programme.start * 1000)}, {format.minute(chosen.programme.start * 1000)} –{' '}
            {format.minute(chosen.programme.stop * 1000)}
          </Text>
          {chosen.row.guided ? (
            <Told {...chosen} />
          ) : (
            <Text size="sm" c="dimmed">
              {t('made')}
            </Text>
          )}
          <Group>
            <Button component={Link} href={`/watch/${chosen.row.channel}`} leftSection={<Play size={16} />}>
              {t('watch')}
            </Button>
            {chosen.found && (
              <Button variant="default" leftSection={<CalendarSearch size={16} />} onClick={() => onShow(chosen)}>
                {t('showInGrid')}
              </Button>
            )}
          </Group>
        </Stack>
      )}
    </Drawer>
  );
}
