// SPDX-License-Identifier: LGPL-2.1-or-later
// A day of the guide. Only the channels and the hours in sight are in the document.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useMessages } from '../../i18n';
import { useFormat } from '../../i18n/format';
import { ChannelLogo } from '../../ui/ChannelLogo';
import { Problem } from '../../ui/errors';
import { partsOf, type Day } from './day';
import classes from './Grid.module.css';
import { goTo } from './keys';
import { messages } from './messages';
import { useGrid, type GridQuery, type Programme, type Row } from './useGrid';

const kRowHeight = 60;
const kHour = 3600;
const kBefore = 0.5 * kHour; // of what is over, when one comes

interface Measures {
  ofChannels: number; // pixels
  ofHour: number;
}
const kWide: Measures = { ofChannels: 200, ofHour: 280 };
const kNarrow: Measures = { ofChannels: 104, ofHour: 220 };

export interface Chosen {
  row: Omit<Row, 'programmes'>;
  programme: Programme;
  /** By the search: the grid may show another day and other channels. */
  found?: boolean;
}

/** Another one each time that the view should go there. */
export interface Goal {
  /** The present, where there is none. */
  time?: number;
}

interface Props {
  day: Day;
  now: number;
  query: GridQuery;
  narrow: boolean;
  height: string;
  goal: Goal;
  onTotal: (total: number | undefined) => void;
  onChosen: (chosen: Chosen) => void;
}

function One({ row, programme, left, width, now, onChosen, stick }: {
  row: Row;
  programme: Programme;
  left: number;
  width: number;
  now: number;
  stick: number;
  onChosen: (chosen: Chosen) => void;
}) {
  const format = useFormat();
  const on = programme.start <= now && now < programme.stop;
  const times = `${format.minute(programme.start * 1000)} – ${format.minute(programme.stop * 1000)}`;
  return (
    <div role="gridcell">
      <button
        type="button"
        tabIndex={-1}
        className={classes.programme}
        style={{ left, width }}
        data-start={programme.start}
        data-stop={programme.stop}
        data-now={on || undefined}
        data-made={!row.guided || undefined}
        title={`${programme.title}, ${times}`}
        onClick={() => onChosen({ row, programme })}
      >
        <span className={classes.text} style={{ left: stick }}>
          {programme.title}
        </span>
        <span className={`${classes.text} ${classes.time}`} style={{ left: stick }}>
          {times}
        </span>
      </button>
    </div>
  );
}

export function Grid({ day, now, query, narrow, height, goal, onTotal, onChosen }: Props) {
  const t = useMessages(messages);
  const format = useFormat();
  const scroller = useRef<HTMLDivElement>(null);
  const { ofChannels, ofHour } = narrow ? kNarrow : kWide;
  const hours = Math.round((day.end - day.start) / kHour);
  const at = (time: number) => ofChannels + ((time - day.start) / kHour) * ofHour;
  const [known, setKnown] = useState(20); // rows, until it is known how many there are

  const across = useVirtualizer({
    horizontal: true,
    count: hours,
    getScrollElement: () => scroller.current,
    estimateSize: () => ofHour,
    paddingStart: ofChannels,
    overscan: 1,
  });
  const down = useVirtualizer({
    count: known,
    getScrollElement: () => scroller.current,
    estimateSize: () => kRowHeight,
    overscan: 4,
  });
  useEffect(() => across.measure(), [across, ofHour, ofChannels]);

  const columns = across.getVirtualItems();
  const rows = down.getVirtualItems();
  const from = day.start + (columns[0]?.index ?? 0) * kHour;
  const until = day.start + ((columns.at(-1)?.index ?? 0) + 1) * kHour;
  const grid = useGrid(query, [rows[0]?.index ?? 0, rows.at(-1)?.index ?? 0], partsOf(day, from, until));
  const { total } = grid;
  useEffect(() => {
    if (total !== undefined) setKnown(total);
    onTotal(total);
  }, [total, onTotal]);

  const present = useRef(now);
  present.current = now;
  useEffect(() => {
    const time = goal.time ?? present.current;
    if (day.start <= time && time < day.end)
      scroller.current?.scrollTo({ left: ((time - kBefore - day.start) / kHour) * ofHour });
  }, [day.start, day.end, ofHour, goal]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (goTo(scroller.current!, event.key, present.current, ofChannels)) event.preventDefault();
  };

  if (grid.error) return <Problem error={grid.error} onRetry={grid.refetch} />;
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      style={{ maxHeight: height, scrollPaddingLeft: ofChannels, scrollPaddingTop: 32 }}
      role="grid"
      aria-label={t('grid')}
      aria-description={t('keys')}
      aria-rowcount={known + 1}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="row" className={classes.hours} style={{ width: across.getTotalSize() }} aria-rowindex={1}>
        <div role="columnheader" className={classes.corner} style={{ width: ofChannels }} aria-label={t('toChannel')} />
        {columns.map(({ index }) => (
          <div key={index} role="columnheader" className={classes.hour} style={{ left: at(day.start + index * kHour), width: ofHour }}>
            {format.minute((day.start + index * kHour) * 1000)}
          </div>
        ))}
      </div>
      <div role="rowgroup" className={classes.body} style={{ width: across.getTotalSize(), height: down.getTotalSize() }}>
        {day.start <= now && now < day.end && <div className={classes.nowLine} style={{ left: at(now) }} />}
        {rows.map(({ index, start }) => {
          const row = grid.rowAt(index);
          return (
            <div
              key={index}
              role="row"
              aria-rowindex={index + 2}
              data-row={index}
              className={classes.row}
              style={{ height: kRowHeight, transform: `translateY(${start}px)` }}
            >
              <div role="rowheader" className={classes.channel} style={{ width: ofChannels }}>
                {row && !narrow && <ChannelLogo of={`channels/${row.channel}`} logo={row.logo} name={row.name} size={30} />}
                <span className={classes.channelName}>{row && [row.number, row.name].filter(Boolean).join(' · ')}</span>
              </div>
              {!row && (
                <div role="gridcell">
                  <span className={classes.waiting} style={{ left: at(from) + ofHour }} />
                </div>
              )}
              {row?.programmes
                .filter(({ start: begins, stop }) => stop > from && begins < until)
                .map((programme) => {
                  const left = at(Math.max(programme.start, day.start));
                  const right = at(Math.min(programme.stop, day.end));
                  return (
                    <One
                      key={programme.start}
                      row={row}
                      programme={programme}
                      left={left + 1}
                      width={Math.max(4, right - left - 2)}
                      stick={ofChannels + 8}
                      now={now}
                      onChosen={onChosen}
                    />
                  );
                })}
            </div>
          );
        })}
      </div>
    </div>
  );
}
