// SPDX-License-Identifier: LGPL-2.1-or-later
// A table of any number of rows: only those in sight are in the document. They may be dragged to other places.
import { useVirtualizer } from '@tanstack/react-virtual';
import { GripVertical } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useRowDrag } from './useRowDrag';
import classes from './VirtualTable.module.css';

const kRowHeight = 48;
const kHeadHeight = 36;
const kAhead = 8;

export interface Column<Row> {
  key: string;
  label: ReactNode;
  /** A track of a CSS grid: "90px", "2fr". */
  width: string;
  cell: (row: Row, index: number) => ReactNode;
  /** Left out where the screen is narrow. */
  wideOnly?: boolean;
}

export interface Reorder {
  onMove: (from: number, to: number) => void;
  /** What its handles say: how to do it, or why it cannot be done now. */
  help: string;
  locked?: boolean;
}

interface Props<Row> {
  label: string;
  columns: readonly Column<Row>[];
  total: number;
  /** Undefined: not there yet. */
  rowAt: (index: number) => Row | undefined;
  /** Tells which rows are in sight. */
  onRange?: (first: number, last: number) => void;
  /** CSS; what is beyond is scrolled. */
  height: string;
  narrow: boolean;
  /** Undefined: nobody may. */
  reorder?: Reorder;
}

export function VirtualTable<Row>({ label, columns, total, rowAt, onRange, height, narrow, reorder }: Props<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => kRowHeight,
    overscan: kAhead,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items[items.length - 1]?.index ?? 0;
  useEffect(() => {
    onRange?.(first, last);
  }, [onRange, first, last]);

  const { drag, begin, handlers } = useRowDrag({
    scroller,
    body,
    headHeight: kHeadHeight,
    rowHeight: kRowHeight,
    total,
    onMove: reorder?.locked ? undefined : reorder?.onMove,
  });

  const shown = narrow ? columns.filter(({ wideOnly }) => !wideOnly) : columns;
  const widths = [...(reorder ? ['16px'] : []), ...shown.map(({ width }) => width)];
  const tracks = { gridTemplateColumns: widths.join(' ') };
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      style={{ maxHeight: height }}
      role="table"
      aria-label={label}
      aria-rowcount={total + 1}
      tabIndex={0}
      {...handlers}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" className={classes.row} style={tracks} aria-rowindex={1}>
          {reorder && <span aria-hidden />}
          {shown.map(({ key, label: name }) => (
            <div role="columnheader" key={key} className={classes.cell}>
              {name}
            </div>
          ))}
        </div>
      </div>
      <div ref={body} role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const row = rowAt(index);
          return (
            <div
              key={index}
              role="row"
              aria-rowindex={index + 2}
              className={classes.row}
              data-dragged={drag?.from === index || undefined}
              style={{ ...tracks, position: 'absolute', transform: `translateY(${start}px)`, height: kRowHeight }}
            >
              {reorder && (
                <span
                  aria-hidden
                  className={classes.grip}
                  title={reorder.help}
                  data-locked={reorder.locked || undefined}
                  onPointerDown={(event) => begin(index, event)}
                >
                  {row !== undefined && <GripVertical size={16} />}
                </span>
              )}
              {shown.map(({ key, cell }) => (
                <div role="cell" key={key} className={classes.cell}>
                  {row === undefined ? <span className={classes.waiting} /> : cell(row, index)}
                </div>
              ))}
            </div>
          );
        })}
        {drag && <div className={classes.gap} style={{ transform: `translateY(${drag.gap * kRowHeight}px)` }} />}
      </div>
    </div>
  );
}
