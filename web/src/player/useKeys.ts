// SPDX-License-Identifier: LGPL-2.1-or-later
// Keys that players know, where nothing else on the page wants them.
import { useEffect, useRef, type RefObject } from 'react';

function isPress(target: HTMLElement) {
  return target.closest('button, input, a') !== null;
}

/** They work in `frame`, and where nothing has the focus. */
export function useKeys(frame: RefObject<HTMLElement | null>, actions: Readonly<Record<string, () => void>>) {
  const newest = useRef(actions);
  newest.current = actions;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { key, ctrlKey, altKey, metaKey } = event;
      const target = event.target as HTMLElement;
      if (ctrlKey || altKey || metaKey) return;
      if (target !== document.body && !frame.current?.contains(target)) return;
      if (key === ' ' && isPress(target)) return;
      const action = newest.current[key.toLowerCase()];
      if (!action) return;
      event.preventDefault(); // space would turn the page
      action();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [frame]);
}
