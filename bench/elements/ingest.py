#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares what tshttpsrc costs, user and system time, with souphttpsrc on the same paced stream in the same run.
Exit status: 0; 1 when the limit is broken; 2 when nothing could be measured."""

import argparse
import concurrent.futures
import contextlib
import json
import pathlib
import re
import subprocess
import sys
import typing
import urllib.request

sys.path.append(str(pathlib.Path(__file__).parents[1]))
from measure import Cost, Unmeasurable, cost_of, elements_environment, judge, print_head, print_row, run  # noqa: E402

CHANNELS = 10  # in one process, so that its start counts little
SECONDS = 20
PROCESS_LIMIT = 60  # seconds
SOURCES = ("souphttpsrc", "tshttpsrc")
# How the origin writes, in the query of its URLs, and the limit.
ORIGINS = {"7 packets at a time": ("piece=1316&", 0.35), "blocks of 40 ms": ("", None)}


class Bench:
    def __init__(self, address: str, environment: dict):
        self.address, self.environment = address, environment

    def look_for_plugins(self) -> None:
        """Which the first process of all does, and keeps for the others."""
        cost_of("gst-inspect-1.0", ["gst-inspect-1.0", "tshttpsrc"], PROCESS_LIMIT, env=self.environment,
                stdout=subprocess.DEVNULL)

    def pair(self, query: str) -> list[Cost]:
        """Of both at the same time, so that whatever else the machine does disturbs them alike."""
        before = self.bytes_sent()
        with concurrent.futures.ThreadPoolExecutor() as pool:
            costs = list(pool.map(lambda source: self.cost(source, query), SOURCES))
        sent = {source: count - before[source] for source, count in self.bytes_sent().items()}
        if min(sent.values()) < 0.95 * max(sent.values()):
            raise Unmeasurable(f"They did not read the same: {sent} bytes.")
        return costs

    def cost(self, source: str, query: str) -> Cost:
        channel = [source, f"location=http://{self.address}/live/{source}.ts?{query}fault=close@{SECONDS}",
                   "!", "fakesink", "sync=false"]
        return cost_of(source, ["gst-launch-1.0", "-q", *channel * CHANNELS], PROCESS_LIMIT, env=self.environment)

    def bytes_sent(self) -> dict[str, int]:
        with urllib.request.urlopen(f"http://{self.address}/stats") as answer:
            channels = json.load(answer)["channels"]
        return {source: channels[source]["bytes"] for source in SOURCES}


@contextlib.contextmanager
def provider(build: pathlib.Path, clip: pathlib.Path) -> typing.Iterator[str]:
    """Plays the clip under the name of each source; gives its address."""
    channels = [argument for source in SOURCES for argument in ("--channel", f"{source}={clip.stem}")]
    command = [build / "tests/support/provider/relevo-testprovider", "--media", clip.parent, *channels]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield re.search(r"127\.0\.0\.1:\d+", process.stdout.readline()).group()
        finally:
            process.terminate()


def measure(bench: Bench, name: str, pairs: int) -> bool:
    """Prints the table of an origin; True when the limit is kept."""
    query, limit = ORIGINS[name]
    costs = [bench.pair(query) for _ in range(pairs)]
    stock, ours = ([pair[i] for pair in costs] for i in range(len(SOURCES)))
    kept, verdict = judge(ours, stock, limit)
    print_head(f"cost / souphttpsrc, the origin writing {name}: median (spread), limit")
    for source, part, rest in (("souphttpsrc", stock, "1"), ("tshttpsrc", ours, verdict)):
        print_row(source, part, CHANNELS * SECONDS / 60, rest)
    return kept


def work(options: argparse.Namespace, folder: pathlib.Path) -> bool:
    with provider(options.build, options.media) as address:
        bench = Bench(address, elements_environment(options.build, folder))
        bench.look_for_plugins()
        print(f"{options.media.name}: {CHANNELS} channels for {SECONDS} s; {options.pairs} pairs")
        return all([measure(bench, name, options.pairs) for name in ORIGINS])


if __name__ == "__main__":
    sys.exit(run(__doc__, "souphttpsrc and tshttpsrc", work))
