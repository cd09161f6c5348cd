// SPDX-License-Identifier: LGPL-2.1-or-later
// One's own login: password, stream token, sessions.
import { Alert, Button, Card, Group, PasswordInput, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { Cable } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { Link } from 'wouter';
import { useChange } from '../../api/hooks';
import { useSession } from '../../app/session';
import { useMessages } from '../../i18n';
import { ConfirmButton } from '../../ui/ConfirmButton';
import { CopyField } from '../../ui/CopyField';
import { useErrorText } from '../../ui/errors';
import { useFields } from '../../ui/fields';
import { PageHead } from '../../ui/PageHead';
import { messages } from '../users/messages';

function PasswordCard() {
  const t = useMessages(messages);
  const textOf = useErrorText();
  const { values, set, reset } = useFields({ old: '', new: '', repeat: '' });
  const [problem, setProblem] = useState('');
  const change = useChange('PUT /api/v1/me/password', {
    onDone: () => {
      reset();
      notifications.show({ color: 'teal', message: t('passwordChanged') });
    },
    onError: (error) => setProblem(textOf(error)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (values.new !== values.repeat) return setProblem(t('different'));
    setProblem('');
    change.mutate({ body: { old: values.old, new: values.new } });
  };
  const input = (field: keyof typeof values) => ({
    required: true,
    autoComplete: field === 'old' ? 'current-password' : 'new-password',
    value: values[field],
    onChange: (event: { currentTarget: HTMLInputElement }) => set(field, event.currentTarget.value),
  });
  return (
    <Card withBorder component="section" aria-label={t('changePassword')}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Title order={2} size="h4">
            {t('changePassword')}
          </Title>
          <PasswordInput label={t('oldPassword')} {...input('old')} />
          <PasswordInput label={t('newPassword')} description={t('passwordHelp')} minLength={8} {...input('new')} />
          <PasswordInput label={t('repeat')} {...input('repeat')} />
          {problem && (
            <Alert color="red" role="alert">
              {problem}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button type="submit" loading={change.isPending}>
              {t('changePassword')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

export default function Me() {
  const t = useMessages(messages);
  const client = useQueryClient();
  const { me, leaveEverywhere } = useSession();
  const renew = useChange('POST /api/v1/me/stream-token', {
    onDone: () => {
      client.invalidateQueries({ queryKey: ['beginning'] });
      notifications.show({ color: 'teal', message: t('renewed') });
    },
  });
  if (!me.user) return <PageHead title={t('meTitle')} about={t('meNone')} />;
  return (
    <>
      <PageHead title={t('meTitle')} about={t('meAbout', { name: me.name, role: t(me.role) })} />
      <SimpleGrid cols={{ base: 1, md: 2 }} style={{ alignItems: 'start' }}>
        <PasswordCard />
        <Stack>
          <Card withBorder component="section" aria-label={t('token')}>
            <Stack gap="sm">
              <CopyField label={t('token')} description={t('meTokenHelp')} value={me.user.stream_token} />
              <Group justify="space-between">
                <Button component={Link} href="/connect" variant="default" leftSection={<Cable size={16} />}>
                  {t('players')}
                </Button>
                <ConfirmButton variant="default" question={t('renewAsk')} onConfirmed={() => renew.mutate({})}>
                  {t('renew')}
                </ConfirmButton>
              </Group>
            </Stack>
          </Card>
          <Card withBorder component="section" aria-label={t('sessions')}>
            <Stack gap="sm">
              <Title order={2} size="h4">
                {t('sessions')}
              </Title>
              <Text size="sm" c="dimmed">
                {t('sessionsAbout')}
              </Text>
              <Group justify="flex-end">
                <ConfirmButton variant="default" question={t('meLogOutAsk')} onConfirmed={leaveEverywhere}>
                  {t('logOutEverywhere')}
                </ConfirmButton>
              </Group>
            </Stack>
          </Card>
        </Stack>
      </SimpleGrid>
    </>
  );
}
