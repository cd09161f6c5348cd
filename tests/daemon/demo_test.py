#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The demo channel, as scripts/run.sh gives it to an empty catalogue: it plays, and goes on when its source ends.

Usage: demo_test.py RELEVOD RELEVO-TS PROVIDER DATA-FOLDER"""

import contextlib
import pathlib
import subprocess
import sys
import tempfile
import unittest
import urllib.request

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from relevod import DEADLINE_S, Daemon, Listener, Process  # noqa: E402

RELEVOD, RELEVO_TS, PROVIDER, DATA = sys.argv[1:5]


class Demo(unittest.TestCase):
    def test_its_source_ends(self):
        provider = Process([PROVIDER, "--media", f"{DATA}/demo"], r":(\d+)", stdout=subprocess.PIPE)
        self.addCleanup(provider.close)
        daemon = Daemon(RELEVOD, self.enterContext(tempfile.TemporaryDirectory()))
        self.addCleanup(daemon.close)
        catalogue = pathlib.Path(DATA, "demo", "catalogue.json").read_bytes()
        self.assertIn(b":8384/", catalogue)
        daemon.api("POST", "/import", catalogue.replace(b":8384/", b":%d/" % provider.port))
        account = daemon.api("GET", "/accounts")[0]
        self.assertEqual(daemon.refresh(f"/accounts/{account['id']}")["counts"]["listed"], 3)

        with contextlib.closing(Listener(daemon.port)) as listener, \
                urllib.request.urlopen(f"http://127.0.0.1:{daemon.port}/stream/1", timeout=DEADLINE_S) as stream:
            seen = stream.read(60_000)
            listener.until("viewer-joined")
            control = f"http://127.0.0.1:{provider.port}/control/channel/source1?fault=close"
            urllib.request.urlopen(control, timeout=DEADLINE_S).close()
            switched = listener.until("switched")[-1]
            seen += stream.read(60_000)
        self.assertEqual((switched["from"], switched["candidate"]), ("source1 (Demo)", "source2 (Demo)"))
        check = subprocess.run([RELEVO_TS, "check", "-"], input=seen, capture_output=True, check=False)
        self.assertEqual(check.returncode, 0, check.stdout)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
