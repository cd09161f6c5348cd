// SPDX-License-Identifier: LGPL-2.1-or-later
// One profile: its channels, its name, and where players get it.
import { Anchor, Button, Group, Loader, Menu, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { ArrowDown01, Ellipsis, ListX, Pencil, Plus, Trash2, Tv } from 'lucide-react';
import { askChannelIds } from '../../api/channelIds';
import type { Profile } from '../../api/schema';
import { useMessages } from '../../i18n';
import { Empty } from '../../ui/Empty';
import { Problem, useErrorText } from '../../ui/errors';
import { useNarrow } from '../../ui/useNarrow';
import { useUndo } from '../../ui/undo';
import { AddChannels } from './AddChannels';
import { MembersTable } from './Members';
import { messages } from './messages';
import { NameForm } from './NameForm';
import { useMembers } from './useMembers';

interface Props {
  profile: Profile;
  mayChange: boolean;
  onErase: () => void;
}

export function Editor({ profile, mayChange, onErase }: Props) {
  const t = useMessages(messages);
  const textOf = useErrorText();
  const undo = useUndo();
  const narrow = useNarrow();
  const members = useMembers(profile.id);
  const [adding, addition] = useDisclosure();
  const [naming, name] = useDisclosure();
  const { ids } = members;
  if (members.error) return <Problem error={members.error} onRetry={members.refetch} />;
  if (!ids) return <Loader />;

  const sort = async () => {
    try {
      const there = new Set(ids);
      const all = await askChannelIds({}); // by their numbers
      members.arrange(all.filter((id) => there.has(id)));
      undo(t('sorted'), () => {}, () => members.arrange(ids));
    } catch (error) {
      notifications.show({ color: 'red', message: textOf(error) });
    }
  };
  const takeAllOut = () => {
    members.arrange([]);
    undo(t('emptied', { n: ids.length }), () => {}, () => members.arrange(ids));
  };
  const add = mayChange && (
    <Button leftSection={<Plus size={16} />} onClick={addition.open}>
      {t('addChannels')}
    </Button>
  );
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="dimmed">
          {t('channels', { n: ids.length })} ·{' '}
          <Anchor size="sm" href={`/playlist.m3u?profile=${encodeURIComponent(profile.name)}`} download>
            {t('playlist')}
          </Anchor>
        </Text>
        <Group gap="xs">
          {ids.length > 0 && add}
          {mayChange && (
            <Menu position="bottom-end">
              <Menu.Target>
                <Button variant="default" px="xs" aria-label={t('actions')}>
                  <Ellipsis size={18} />
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item leftSection={<Pencil size={14} />} onClick={name.open}>
                  {t('rename')}
                </Menu.Item>
                <Menu.Item leftSection={<ArrowDown01 size={14} />} disabled={ids.length < 2} title={t('sortHelp')} onClick={sort}>
                  {t('sort')}
                </Menu.Item>
                <Menu.Item leftSection={<ListX size={14} />} disabled={!ids.length} onClick={takeAllOut}>
                  {t('empties')}
                </Menu.Item>
                <Menu.Divider />
                <Menu.Item color="red" leftSection={<Trash2 size={14} />} onClick={onErase}>
                  {t('erase')}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </Group>
      </Group>
      {ids.length === 0 ? (
        <Empty icon={Tv} text={t('empty')}>
          {add}
        </Empty>
      ) : (
        <MembersTable
          members={members}
          ids={ids}
          label={profile.name}
          height={narrow ? 'calc(100dvh - 320px)' : 'calc(100dvh - 260px)'}
          narrow={narrow}
          mayChange={mayChange}
        />
      )}
      <AddChannels opened={adding} onClose={addition.close} ids={ids} onAdd={(fresh) => members.add(fresh)} />
      <NameForm profile={profile} opened={naming} onClose={name.close} />
    </Stack>
  );
}
