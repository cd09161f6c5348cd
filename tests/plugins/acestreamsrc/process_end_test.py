#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A process that ends leaves no session at the engine, whatever its sources were waiting for.

Usage: process_end_test.py PROVIDER MEDIA-FOLDER [PRELOADED-LIBRARY]"""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request
from pathlib import Path

LIMIT = 30  # seconds for anything
ID = "0d3ef56d95a7ce80737da6f31a66d5e58bf2b737"  # of h264_1080p25


class ProcessEnd(unittest.TestCase):
    provider = media = preloaded = ""

    def setUp(self):
        command = [self.provider, "--media", self.media, "--engine", "0"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.process.stdout.close)
        self.addCleanup(self.process.wait)
        self.addCleanup(self.process.terminate)
        _, self.engine = (re.search(r"127\.0\.0\.1:\d+", self.process.stdout.readline()).group() for _ in range(2))

    def ask(self, path):
        with urllib.request.urlopen(f"http://{self.engine}{path}", timeout=LIMIT) as answer:
            return json.load(answer)

    def sessions(self):
        return self.ask("/stats")["sessions"]

    def start(self, folder):
        environment = dict(os.environ)
        if self.preloaded:
            environment |= {"LD_PRELOAD": self.preloaded, "ASAN_OPTIONS": "detect_leaks=0"}
        return subprocess.Popen(["gst-launch-1.0", "acestreamsrc", f"id={ID}", f"engines=<{self.engine}>", "!",
                                 "filesink", "location=out.ts"], cwd=folder, env=environment,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def check(self, fault, wanted):
        """Interrupts a player as soon as `wanted` holds, given what it has written."""
        self.ask(f"/control/all?fault={fault}" if fault else "/control/all")
        with tempfile.TemporaryDirectory() as folder:
            player = self.start(folder)
            end = time.monotonic() + LIMIT
            while not wanted(Path(folder, "out.ts")):
                self.assertLess(time.monotonic(), end)
                time.sleep(0.02)
            player.send_signal(signal.SIGINT)
            output, _ = player.communicate(timeout=LIMIT)
        self.assertNotRegex(output, "CRITICAL|WARNING|Sanitizer")
        sessions = self.sessions()
        self.assertEqual((sessions["open"], sessions["stopped"]), (0, 1), sessions)

    def test_while_it_plays(self):
        self.check("", lambda file: file.exists() and file.stat().st_size > 100_000)

    def test_while_the_engine_buffers(self):
        self.check("prebuffer:60", lambda _: self.sessions()["open"] == 1)

    def test_while_the_engine_opens_the_session(self):
        self.check("slowstart:1", lambda _: self.sessions()["open"] == 1)


if __name__ == "__main__":
    ProcessEnd.provider, ProcessEnd.media, *rest = sys.argv[1:]
    ProcessEnd.preloaded = rest[0] if rest else ""
    unittest.main(argv=sys.argv[:1])
