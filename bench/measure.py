# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the benchmarks share: their command line, the input, what a process costs, the rows of their tables."""

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
import threading
import typing


class Unmeasurable(Exception):
    pass


def run(doc: str, pair: str, work: typing.Callable[[argparse.Namespace, pathlib.Path], bool], media: bool = True,
        add_options: typing.Callable[[argparse.ArgumentParser], None] = lambda parser: None) -> int:
    """A benchmark, with a clip or without, from its command line to its exit status. `work` gets the options
    (build, media, pairs and its own) and a folder in memory, prints its table, and says whether every limit is kept."""
    parser = argparse.ArgumentParser(description=doc)
    parser.add_argument("--build", type=pathlib.Path, required=True, help="folder of a release build")
    parser.add_argument("--media", type=pathlib.Path, required=media,
                        help="clip to measure with, where one is needed: H.264 and AAC")
    parser.add_argument("--pairs", type=int, default=5, help=f"of {pair} (default: 5)")
    add_options(parser)
    options = parser.parse_args()
    options.build = options.build.resolve()
    try:
        require_release(options.build)
        with memory_folder() as folder:
            return 0 if work(options, pathlib.Path(folder)) else 1
    except (Unmeasurable, OSError, subprocess.CalledProcessError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


@dataclasses.dataclass
class Cost:
    user: float
    system: float
    peak: int = 0  # bytes of memory; no less than those of this script

    @property
    def total(self) -> float:
        return self.user + self.system


def cost_of(name: str, command: list, limit: float, **options) -> Cost:
    """User and system time of one process, which is killed after `limit` seconds. Options as for Popen."""
    return cost_of_running(name, subprocess.Popen(command, **options), limit)


def cost_of_running(name: str, process: subprocess.Popen, limit: float) -> Cost:
    """The same of a process that was started, waited for up to `limit` seconds from now."""
    watch = threading.Timer(limit, process.kill)
    watch.start()
    _, status, usage = os.wait4(process.pid, 0)
    watch.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise Unmeasurable(f"{name} ended with status {process.returncode}.")
    return Cost(usage.ru_utime, usage.ru_stime, usage.ru_maxrss * 1024)


def memory_folder() -> tempfile.TemporaryDirectory:
    """A folder in memory, where there is one."""
    memory = pathlib.Path("/dev/shm")
    return tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None, prefix="relevo-bench-")


def elements_environment(build: pathlib.Path, folder: pathlib.Path) -> dict:
    """In which GStreamer finds our elements; `folder` keeps its registry."""
    return os.environ | {"GST_PLUGIN_PATH": str(build / "plugins"), "GST_REGISTRY": str(folder / "registry")}


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


def judge(costs: list[Cost], bases: list[Cost], limit: float | None,
          part: typing.Callable[[Cost], float] = lambda cost: cost.total) -> tuple[bool, str]:
    """Whether the median of the ratios keeps the limit, where there is one, and how to say it."""
    ratios = [part(cost) / part(base) for cost, base in zip(costs, bases)]
    ratio = statistics.median(ratios)
    text = f"{ratio:.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
    if limit is None:
        return True, text
    kept = ratio <= limit
    return kept, f"{text}, limit {limit}{'' if kept else ': BROKEN'}"
