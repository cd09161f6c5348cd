// SPDX-License-Identifier: LGPL-2.1-or-later
// What a part of the first page lists; that there is nothing is said once that is known.
import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Asked, type Answer } from '../../ui/Asked';

interface Props<Row> {
  of: Answer<readonly Row[]>;
  none: string;
  children: (row: Row) => ReactNode;
}

export function Rows<Row>({ of, none, children }: Props<Row>) {
  return (
    <Asked of={of}>
      {(rows) => (rows.length > 0 ? <Stack gap="sm">{rows.map(children)}</Stack> : <Text c="dimmed">{none}</Text>)}
    </Asked>
  );
}
