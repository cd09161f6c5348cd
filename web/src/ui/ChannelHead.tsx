// SPDX-License-Identifier: LGPL-2.1-or-later
// The head of a channel in a list of decisions; it leads to the channel.
import { Anchor, Group, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import type { Channel } from '../api/schema';
import { ChannelLogo } from './ChannelLogo';

export function ChannelHead({ channel, about }: { channel: Channel; about: string }) {
  const { id, number, name, group, logo } = channel;
  return (
    <Group wrap="nowrap" gap="sm" mb={6} style={{ minWidth: 0 }}>
      <ChannelLogo of={`channels/${id}`} logo={logo} name={name} size={36} />
      <div style={{ minWidth: 0 }}>
        <Title order={2} size="h5" style={{ overflowWrap: 'anywhere' }}>
          <Anchor component={Link} href={`/channels/${id}`} inherit c="inherit">
            {[number, name].filter(Boolean).join(' · ')}
          </Anchor>
        </Title>
        <Text size="xs" c="dimmed">
          {[group, about].filter(Boolean).join(' · ')}
        </Text>
      </div>
    </Group>
  );
}
