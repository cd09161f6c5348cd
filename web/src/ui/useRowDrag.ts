// SPDX-License-Identifier: LGPL-2.1-or-later
// Dragging a row of a table to another place, with mouse or finger; at its edges the table scrolls, and then the page.
import { useEffect, useRef, useState, type PointerEvent, type RefObject } from 'react';

const kEdge = 56; // pixels in which it scrolls
const kMostPerFrame = 18;

interface Drag {
  from: number;
  /** The row before which it would be dropped; as many as there are: behind all. */
  gap: number;
}

interface Table {
  scroller: RefObject<HTMLElement | null>;
  body: RefObject<HTMLElement | null>;
  headHeight: number;
  rowHeight: number;
  total: number;
  onMove: ((from: number, to: number) => void) | undefined;
}

/** `drag`: what is dragged now. `begin` belongs to handles, `handlers` to the scroller, which stays when rows go. */
export function useRowDrag({ scroller, body, headHeight, rowHeight, total, onMove }: Table) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const pointer = useRef(0);
  const isOn = drag !== null;

  const follow = () =>
    setDrag((old) => {
      if (!old) return old;
      const y = pointer.current - body.current!.getBoundingClientRect().top;
      const gap = Math.max(0, Math.min(total, Math.round(y / rowHeight)));
      return gap === old.gap ? old : { ...old, gap };
    });

  useEffect(() => {
    if (!isOn) return;
    let frame = 0;
    const scroll = () => {
      const { top, bottom } = scroller.current!.getBoundingClientRect();
      const before = Math.max(0, top + headHeight) + kEdge - pointer.current;
      const behind = pointer.current - (Math.min(innerHeight, bottom) - kEdge);
      const part = before > 0 ? -before / kEdge : Math.max(0, behind / kEdge);
      if (part) {
        const step = Math.round(Math.max(-1, Math.min(1, part)) * kMostPerFrame);
        const old = scroller.current!.scrollTop;
        scroller.current!.scrollTop += step;
        if (scroller.current!.scrollTop === old) scrollBy(0, step);
        follow();
      }
      frame = requestAnimationFrame(scroll);
    };
    const cancel = ({ key }: KeyboardEvent) => key === 'Escape' && setDrag(null);
    frame = requestAnimationFrame(scroll);
    addEventListener('keydown', cancel);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('keydown', cancel);
    };
  }, [isOn]);

  const begin = (from: number, event: PointerEvent) => {
    if (event.button !== 0 || !onMove) return;
    event.preventDefault(); // no text is selected
    scroller.current!.setPointerCapture(event.pointerId);
    pointer.current = event.clientY;
    setDrag({ from, gap: from });
  };
  const handlers = {
    onPointerMove: ({ clientY }: PointerEvent) => {
      pointer.current = clientY;
      if (isOn) follow();
    },
    onPointerUp: () => {
      setDrag(null);
      if (!drag) return;
      const to = drag.gap > drag.from ? drag.gap - 1 : drag.gap;
      if (to !== drag.from) onMove?.(drag.from, to);
    },
    onPointerCancel: () => setDrag(null),
  };
  return { drag, begin, handlers };
}
