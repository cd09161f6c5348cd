// SPDX-License-Identifier: LGPL-2.1-or-later
// One setting: what holds, what it is for, and how it is changed.
import { ActionIcon, Badge, Button, Code, Collapse, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import type { Gives } from '../../api/client';
import { useLanguage, useMessages } from '../../i18n';
import { copyText } from '../../ui/copy';
import { messages } from './messages';
import classes from './settings.module.css';
import { spanish } from './spanish';

export type Setting = Gives<'GET /api/v1/settings'>['items'][number];

export function useAbout() {
  const { language } = useLanguage();
  return ({ group, name, about }: Setting) => (language === 'es' && spanish[`${group}.${name}`]) || about;
}

function HowTo({ setting, file }: { setting: Setting; file: string | null }) {
  const t = useMessages(messages);
  const [copied, setCopied] = useState<boolean>(); // false: the browser did not allow it
  const text = `[${setting.group}]\n${setting.name} = ${setting.value}`;
  return (
    <Stack gap={6} mt="xs">
      <Text size="sm">{t('write', { file: file ?? t('theFile') })}</Text>
      {setting.origin === 'option' && <Text size="sm">{t('optionHelp')}</Text>}
      <Group align="flex-start" wrap="nowrap">
        <Code block flex={1} tabIndex={0}>
          {text}
        </Code>
        <Button size="xs" variant="default" onClick={async () => setCopied(await copyText(text))} onBlur={() => setCopied(undefined)}>
          {t(copied ? 'copied' : 'copy')}
        </Button>
      </Group>
      {copied === false && (
        <Text size="sm" c="red" role="alert">
          {t('copyFailed')}
        </Text>
      )}
    </Stack>
  );
}

export function SettingRow({ setting, file }: { setting: Setting; file: string | null }) {
  const t = useMessages(messages);
  const about = useAbout();
  const [open, { toggle }] = useDisclosure();
  const changed = setting.origin !== 'default' && setting.value !== setting.default;
  return (
    <li className={classes.row}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Stack gap={2} miw={0}>
          <Group gap="4px 10px">
            <Text fw={600} ff="monospace" size="sm">
              {setting.name}
            </Text>
            <Code className={classes.value}>{setting.value || t('empty')}</Code>
            {changed && (
              <>
                <Badge size="sm" variant="light" color="cyan" tt="none">
                  {t(setting.origin)}
                </Badge>
                <Text size="xs" c="dimmed">
                  {t('defaultIs', { value: setting.default || t('empty') })}
                </Text>
              </>
            )}
          </Group>
          <Text size="sm" c="dimmed" maw={860}>
            {about(setting)}
          </Text>
        </Stack>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-expanded={open}
          aria-label={t('change', { name: setting.name })}
          title={t('change', { name: setting.name })}
          onClick={toggle}
        >
          <Pencil size={16} />
        </ActionIcon>
      </Group>
      <Collapse in={open}>{open && <HowTo setting={setting} file={file} />}</Collapse>
    </li>
  );
}
