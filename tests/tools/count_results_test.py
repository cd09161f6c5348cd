#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Proves count_results.py: what counts as passed, failed and skipped, and when it refuses."""

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

COUNT = Path(__file__).resolve().with_name("count_results.py")


def count(*logs):
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, results in enumerate(logs):
            files.append(Path(folder, f"{number}.json"))
            files[-1].write_text("".join(json.dumps({"name": "t", "result": r}) + "\n" for r in results))
        done = subprocess.run([sys.executable, COUNT, *files], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout


class Count(unittest.TestCase):
    def test_adds_up_all_logs(self):
        self.assertEqual(count(["OK", "OK", "SKIP"], ["OK", "EXPECTEDFAIL"]), (0, "4 passed, 0 failed, 1 skipped\n"))

    def test_every_other_result_is_a_failure(self):
        for result in ("FAIL", "TIMEOUT", "ERROR", "INTERRUPT", "UNEXPECTEDPASS", "RUNNING"):
            self.assertEqual(count(["OK", result]), (1, "1 passed, 1 failed, 0 skipped\n"))

    def test_no_test_is_a_failure(self):
        self.assertEqual(count(), (1, "0 passed, 0 failed, 0 skipped\n"))
        self.assertEqual(count(["SKIP"]), (1, "0 passed, 0 failed, 1 skipped\n"))


if __name__ == "__main__":
    unittest.main()
