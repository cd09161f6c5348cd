#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""kill -9 of the daemon while people watch and lists are read: started again with the same state it serves within a
second, from a catalogue that is whole.

Usage: kill_test.py RELEVOD RELEVO-TS PROVIDER MEDIA-FOLDER [SEED]"""

import pathlib
import random
import signal
import sqlite3
import sys
import tempfile
import time
import unittest

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from audience import Crowd, Lists, Log, Provider, add_account, add_channel, violations  # noqa: E402
from relevod import DEADLINE_S  # noqa: E402
from relevod import Daemon as OneDaemon  # noqa: E402

RELEVOD, RELEVO_TS, PROVIDER, MEDIA = sys.argv[1:5]
SEED = sys.argv[5] if len(sys.argv) > 5 else str(random.randrange(1 << 32))

ROUNDS = 5
CHANNELS = 2
VIEWERS = 6
BACK_WITHIN = 1.0


class Daemon(OneDaemon):
    """On the same port again."""

    def __init__(self, state, port=0):
        super().__init__(RELEVOD, state, port=port)
        self.log = Log(self.process)


def burden(pid):
    """How much longer than a release a build with sanitizers may take to begin."""
    return 4 if "libasan" in pathlib.Path(f"/proc/{pid}/maps").read_text() else 1


class Kill(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        # One connection each: the provider must have seen that the killed one is gone.
        logins = [option for channel in range(CHANNELS) for option in ("--login", f"user{channel}:secret:1")]
        self.provider = Provider(PROVIDER, MEDIA, logins)
        self.addCleanup(self.provider.close)
        self.lists = Lists({f"/{channel}": [("small", self.url(f"/live/user{channel}/secret/small.ts"))] for channel in range(CHANNELS)})
        self.addCleanup(self.lists.close)
        self.daemon = Daemon(self.folder.name)
        self.addCleanup(lambda: self.daemon.close())
        for channel in range(CHANNELS):
            streams = add_account(self.daemon, f"user{channel}", f"http://127.0.0.1:{self.lists.port}/{channel}", 1)
            add_channel(self.daemon, f"Channel {channel}", channel + 1, streams.values())
        busy = self.daemon.api("POST", "/accounts", {"name": "Busy", "kind": "m3u", "refresh": "", "location": self.url("/list.m3u?rows=20000")})
        self.busy = f"/accounts/{busy['id']}"

    def url(self, path):
        return f"http://127.0.0.1:{self.provider.port}{path}"

    def watch(self):
        """Everybody has got something, as soon as the daemon lets them."""
        crowd = Crowd(self.daemon.port)
        self.addCleanup(crowd.close)
        for i in range(VIEWERS):
            crowd.join(f"/stream/{1 + i % CHANNELS}", address=f"127.0.0.{2 + i}")
        self.assertTrue(crowd.run_until(lambda: all(one.body or one.over for one in crowd.viewers), DEADLINE_S))
        self.assertEqual({one.status for one in crowd.viewers}, {200}, [str(one) for one in crowd.viewers])
        return crowd

    def history(self):
        return {one["id"]: one["summary"] for one in self.daemon.api("GET", "/history?limit=1000")["items"]}

    def test_it_is_back_within_a_second(self):
        print(f"seed {SEED}", file=sys.stderr)
        dice = random.Random(SEED)
        crowd = self.watch()
        for _ in range(ROUNDS):
            self.daemon.api("POST", self.busy + "/refresh", {"even_unchanged": True, "accept_losses": True})
            crowd.run_for(dice.uniform(0, 0.6))
            before = self.history()
            self.assertEqual(self.daemon.end(signal.SIGKILL), -signal.SIGKILL)
            port = self.daemon.port
            self.daemon.close()
            crowd.run_until(lambda: all(one.over for one in crowd.viewers), DEADLINE_S)
            began = time.monotonic()
            self.daemon = Daemon(self.folder.name, port)
            limit = BACK_WITHIN * burden(self.daemon.process.pid)
            self.assertEqual(self.daemon.ask("GET", "/health")[0], 200)
            self.assertLess(time.monotonic() - began, limit)
            crowd = self.watch()
            self.assertLess(time.monotonic() - began, limit)
            self.assertEqual(len(self.daemon.api("GET", "/channels")["items"]), CHANNELS)
            self.assertLessEqual(before.items(), self.history().items())
        self.assertEqual(self.daemon.refresh(self.busy, {"accept_losses": True})["state"], "good")
        crowd.run_for(1)
        for viewer in crowd.viewers:
            self.assertEqual((viewer.over, violations(RELEVO_TS, viewer.body)), ("", []))
        crowd.close()
        self.assertEqual(self.daemon.end(), 0, self.daemon.log.last_words())
        with sqlite3.connect(pathlib.Path(self.folder.name, "relevo.db")) as database:
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
            self.assertEqual(database.execute("PRAGMA foreign_key_check").fetchall(), [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
