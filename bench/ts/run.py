#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares what lib/ts costs from file to file, user and system time, with cat of the same file in the same run.
Exit status: 0; 1 when a limit is broken; 2 when nothing could be measured."""

import argparse
import dataclasses
import json
import math
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

MEDIA_SECONDS = 60
SAMPLE_SECONDS = 0.25  # user + sys; the scheduler's noise is a few milliseconds
MODES = {"rewrite": ("rewrite", 1.3), "splice": ("splice and analyse", 3.0)}  # name and limit


class Unmeasurable(Exception):
    pass


@dataclasses.dataclass
class Cost:
    user: float
    system: float

    @property
    def total(self) -> float:
        return self.user + self.system


class Bench:
    def __init__(self, build: pathlib.Path, folder: pathlib.Path):
        self.bench_ts = build / "bench/ts/bench-ts"
        self.relevo_ts = build / "tools/relevo-ts/relevo-ts"
        self.input, self.output = folder / "in.ts", folder / "out.ts"
        self.passes = 1

    def duration_of(self, file: pathlib.Path) -> float:
        report = subprocess.run([self.relevo_ts, "inspect", "--json", file], check=True, stdout=subprocess.PIPE)
        return json.loads(report.stdout)["duration_ms"] / 1000

    def make_input(self, clip: pathlib.Path) -> float:
        """The clip over and over as one continuous stream; returns its seconds."""
        length = self.duration_of(clip)
        if length == 0:
            raise Unmeasurable(f"{clip} has no clock.")
        copies = math.ceil(MEDIA_SECONDS / length)
        subprocess.run([self.relevo_ts, "splice", *[clip] * copies, "-o", self.input], check=True)
        return self.duration_of(self.input)

    def cost(self, mode: str) -> Cost:
        """Of one process that takes the input as often as it takes to make a sample, and writes one file."""
        self.output.unlink(missing_ok=True)
        inputs = [self.input] * self.passes
        command = ["cat", *inputs] if mode == "cat" else [self.bench_ts, mode, *inputs, "-"]
        with open(self.output, "wb") as output:
            process = subprocess.Popen(command, stdout=output)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise Unmeasurable(f"{mode} ended with status {process.returncode}.")
        return Cost(usage.ru_utime / self.passes, usage.ru_stime / self.passes)

    def warm_up(self) -> None:
        once = min(self.cost("cat").total for _ in range(2))
        self.passes = max(1, math.ceil(SAMPLE_SECONDS / max(once, 0.001)))
        for mode in ("cat", *MODES):
            self.cost(mode)


def require_release(build: pathlib.Path) -> None:
    try:
        options = json.loads((build / "meson-info/intro-buildoptions.json").read_text())
    except FileNotFoundError:
        raise Unmeasurable(f"{build} is no build folder; bench/run makes one.") from None
    value = {option["name"]: option["value"] for option in options}
    for name, wanted in {"buildtype": "release", "b_sanitize": "none"}.items():
        if value[name] != wanted:
            raise Unmeasurable(f"{build} is built with {name}={value[name]}: its times mean nothing.")


def print_row(name: str, costs: list[Cost], minutes: float, rest: str) -> None:
    user, system = (1000 * statistics.median(part) / minutes
                    for part in ([c.user for c in costs], [c.system for c in costs]))
    total = 1000 * statistics.median(c.total for c in costs) / minutes
    print(f"{name:20}{user:8.1f}{system:8.1f}{total:8.1f}   {rest}")


def measure(bench: Bench, minutes: float, pairs: int) -> bool:
    """Prints the table; True when every limit is kept."""
    costs = {mode: [] for mode in MODES}
    bases = {mode: [] for mode in MODES}
    for _ in range(pairs):
        for mode in MODES:
            bases[mode].append(bench.cost("cat"))
            costs[mode].append(bench.cost(mode))
    print(f"\n{'ms per media minute':20}{'user':>8}{'sys':>8}{'sum':>8}   cost / cat: median (spread), limit")
    print_row("cat", sum(bases.values(), []), minutes, "1")
    kept = True
    for mode, (name, limit) in MODES.items():
        ratios = [cost.total / base.total for cost, base in zip(costs[mode], bases[mode])]
        ratio = statistics.median(ratios)
        verdict = "" if ratio <= limit else ": BROKEN"
        kept = kept and ratio <= limit
        print_row(name, costs[mode], minutes,
                  f"{ratio:.2f} ({min(ratios):.2f} to {max(ratios):.2f}), limit {limit}{verdict}")
    return kept


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path, required=True, help="folder of a release build")
    parser.add_argument("--media", type=pathlib.Path, required=True, help="clip to measure with")
    parser.add_argument("--pairs", type=int, default=5, help="of cat and each mode (default: 5)")
    options = parser.parse_args()
    memory = pathlib.Path("/dev/shm")
    try:
        require_release(options.build)
        with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None, prefix="relevo-bench-") as folder:
            bench = Bench(options.build.resolve(), pathlib.Path(folder))
            seconds = bench.make_input(options.media)
            size = bench.input.stat().st_size
            bench.warm_up()
            print(f"{options.media.name}: {seconds:.0f} s, {size / 1e6:.1f} MB, {size * 8e-6 / seconds:.1f} Mbit/s; "
                  f"{options.pairs} pairs, {bench.passes} times the file in each sample")
            return 0 if measure(bench, seconds / 60, options.pairs) else 1
    except (Unmeasurable, OSError, subprocess.CalledProcessError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
