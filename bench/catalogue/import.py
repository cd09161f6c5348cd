#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares how long relevod takes to import a playlist, from the order to the event that it is done, with how long the
sqlite3 shell takes to import the same rows into the same table from CSV. Exit status: 0; 1 when a limit is broken;
2 when nothing could be measured."""

import argparse
import contextlib
import csv
import dataclasses
import http.client
import json
import os
import pathlib
import random
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time

sys.path += [str(pathlib.Path(__file__).parents[1]), str(pathlib.Path(__file__).parents[2] / "tests/support")]
import measure  # noqa: E402
import relevod  # noqa: E402

LIMITS = {"empty": 2.5, "unchanged": 1.0}  # time against the shell
MEMORY_LIMIT = 200e6  # bytes
HEALTH_LIMIT = 0.020  # seconds, 99th percentile
HEALTH_INTERVAL = 0.010  # seconds
PROCESS_LIMIT = 300  # seconds

COUNTRIES = ("UK", "US", "DE", "FR", "ES", "IT", "PT", "NL", "PL", "TR", "AR", "BR", "SE", "NO", "DK", "FI")
KINDS = ("News", "Sports", "Cinema", "Kids", "Music", "Documentaries", "General", "Religious", "24/7", "PPV")
WORDS = ("One", "Two", "Plus", "Star", "Première", "Galaxy", "Sport", "Film", "Canal", "Ünlü", "Discovery", "City",
         "Atlantic", "Österreich", "World", "Nature", "Action", "Drama", "Crime", "Gold", "Família", "Retro")
QUALITIES = ("", "", " HD", " FHD", " 4K", " SD", " HEVC", " [Backup]", " ᴿᴬᵂ")


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--entries", type=int, default=250_000, help="of the playlist (default: 250000)")
    parser.add_argument("--folder", type=pathlib.Path, help="on the disk to measure with (default: the build folder)")


def write_playlist(file: pathlib.Path, entries: int) -> None:
    """The same one every time. A group is not always in one piece, and every tenth address is no panel's."""
    pick = random.Random(1)
    with file.open("w", encoding="utf-8") as out:
        out.write('#EXTM3U url-tvg="http://guide.example.com/guide.xml.gz"\n')
        for number in range(1, entries + 1):
            country = COUNTRIES[number * len(COUNTRIES) // (entries + 1)]
            group = f"{country}| {pick.choice(KINDS)}"
            words = " ".join(pick.sample(WORDS, pick.randint(1, 3)))
            name = f"{country}: {words} {pick.randint(1, 999)}{pick.choice(QUALITIES)}"
            tvg_id = f"{words.replace(' ', '').lower()}{number % 9000}.{country.lower()}" if number % 3 else ""
            more = f' tvg-chno="{number}" catchup="shift" catchup-days="7"' if number % 5 == 0 else ""
            logo = f"http://logos.example.com/{country.lower()}/{number:x}/{pick.getrandbits(32):08x}.png"
            out.write(f'#EXTINF:-1 tvg-id="{tvg_id}" tvg-name="{name}" tvg-logo="{logo}"{more} group-title="{group}",'
                      f"{name}\n")
            if number % 20 == 0:
                out.write("#EXTVLCOPT:http-user-agent=Player/2.4\n#EXTVLCOPT:http-referrer=http://example.com/\n")
            if number % 10:
                out.write(f"http://line.example.com:8080/user12345/pass67890/{number}\n")
            else:
                query = f"token={pick.getrandbits(128):032x}&quality=high"
                out.write(f"https://cdn{number % 7}.example.net/live/{number:x}/index.m3u8?{query}\n")


class Health(threading.Thread):
    """Asks for the health on a schedule that does not wait for slow answers: what should have been asked while one
    was awaited counts from the moment at which it was due."""

    def __init__(self, port: int):
        super().__init__()
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PROCESS_LIMIT)
        self.ending = threading.Event()
        self.seconds: list[float] = []
        self.start()

    def run(self) -> None:
        due = time.monotonic()
        while not self.ending.wait(max(0.0, due - time.monotonic())):
            self.connection.request("GET", "/health")
            self.connection.getresponse().read()
            self.seconds.append(time.monotonic() - due)
            due += HEALTH_INTERVAL
        self.connection.close()

    def finish(self) -> list[float]:
        self.ending.set()
        self.join()
        return self.seconds


@dataclasses.dataclass
class Sample:
    wall: float
    cpu: float
    health: list[float] = dataclasses.field(default_factory=list)


class Daemon(relevod.Daemon):
    def measure_refresh(self, account: int, expected: dict) -> Sample:
        with contextlib.closing(relevod.Listener(self.port)) as listener:
            health = Health(self.port)
            cpu, wall = self.cpu(), time.monotonic()
            self.api("POST", f"/accounts/{account}/refresh", {"even_unchanged": True})
            event = listener.until("refreshed")[-1]
            sample = Sample(time.monotonic() - wall, self.cpu() - cpu)
            sample.health = health.finish()
        found = {name: event["report"].get(name) for name in expected}
        if event["outcome"] != "done" or found != expected:
            raise measure.Unmeasurable(f"the refresh was {event['outcome']}: {event['message']} {found}")
        return sample

    def cpu(self) -> float:
        """Of all threads, in seconds."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak(self) -> int:
        """Bytes of memory."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) * 1024


@dataclasses.dataclass
class Import:
    empty: Sample
    unchanged: Sample
    peak: int


