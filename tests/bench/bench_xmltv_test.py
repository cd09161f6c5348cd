#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the benchmark measures does its work: bench-xmltv makes a guide that others can read, and reads all of it."""

import pathlib
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

BENCH_XMLTV = sys.argv[1]


def run(*arguments) -> subprocess.CompletedProcess:
    return subprocess.run([BENCH_XMLTV, *arguments], capture_output=True, text=True, check=False)


class BenchXmltv(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.guide = pathlib.Path(folder.name) / "guide.xml"

    def test_the_guide_is_what_it_says_and_is_read_whole(self):
        self.assertEqual(run("generate", "3000", self.guide).returncode, 0)
        root = xml.etree.ElementTree.parse(self.guide).getroot()
        self.assertEqual(len(root.findall("programme")), 3000)
        channels = {channel.get("id") for channel in root.findall("channel")}
        self.assertEqual({programme.get("channel") for programme in root.findall("programme")}, channels)
        titles = sum(len(title.text.encode()) for title in root.findall("programme/title"))
        said = run("read", self.guide)
        self.assertEqual(said.stdout, f"{len(channels)} channels, 3000 programmes, 0 faults, {titles} bytes of titles\n")
        self.assertEqual(said.returncode, 0)
        size = self.guide.stat().st_size - 1000 * 250  # without the channels
        self.assertAlmostEqual(size / 3000, 500, delta=50)

    def test_what_is_broken_is_refused(self):
        for text in ("", "<html>", "<tv>\n<channel id='a'>"):
            self.guide.write_text(text)
            self.assertEqual(run("read", self.guide).returncode, 2)
        for arguments in ((), ("read",), ("generate", "x", self.guide), ("generate", "1")):
            self.assertEqual(run(*arguments).returncode, 2)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
