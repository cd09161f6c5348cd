#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Where a provider can make the daemon go: to addresses of its own, and not to those of the house.

Usage: fetch_test.py RELEVOD

All of 127.0.0.0/8 is this machine. The configuration says that 127.0.0.2 may be fetched from, where the provider is;
127.0.0.3 is inside the house."""

import contextlib
import pathlib
import sys
import tempfile
import unittest
import urllib.error
import urllib.request

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from pages import Pages  # noqa: E402
from relevod import DEADLINE_S, Daemon, Listener  # noqa: E402

RELEVOD = sys.argv[1]
PROVIDER, INSIDE = "127.0.0.2", "127.0.0.3"


class Fetch(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.provider, self.inside = Pages(PROVIDER), Pages(INSIDE)
        self.addCleanup(self.provider.close)
        self.addCleanup(self.inside.close)

    def start(self, settings):
        config = pathlib.Path(self.folder.name) / "relevod.conf"
        config.write_text(f"[fetch]\n{settings}\n[playback]\nslate = none\nopening = 2\n", encoding="ascii")
        self.daemon = Daemon(RELEVOD, self.folder.name, options=("--config", config) if config else ())
        self.addCleanup(self.daemon.close)

    def refresh(self, location, kind="accounts"):
        more = {"kind": "m3u"} if kind == "accounts" else {}
        made = self.daemon.api("POST", f"/{kind}", {"name": location, "location": location, "refresh": ""} | more)
        return f"/{kind}/{made['id']}", self.daemon.refresh(f"/{kind}/{made['id']}")

    def watch(self, stream):
        """What is told of a channel that has this stream alone, until its viewer is refused."""
        channel = self.daemon.api("POST", "/channels", {"name": "News"})
        self.daemon.api("PUT", f"/channels/{channel['id']}/streams", [{"stream": stream}])
        url = f"http://127.0.0.1:{self.daemon.port}/stream/{channel['uuid']}"
        with contextlib.closing(Listener(self.daemon.port)) as listener:
            with self.assertRaises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(url, timeout=DEADLINE_S)  # noqa: S310
            refused.exception.close()
            return [event.get("text", "") for event in listener.until("viewer-refused")]

    def add_list(self, base, *urls):
        base.pages["/list.m3u"] = (200, "".join(["#EXTM3U\n"] + [
            f"#EXTINF:-1,Stream {n}\n{url}\n" for n, url in enumerate(urls)]).encode())
        path, state = self.refresh(base.base + "/list.m3u")
        self.assertEqual(state["state"], "good", state)
        streams = self.daemon.api("GET", f"/streams?account={path.rsplit('/', 1)[-1]}&sort=position")["items"]
        return [one["id"] for one in streams]

    def test_redirects_of_lists_and_guides_do_not_lead_inside(self):
        self.start(f"allow_private = never\nnetworks = {PROVIDER}")
        self.provider.pages["/list.m3u"] = (302, self.inside.base + "/reboot")
        for kind in ("accounts", "guides"):
            _, state = self.refresh(self.provider.base + "/list.m3u", kind)
            self.assertEqual(state["state"], "failed")
            for word in (INSIDE, "loopback", "allow_private = never"):
                self.assertIn(word, state["message"])
        self.provider.pages["/list.m3u"] = (302, "http://169.254.169.254/latest/meta-data/")
        self.assertIn("secrets", self.daemon.refresh("/accounts/1")["message"])
        self.assertEqual(self.inside.asked, [])

    def test_streams_do_not_lead_inside(self):
        self.start(f"allow_private = never\nnetworks = {PROVIDER}")
        self.provider.pages["/redirect.ts"] = (302, self.inside.base + "/reboot")
        self.provider.pages["/live.m3u8"] = (200, "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n".encode()
                                             + f"{self.inside.base}/reboot\n".encode())
        urls = [self.inside.base + "/reboot", self.provider.base + "/redirect.ts", self.provider.base + "/live.m3u8",
                f"rtsp://{INSIDE}/reboot", "file:///etc/passwd", "http://169.254.169.254/latest"]
        for stream, words in zip(self.add_list(self.provider, *urls), [
                [INSIDE, "loopback"], [INSIDE, "loopback"], [], [INSIDE, "loopback"], ["file"], ["169.254.169.254"]],
                strict=True):  # of a segment that cannot be had only its absence is told
            said = " ".join(self.watch(stream))
            for word in words:
                self.assertIn(word, said)
        self.assertEqual(self.inside.asked, [])

    def test_what_is_inside_may_lead_inside_but_not_to_the_daemon(self):
        self.start("allow_private = own")
        own = f"http://127.0.0.1:{self.daemon.port}/health"
        streams = self.add_list(self.provider, self.inside.base + "/1.ts", own)
        self.assertIn("404", " ".join(self.watch(streams[0])))
        self.assertEqual(set(self.inside.asked), {"/1.ts"})
        self.assertIn("this server itself", " ".join(self.watch(streams[1])))
        _, state = self.refresh(own)
        self.assertIn("this server itself", state["message"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
