// SPDX-License-Identifier: LGPL-2.1-or-later
// The logo of a channel; its first letters where there is none, or it does not come.
import { Avatar } from '@mantine/core';

export function ChannelLogo({ logo, name, size }: { logo: string; name: string; size: number }) {
  const letters = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0])
    .join('')
    .toUpperCase();
  return (
    <Avatar
      src={logo || null}
      size={size}
      radius="sm"
      color="initials"
      name={name}
      alt=""
      aria-hidden="true"
      imageProps={{ loading: 'lazy', referrerPolicy: 'no-referrer', style: { objectFit: 'contain' } }}
    >
      {letters}
    </Avatar>
  );
}
