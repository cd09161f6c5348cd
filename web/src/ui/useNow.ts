// SPDX-License-Identifier: LGPL-2.1-or-later
// The time, for what is shown as long as a page is open.
import { useInterval } from '@mantine/hooks';
import { useState } from 'react';

const kLookMs = 15_000;
const seconds = () => Math.floor(Date.now() / 1000);

/** Seconds since 1970. */
export function useNow() {
  const [now, setNow] = useState(seconds);
  useInterval(() => setNow(seconds()), kLookMs, { autoInvoke: true });
  return now;
}
