// SPDX-License-Identifier: LGPL-2.1-or-later
// How the arrow keys move through the grid.

function timeOf(cell: HTMLElement) {
  return { start: Number(cell.dataset.start), stop: Number(cell.dataset.stop) };
}

function cellsOf(grid: HTMLElement, row: number) {
  return [...grid.querySelectorAll<HTMLElement>(`[data-row="${row}"] button`)];
}

/** The one that is on at a time, else the first behind it. */
function cellAt(cells: readonly HTMLElement[], time: number) {
  return cells.find((cell) => timeOf(cell).stop > time) ?? cells.at(-1);
}

/** Moves the focus from the programme that has it; false: the key means nothing here. */
export function goTo(grid: HTMLElement, key: string, now: number, covered: number) {
  const here = document.activeElement as HTMLElement;
  const inGrid = here.dataset.start !== undefined && grid.contains(here);
  let next: HTMLElement | undefined;
  if (!inGrid) {
    if (key !== 'ArrowDown' && key !== 'ArrowRight') return false;
    const first = grid.querySelector<HTMLElement>('[data-row] button')?.closest<HTMLElement>('[data-row]');
    if (first) next = cellAt(cellsOf(grid, Number(first.dataset.row)), now);
  } else {
    const row = Number(here.closest<HTMLElement>('[data-row]')!.dataset.row);
    const cells = cellsOf(grid, row);
    const index = cells.indexOf(here);
    const { start, stop } = timeOf(here);
    const time = start <= now && now < stop ? now : start;
    if (key === 'ArrowRight') next = cells[index + 1];
    else if (key === 'ArrowLeft') next = cells[index - 1];
    else if (key === 'ArrowDown') next = cellAt(cellsOf(grid, row + 1), time);
    else if (key === 'ArrowUp') next = cellAt(cellsOf(grid, row - 1), time);
    else return false;
  }
  if (!next) return true;
  next.focus({ preventScroll: true });
  show(grid, next, covered);
  return true;
}

/** Scrolls so that its beginning can be seen, beside the names and below the hours that lie over it. */
function show(grid: HTMLElement, cell: HTMLElement, covered: number) {
  const frame = grid.getBoundingClientRect();
  const box = cell.getBoundingClientRect();
  const kHead = 32;
  const kMargin = 8;
  const left = box.left - frame.left - covered - kMargin;
  const beyond = Math.min(box.right, box.left + 120) - frame.right;
  const above = box.top - frame.top - kHead - kMargin;
  const below = box.bottom - frame.bottom + kMargin;
  grid.scrollBy({
    left: left < 0 ? left : Math.max(0, beyond),
    top: above < 0 ? above : Math.max(0, below),
  });
}
