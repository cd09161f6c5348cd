#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Adds up meson's testlog.json files: what failed with the end of what it said, and "N passed, N failed, N skipped";
status 1 on a failure or without a test."""

import json
import sys
from collections import Counter
from pathlib import Path

KINDS = {"OK": "passed", "EXPECTEDFAIL": "passed", "SKIP": "skipped"}  # everything else has failed
LAST_LINES = 50


def read_results(log):
    return [json.loads(line) for line in Path(log).read_text(encoding="utf-8").splitlines()]


def report_failure(test):
    """Here once more, because the log of a run is often kept by its end alone."""
    print(f"\n{test['result']} after {test['duration']:.1f} s: {test['name']}")
    for stream in ("stdout", "stderr"):
        lines = test.get(stream, "").splitlines()
        if len(lines) > LAST_LINES:
            print(f"  (the last {LAST_LINES} of {len(lines)} lines of {stream})")
        for line in lines[-LAST_LINES:]:
            print(f"  {line}")


def main(logs):
    count = Counter()
    for test in (test for log in logs for test in read_results(log)):
        kind = KINDS.get(test["result"], "failed")
        count[kind] += 1
        if kind == "failed":
            report_failure(test)
    print(f"{count['passed']} passed, {count['failed']} failed, {count['skipped']} skipped")
    return 0 if count["passed"] and not count["failed"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
