#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""speed.mjs against the real daemon with 50,000 channels. What it measures it prints; what it asserts is no matter of time.

Usage: speed_test.py RELEVOD NODE WEB-FOLDER"""

import contextlib
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from audience import Log  # noqa: E402
from relevod import Daemon  # noqa: E402

RELEVOD, NODE, WEB = sys.argv[1:4]
CHANNELS = 50_000


CHANNEL_ROWS = """
  WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?)
  INSERT INTO channel (uuid, major, name, logo, tvg_id, hidden, automatic)
  SELECT printf('00000000-0000-4000-8000-%012d', n), n, 'Channel ' || n, '', '', 0, 0 FROM number
"""


def fill(folder):
    """Through the API it would take longer than all the rest."""
    first = Daemon(RELEVOD, folder)  # makes the database
    log = Log(first.process)
    assert first.end() == 0, log.last_words()
    with contextlib.closing(sqlite3.connect(pathlib.Path(folder) / "relevo.db")) as database, database:
        database.execute(CHANNEL_ROWS, (CHANNELS,))


def main():
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        fill(folder)
        daemon = Daemon(RELEVOD, folder)
        stack.callback(daemon.close)
        log = Log(daemon.process)
        speed = subprocess.run([NODE, pathlib.Path(__file__).with_name("speed.mjs"), WEB, f"http://127.0.0.1:{daemon.port}",
                                str(CHANNELS)], env={"HOME": folder, "PATH": "/usr/bin:/bin"}, check=False)
        status = daemon.end()
    if speed.returncode or status:
        sys.exit(f"it ended with {speed.returncode}, relevod with {status}\n{log.last_words()}")


main()
