#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares what lib/xmltv costs to read a guide, user time, with xmllint --stream on the same file in the same run.
Exit status: 0; 1 when a limit is broken; 2 when nothing could be measured."""

import argparse
import pathlib
import statistics
import subprocess
import sys

sys.path.append(str(pathlib.Path(__file__).parents[1]))
import measure  # noqa: E402

LIMIT = 2.5  # user time against xmllint
MEMORY_LIMIT = 200e6  # bytes
PROGRAMMES_PER_MB = 2000
PROCESS_LIMIT = 300  # seconds


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--size", type=int, default=100, help="of the guide in MB (default: 100; all of it: 1000)")
    parser.add_argument("--folder", type=pathlib.Path, help="for the guide (default: in memory)")


def work(options: argparse.Namespace, folder: pathlib.Path) -> bool:
    bench_xmltv = options.build / "bench/catalogue/bench-xmltv"
    guide = (options.folder or folder) / "relevo-bench-guide.xml"
    programmes = options.size * PROGRAMMES_PER_MB
    commands = {"xmllint": ["xmllint", "--stream", "--noout", guide], "lib/xmltv": [bench_xmltv, "read", guide]}
    costs = {name: [] for name in commands}
    try:
        measure.cost_of("generate", [bench_xmltv, "generate", str(programmes), guide], PROCESS_LIMIT)
        print(f"{guide.stat().st_size / 1e6:.0f} MB, {programmes} programmes; {options.pairs} pairs", flush=True)
        for _ in range(options.pairs):
            for name, command in commands.items():
                costs[name].append(measure.cost_of(name, command, PROCESS_LIMIT, stdout=subprocess.DEVNULL))
    finally:
        guide.unlink(missing_ok=True)
    return judge(costs["xmllint"], costs["lib/xmltv"])


def judge(bases: list[measure.Cost], costs: list[measure.Cost]) -> bool:
    """Prints the table; True when every limit is kept."""
    kept, verdict = measure.judge(costs, bases, LIMIT, part=lambda cost: cost.user)
    peak = max(cost.peak for cost in costs)
    small = peak <= MEMORY_LIMIT
    print(f"\n{'seconds':24}{'user':>8}{'sys':>8}{'MB':>8}   user time / xmllint: median (spread), limit")
    for name, rows, rest in (("xmllint", bases, "1"), ("lib/xmltv", costs, verdict)):
        user, system, memory = (statistics.median(part) for part in zip(*((c.user, c.system, c.peak) for c in rows)))
        print(f"{name:24}{user:8.2f}{system:8.2f}{memory / 1e6:8.1f}   {rest}")
    print(f"peak memory of lib/xmltv {peak / 1e6:.1f} MB, limit {MEMORY_LIMIT / 1e6:.0f}{'' if small else ': BROKEN'}")
    return kept and small


if __name__ == "__main__":
    sys.exit(measure.run(__doc__, "xmllint and lib/xmltv", work, media=False, add_options=add_options))
