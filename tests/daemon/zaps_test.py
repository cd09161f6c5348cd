#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Twenty viewers zap a thousand times among channels whose logins have one connection or two: the provider never sees
more than it allows, and when everybody has gone nothing is left, in the daemon or at the provider.

Usage: zaps_test.py RELEVOD RELEVO-TS PROVIDER MEDIA-FOLDER [SEED]"""

import collections
import pathlib
import random
import sys
import tempfile
import time
import unittest

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from audience import Crowd, Lists, Log, Provider, add_account, add_channel, descriptors, resident_mb  # noqa: E402
from relevod import DEADLINE_S, Daemon  # noqa: E402

RELEVOD, RELEVO_TS, PROVIDER, MEDIA = sys.argv[1:5]
SEED = sys.argv[5] if len(sys.argv) > 5 else str(random.randrange(1 << 32))

LOGINS = 6  # by turns with one connection and with two
CHANNELS = 18  # three of each login; every third can be seen through the next login as well
VIEWERS = 20
ZAPS = 1000
WARM_UP = 300  # zaps after which the daemon has what it needs
MOST_GROWTH_MB = 10


class Zapper:
    """A person with one television set: from one channel to the next, with or without patience."""

    def __init__(self, number, crowd, dice, count):
        self.crowd, self.dice, self.count = crowd, dice, count
        self.address = f"127.0.1.{number + 1}"
        self.viewer = None
        self.next_at = 0.0

    def step(self, now):
        """True: he has zapped."""
        if self.viewer and not self.done(now):
            return False
        before, channel = self.viewer, self.dice.randrange(CHANNELS) + 1
        opens_first = self.dice.random() < 0.3  # and closes then, as some players do
        if before and not opens_first:
            self.crowd.leave(before)
        self.viewer = self.crowd.join(f"/stream/{channel}", address=self.address)
        if before and opens_first:
            self.crowd.leave(before)
        impatient = self.dice.random() < 0.3
        self.next_at = now + self.dice.uniform(0, 0.3) if impatient else 0
        return True

    def done(self, now):
        if self.viewer.over or self.viewer.status:
            self.next_at = self.next_at or now + self.dice.uniform(0, 0.3)  # he looks at it
        elif not self.next_at and now - self.viewer.asked_at > DEADLINE_S:
            raise AssertionError(f"no answer: {self.viewer}")
        if not self.next_at or now < self.next_at:
            return False
        self.count[self.viewer.status] += 1
        if self.viewer.status == 200 and self.viewer.over:
            raise AssertionError(f"somebody else's zap ended it: {self.viewer}")
        return True


class Zaps(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        options = []
        for login in range(LOGINS):
            options += ["--login", f"user{login}:secret:{1 + login % 2}"]
        for channel in range(CHANNELS):
            options += ["--channel", f"c{channel}=small"]
        self.provider = Provider(PROVIDER, MEDIA, options)
        self.addCleanup(self.provider.close)
        self.lists = Lists({f"/{login}": self.entries(login) for login in range(LOGINS)})
        self.addCleanup(self.lists.close)
        self.daemon = Daemon(RELEVOD, self.folder.name)
        self.addCleanup(self.daemon.close)
        self.log = Log(self.daemon.process)
        streams = [add_account(self.daemon, f"user{login}", f"http://127.0.0.1:{self.lists.port}/{login}", 1 + login % 2)
                   for login in range(LOGINS)]
        for channel in range(CHANNELS):
            own, other = streams[channel % LOGINS], streams[(channel + 1) % LOGINS]
            sources = [own[f"c{channel}"]] + ([other[f"c{channel}"]] if channel % 3 == 0 else [])
            add_channel(self.daemon, f"Channel {channel}", channel + 1, sources)

    def entries(self, login):
        return [(f"c{channel}", f"http://127.0.0.1:{self.provider.port}/live/user{login}/secret/c{channel}.ts")
                for channel in range(CHANNELS)]

    def zap(self, crowd, dice, zaps):
        """So many times, and then everybody goes home. How often there was which status; 0: he did not wait for it."""
        count = collections.Counter()
        people = [Zapper(number, crowd, dice, count) for number in range(VIEWERS)]
        while zaps > 0:
            for one in people:
                zaps -= one.step(time.monotonic())
            crowd.run_for(0.005)
        for viewer in crowd.viewers:
            crowd.leave(viewer)
        crowd.viewers.clear()
        for session in self.daemon.api("GET", "/sessions"):
            self.daemon.ask("DELETE", f"/api/v1/sessions/{session['id']}")
        while self.daemon.api("GET", "/sessions"):
            crowd.run_for(0.05)
        return count

    def test_nothing_is_taken_that_is_not_there_and_nothing_stays(self):
        print(f"seed {SEED}", file=sys.stderr)
        dice = random.Random(SEED)
        crowd = Crowd(self.daemon.port)
        self.addCleanup(crowd.close)
        pid = self.daemon.process.pid
        self.zap(crowd, dice, WARM_UP)
        open_before, memory_before = descriptors(pid), resident_mb(pid)
        count = self.zap(crowd, dice, ZAPS - WARM_UP)
        self.assertEqual(set(count) - {0, 200, 503}, set(), count)
        self.assertGreater(count[200], ZAPS / 10, count)
        self.assertEqual(self.daemon.api("GET", "/leases"), [])
        crowd.run_until(lambda: descriptors(pid) <= open_before, 10)
        self.assertLessEqual(descriptors(pid), open_before)
        self.judge_provider(crowd)
        if "libasan" not in pathlib.Path(f"/proc/{pid}/maps").read_text():  # which keeps what was freed
            self.assertLess(resident_mb(pid) - memory_before, MOST_GROWTH_MB)
        self.assertEqual(self.daemon.end(), 0, self.log.last_words())

    def judge_provider(self, crowd):
        crowd.run_until(lambda: not any(one["open"] for one in self.provider.stats()["logins"].values()), 10)
        logins = self.provider.stats()["logins"]
        for name, login in logins.items():
            self.assertEqual((login["open"], login["refused"]), (0, 0), name)
            self.assertEqual(login["highest"], login["max"], name)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