def import_with_relevod(program: pathlib.Path, playlist: pathlib.Path, state: pathlib.Path, entries: int) -> Import:
    daemon = Daemon(program, state)
    with contextlib.closing(daemon):
        account = daemon.api("POST", "/accounts", {"name": "A", "location": str(playlist), "refresh": ""})["id"]
        empty = daemon.measure_refresh(account, {"added": entries, "faults": 0})
        unchanged = daemon.measure_refresh(account, {"added": 0, "changed": 0, "vanished": 0})
        made = Import(empty, unchanged, daemon.peak())
        daemon.end()
        return made


def write_baseline(database: pathlib.Path, folder: pathlib.Path) -> pathlib.Path:
    """The rows of the table as CSV, and what the shell is to do with them in an empty folder; returns the latter."""
    rows, script = folder / "streams.csv", folder / "import.sql"
    with contextlib.closing(sqlite3.connect(database)) as source:
        tables = source.execute("SELECT sql FROM sqlite_master WHERE sql NOT NULL AND"
                                " tbl_name IN ('account', 'stream_group', 'stream') ORDER BY type DESC").fetchall()
        with rows.open("w", newline="", encoding="utf-8") as out:
            for row in source.execute("SELECT * FROM stream"):
                # What is sealed is no text; its size is what costs.
                csv.writer(out).writerow("x" * len(value) if isinstance(value, bytes) else value for value in row)
    script.write_text("PRAGMA journal_mode = WAL;\nPRAGMA synchronous = NORMAL;\n"
                      + "".join(f"{sql};\n" for sql, in tables) + f".import --csv {rows} stream\n")
    return script


def import_with_shell(script: pathlib.Path, folder: pathlib.Path, entries: int) -> Sample:
    database = folder / "shell.db"
    started = time.monotonic()
    with script.open() as commands:
        cost = measure.cost_of("sqlite3", ["sqlite3", "-batch", database], PROCESS_LIMIT, stdin=commands,
                               stdout=subprocess.DEVNULL)
    sample = Sample(time.monotonic() - started, cost.total)
    with contextlib.closing(sqlite3.connect(database)) as made:
        if made.execute("SELECT count(*) FROM stream").fetchone() != (entries,):
            raise measure.Unmeasurable("sqlite3 did not import everything")
    return sample


def measure_pairs(program: pathlib.Path, playlist: pathlib.Path, options: argparse.Namespace,
                  place: pathlib.Path) -> tuple[list[Import], list[Sample]]:
    """Each in a folder of its own at that place."""
    ours, bases = [], []
    for _ in range(options.pairs):
        with tempfile.TemporaryDirectory(dir=place, prefix="relevo-bench-") as name:
            folder = pathlib.Path(name)
            os.sync()
            ours.append(import_with_relevod(program, playlist, folder / "state", options.entries))
            script = write_baseline(folder / "state/relevo.db", playlist.parent)
            os.sync()
            bases.append(import_with_shell(script, folder, options.entries))
    return ours, bases


def judge(name: str, ours: list[Import], bases: list[Sample]) -> bool:
    """Prints the table of one kind of storage; True when every limit is kept."""
    print(f"\n{name:24}{'seconds':>9}{'CPU':>8}{'ms p99':>8}{'ms most':>9}   time / sqlite3: median (spread), limit")
    print(f"{'sqlite3':24}{statistics.median(b.wall for b in bases):9.2f}"
          f"{statistics.median(b.cpu for b in bases):8.2f}{'':17}   1")
    kept = True
    for what, limit in LIMITS.items():
        samples = [getattr(one, what) for one in ours]
        fast, verdict = measure.judge(samples, bases, limit, part=lambda sample: sample.wall)
        answers = sorted(seconds for sample in samples for seconds in sample.health)
        slow = answers[len(answers) * 99 // 100]
        awake = slow <= HEALTH_LIMIT
        _, cpu = measure.judge(samples, bases, None, part=lambda sample: sample.cpu)
        print(f"{'relevod, ' + what:24}{statistics.median(s.wall for s in samples):9.2f}"
              f"{statistics.median(s.cpu for s in samples):8.2f}{slow * 1000:8.1f}{answers[-1] * 1000:9.1f}   {verdict}"
              f"; CPU {cpu}{'' if awake else f'; p99 limit {HEALTH_LIMIT * 1000:.0f}: BROKEN'}")
        kept = kept and fast and awake
    peak = max(one.peak for one in ours)
    small = peak <= MEMORY_LIMIT
    print(f"peak memory of relevod {peak / 1e6:.1f} MB, limit {MEMORY_LIMIT / 1e6:.0f}{'' if small else ': BROKEN'}")
    return kept and small


def work(options: argparse.Namespace, folder: pathlib.Path) -> bool:
    if not shutil.which("sqlite3"):
        raise measure.Unmeasurable("sqlite3 is missing; scripts/setup.sh --test installs it.")
    playlist = folder / "list.m3u"
    write_playlist(playlist, options.entries)
    print(f"{playlist.stat().st_size / 1e6:.0f} MB, {options.entries} entries; {options.pairs} pairs", flush=True)
    kept = True
    for name, place in {"on disk": options.folder or options.build, "in memory": folder}.items():
        ours, bases = measure_pairs(options.build / "daemon/relevod", playlist, options, place)
        kept = judge(name, ours, bases) and kept
    return kept


if __name__ == "__main__":
    sys.exit(measure.run(__doc__, "relevod and sqlite3", work, media=False, add_options=add_options))
