#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares what lib/ts costs from file to file, user and system time, with cat of the same file in the same run.
Exit status: 0; 1 when a limit is broken; 2 when nothing could be measured."""

import argparse
import math
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).parents[1]))
from measure import Cost, cost_of, describe, judge, make_stream, print_head, print_row, run  # noqa: E402

MEDIA_SECONDS = 60
SAMPLE_SECONDS = 0.25  # user + sys; the scheduler's noise is a few milliseconds
PROCESS_LIMIT = 60  # seconds
MODES = {"rewrite": ("rewrite", 1.3), "splice": ("splice and analyse", 3.0)}  # name and limit


class Bench:
    def __init__(self, build: pathlib.Path, folder: pathlib.Path):
        self.bench_ts = build / "bench/ts/bench-ts"
        self.input, self.output = folder / "in.ts", folder / "out.ts"
        self.passes = 1

    def cost(self, mode: str) -> Cost:
        """Of one process that takes the input as often as it takes to make a sample, and writes one file."""
        self.output.unlink(missing_ok=True)
        inputs = [self.input] * self.passes
        command = ["cat", *inputs] if mode == "cat" else [self.bench_ts, mode, *inputs, "-"]
        with open(self.output, "wb") as output:
            cost = cost_of(mode, command, PROCESS_LIMIT, stdout=output)
        return Cost(cost.user / self.passes, cost.system / self.passes)

    def warm_up(self) -> None:
        once = min(self.cost("cat").total for _ in range(2))
        self.passes = max(1, math.ceil(SAMPLE_SECONDS / max(once, 0.001)))
        for mode in ("cat", *MODES):
            self.cost(mode)


def measure(bench: Bench, minutes: float, pairs: int) -> bool:
    """Prints the table; True when every limit is kept."""
    costs = {mode: [] for mode in MODES}
    bases = {mode: [] for mode in MODES}
    for _ in range(pairs):
        for mode in MODES:
            bases[mode].append(bench.cost("cat"))
            costs[mode].append(bench.cost(mode))
    print_head("cost / cat: median (spread), limit")
    print_row("cat", sum(bases.values(), []), minutes, "1")
    all_kept = True
    for mode, (name, limit) in MODES.items():
        kept, verdict = judge(costs[mode], bases[mode], limit)
        all_kept = all_kept and kept
        print_row(name, costs[mode], minutes, verdict)
    return all_kept


def work(options: argparse.Namespace, folder: pathlib.Path) -> bool:
    bench = Bench(options.build, folder)
    seconds = make_stream(options.build / "tools/relevo-ts/relevo-ts", options.media, bench.input, MEDIA_SECONDS)
    bench.warm_up()
    print(f"{describe(options.media, bench.input, seconds)}; "
          f"{options.pairs} pairs, {bench.passes} times the file in each sample")
    return measure(bench, seconds / 60, options.pairs)


if __name__ == "__main__":
    sys.exit(run(__doc__, "cat and each mode", work))
