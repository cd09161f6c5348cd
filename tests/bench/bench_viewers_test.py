#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The viewers of bench/delivery get what they count, and say where they were not served."""

import pathlib
import subprocess
import sys
import unittest

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from audience import Provider  # noqa: E402

BENCH_VIEWERS, PROVIDER, MEDIA = sys.argv[1:4]


class BenchViewers(unittest.TestCase):
    def setUp(self):
        self.provider = Provider(PROVIDER, MEDIA, ["--channel", "c=small", "--channel", "other=small"])
        self.addCleanup(self.provider.close)

    def view(self, *paths):
        command = [BENCH_VIEWERS, str(self.provider.port), "1", "3", *paths]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def test_they_count_what_comes(self):
        done = self.view("/live/c.ts?speed=4", "/live/other.ts?speed=4")
        self.assertEqual(done.returncode, 0, done.stderr)
        there, said = done.stdout.splitlines()
        least, most = map(int, said.split())
        self.assertEqual(there, "there")
        self.assertGreater(least, 100_000)  # of 300,000
        self.assertLess(most, 600_000)
        self.assertEqual({name: one["opens"] for name, one in self.provider.stats()["channels"].items()}, {"c": 3, "other": 3})

    def test_who_is_not_served_says_so(self):
        for path in ("/nothing", "/live/c.ts?fault=close@0.2"):
            self.assertEqual(self.view(path).returncode, 1, path)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
