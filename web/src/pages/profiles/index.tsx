// SPDX-License-Identifier: LGPL-2.1-or-later
// Profiles: named parts of the channels, each in an order of its own.
import { Button, Loader, Tabs } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ListVideo, Plus } from 'lucide-react';
import { useLocation } from 'wouter';
import { useAsk, useChange } from '../../api/hooks';
import type { Profile } from '../../api/schema';
import type { PageProps } from '../../app/pages';
import { mayDo, useSession } from '../../app/session';
import { useMessages } from '../../i18n';
import { Empty } from '../../ui/Empty';
import { Problem } from '../../ui/errors';
import { PageHead } from '../../ui/PageHead';
import { useLeaving } from '../../ui/useLeaving';
import { Editor } from './Editor';
import { messages } from './messages';
import { NameForm } from './NameForm';

export default function Profiles({ params }: PageProps) {
  const t = useMessages(messages);
  const [, go] = useLocation();
  const mayChange = mayDo(useSession().me, 'operator');
  const profiles = useAsk('GET /api/v1/profiles');
  const [adding, { open, close }] = useDisclosure();
  const { leaving, takeAway } = useLeaving('profile');
  const erase = useChange('DELETE /api/v1/profiles/{profile}', { refreshes: ['/api/v1/profiles', '/api/v1/users'] });
  if (profiles.error) return <Problem error={profiles.error} onRetry={() => profiles.refetch()} />;
  if (!profiles.data) return <Loader />;

  const shown = profiles.data.filter(({ id }) => !leaving.has(id));
  const current = shown.find(({ id }) => id === Number(params.profile)) ?? shown[0];
  const eraseSoon = ({ id, name }: Profile) => {
    go('/profiles');
    takeAway([id], t('erased', { name }), () => erase.mutateAsync({ path: { profile: id } }));
  };
  const add = mayChange && (
    <Button variant={current ? 'default' : 'filled'} leftSection={<Plus size={16} />} onClick={open}>
      {t('add')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('title')} about={t('about')}>
        {current && add}
      </PageHead>
      <NameForm opened={adding} onClose={close} onDone={({ id }) => go(`/profiles/${id}`)} />
      {current ? (
        <Tabs value={String(current.id)} onChange={(id) => go(`/profiles/${id}`)} keepMounted={false}>
          <Tabs.List mb="md" aria-label={t('profile')}>
            {shown.map(({ id, name }) => (
              <Tabs.Tab key={id} value={String(id)}>
                {name}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value={String(current.id)}>
            <Editor key={current.id} profile={current} mayChange={mayChange} onErase={() => eraseSoon(current)} />
          </Tabs.Panel>
        </Tabs>
      ) : (
        <Empty icon={ListVideo} text={t('none')}>
          {add}
        </Empty>
      )}
    </>
  );
}
