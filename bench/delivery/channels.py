#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Measures what 50 channels with two viewers each cost in relevod, time and memory, and beside it what ffmpeg takes that
copies one channel. Exit status: 0; 1 when a limit is broken; 2 when nothing could be measured."""

import argparse
import contextlib
import os
import pathlib
import statistics
import subprocess
import sys
import time

from house import Cost, House, cost_of_serving, cpu_of, house
from audience import resident_mb
from measure import Unmeasurable, duration_of, judge, print_head, print_row, run

CHANNELS = 50
VIEWERS = 2  # of each
COPIERS = 4  # processes of ffmpeg
SECONDS = 20
TIME_LIMIT = 0.25  # CPU seconds for a minute of a channel
MEMORY_LIMIT = 40 + 8 * CHANNELS  # MB


def cost_of_copying(ours: House) -> Cost:
    """Of one ffmpeg, once it runs. As those do it who start one for each channel."""
    command = ["ffmpeg", "-nostdin", "-v", "error", "-i", f"http://127.0.0.1:{ours.provider.port}/live/c1.ts", "-c", "copy",
               "-f", "mpegts", "pipe:1"]
    copiers = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(COPIERS)]
    try:
        time.sleep(8)  # it looks at five seconds before it begins
        before = [cpu_of(one.pid) for one in copiers]
        time.sleep(SECONDS)
        after = [cpu_of(one.pid) for one in copiers]
        if any(one.poll() is not None for one in copiers):
            raise Unmeasurable("ffmpeg has ended")
    finally:
        for one in copiers:
            one.kill()
            one.wait()
    return Cost(sum(b.user - a.user for a, b in zip(before, after)) / COPIERS,
                sum(b.system - a.system for a, b in zip(before, after)) / COPIERS)


def ring_mb(pid: int) -> float:
    """Of the streams that are kept for viewers: memory of files, which is not counted as resident."""
    blocks = 0
    for entry in pathlib.Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # closed meanwhile
            if "memfd:" in str(entry.readlink()):
                blocks += os.stat(entry).st_blocks
    return blocks * 512 / (1 << 20)


def work(options: argparse.Namespace, folder: pathlib.Path) -> bool:
    clip, build = options.media, options.build
    rate = clip.stat().st_size / duration_of(build / "tools/relevo-ts/relevo-ts", clip)
    print(f"{clip.name}: {rate * 8e-6:.1f} Mbit/s, {CHANNELS} channels for {SECONDS} s; {options.pairs} pairs")
    ffmpeg, relevod, memory, rings = [], [], [], []
    with house(build, folder, clip, CHANNELS) as ours:
        paths = [f"/stream/{number}" for number in range(1, CHANNELS + 1)]
        for _ in range(options.pairs):
            ffmpeg.append(cost_of_copying(ours))
            cost = cost_of_serving(build, ours.pid, ours.daemon.port, SECONDS, VIEWERS, paths, rate * SECONDS)
            relevod.append(Cost(cost.user / CHANNELS, cost.system / CHANNELS))
            memory.append(resident_mb(ours.pid))
            rings.append(ring_mb(ours.pid))
    minutes = SECONDS / 60
    took = statistics.median(cost.total for cost in relevod) / minutes
    _, verdict = judge(relevod, ffmpeg, None)
    print_head("for one channel; cost / ffmpeg: median (spread)")
    print_row("ffmpeg -c copy", ffmpeg, minutes, "1")
    print_row("relevod", relevod, minutes, verdict)
    kept = [tell("CPU s for a minute of a channel", took, TIME_LIMIT), tell("MB resident", max(memory), MEMORY_LIMIT)]
    print(f"MB of streams beside that: {max(rings):.0f}")
    return all(kept)


def tell(what: str, value: float, limit: float) -> bool:
    kept = value <= limit
    print(f"{what}: {value:.2f}, limit {limit}{'' if kept else ': BROKEN'}")
    return kept


if __name__ == "__main__":
    sys.exit(run(__doc__, "ffmpeg and relevod", work))
