// SPDX-License-Identifier: LGPL-2.1-or-later
// What a list is looked through for, as the address says: so that it can be kept, sent and gone back to.
import { useDebouncedValue } from '@mantine/hooks';
import { useSearchParams } from 'wouter';

/** `text` is looked for, and is `q` when nobody has typed for a moment. */
export function useFilters<Name extends string>() {
  const [search, setSearch] = useSearchParams();
  const text = search.get('q') ?? '';
  const [q] = useDebouncedValue(text, 200);
  const set = (changes: Partial<Record<Name | 'q', string | null>>) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries<string | null | undefined>(changes))
          if (value) after.set(name, value);
          else after.delete(name);
        return after;
      },
      { replace: true },
    );
  return {
    text,
    setText: (wanted: string) => set({ q: wanted } as Parameters<typeof set>[0]),
    q: q || undefined,
    get: (name: Name) => search.get(name),
    set,
    clear: () => setSearch({}, { replace: true }),
  };
}
