// SPDX-License-Identifier: LGPL-2.1-or-later
// Whether the screen is a telephone's.
import { useMediaQuery } from '@mantine/hooks';

export function useNarrow() {
  return useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
}
