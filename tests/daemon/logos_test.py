#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The logos that lists name, as the daemon fetches, keeps and shows them.

Usage: logos_test.py RELEVOD

All of 127.0.0.0/8 is this machine. The configuration says that 127.0.0.2 may be fetched from, where the provider is;
127.0.0.3 is inside the house."""

import contextlib
import http.client
import json
import os
import pathlib
import sqlite3
import sys
import tempfile
import threading
import time
import unittest

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from pages import Pages  # noqa: E402
from relevod import DEADLINE_S, Daemon  # noqa: E402

RELEVOD = sys.argv[1]
PROVIDER, INSIDE = "127.0.0.2", "127.0.0.3"
STRICT = f"allow_private = never\nnetworks = {PROVIDER}"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
DAY_S = 86_400


class Logos(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.provider, self.inside = Pages(PROVIDER), Pages(INSIDE)
        self.addCleanup(self.provider.close)
        self.addCleanup(self.inside.close)

    def start(self, settings=STRICT):
        config = pathlib.Path(self.folder.name) / "relevod.conf"
        config.write_text(f"[fetch]\n{settings}\n", encoding="ascii")
        self.daemon = Daemon(RELEVOD, self.folder.name, options=("--config", config))
        self.addCleanup(self.daemon.close)

    def restart(self):
        self.assertEqual(self.daemon.end(), 0)
        self.daemon.close()
        self.start()

    def get(self, path, headers=None):
        """Status, headers and body of a logo."""
        connection = http.client.HTTPConnection("127.0.0.1", self.daemon.port, timeout=DEADLINE_S)
        with contextlib.closing(connection):
            connection.request("GET", f"/api/v1{path}", headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()

    def refused(self, path):
        """Why there is none."""
        status, headers, body = self.get(path)
        self.assertEqual((status, headers["Content-Type"]), (404, "application/json"), body)
        return json.loads(body)["error"]["message"]

    def add_streams(self, *logos, requests=None):
        """Of an account whose list names them; their logos' paths."""
        text = "#EXTM3U\n" + "".join(f'#EXTINF:-1 tvg-logo="{logo}",Stream {n}\n{self.provider.base}/{n}.ts\n' for n, logo in enumerate(logos))
        self.provider.pages["/list.m3u"] = (200, text.encode())
        account = self.daemon.api("POST", "/accounts", {"name": "P", "kind": "m3u", "location": self.provider.base + "/list.m3u",
                                                        "refresh": "", "requests": requests or {}})
        self.assertEqual(self.daemon.refresh(f"/accounts/{account['id']}")["state"], "good")
        return [f"/streams/{one['id']}/logo" for one in self.daemon.api("GET", "/streams?sort=position")["items"]]

    def add_channel(self, logo, **more):
        return f"/channels/{self.daemon.api('POST', '/channels', {'name': 'News', 'logo': logo} | more)['id']}/logo"

    def give(self, channel, stream):
        """The channel, by the path of its logo, is played from the stream."""
        self.daemon.api("PUT", channel.replace("/logo", "/streams"), [{"stream": int(stream.split("/")[2])}])

    def count(self, path):
        return self.provider.asked.count(path)

    def test_a_logo_is_fetched_once_for_all_who_look(self):
        self.start()
        arrived, go = threading.Event(), threading.Event()

        def page():
            arrived.set()
            go.wait(DEADLINE_S)
            return 200, PNG

        self.provider.pages["/1.png"] = page
        url = self.provider.base + "/1.png"
        paths = [*self.add_streams(url, url), self.add_channel(url), self.add_channel(url)]
        for path in paths[2:]:
            self.give(path, paths[0])
        answers = []
        lookers = [threading.Thread(target=lambda path=path: answers.append(self.get(path))) for path in paths]
        for looker in lookers:
            looker.start()
        self.assertTrue(arrived.wait(DEADLINE_S))
        go.set()
        for looker in lookers:
            looker.join()
        answers.append(self.get(paths[0]))
        for status, headers, body in answers:
            self.assertEqual((status, headers["Content-Type"], body), (200, "image/png", PNG))
        self.assertEqual(self.count("/1.png"), 1)

    def test_it_is_kept_when_the_daemon_ends_and_the_provider_dies(self):
        self.start()
        self.provider.pages["/1.png"] = (200, PNG)
        path = self.add_channel(self.provider.base + "/1.png")
        self.assertEqual(self.get(path)[0], 200)
        self.provider.close()
        self.restart()
        self.assertEqual(self.get(path)[2], PNG)

    def test_browsers_ask_rarely_and_get_it_once(self):
        self.start()
        self.provider.pages["/1.png"] = (200, PNG)
        path = self.add_channel(self.provider.base + "/1.png") + "?version=abc"
        _, headers, _ = self.get(path)
        self.assertEqual(headers["Cache-Control"], "private, max-age=86400")
        status, _, body = self.get(path, {"If-None-Match": headers["ETag"]})
        self.assertEqual((status, body), (304, b""))

    def test_an_svg_can_run_nothing(self):
        self.start()
        self.provider.pages["/1.svg"] = (200, SVG)
        status, headers, body = self.get(self.add_channel(self.provider.base + "/1.svg"))
        self.assertEqual((status, headers["Content-Type"], body), (200, "image/svg+xml", SVG))
        policy = [part.strip() for part in headers["Content-Security-Policy"].split(";")]
        self.assertIn("sandbox", policy)
        self.assertIn("default-src 'none'", policy)
        self.assertFalse([part for part in policy if part.startswith("script")])
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")

    def test_an_old_one_is_shown_and_fetched_again_behind_that(self):
        self.start()
        self.provider.pages["/1.png"] = (200, PNG)
        path = self.add_channel(self.provider.base + "/1.png")
        self.get(path)
        (kept,) = (pathlib.Path(self.folder.name) / "logos").iterdir()
        self.assertEqual(kept.stat().st_mode & 0o777, 0o600)
        os.utime(kept, (time.time() - 8 * DAY_S,) * 2)
        newer = PNG + b"newer"
        self.provider.pages["/1.png"] = (200, newer)
        self.assertEqual(self.get(path)[2], PNG)
        give_up = time.monotonic() + DEADLINE_S
        while self.get(path)[2] != newer:
            self.assertLess(time.monotonic(), give_up)
            time.sleep(0.01)
        self.assertEqual(self.count("/1.png"), 2)

    def test_what_is_no_logo_is_told_and_not_asked_for_again(self):
        self.start()
        self.provider.pages["/page.png"] = (200, b"<!DOCTYPE html><html><svg></svg></html>")
        self.provider.pages["/huge.png"] = (200, PNG + bytes(1 << 20))
        wrong = {"/page.png": "is no picture", "/huge.png": "1048576", "/none.png": "answered 404"}
        paths = self.add_streams(*(self.provider.base + name for name in wrong))
        for path, (name, why) in zip(paths, wrong.items(), strict=True):
            for _ in range(2):
                self.assertIn(why, self.refused(path))
            self.assertEqual(self.count(name), 1)
        self.assertEqual(list((pathlib.Path(self.folder.name) / "logos").iterdir()), [])

    def test_a_server_that_is_gone_is_not_asked_for_each_of_its_logos(self):
        self.start()
        gone = Pages(PROVIDER)
        gone.close()
        reasons = {self.refused(path) for path in self.add_streams(*(gone.base + f"/{n}.png" for n in range(3)))}
        self.assertEqual(len(reasons), 1, reasons)  # a reason names what was asked for
        self.assertIn("/0.png", reasons.pop())

    def test_where_a_redirect_leads_says_nothing_of_its_server(self):
        self.start()
        gone = Pages(PROVIDER)
        gone.close()
        self.provider.pages |= {"/1.png": (302, gone.base + "/1.png"), "/2.png": (200, PNG)}
        first, second = self.add_streams(self.provider.base + "/1.png", self.provider.base + "/2.png")
        self.assertIn("/1.png", self.refused(first))
        self.assertEqual(self.get(second)[2], PNG)

    def test_nobody_waits_for_a_server_that_says_nothing(self):
        self.start()
        end, here = threading.Event(), threading.Semaphore(0)
        self.addCleanup(end.set)

        def page():
            here.release()
            end.wait(DEADLINE_S)
            return 200, PNG

        names = [f"/{n}.png" for n in range(12)]
        self.provider.pages |= dict.fromkeys(names, page)
        paths = self.add_streams(*(self.provider.base + name for name in names))
        self.provider.pages["/quick.png"] = (200, PNG)
        other = self.add_channel(self.provider.base + "/quick.png")
        self.assertEqual(self.get(other)[0], 200)
        reasons = []
        lookers = [threading.Thread(target=lambda path=path: reasons.append(self.refused(path))) for path in paths]
        for looker in lookers:
            looker.start()
        for _ in range(4):
            self.assertTrue(here.acquire(timeout=DEADLINE_S))
        self.assertEqual(len(self.daemon.api("GET", "/streams")["items"]), len(names))
        self.assertEqual(self.get(other)[0], 200)  # what is here already waits for nobody
        self.assertEqual(reasons, [])
        for looker in lookers:
            looker.join()
        self.assertEqual(len([name for name in self.provider.asked if name in names]), 4)
        self.assertEqual(len(reasons), len(names))

    def test_lists_do_not_lead_inside(self):
        self.start()
        self.provider.pages["/redirect.png"] = (302, self.inside.base + "/reboot")
        told = {self.inside.base + "/reboot": [INSIDE, "loopback"], self.provider.base + "/redirect.png": [INSIDE, "loopback"],
                "http://169.254.169.254/latest.png": ["169.254.169.254"], "file:///etc/passwd": ["web"],
                f"http://127.0.0.1:{self.daemon.port}/health": ["this server itself"], "data:image/png;base64,AAAA": ["web"]}
        for path, words in zip(self.add_streams(*told), told.values(), strict=True):
            why = self.refused(path)
            for word in words:
                self.assertIn(word, why)
        self.assertEqual(self.inside.asked, [])

    def test_what_is_inside_may_have_logos_inside(self):
        self.start("allow_private = own")
        self.inside.pages |= dict.fromkeys(("/1.png", "/2.png"), (200, PNG))
        (stream,) = self.add_streams(self.inside.base + "/1.png")
        channel, other = self.add_channel(self.inside.base + "/1.png"), self.add_channel(self.inside.base + "/2.png")
        self.give(channel, stream)
        self.assertEqual(self.get(channel)[2], PNG)
        self.assertIn("loopback", self.refused(other))  # nobody knows who told of it
        self.assertEqual(self.inside.asked, ["/1.png"])

    def test_what_one_may_not_fetch_another_may(self):
        self.start("allow_private = own")
        self.inside.pages["/1.png"] = (200, PNG)
        self.assertIn("loopback", self.refused(self.add_channel(self.inside.base + "/1.png")))
        (stream,) = self.add_streams(self.inside.base + "/1.png")
        self.assertEqual(self.get(stream)[2], PNG)

    def test_a_logo_of_a_stream_that_a_person_entered_counts_as_told(self):
        self.start("allow_private = own")
        (stream,) = self.add_streams(self.inside.base + "/1.png")
        with contextlib.closing(sqlite3.connect(pathlib.Path(self.folder.name) / "relevo.db")) as database, database:
            database.execute("UPDATE account SET kind = 'manual', location = ''")
        self.assertIn("loopback", self.refused(stream))
        self.assertEqual(self.inside.asked, [])

    def test_nobody_names_an_address(self):
        self.start()
        path = self.add_channel("")
        self.assertEqual(self.refused(path), "it has no logo")
        self.assertEqual(self.get(f"{path}?url={self.inside.base}/1.png")[0], 400)
        self.assertEqual(self.get("/channels/77/logo")[0], 404)
        self.assertEqual(self.get("/streams/x/logo")[0], 404)
        self.assertEqual(self.inside.asked, [])

    def test_headers_of_the_account_go_to_its_own_server_alone(self):
        self.start("allow_private = always")
        neighbour = Pages(PROVIDER)
        self.addCleanup(neighbour.close)
        self.provider.pages["/1.png"] = neighbour.pages["/3.png"] = (200, PNG)
        self.inside.pages |= dict.fromkeys(("/2.png", "/4.png"), (200, PNG))
        seems_own = self.inside.base.replace("//", f"//{PROVIDER}\\@")
        paths = self.add_streams(self.provider.base + "/1.png", self.inside.base + "/2.png", neighbour.base + "/3.png",
                                 seems_own + "/4.png", requests={
                                     "user_agent": "Box/1", "headers": [{"name": "X-Token", "value": "secret"}]})
        for path in paths:
            self.assertEqual(self.get(path)[0], 200, path)
        seen = self.provider.headers | self.inside.headers | neighbour.headers
        self.assertEqual([seen[f"/{n}.png"]["User-Agent"] for n in range(1, 5)], ["Box/1"] * 4)
        self.assertEqual([seen[f"/{n}.png"]["X-Token"] for n in range(1, 5)], ["secret", None, None, None])

    def test_viewers_see_the_logos_of_channels(self):
        self.start()
        self.provider.pages["/1.png"] = (200, PNG)
        (stream,) = self.add_streams(self.provider.base + "/1.png")
        channel = self.add_channel(self.provider.base + "/1.png")
        key = self.daemon.api("POST", "/keys", {"name": "tablet", "role": "viewer"})["key"]
        headers = {"Authorization": f"Bearer {key}"}
        self.assertEqual(self.get(channel, headers)[0], 200)
        self.assertEqual(self.get(stream, headers)[0], 403)
        self.assertEqual(self.get(channel, {"Authorization": "Bearer nobody"})[0], 401)
        self.assertEqual(self.get(channel, {"Origin": "http://elsewhere"})[0], 403)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
