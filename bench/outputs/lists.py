#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Measures how long a player waits for the list of all channels, until the first byte and until the last, and by how much
relevod grows while 20 players fetch it at once. Exit status: 0; 1 when a limit is broken; 2 when nothing could be
measured."""

import argparse
import contextlib
import dataclasses
import gzip
import pathlib
import re
import socket
import sqlite3
import statistics
import sys
import threading
import time
import uuid

TOP = pathlib.Path(__file__).parents[2]
sys.path += [str(TOP / "bench"), str(TOP / "tests/support")]
from measure import Unmeasurable, run  # noqa: E402
from relevod import Daemon  # noqa: E402

FIRST_LIMIT = 0.050  # seconds
WHOLE_LIMIT = 1.0
GROWTH_LIMIT = 20e6  # bytes
CROWD = 20
PATIENCE = 60  # seconds
REST = 0.5


@dataclasses.dataclass
class List:
    name: str
    channels: int
    entry: bytes  # that stands before each of them
    query: str = ""  # {token}: that of a user


LISTS = [List("/playlist.m3u", 20_000, b"\n#EXTINF:"),
         List("/player_api.php", 50_000, b'{"num":', "?username=ann&password={token}&action=get_live_streams")]


@dataclasses.dataclass
class Fetched:
    first: float  # seconds to the first byte of the body
    whole: float
    body: bytes


def fetch(port: int, path: str, packed: bool = False) -> Fetched:
    asked = time.monotonic()
    with contextlib.closing(socket.create_connection(("127.0.0.1", port), PATIENCE)) as client:
        client.sendall(f"GET {path} HTTP/1.0\r\nHost: localhost:{port}\r\n"
                       f"{'Accept-Encoding: gzip' if packed else 'X-Plain: 1'}\r\n\r\n".encode())
        seen = b""
        while not (end := seen.find(b"\r\n\r\n") + 4) > 3 or len(seen) == end:
            seen += receive(client)
        first = time.monotonic() - asked
        if b" 200 " not in seen[:20] or packed != (b"Content-Encoding: gzip" in seen[:end]):
            raise Unmeasurable(seen[:end].decode(errors="replace"))
        pieces = [seen[end:]]
        while piece := client.recv(1 << 20):
            pieces.append(piece)
        return Fetched(first, time.monotonic() - asked, b"".join(pieces))


def receive(client: socket.socket) -> bytes:
    data = client.recv(1 << 16)
    if not data:
        raise Unmeasurable("an answer ended before it began")
    return data


def fill(state: pathlib.Path, channels: int) -> None:
    """With channels as a large list makes them."""
    with contextlib.closing(sqlite3.connect(state / "relevo.db")) as database, database:
        database.executemany("INSERT INTO channel_group (id, name) VALUES (?, ?)",
                             [(group, f"Group of channels {group}") for group in range(1, 101)])
        database.executemany(
            "INSERT INTO channel (uuid, major, name, channel_group, logo, tvg_id, hidden, automatic, provided)"
            " VALUES (?, ?, ?, ?, ?, ?, 0, 1, ?)",
            ((str(uuid.UUID(int=number << 64 | number)), number, f"UK: Channel of the list {number} HD", number % 100 + 1,
              f"http://logos.example.com/uk/{number:x}/{number:08x}.png", f"channel{number}.uk",
              f'{{"name":"Channel {number}","group":"","logo":"","tvg_id":""}}') for number in range(1, channels + 1)))


class Resident:
    """By how much the memory of a process has grown at most since this was made."""

    def __init__(self, pid: int):
        self.folder = pathlib.Path(f"/proc/{pid}")
        (self.folder / "clear_refs").write_text("5")
        self.before = self.read("VmRSS")

    def read(self, name: str) -> int:
        return int(re.search(rf"{name}:\s+(\d+) kB", (self.folder / "status").read_text())[1]) * 1024

    def growth(self) -> int:
        return self.read("VmHWM") - self.before


@dataclasses.dataclass
class Sample:
    cold: Fetched  # nothing has been asked since the daemon was started
    cold_packed: Fetched
    warm: Fetched
    growth: int  # bytes, from a daemon that nobody has asked


def touch(daemon: Daemon) -> None:
    """So that what has been written is of no use."""
    channel = daemon.api("GET", "/channels?limit=1")["items"][0]
    daemon.api("PATCH", f"/channels/{channel['id']}", {"name": channel["name"] + "+"})


def start(relevod: pathlib.Path, state: pathlib.Path) -> Daemon:
    """When it has done what it does once it is started, as reading what an HDHomeRun announces."""
    daemon = Daemon(relevod, str(state))
    stat = pathlib.Path(f"/proc/{daemon.process.pid}/stat")
    used = None
    deadline = time.monotonic() + PATIENCE
    while used != (used := stat.read_text().rsplit(")", 1)[1].split()[11:13]):
        if time.monotonic() > deadline:
            raise Unmeasurable("relevod never comes to rest")
        time.sleep(REST)
    return daemon


def measure(relevod: pathlib.Path, state: pathlib.Path, wanted: List, path: str) -> Sample:
    with contextlib.closing(start(relevod, state)) as daemon:
        cold = fetch(daemon.port, path)
        if cold.body.count(wanted.entry) != wanted.channels:
            raise Unmeasurable(f"{wanted.name} has {cold.body.count(wanted.entry)} channels")
        warm = fetch(daemon.port, path)
        touch(daemon)
        cold_packed = fetch(daemon.port, path, packed=True)
        if gzip.decompress(cold_packed.body).count(wanted.entry) != wanted.channels:
            raise Unmeasurable(f"{wanted.name} is packed wrongly")
        daemon.end()
    with contextlib.closing(start(relevod, state)) as daemon:
        resident = Resident(daemon.process.pid)
        crowd = [threading.Thread(target=fetch, args=(daemon.port, path)) for _ in range(CROWD)]
        for one in crowd:
            one.start()
        for one in crowd:
            one.join()
        sample = Sample(cold, cold_packed, warm, resident.growth())
        daemon.end()
        return sample


def judge(wanted: List, samples: list[Sample]) -> bool:
    print(f"\n{f'{wanted.name}, {wanted.channels} channels':44}{'first ms':>9}{'whole ms':>10}"
          f"   limits {FIRST_LIMIT * 1000:.0f}, {WHOLE_LIMIT * 1000:.0f}")
    kept = True
    for name, part in {"nobody has asked": "cold", "the same, with gzip": "cold_packed", "somebody has asked": "warm"}.items():
        fetched = [getattr(sample, part) for sample in samples]
        first, whole = (statistics.median(getattr(one, what) for one in fetched) for what in ("first", "whole"))
        good = first <= FIRST_LIMIT and whole <= WHOLE_LIMIT
        kept = kept and good
        print(f"{f'{name}, {len(fetched[0].body) / 1e6:.1f} MB':44}{first * 1000:9.1f}{whole * 1000:10.1f}"
              f"{'' if good else '   BROKEN'}")
    growth = statistics.median(sample.growth for sample in samples)
    good = growth <= GROWTH_LIMIT
    print(f"MB more while {CROWD} fetch at once: {growth / 1e6:.1f}, limit {GROWTH_LIMIT / 1e6:.0f}{'' if good else ': BROKEN'}")
    return kept and good


def work(options: argparse.Namespace, folder: pathlib.Path) -> bool:
    relevod = options.build / "daemon/relevod"
    kept = True
    for number, wanted in enumerate(LISTS):
        state = folder / str(number)
        with contextlib.closing(Daemon(relevod, str(state))) as daemon:
            user = daemon.api("POST", "/users", {"name": "ann", "password": "correct horse"})
            daemon.end()
        fill(state, wanted.channels)
        path = wanted.name + wanted.query.format(token=user["stream_token"])
        kept = judge(wanted, [measure(relevod, state, wanted, path) for _ in range(options.pairs)]) and kept
    return kept


if __name__ == "__main__":
    sys.exit(run(__doc__, "fetches of each kind", work, media=False))
