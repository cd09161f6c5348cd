// SPDX-License-Identifier: LGPL-2.1-or-later
// The address under which a player reaches this server: usually that under which the page was opened.
import { Anchor, TextInput } from '@mantine/core';
import { useMessages } from '../../i18n';
import { messages } from './messages';

/** Without slashes at the end; null: it is none. */
export function parseServer(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, origin, pathname, search, hash } = new URL(text);
  if (!/^https?:$/.test(protocol) || search || hash) return null;
  return origin + pathname.replace(/\/+$/, '');
}

function isLoopback(address: string) {
  const { hostname } = new URL(address);
  return hostname === 'localhost' || hostname.startsWith('127.') || hostname === '[::1]';
}

interface Props {
  value: string;
  usual: string;
  /** Undefined: the usual one again. */
  onChange: (value?: string) => void;
}

export function ServerAddress({ value, usual, onChange }: Props) {
  const t = useMessages(messages);
  const server = parseServer(value);
  const loopback = server !== null && isLoopback(server);
  return (
    <TextInput
      label={t('server')}
      description={loopback ? t('loopback', { host: new URL(server).hostname }) : t('serverHelp')}
      styles={loopback ? { description: { color: 'var(--mantine-color-orange-text)' } } : undefined}
      error={server === null ? t('serverWrong') : undefined}
      type="url"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      inputWrapperOrder={['label', 'description', 'input', 'error']}
      rightSectionWidth="auto"
      rightSection={
        value !== usual && (
          <Anchor component="button" type="button" size="xs" px="sm" onClick={() => onChange()}>
            {t('serverReset')}
          </Anchor>
        )
      }
    />
  );
}
