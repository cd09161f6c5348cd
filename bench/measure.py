# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the benchmarks share: the input, what a process costs, the rows of their tables."""

import dataclasses
import json
import math
import os
import pathlib
import statistics
import subprocess
import tempfile
import threading


class Unmeasurable(Exception):
    pass


@dataclasses.dataclass
class Cost:
    user: float
    system: float

    @property
    def total(self) -> float:
        return self.user + self.system


def cost_of(name: str, command: list, limit: float, **options) -> Cost:
    """User and system time of one process, which is killed after `limit` seconds. Options as for Popen."""
    process = subprocess.Popen(command, **options)
    watch = threading.Timer(limit, process.kill)
    watch.start()
    _, status, usage = os.wait4(process.pid, 0)
    watch.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise Unmeasurable(f"{name} ended with status {process.returncode}.")
    return Cost(usage.ru_utime, usage.ru_stime)


def memory_folder() -> tempfile.TemporaryDirectory:
    """A folder in memory, where there is one."""
    memory = pathlib.Path("/dev/shm")
    return tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None, prefix="relevo-bench-")


def make_stream(relevo_ts: pathlib.Path, clip: pathlib.Path, stream: pathlib.Path, seconds: float) -> float:
    """The clip over and over as one continuous stream, at least so long; returns its seconds."""
    length = duration_of(relevo_ts, clip)
    if length == 0:
        raise Unmeasurable(f"{clip} has no clock.")
    subprocess.run([relevo_ts, "splice", *[clip] * math.ceil(seconds / length), "-o", stream], check=True)
    return duration_of(relevo_ts, stream)


def duration_of(relevo_ts: pathlib.Path, file: pathlib.Path) -> float:
    report = subprocess.run([relevo_ts, "inspect", "--json", file], check=True, stdout=subprocess.PIPE)
    return json.loads(report.stdout)["duration_ms"] / 1000


def require_release(build: pathlib.Path) -> None:
    try:
        options = json.loads((build / "meson-info/intro-buildoptions.json").read_text())
    except FileNotFoundError:
        raise Unmeasurable(f"{build} is no build folder; bench/run makes one.") from None
    value = {option["name"]: option["value"] for option in options}
    for name, wanted in {"buildtype": "release", "b_sanitize": "none"}.items():
        if value[name] != wanted:
            raise Unmeasurable(f"{build} is built with {name}={value[name]}: its times mean nothing.")


def describe(clip: pathlib.Path, stream: pathlib.Path, seconds: float) -> str:
    size = stream.stat().st_size
    return f"{clip.name}: {seconds:.0f} s, {size / 1e6:.1f} MB, {size * 8e-6 / seconds:.1f} Mbit/s"


def print_head(last: str) -> None:
    print(f"\n{'ms per media minute':24}{'user':>8}{'sys':>8}{'sum':>8}   {last}")


def print_row(name: str, costs: list[Cost], minutes: float, rest: str) -> None:
    user, system, total = (1000 * statistics.median(part) / minutes
                           for part in ([c.user for c in costs], [c.system for c in costs], [c.total for c in costs]))
    print(f"{name:24}{user:8.1f}{system:8.1f}{total:8.1f}   {rest}")


def judge(costs: list[Cost], bases: list[Cost], limit: float) -> tuple[bool, str]:
    """Whether the median of the ratios keeps the limit, and how to say it."""
    ratios = [cost.total / base.total for cost, base in zip(costs, bases)]
    ratio = statistics.median(ratios)
    kept = ratio <= limit
    verdict = "" if kept else ": BROKEN"
    return kept, f"{ratio:.2f} ({min(ratios):.2f} to {max(ratios):.2f}), limit {limit}{verdict}"
