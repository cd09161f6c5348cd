#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Adds up meson's testlog.json files: prints "N passed, N failed, N skipped"; status 1 on a failure or without a test."""

import json
import sys
from collections import Counter
from pathlib import Path

KINDS = {"OK": "passed", "EXPECTEDFAIL": "passed", "SKIP": "skipped"}  # everything else has failed


def main(logs):
    count = Counter()
    for log in logs:
        for line in Path(log).read_text(encoding="utf-8").splitlines():
            count[KINDS.get(json.loads(line)["result"], "failed")] += 1
    print(f"{count['passed']} passed, {count['failed']} failed, {count['skipped']} skipped")
    return 0 if count["passed"] and not count["failed"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
