// SPDX-License-Identifier: LGPL-2.1-or-later
// The logo of a channel or a stream, which the daemon fetches; the first letters where there is none, or it does not come.
import { Avatar } from '@mantine/core';

/** Another logo has another one: browsers keep what they got from an address. */
function versionOf(logo: string) {
  let sum = 0;
  for (let i = 0; i < logo.length; i++) sum = (sum * 31 + logo.charCodeAt(i)) >>> 0;
  return sum.toString(36);
}

interface Props {
  of: `channels/${number}` | `streams/${number}`;
  logo: string;
  name: string;
  size: number;
}

export function ChannelLogo({ of, logo, name, size }: Props) {
  const letters = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0])
    .join('')
    .toUpperCase();
  const address = logo.startsWith('data:') ? logo : `/api/v1/${of}/logo?version=${versionOf(logo)}`;
  return (
    <Avatar
      src={logo && address}
      size={size}
      radius="sm"
      color="initials"
      name={name}
      alt=""
      aria-hidden="true"
      imageProps={{ loading: 'lazy', style: { objectFit: 'contain' } }}
    >
      {letters}
    </Avatar>
  );
}
