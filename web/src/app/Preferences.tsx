// SPDX-License-Identifier: LGPL-2.1-or-later
// What each person chooses for himself: language, light or dark. His browser keeps it.
import { ActionIcon, Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { Check, Languages, Moon, Sun } from 'lucide-react';
import { defineMessages, languages, useLanguage, useMessages, type Language } from '../i18n';

const messages = defineMessages(
  { language: 'Language', dark: 'Dark', light: 'Light' },
  { language: 'Idioma', dark: 'Oscuro', light: 'Claro' },
);

export function LanguageChoice() {
  const t = useMessages(messages);
  const { language, choose } = useLanguage();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('language')} title={t('language')}>
          <Languages size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {(Object.keys(languages) as Language[]).map((one) => (
          <Menu.Item
            key={one}
            lang={one}
            leftSection={<Check size={14} visibility={one === language ? 'visible' : 'hidden'} />}
            onClick={() => choose(one)}
          >
            {languages[one]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

export function SchemeChoice() {
  const t = useMessages(messages);
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light') === 'dark';
  const label = dark ? t('light') : t('dark');
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={label}
      title={label}
      onClick={() => setColorScheme(dark ? 'light' : 'dark')}
    >
      {dark ? <Sun size={18} /> : <Moon size={18} />}
    </ActionIcon>
  );
}
