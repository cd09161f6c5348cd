#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares what hlsrestream costs, user and system time, with hlssink2 on the same file in the same run.
Exit status: 0; 1 when the limit is broken; 2 when nothing could be measured."""

import argparse
import pathlib
import shlex
import sys

sys.path.append(str(pathlib.Path(__file__).parents[1]))
from measure import (Cost, Unmeasurable, cost_of, describe, elements_environment, judge, make_stream,  # noqa: E402
                     memory_folder, print_head, print_row, run)

MEDIA_SECONDS = 180
LIMIT = 0.3
PROCESS_LIMIT = 30  # seconds
ATTEMPTS = 3  # hlssink2 of GStreamer 1.22.0 does not end now and then
PIPELINES = {
    "hlssink2": "filesrc location={input} ! tsdemux name=d  d. ! queue ! h264parse ! s.video"
                "  d. ! queue ! aacparse ! s.audio  hlssink2 name=s target-duration=6 playlist-length=6 max-files=12"
                " location={output}/s%05d.ts playlist-location={output}/tv.m3u8",
    "hlsrestream": "filesrc location={input} ! hlsrestream location={output}/tv.m3u8 target-duration=6",
    "filesink": "filesrc location={input} ! filesink location={output}/all.ts",
}


class Bench:
    def __init__(self, build: pathlib.Path, folder: pathlib.Path):
        self.input, self.folder = folder / "in.ts", folder
        self.environment = elements_environment(build, folder)
        self.hangs = 0

    def cost(self, name: str) -> Cost:
        for _ in range(ATTEMPTS):
            with memory_folder() as output:
                pipeline = PIPELINES[name].format(input=self.input, output=output)
                try:
                    cost = cost_of(name, ["gst-launch-1.0", "-q", *shlex.split(pipeline)], PROCESS_LIMIT,
                                   env=self.environment)
                except Unmeasurable:
                    self.hangs += 1
                    continue
                self.check(name, pathlib.Path(output))
                return cost
        raise Unmeasurable(f"{name} failed {ATTEMPTS} times: gst-launch-1.0 {pipeline}")

    def check(self, name: str, output: pathlib.Path) -> None:
        """The work was done: the newest segments are there, and are worth the time that they say."""
        if name == "filesink":
            return
        lines = (output / "tv.m3u8").read_text().splitlines()
        segments = [line.rsplit("/", 1)[-1] for line in lines if line and not line.startswith("#")]
        seconds = sum(float(line[8:].rstrip(",")) for line in lines if line.startswith("#EXTINF:"))
        size = sum((output / segment).stat().st_size for segment in segments)
        wanted = self.input.stat().st_size / MEDIA_SECONDS * seconds
        if len(segments) < 5 or size < 0.8 * wanted:
            raise Unmeasurable(f"{name} made {len(segments)} segments of {seconds:.0f} s and {size} bytes.")


def measure(bench: Bench, minutes: float, pairs: int) -> bool:
    """Prints the table; True when the limit is kept."""
    costs = {name: [] for name in PIPELINES}
    for _ in range(pairs):
        for name in PIPELINES:
            costs[name].append(bench.cost(name))
    print_head("cost / hlssink2: median (spread), limit")
    kept, verdict = judge(costs["hlsrestream"], costs["hlssink2"], LIMIT)
    for name, rest in {"hlssink2": "1", "hlsrestream": verdict, "filesink": "reads and writes, no more"}.items():
        print_row(name, costs[name], minutes, rest)
    if bench.hangs:
        print(f"{bench.hangs} processes did not end in {PROCESS_LIMIT} s, or failed, and were run again")
    return kept


def work(options: argparse.Namespace, folder: pathlib.Path) -> bool:
    bench = Bench(options.build, folder)
    seconds = make_stream(options.build / "tools/relevo-ts/relevo-ts", options.media, bench.input, MEDIA_SECONDS)
    for name in PIPELINES:
        bench.cost(name)
    print(f"{describe(options.media, bench.input, seconds)}; {options.pairs} pairs")
    return measure(bench, seconds / 60, options.pairs)


if __name__ == "__main__":
    sys.exit(run(__doc__, "hlssink2 and hlsrestream", work))
