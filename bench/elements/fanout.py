#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares what it costs, user and system time, to serve live channels to many viewers with our elements and with those
of GStreamer, from the same origin in the same run. Exit status: 0; 1 when a limit is broken; 2 when nothing could be
measured."""

import argparse
import contextlib
import pathlib
import re
import subprocess
import sys
import typing

sys.path.append(str(pathlib.Path(__file__).parents[1]))
from measure import Cost, Unmeasurable, cost_of, cost_of_running, elements_environment, judge, print_head, print_row, run  # noqa: E402

SECONDS = 20
BYTES_PER_SECOND = 1_000_000  # of the stream, about
PROCESS_LIMIT = 60  # seconds
PIECE = 4096  # bytes that the origin writes at a time; souphttpsrc reads no more by itself
PIPELINES = {
    "multisocketsink": "souphttpsrc location={url} ! tsparse ! multisocketsink name=sink sync=false",
    "tsfanoutsink": 'failoversrc uris="<\\"{url}\\">" ! tsfanoutsink name=sink burst-time=0 burst-bytes=0',
}
# Channels, viewers of all of them together, and the limit.
CROWDS = {"50 channels, 2 viewers each": (50, 100, 0.3), "1 channel, 500 viewers": (1, 500, 0.15)}


class Bench:
    def __init__(self, address: str, clip: str, build: pathlib.Path, environment: dict):
        self.program = build / "bench/fanout/bench-fanout"
        self.url, self.environment = f"http://{address}/live/{clip}.ts?piece={PIECE}", environment

    def look_for_plugins(self) -> None:
        """Which the first process of all does, and keeps for the others."""
        cost_of("gst-inspect-1.0", ["gst-inspect-1.0", "tsfanoutsink"], PROCESS_LIMIT, env=self.environment,
                stdout=subprocess.DEVNULL)

    def cost(self, name: str, channels: int, viewers: int) -> Cost:
        """Of the server, from its start on."""
        command = [self.program, "serve", PIPELINES[name].format(url=self.url), str(channels), str(viewers), str(SECONDS)]
        with subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, text=True) as server:
            port = server.stdout.readline().strip()
            with subprocess.Popen([self.program, "view", port, str(viewers)], stdout=subprocess.PIPE, text=True) as crowd:
                cost = cost_of_running(name, server, PROCESS_LIMIT)
                least, most = map(int, crowd.communicate(timeout=PROCESS_LIMIT)[0].split())
        wanted = BYTES_PER_SECOND * SECONDS
        if least < 0.9 * wanted or most > 2 * wanted:
            raise Unmeasurable(f"{name}: viewers got {least} to {most} bytes, and not about {wanted}.")
        return cost


@contextlib.contextmanager
def provider(build: pathlib.Path, clip: pathlib.Path) -> typing.Iterator[str]:
    """Plays the clip; gives its address."""
    command = [build / "tests/support/provider/relevo-testprovider", "--media", clip.parent]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield re.search(r"127\.0\.0\.1:\d+", process.stdout.readline()).group()
        finally:
            process.terminate()


def measure(bench: Bench, crowd: str, pairs: int) -> bool:
    """Prints the table of a crowd; True when the limit is kept."""
    channels, viewers, limit = CROWDS[crowd]
    costs = {name: [] for name in PIPELINES}
    for _ in range(pairs):
        for name in PIPELINES:
            costs[name].append(bench.cost(name, channels, viewers))
    stock, ours = costs.values()
    kept, verdict = judge(ours, stock, limit)
    print_head(f"cost / multisocketsink, {crowd}: median (spread), limit")
    for name, rest in zip(PIPELINES, ("1", verdict)):
        print_row(name, costs[name], SECONDS / 60, rest)
    return kept


def work(options: argparse.Namespace, folder: pathlib.Path) -> bool:
    with provider(options.build, options.media) as address:
        bench = Bench(address, options.media.stem, options.build, elements_environment(options.build, folder))
        bench.look_for_plugins()
        print(f"{options.media.name}: {SECONDS} s; {options.pairs} pairs")
        return all([measure(bench, crowd, options.pairs) for crowd in CROWDS])


if __name__ == "__main__":
    sys.exit(run(__doc__, "multisocketsink and tsfanoutsink", work))
