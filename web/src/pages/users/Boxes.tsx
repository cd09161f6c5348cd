// SPDX-License-Identifier: LGPL-2.1-or-later
// MAG boxes and what acts as one: they show a MAC address, and watch as a user.
import { Button, Card, Group, Loader, Modal, Stack, Switch, Text } from '@mantine/core';
import { Box, Plus } from 'lucide-react';
import { useState } from 'react';
import { useAsk, useChange } from '../../api/hooks';
import type { Device, User } from '../../api/schema';
import { useMessages } from '../../i18n';
import { useFormat } from '../../i18n/format';
import { Empty } from '../../ui/Empty';
import { Problem } from '../../ui/errors';
import { useLeaving } from '../../ui/useLeaving';
import { BoxForm, kBoxRefreshes } from './BoxForm';
import { messages } from './messages';

interface RowProps {
  box: Device;
  user?: User;
  onEdit: () => void;
  onErase: () => void;
}

function Row({ box, user, onEdit, onErase }: RowProps) {
  const t = useMessages(messages);
  const format = useFormat();
  const path = { device: box.id };
  const change = useChange('PATCH /api/v1/devices/{device}', { refreshes: kBoxRefreshes });
  const seen = box.seen ? t('boxSeen', { when: format.ago(box.seen * 1000) }) : t('boxNeverSeen');
  return (
    <Card withBorder padding="sm" component="li">
      <Group justify="space-between">
        <Stack gap={2}>
          <Text fw={600} c={box.enabled ? undefined : 'dimmed'}>
            {box.name}
          </Text>
          <Text size="sm" c="dimmed">
            <Text span ff="monospace" size="sm">
              {box.mac}
            </Text>{' '}
            · {t('boxOf', { name: user?.name ?? `#${box.user}` })} · {seen}
          </Text>
        </Stack>
        <Group gap="xs">
          <Switch
            aria-label={`${t('boxEnabled')}: ${box.name}`}
            title={t('boxEnabled')}
            checked={box.enabled}
            onChange={({ currentTarget: { checked } }) => change.mutate({ path, body: { enabled: checked } })}
          />
          <Button size="xs" variant="default" aria-label={t('edit', { name: box.name })} onClick={onEdit}>
            {t('change')}
          </Button>
          <Button size="xs" variant="subtle" color="red" aria-label={`${t('boxDelete')}: ${box.name}`} onClick={onErase}>
            {t('boxDelete')}
          </Button>
        </Group>
      </Group>
    </Card>
  );
}

export function Boxes() {
  const t = useMessages(messages);
  const boxes = useAsk('GET /api/v1/devices');
  const { data: users, ...people } = useAsk('GET /api/v1/users');
  const [edited, setEdited] = useState<number | 'new'>();
  const { leaving, takeAway } = useLeaving('box');
  const erase = useChange('DELETE /api/v1/devices/{device}', { refreshes: kBoxRefreshes });
  const close = () => setEdited(undefined);
  const problem = boxes.error ?? people.error;
  if (problem) return <Problem error={problem} onRetry={() => (boxes.refetch(), people.refetch())} />;
  if (!boxes.data || !users) return <Loader />;
  const shown = boxes.data.filter(({ id }) => !leaving.has(id));
  const box = shown.find(({ id }) => id === edited);
  const eraseSoon = ({ id, name }: Device) =>
    takeAway([id], t('boxDeleted', { name }), () => erase.mutateAsync({ path: { device: id } }));
  const add = (
    <Button leftSection={<Plus size={16} />} disabled={users.length === 0} onClick={() => setEdited('new')}>
      {t('addBox')}
    </Button>
  );
  return (
    <>
      {shown.length === 0 ? (
        <Empty icon={Box} text={t(users.length ? 'noBoxes' : 'noBoxesNoUsers')}>
          {add}
        </Empty>
      ) : (
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('boxesAbout')}
          </Text>
          <Group>{add}</Group>
          <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            {shown.map((one) => (
              <Row
                key={one.id}
                box={one}
                user={users.find(({ id }) => id === one.user)}
                onEdit={() => setEdited(one.id)}
                onErase={() => eraseSoon(one)}
              />
            ))}
          </Stack>
        </Stack>
      )}
      <Modal opened={edited === 'new' || box !== undefined} onClose={close} title={box ? t('edit', { name: box.name }) : t('addBox')}>
        <BoxForm box={box} users={users} onDone={close} />
      </Modal>
    </>
  );
}
