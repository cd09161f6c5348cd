// SPDX-License-Identifier: LGPL-2.1-or-later
// A text that is changed where it stands: Enter keeps it, Escape leaves it as it was.
import { ActionIcon, TextInput } from '@mantine/core';
import { Pencil } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import classes from './InlineText.module.css';

interface Props {
  /** What the button and the field are called: "Change the name of …". */
  label: string;
  value: string;
  onSave: (value: string) => void;
  /** How it looks when nobody changes it. */
  children: ReactNode;
}

export function InlineText({ label, value, onSave, children }: Props) {
  const [text, setText] = useState<string | null>(null);
  const keep = () => {
    if (text !== null && text.trim() !== value) onSave(text.trim());
    setText(null);
  };
  if (text !== null)
    return (
      <TextInput
        size="xs"
        flex={1}
        autoFocus
        aria-label={label}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={keep}
        onKeyDown={({ key }) => {
          if (key === 'Enter') keep();
          if (key === 'Escape') setText(null);
        }}
      />
    );
  return (
    <span className={classes.text}>
      {children}
      <ActionIcon size="sm" variant="subtle" color="gray" aria-label={label} title={label} className={classes.pencil} onClick={() => setText(value)}>
        <Pencil size={13} />
      </ActionIcon>
    </span>
  );
}
