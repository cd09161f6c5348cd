// SPDX-License-Identifier: LGPL-2.1-or-later
// Settings: all that the daemon was started with, and how to change it.
import { Alert, Anchor, Card, Group, Loader, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { Info, Search, Settings2 } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { useAsk } from '../../api/hooks';
import { useMessages } from '../../i18n';
import { Empty } from '../../ui/Empty';
import { Problem } from '../../ui/errors';
import { PageHead } from '../../ui/PageHead';
import { messages, type Word } from './messages';
import { SettingRow, useAbout } from './SettingRow';
import classes from './settings.module.css';

export default function Settings() {
  const t = useMessages(messages);
  const about = useAbout();
  const settings = useAsk('GET /api/v1/settings');
  const [sought, setSought] = useState('');
  const [changedOnly, setChangedOnly] = useState(false);
  if (settings.error) return <Problem error={settings.error} onRetry={() => settings.refetch()} />;
  if (!settings.data) return <Loader />;
  const { file, items } = settings.data;

  const titleOf = (group: string) => (group in messages.en ? t(group as Word) : group);
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = items.filter((one) => {
    const text = `${one.group} ${titleOf(one.group)} ${one.name} ${one.value} ${one.about} ${about(one)}`.toLowerCase();
    return words.every((word) => text.includes(word)) && (!changedOnly || one.value !== one.default);
  });
  const groups = [...new Set(shown.map(({ group }) => group))];

  return (
    <>
      <PageHead title={t('title')} about={t('about')} />
      <Stack>
        <Alert icon={<Info size={18} />} color="gray">
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {file ? t('howFile', { file }) : t('howNoFile')} {t('atOnce')}{' '}
            <Anchor component={Link} href="/log" size="sm" underline="always">
              {t('toLog')}
            </Anchor>
          </Text>
        </Alert>
        <Group>
          <TextInput
            flex={1}
            miw={200}
            aria-label={t('search')}
            placeholder={t('search')}
            leftSection={<Search size={16} />}
            value={sought}
            onChange={(event) => setSought(event.currentTarget.value)}
          />
          <Switch label={t('changedOnly')} checked={changedOnly} onChange={(event) => setChangedOnly(event.currentTarget.checked)} />
        </Group>
        {groups.length === 0 && <Empty icon={Settings2} text={t('none')} />}
        {groups.map((group) => (
          <Card withBorder key={group} component="section" aria-label={titleOf(group)} padding="sm">
            <Title order={2} size="h4" mb={4}>
              {titleOf(group)}
            </Title>
            <ul className={classes.list}>
              {shown
                .filter((one) => one.group === group)
                .map((one) => (
                  <SettingRow key={one.name} setting={one} file={file} />
                ))}
            </ul>
          </Card>
        ))}
      </Stack>
    </>
  );
}
