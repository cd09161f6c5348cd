// SPDX-License-Identifier: LGPL-2.1-or-later
// All users, and what each may.
import { ActionIcon, Badge, Button, Card, Group, Loader, Modal, Stack, Text } from '@mantine/core';
import { Cable, Pencil, Plus, Users } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { useAsk } from '../../api/hooks';
import type { Profile, User } from '../../api/schema';
import { useMessages } from '../../i18n';
import { Empty } from '../../ui/Empty';
import { Problem } from '../../ui/errors';
import { messages } from './messages';
import { UserForm } from './UserForm';

const kRoleColors = { viewer: 'gray', operator: 'blue', administrator: 'cyan' } as const;

function Row({ user, profiles, onEdit }: { user: User; profiles: readonly Profile[]; onEdit: () => void }) {
  const t = useMessages(messages);
  const seen = user.profiles?.map((id) => profiles.find((profile) => profile.id === id)?.name ?? `#${id}`);
  const facts = [
    [t('channels'), seen ? seen.join(', ') || '—' : t('allChannels')],
    [t('streams'), user.streams || t('anyNumber')],
    [t('networks'), user.networks.join(', ') || t('anywhere')],
  ];
  return (
    <Card withBorder padding="sm" component="li">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Stack gap={4} miw={0}>
          <Group gap="xs">
            <Text fw={600} c={user.enabled ? undefined : 'dimmed'}>
              {user.name}
            </Text>
            <Badge variant="light" color={kRoleColors[user.role]} tt="none">
              {t(user.role)}
            </Badge>
            {!user.enabled && (
              <Badge variant="light" color="orange" tt="none">
                {t('disabled')}
              </Badge>
            )}
          </Group>
          <Group gap="0 var(--mantine-spacing-md)">
            {facts.map(([label, value]) => (
              <Text key={label} size="sm">
                <Text span c="dimmed" size="sm">
                  {label}:{' '}
                </Text>
                {value}
              </Text>
            ))}
          </Group>
        </Stack>
        <Group gap={4} wrap="nowrap">
          <ActionIcon
            component={Link}
            href={`/connect?user=${user.id}`}
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('connect', { name: user.name })}
            title={t('connect', { name: user.name })}
          >
            <Cable size={18} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('edit', { name: user.name })}
            title={t('edit', { name: user.name })}
            onClick={onEdit}
          >
            <Pencil size={18} />
          </ActionIcon>
        </Group>
      </Group>
    </Card>
  );
}

export function People() {
  const t = useMessages(messages);
  const users = useAsk('GET /api/v1/users');
  const { data: profiles, ...views } = useAsk('GET /api/v1/profiles');
  const [edited, setEdited] = useState<number | 'new'>();
  const close = () => setEdited(undefined);
  const problem = users.error ?? views.error;
  if (problem) return <Problem error={problem} onRetry={() => (users.refetch(), views.refetch())} />;
  if (!users.data || !profiles) return <Loader />;
  const user = users.data.find(({ id }) => id === edited);
  const add = (
    <Button leftSection={<Plus size={16} />} onClick={() => setEdited('new')}>
      {t('add')}
    </Button>
  );
  return (
    <>
      {users.data.length === 0 ? (
        <Empty icon={Users} text={t('none')}>
          {add}
        </Empty>
      ) : (
        <Stack gap="sm">
          <Group>{add}</Group>
          <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            {users.data.map((one) => (
              <Row key={one.id} user={one} profiles={profiles} onEdit={() => setEdited(one.id)} />
            ))}
          </Stack>
        </Stack>
      )}
      <Modal
        opened={edited === 'new' || user !== undefined}
        onClose={close}
        size="lg"
        title={user ? t('edit', { name: user.name }) : t('addTitle')}
      >
        <UserForm user={user} profiles={profiles} onDone={close} />
      </Modal>
    </>
  );
}
