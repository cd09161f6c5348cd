// SPDX-License-Identifier: LGPL-2.1-or-later
// One channel: what viewers see of it, and the streams behind it.
import { Button, Card, Grid, Group, Loader, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { History, Play, Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useLocation, Link } from 'wouter';
import { ApiError } from '../../api/client';
import { kOfChannels } from '../../api/concerned';
import { useAsk, useChange } from '../../api/hooks';
import type { Channel } from '../../api/schema';
import type { PageProps } from '../../app/pages';
import { useMessages } from '../../i18n';
import { ChannelLogo } from '../../ui/ChannelLogo';
import { Problem, useErrorText } from '../../ui/errors';
import { useFields } from '../../ui/fields';
import { PageHead } from '../../ui/PageHead';
import { useLeaving } from '../../ui/useLeaving';
import { messages } from './messages';
import { Streams } from './Streams';

function fieldsOf({ name, number, group, logo, tvg_id, hidden }: Channel) {
  return { name, number: number ?? '', group, logo, tvg_id, hidden };
}
type Values = ReturnType<typeof fieldsOf>;

function Details({ channel }: { channel: Channel }) {
  const t = useMessages(messages);
  const textOf = useErrorText();
  // Only what is changed here: everything else is as the channel is now, whoever has changed that.
  const { values: changes, set } = useFields<Partial<Values>>({});
  const before = fieldsOf(channel);
  const values = { ...before, ...changes };
  const [problem, setProblem] = useState<Error | null>(null);
  const save = useChange('PATCH /api/v1/channels/{channel}', {
    refreshes: kOfChannels,
    onDone: () => {
      setProblem(null);
      notifications.show({ color: 'teal', message: t('saved') });
    },
    onError: setProblem,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // An automatic channel keeps what it is given.
    const changed = Object.fromEntries(
      Object.entries(values).filter(([field, value]) => value !== before[field as keyof Values]),
    );
    if ('number' in changed) changed.number = values.number.trim() || (null as never);
    save.mutate({ path: { channel: channel.id }, body: changed });
  };
  const where = problem instanceof ApiError ? (problem.where ?? 'name') : 'name';
  const text = (field: 'name' | 'number' | 'group' | 'logo' | 'tvg_id') => ({
    value: values[field],
    error: problem && where === field ? textOf(problem, field) : undefined,
    onChange: (event: { currentTarget: HTMLInputElement }) => set(field, event.currentTarget.value),
  });
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput label={t('name')} required {...text('name')} />
        <Group grow align="flex-start">
          <TextInput label={t('number')} description={t('numberHelp')} {...text('number')} />
          <TextInput label={t('group')} description={'\u00a0'} {...text('group')} />
        </Group>
        <TextInput label={t('logo')} description={t('logoHelp')} {...text('logo')} />
        <TextInput label={t('tvg')} description={t('tvgHelp')} {...text('tvg_id')} />
        <Switch label={t('hiddenSwitch')} checked={values.hidden} onChange={(event) => set('hidden', event.currentTarget.checked)} />
        {channel.automatic && (
          <Text size="xs" c="dimmed">
            {t('settledHelp')}
          </Text>
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export default function ChannelPage({ params }: PageProps) {
  const t = useMessages(messages);
  const { takeAway } = useLeaving('channel');
  const [, go] = useLocation();
  const id = Number(params.channel);
  const channel = useAsk('GET /api/v1/channels/{channel}', { path: { channel: id } });
  const erase = useChange('DELETE /api/v1/channels/{channel}', { refreshes: kOfChannels });
  if (channel.error) return <Problem error={channel.error} onRetry={() => channel.refetch()} />;
  if (!channel.data) return <Loader />;
  const { name, logo, number, group, automatic } = channel.data;
  const eraseSoon = () => {
    go('/channels');
    takeAway([id], t('deleted', { name }), () => erase.mutateAsync({ path: { channel: id } }), () => go(`/channels/${id}`));
  };
  return (
    <>
      <PageHead
        title={
          <Group gap="sm" wrap="nowrap">
            <ChannelLogo of={`channels/${id}`} logo={logo} name={name} size={40} />
            {name}
          </Group>
        }
        about={[number, group, t(automatic ? 'automatic' : 'byHand')].filter(Boolean).join(' · ')}
      >
        <Button variant="subtle" color="red" leftSection={<Trash2 size={16} />} onClick={eraseSoon}>
          {t('delete')}
        </Button>
        <Button variant="default" component={Link} href={`/timeline/${id}`} leftSection={<History size={16} />}>
          {t('timeline')}
        </Button>
        <Button component={Link} href={`/watch/${id}`} leftSection={<Play size={16} />}>
          {t('watch')}
        </Button>
      </PageHead>
      <Grid>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Card withBorder component="section" aria-label={t('streams')}>
            <Title order={2} size="h4">
              {t('streams')}
            </Title>
            <Text size="sm" c="dimmed" mb="xs">
              {t('streamsHelp')}
            </Text>
            <Streams channel={channel.data} />
          </Card>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Card withBorder component="section" aria-label={t('details')}>
            <Title order={2} size="h4" mb="sm">
              {t('details')}
            </Title>
            <Details key={id} channel={channel.data} />
          </Card>
        </Grid.Col>
      </Grid>
    </>
  );
}
