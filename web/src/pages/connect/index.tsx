// SPDX-License-Identifier: LGPL-2.1-or-later
// Connect a player: what to type into it, for whom, and where the server is.
import { Loader, NativeSelect, SimpleGrid, Stack, Text, UnstyledButton } from '@mantine/core';
import { Cable } from 'lucide-react';
import { useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { useAsk } from '../../api/hooks';
import { mayDo, useSession } from '../../app/session';
import { useMessages } from '../../i18n';
import { Empty } from '../../ui/Empty';
import { Problem } from '../../ui/errors';
import { PageHead } from '../../ui/PageHead';
import { clients, type Client } from './clients';
import classes from './connect.module.css';
import { Instructions } from './Instructions';
import { messages } from './messages';
import { ServerAddress, parseServer } from './ServerAddress';

/** Which player, and for whom, stands in the query, so that other pages can lead here. */
export default function Connect() {
  const t = useMessages(messages);
  const { me } = useSession();
  const [query, setQuery] = useSearchParams();
  const [typed, setTyped] = useState<string>();
  const enabled = mayDo(me, 'administrator');
  const users = useAsk('GET /api/v1/users', {}, { enabled });
  const settings = useAsk('GET /api/v1/settings', {}, { enabled });
  const problem = [users, settings].find(({ error }) => error);
  if (problem) return <Problem error={problem.error} onRetry={problem.refetch} />;
  if (enabled && !(users.data && settings.data)) return <Loader />;

  const known = users.data?.filter(({ enabled }) => enabled) ?? (me.user ? [me.user] : []);
  const userId = query.get('user') ?? String(me.user?.id ?? '');
  const user = known.find(({ id }) => String(id) === userId);
  // As an administrator said that players reach it, else as this page was reached.
  const usual = settings.data?.items.find(({ name }) => name === 'public_address')?.value || location.origin;
  const where = {
    server: parseServer(typed ?? usual) ?? usual,
    user: user ? { name: user.name, token: user.stream_token } : null,
  };
  const nameOf = ({ name }: Client) => (typeof name === 'string' ? name : t(name.word));
  const chosen = clients.find(({ key }) => key === query.get('player'));
  const withQuery = (name: string, value: string) => new URLSearchParams([...query].filter(([key]) => key !== name).concat([[name, value]]));

  return (
    <>
      <PageHead title={t('title')} about={t('about')} />
      <Stack gap="lg">
        <NativeSelect
          hiddenFrom="sm"
          label={t('players')}
          value={chosen?.key ?? ''}
          onChange={(event) => setQuery(withQuery('player', event.currentTarget.value))}
          data={[
            ...(chosen ? [] : [{ value: '', label: '…' }]),
            ...clients.map((client) => ({ value: client.key, label: nameOf(client) })),
          ]}
        />
        <SimpleGrid cols={{ base: 2, lg: 5 }} visibleFrom="sm" component="nav" aria-label={t('players')} spacing="sm">
          {clients.map((client) => (
            <UnstyledButton
              key={client.key}
              component={Link}
              href={`/connect?${withQuery('player', client.key)}`}
              className={classes.client}
              aria-current={client === chosen ? 'true' : undefined}
            >
              <client.icon size={20} aria-hidden />
              <span>
                <Text fw={600} size="sm" component="span" display="block">
                  {nameOf(client)}
                </Text>
                <Text size="xs" c="dimmed" component="span" display="block">
                  {t(client.about)}
                </Text>
              </span>
            </UnstyledButton>
          ))}
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <NativeSelect
            label={t('forWhom')}
            description={t('forWhomHelp')}
            value={user ? userId : ''}
            onChange={(event) => setQuery(withQuery('user', event.currentTarget.value))}
            data={[
              ...(enabled || !me.user ? [{ value: '', label: t('nobody') }] : []),
              ...known.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
          />
          <ServerAddress value={typed ?? usual} usual={usual} onChange={setTyped} />
        </SimpleGrid>
        {chosen ? (
          <Instructions client={chosen} where={where} name={nameOf(chosen)} />
        ) : (
          <Empty icon={Cable} text={t('about')} />
        )}
      </Stack>
    </>
  );
}
