#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The types of the web interface are those of the API, as relevod describes it.

Usage: api_types_test.py RELEVOD [--update]     (--update: writes them)"""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

TOP = pathlib.Path(__file__).parents[2]
sys.path.append(str(TOP / "tests" / "support"))
from relevod import Daemon  # noqa: E402

RELEVOD = sys.argv[1]
TYPES = TOP / "web" / "src" / "api" / "schema.ts"


def write_types():
    with tempfile.TemporaryDirectory() as folder:
        daemon = Daemon(RELEVOD, folder)
        try:
            description = json.dumps(daemon.api("GET", "/openapi.json"))
        finally:
            daemon.close()
    return subprocess.run([sys.executable, TOP / "web" / "api_types.py", "-"], input=description, capture_output=True, text=True,
                          check=True).stdout


class ApiTypes(unittest.TestCase):
    def test_they_are_not_stale(self):
        how = f"the API has changed: tests/web/api_types_test.py {RELEVOD} --update"
        self.assertTrue(TYPES.read_text(encoding="utf-8") == write_types(), how)


if __name__ == "__main__":
    if "--update" in sys.argv:
        TYPES.write_text(write_types(), encoding="utf-8")
    else:
        unittest.main(argv=sys.argv[:1])
