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


def line_of(result, stdout=""):
    return json.dumps({"name": "t", "result": result, "duration": 1.5, "stdout": stdout}) + "\n"


def count(*logs):
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, lines in enumerate(logs):
            files.append(Path(folder, f"{number}.json"))
            files[-1].write_text("".join(line if line.endswith("\n") else line_of(line) for line in lines))
        done = subprocess.run([sys.executable, COUNT, *files], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout


class Count(unittest.TestCase):
    def test_adds_up_all_logs(self):
        self.assertEqual(count(["OK", "OK", "SKIP"], ["OK", "EXPECTEDFAIL"]), (0, "4 passed, 0 failed, 1 skipped\n"))

    def test_every_other_result_is_a_failure(self):
        for result in ("FAIL", "TIMEOUT", "ERROR", "INTERRUPT", "UNEXPECTEDPASS", "RUNNING"):
            self.assertEqual(
                count(["OK", result]), (1, f"\n{result} after 1.5 s: t\n1 passed, 1 failed, 0 skipped\n")
            )

    def test_a_failure_is_told_with_the_end_of_its_output(self):
        status, output = count([line_of("FAIL", "".join(f"line {n}\n" for n in range(60)))])
        self.assertEqual(status, 1)
        self.assertNotIn("line 9\n", output)
        self.assertIn("(the last 50 of 60 lines of stdout)\n  line 10\n", output)
        self.assertIn("line 59\n0 passed, 1 failed", output)

    def test_no_test_is_a_failure(self):
        self.assertEqual(count(), (1, "0 passed, 0 failed, 0 skipped\n"))
        self.assertEqual(count(["SKIP"]), (1, "0 passed, 0 failed, 1 skipped\n"))


if __name__ == "__main__":
    unittest.main()
