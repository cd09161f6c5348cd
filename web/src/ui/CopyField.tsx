// SPDX-License-Identifier: LGPL-2.1-or-later
// A value that is typed somewhere else: it can be selected, and copied with one click.
import { ActionIcon, TextInput } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { defineMessages, useMessages } from '../i18n';
import { copyText } from './copy';

const messages = defineMessages(
  { copy: 'Copy: {label}', copied: 'Copied', failed: 'The browser does not allow it. Select the text and copy it.' },
  { copy: 'Copiar: {label}', copied: 'Copiado', failed: 'El navegador no lo permite. Seleccione el texto y cópielo.' },
);

const kShownMs = 2000;

interface Props {
  label: string;
  value: string;
  description?: ReactNode;
}

export function CopyField({ label, value, description }: Props) {
  const t = useMessages(messages);
  const [done, setDone] = useState<boolean>();
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(undefined), kShownMs);
    return () => clearTimeout(timer);
  }, [done]);
  const hint = done ? t('copied') : t('copy', { label });
  return (
    <TextInput
      label={label}
      description={description}
      value={value}
      readOnly
      error={done === false ? t('failed') : undefined}
      onFocus={(event) => event.currentTarget.select()}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      rightSection={
        <ActionIcon
          variant={done ? 'light' : 'subtle'}
          color={done ? 'teal' : 'gray'}
          aria-label={hint}
          title={hint}
          onClick={async () => setDone(await copyText(value))}
        >
          {done ? <Check size={16} /> : <Copy size={16} />}
        </ActionIcon>
      }
    />
  );
}
