// SPDX-License-Identifier: LGPL-2.1-or-later
// The place of a channel in its profile: who types another one moves it there.
import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';

interface Props {
  label: string;
  place: number; // from 0
  onMove: (to: number) => void;
}

export function Place({ label, place, onMove }: Props) {
  const shown = String(place + 1);
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);
  const take = () => {
    const wanted = Number(text);
    if (Number.isInteger(wanted) && wanted > 0 && text !== shown) onMove(wanted - 1);
    setText(shown); // of this row, in which there is another channel then
  };
  return (
    <TextInput
      size="xs"
      inputMode="numeric"
      aria-label={label}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
        if (event.key === 'Escape') setText(shown);
      }}
    />
  );
}
