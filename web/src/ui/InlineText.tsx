// SPDX-License-Identifier: LGPL-2.1-or-later
// A text that is changed where it stands: Enter keeps it, Escape leaves it as it was.
import { ActionIcon, TextInput } from '@mantine/core';
import { Pencil } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import classes from './InlineText.module.css';

interface Props {
  /** What the button and the field are called: "Change the name of …". */
  label: string;
  value: string;
  /** Fails where it is refused, and has said why. */
  onSave: (value: string) => Promise<unknown>;
  /** How it looks when nobody changes it. */
  children: ReactNode;
}

interface FieldProps {
  label: string;
  value: string;
  onSave: (value: string) => Promise<unknown>;
  /** `byKey`: the focus was in it until now. */
  onLeft: (byKey: boolean) => void;
}

function Field({ label, value, onSave, onLeft }: FieldProps) {
  const [text, setText] = useState(value);
  const [refused, setRefused] = useState(false);
  const busy = useRef(false);
  const keep = async (byKey: boolean) => {
    if (busy.current) return;
    busy.current = true;
    try {
      if (text.trim() !== value) await onSave(text.trim());
      onLeft(byKey);
    } catch {
      setRefused(true); // what was typed stays, to be put right
    }
    busy.current = false;
  };
  return (
    <TextInput
      size="xs"
      flex={1}
      autoFocus
      aria-label={label}
      value={text}
      error={refused}
      onChange={(event) => {
        setText(event.currentTarget.value);
        setRefused(false);
      }}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={() => !refused && keep(false)}
      onKeyDown={({ key }) => {
        if (key === 'Enter') keep(true);
        if (key === 'Escape') onLeft(true);
      }}
    />
  );
}

export function InlineText({ label, value, onSave, children }: Props) {
  const [open, setOpen] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const comesBack = useRef(false);
  useEffect(() => {
    if (!open && comesBack.current) pencil.current?.focus();
    comesBack.current = false;
  }, [open]);
  const leave = (byKey: boolean) => {
    comesBack.current = byKey;
    setOpen(false);
  };
  if (open) return <Field label={label} value={value} onSave={onSave} onLeft={leave} />;
  return (
    <span className={classes.text}>
      {children}
      <ActionIcon
        ref={pencil}
        size="sm"
        variant="subtle"
        color="gray"
        aria-label={label}
        title={label}
        className={classes.pencil}
        onClick={() => setOpen(true)}
      >
        <Pencil size={13} />
      </ActionIcon>
    </span>
  );
}
