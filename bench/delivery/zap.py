#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Measures how long who joins a channel waits for the first bytes of a key picture: one that is on, from his request;
and one that nobody watches, from the moment at which the source sent its first key picture. Exit status: 0; 1 when a
limit is broken; 2 when nothing could be measured."""

import argparse
import pathlib
import random
import socket
import statistics
import sys
import threading
import time

from house import PATIENCE, House, house
from measure import Unmeasurable, run

JOINS = 200
LIMITS = {"on already": 30, "nobody watched it": 100}  # ms, 95th percentile
PACKET = 188


def is_key_picture(packet: bytes) -> bool:
    """Whether a picture begins in it at which a decoder can start."""
    begins, adapted = packet[1] & 0x40, packet[3] & 0x20
    if not (begins and adapted and packet[4] > 0 and packet[5] & 0x40):
        return False
    unit = packet[5 + packet[4]:]
    return unit[:3] == b"\0\0\1" and unit[3] & 0xf0 == 0xe0


class Join:
    """A viewer until his first key picture, which came at `came`; asked at `asked`; both of the monotonic clock."""

    def __init__(self, port: int, path: str):
        self.asked = time.monotonic()
        self.socket = socket.create_connection(("127.0.0.1", port), PATIENCE)
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        seen, at = b"", 0
        while b"\r\n\r\n" not in seen:
            seen += self.more()
        if b" 200 " not in seen[:20]:
            raise Unmeasurable(seen.decode(errors="replace"))
        at = seen.index(b"\r\n\r\n") + 4
        while True:
            while len(seen) >= at + PACKET:
                if is_key_picture(seen[at:at + PACKET]):
                    self.came = time.monotonic()
                    return
                at += PACKET
            seen += self.more()

    def more(self) -> bytes:
        data = self.socket.recv(1 << 16)
        if not data:
            raise Unmeasurable("a stream ended")
        return data

    def close(self) -> None:
        self.socket.close()


def join_what_is_on(ours: House, dice: random.Random) -> list[float]:
    first = Join(ours.daemon.port, "/stream/1")
    threading.Thread(target=lambda: [None for _ in iter(lambda: first.socket.recv(1 << 20), b"")], daemon=True).start()
    time.sleep(3)
    waits = []
    for _ in range(JOINS):
        time.sleep(dice.uniform(0, 0.05))  # at any time of a tick
        one = Join(ours.daemon.port, "/stream/1")
        waits.append(1000 * (one.came - one.asked))
        one.close()
    return waits


def join_what_is_not(ours: House, dice: random.Random) -> list[float]:
    """Beside the one that is on. The provider begins anywhere."""
    waits = []
    for i in range(JOINS):
        number = 2 + i % 4
        ours.provider.get(f"/control/channel/c{number}?fault=begin:{dice.uniform(0, 5.9):.3f}")
        one = Join(ours.daemon.port, f"/stream/{number}")
        sent = ours.provider.stats()["channels"][f"c{number}"]["first_entry_ns"] / 1e9
        if sent < one.asked:
            raise Unmeasurable("the provider did not begin anew")
        waits.append(1000 * (one.came - sent))
        one.close()
        for session in ours.daemon.api("GET", "/sessions"):
            if session["channel_name"] == f"Channel {number}":
                ours.daemon.api("DELETE", f"/sessions/{session['id']}")
    return waits


def work(options: argparse.Namespace, folder: pathlib.Path) -> bool:
    dice = random.Random(1)
    with house(options.build, folder, options.media, 5) as ours:
        waits = dict(zip(LIMITS, (join_what_is_on(ours, dice), join_what_is_not(ours, dice))))
    print(f"{options.media.name}: {JOINS} joins each\n\n{'ms to a key picture':24}{'median':>8}{'95 %':>8}{'most':>8}   limit of 95 %")
    kept = []
    for name, limit in LIMITS.items():
        ordered = sorted(waits[name])
        most = ordered[JOINS * 95 // 100]
        kept.append(most <= limit)
        print(f"{name:24}{statistics.median(ordered):8.1f}{most:8.1f}{ordered[-1]:8.1f}   {limit}{'' if kept[-1] else ': BROKEN'}")
    return all(kept)


if __name__ == "__main__":
    sys.exit(run(__doc__, "nothing: it measures once", work))
