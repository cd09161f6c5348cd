// SPDX-License-Identifier: LGPL-2.1-or-later
// What was asked for; until it is there that it is awaited, and else why it cannot be had.
import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { Problem } from './errors';

export interface Answer<Data> {
  data: Data | undefined;
  error: Error | null;
  refetch: () => unknown;
}

interface Props<Data> {
  of: Answer<Data>;
  children: (data: Data) => ReactNode;
}

export function Asked<Data>({ of: { data, error, refetch }, children }: Props<Data>) {
  if (error) return <Problem error={error} onRetry={refetch} />;
  return data === undefined ? <Loader size="sm" /> : children(data);
}
