// SPDX-License-Identifier: LGPL-2.1-or-later
// What to do with one player.
import { Alert, Anchor, Button, Center, Flex, List, Paper, Stack, Text, Title } from '@mantine/core';
import { ShieldAlert, UserPlus, Wifi } from 'lucide-react';
import { Link } from 'wouter';
import { mayDo, useSession } from '../../app/session';
import { useMessages } from '../../i18n';
import { CopyField } from '../../ui/CopyField';
import { QrCode } from '../../ui/QrCode';
import type { Client, Where } from './clients';
import { messages } from './messages';

const kQrSize = 210;

export function Instructions({ client, where, name }: { client: Client; where: Where; name: string }) {
  const t = useMessages(messages);
  const { me } = useSession();
  const fields = client.fields(where);
  const lacksUser = client.asker === 'needed' && !where.user;
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }} component="section" aria-label={name}>
      <Title order={2} size="h3" mb="md">
        {name}
      </Title>
      {lacksUser ? (
        <Alert icon={<UserPlus size={18} />} color="yellow">
          <Text size="sm">{t('userNeeded')}</Text>
          {mayDo(me, 'administrator') && (
            <Anchor component={Link} href="/users" size="sm">
              {t('toUsers')}
            </Anchor>
          )}
        </Alert>
      ) : (
        <Flex direction={{ base: 'column', md: 'row' }} gap="xl" align={{ md: 'flex-start' }}>
          <Stack flex={1} miw={0}>
            <Title order={3} size="h5">
              {t('steps')}
            </Title>
            <List type="ordered" size="sm" spacing="xs" pr="md">
              {client.steps.map((step) => (
                <List.Item key={step}>{t(step)}</List.Item>
              ))}
            </List>
            <Title order={3} size="h5">
              {t('values')}
            </Title>
            {fields.map(({ label, value, help }) => (
              <CopyField key={label} label={t(label)} value={value} description={help && t(help)} />
            ))}
            {client.asker === 'network' && (
              <Text size="sm" c="dimmed">
                <Wifi size={14} style={{ verticalAlign: 'text-bottom' }} /> {t('yourNetwork')}
              </Text>
            )}
            {client.asker !== 'none' && client.asker !== 'network' && where.user && (
              <Text size="sm" c="dimmed">
                <ShieldAlert size={14} style={{ verticalAlign: 'text-bottom' }} /> {t('secret', { name: where.user.name })}
              </Text>
            )}
            {client.key === 'browser' && (
              <Button component={Link} href="/channels" w="fit-content">
                {t('open')}
              </Button>
            )}
          </Stack>
          <Center>
            <Stack gap={4} align="center" maw={kQrSize}>
              <QrCode text={fields[0]!.value} size={kQrSize} label={t('scan', { label: t(fields[0]!.label) })} />
              <Text size="xs" c="dimmed" ta="center" aria-hidden>
                {t('scan', { label: t(fields[0]!.label) })}
              </Text>
            </Stack>
          </Center>
        </Flex>
      )}
    </Paper>
  );
}
