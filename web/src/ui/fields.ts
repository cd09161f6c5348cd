// SPDX-License-Identifier: LGPL-2.1-or-later
// The state of a form.
import { useState } from 'react';

/** What a form's fields say, and how to change one. */
export function useFields<T extends object>(first: T) {
  const [values, setValues] = useState(first);
  return {
    values,
    set: <K extends keyof T>(name: K, value: T[K]) => setValues((old) => ({ ...old, [name]: value })),
    reset: () => setValues(first),
  };
}
