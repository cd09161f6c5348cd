#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The web interface as files: what browsers keep, what they may do, how much comes at first.

Usage: interface_test.py RELEVOD"""

import contextlib
import gzip
import http.client
import pathlib
import re
import sys
import tempfile
import unittest

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from relevod import DEADLINE_S, Daemon  # noqa: E402

RELEVOD = sys.argv[1]
FIRST_PAGE_BYTES = 500_000


class Interface(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.daemon = Daemon(RELEVOD, cls.folder.name)
        cls.addClassCleanup(cls.daemon.close)

    def get(self, path, method="GET", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.daemon.port, timeout=DEADLINE_S)
        with contextlib.closing(connection):
            connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()

    def assets(self):
        page = self.get("/ui")[2].decode()
        return re.findall(r'(?:src|href)="([^"]+)"', page)

    def test_the_address_of_the_daemon_leads_to_it(self):
        status, headers, _ = self.get("/")
        self.assertEqual((status, headers["Location"]), (302, "/ui"))

    def test_every_page_is_the_one_that_finds_out_where_it_is(self):
        page = self.get("/ui")[2]
        self.assertIn(b'<div id="root">', page)
        for path in ("/ui/", "/ui/channels", "/ui/channels/5", "/ui/channels/5/history"):
            self.assertEqual(self.get(path)[2], page, path)
        for path in ("/ui/assets/nothing.js", "/ui/a/b/c/d", "/nothing", "/api/v1/nothing", "/stream/none/none/none"):
            self.assertEqual(self.get(path)[0], 404, path)
        self.assertEqual(self.get("/ui", method="POST")[0], 405)

    def test_browsers_ask_for_the_page_each_time_and_keep_the_rest(self):
        _, headers, _ = self.get("/ui")
        self.assertEqual(headers["Cache-Control"], "no-cache")
        self.assertEqual(self.get("/ui", If_None_Match=headers["ETag"])[0], 304)
        for asset in self.assets():
            status, headers, _ = self.get(asset)
            self.assertEqual(status, 200, asset)
            self.assertIn("immutable", headers["Cache-Control"])

    def test_what_is_packed_comes_unpacked_to_who_wants_it_so(self):
        script = next(asset for asset in self.assets() if asset.endswith(".js"))
        _, packed_headers, packed = self.get(script, Accept_Encoding="gzip, br")
        self.assertEqual((packed_headers["Content-Encoding"], packed_headers["Vary"]), ("gzip", "Accept-Encoding"))
        self.assertTrue(packed_headers["Content-Type"].startswith("text/javascript"))
        _, headers, plain = self.get(script, Accept_Encoding="identity")
        self.assertIsNone(headers["Content-Encoding"])
        self.assertEqual(plain, gzip.decompress(packed))
        head = self.get(script, method="HEAD", Accept_Encoding="gzip")
        self.assertEqual((int(head[1]["Content-Length"]), head[2]), (len(packed), b""))

    def test_pages_may_run_nothing_but_their_own_scripts(self):
        policy = dict(part.strip().split(" ", 1) for part in self.get("/ui")[1]["Content-Security-Policy"].split(";"))
        self.assertEqual((policy["default-src"], policy["script-src"]), ("'none'", "'self'"))
        self.assertEqual(policy["frame-ancestors"], "'none'")

    def test_pages_may_ask_nothing_of_other_hosts(self):
        policy = self.get("/ui")[1]["Content-Security-Policy"]
        sources = {source for part in policy.split(";") for source in part.split()[1:]}
        self.assertEqual(sources - {"'none'", "'self'", "'unsafe-inline'", "blob:", "data:"}, set())

    def test_the_first_page_is_small_and_all_from_here(self):
        assets = self.assets()
        self.assertTrue(all(asset.startswith("/ui/assets/") for asset in assets), assets)
        size = sum(len(self.get(asset, Accept_Encoding="gzip")[2]) for asset in assets)
        self.assertLess(size, FIRST_PAGE_BYTES)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
