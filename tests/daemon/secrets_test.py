#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A canary wherever a secret can be, and then a look into everything that the daemon shows, tells, logs and keeps.

Usage: secrets_test.py RELEVOCTL RELEVOD"""

import contextlib
import http.server
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import unittest
import urllib.error
import urllib.request

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from relevod import DEADLINE_S, Daemon, Listener  # noqa: E402

RELEVOCTL, RELEVOD = sys.argv[1:3]
CANARY = "Kanari4711geheim"


class Provider(http.server.BaseHTTPRequestHandler):
    """Its lists are good, and its streams are none. Redirects keep what they were asked with."""

    def do_GET(self):
        path = self.path.split("?")[0]
        body, status = b"no", 403
        if path == "/list.m3u":
            status, body = 200, self.playlist().encode()
        elif path == "/guide.xml":
            status, body = 200, b"<tv><channel id='a'><display-name>A</display-name></channel></tv>"
        elif path == "/redirect":
            status = 302
        self.send_response(status)
        if status == 302:
            self.send_header("Location", f"http://127.0.0.1:1/live/joe/{CANARY}/7.ts?token={CANARY}")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def playlist(self):
        base = f"127.0.0.1:{self.server.server_port}"
        urls = [f"http://{base}/live/joe/{CANARY}/1.ts", f"http://joe:{CANARY}@{base}/2.ts",
                f"http://{base}/3.m3u8?username=joe&password={CANARY}", f"http://{base}/joe/{CANARY}/4",
                f"http://{base}/redirect?token={CANARY}", f"http://127.0.0.1:1/live/joe/{CANARY}/6.ts",
                f"http://{base}/7.ts|Cookie={CANARY}&Authorization={CANARY}",
                f"rtsp://joe:{CANARY}@127.0.0.1:1/8", f"http://{base}/9.mpd?token={CANARY}"]
        return "#EXTM3U\n" + "".join(f"#EXTINF:-1 catchup-source=\"http://{base}/c/joe?password={CANARY}\",Stream {n}\n"
                                     f"#EXTVLCOPT:http-referrer=http://joe:{CANARY}@{base}/\n{url}\n"
                                     for n, url in enumerate(urls, 1)) + f"#EXTINF:-1,\nhttp://joe:{CANARY}@\n"

    def log_message(self, *_):
        pass


class Secrets(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.provider = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
        self.addCleanup(self.provider.server_close)
        threading.Thread(target=self.provider.serve_forever, daemon=True).start()
        self.addCleanup(self.provider.shutdown)
        self.base = f"127.0.0.1:{self.provider.server_port}"
        config = pathlib.Path(self.folder.name) / "relevod.conf"
        config.write_text("[log]\nlevel = debug\n[playback]\nslate = none\nopening = 1\nlinger = 0\n", encoding="ascii")
        self.debug_log = pathlib.Path(self.folder.name) / "gstreamer.log"
        os.environ |= {"GST_DEBUG": "2,tshttpsrc:6,tshlssrc:6,failoversrc:6,execsrc:6",
                       "GST_DEBUG_FILE": str(self.debug_log)}
        self.state = pathlib.Path(self.folder.name) / "state"
        self.daemon = Daemon(RELEVOD, self.state, options=("--config", config))
        self.addCleanup(self.daemon.close)
        self.seen = {}

    def see(self, where, what):
        self.seen[where] = what if isinstance(what, str) else json.dumps(what)

    def get(self, path):
        status, answer = self.daemon.ask("GET", path)
        self.see(path, answer.decode(errors="replace") if isinstance(answer, bytes) else answer)
        return status, answer

    def ctl(self, *words):
        done = subprocess.run([RELEVOCTL, "--url", f"http://127.0.0.1:{self.daemon.port}", *words], check=False,
                              capture_output=True, text=True, timeout=DEADLINE_S)
        self.see("relevoctl " + " ".join(words), done.stdout + done.stderr)

    def fill(self):
        headers = [{"name": "Authorization", "value": f"Bearer {CANARY}"}, {"name": "Cookie", "value": CANARY}]
        plain = {"user_agent": "", "headers": headers, "proxy": ""}
        proxied = plain | {"proxy": f"http://joe:{CANARY}@127.0.0.1:1"}
        address = f"http://joe:{CANARY}@{self.base}/"
        query = f"?username=joe&password={CANARY}"
        accounts = [
            {"name": "Ours", "location": address + "list.m3u" + query, "requests": plain},
            {"name": "Proxied", "location": address + "list.m3u" + query, "requests": proxied},
            {"name": "Missing", "location": address + "none.m3u" + query},
            {"name": "Dead", "location": f"http://joe:{CANARY}@127.0.0.1:1/joe/{CANARY}/1.m3u"},
            {"name": "Panel", "kind": "xtream", "location": f"http://{self.base}/get.php{query}"},
            {"name": "Wrong", "kind": "m3u", "location": f"htp://joe:{CANARY}@host/"}]
        for account in accounts:
            status, made = self.daemon.ask("POST", "/api/v1/accounts", {"kind": "m3u", "refresh": ""} | account)
            self.see(f"made {account['name']}", made)
            if status != 201:
                continue
            path = f"/accounts/{made['id']}"
            self.see(f"login of {account['name']}", self.daemon.api("POST", path + "/logins", {
                "name": "joe", "username": "joe", "password": CANARY, "search": CANARY,
                "replace": CANARY + "2"}))
            self.see(f"refresh of {account['name']}", self.daemon.refresh(path))
            self.see(f"dry run of {account['name']}", self.daemon.ask("POST", "/api/v1" + path + "/dry-run")[1])
        for name, location in (("Guide", "guide.xml"), ("No guide", "none.xml")):
            guide = self.daemon.api("POST", "/guides", {"name": name, "location": address + location + query,
                                                        "refresh": "", "requests": plain})
            self.see(f"refresh of {name}", self.daemon.refresh(f"/guides/{guide['id']}"))

    def play_all(self):
        """Each stream alone, as nothing but its failure is wanted."""
        for stream in self.daemon.api("GET", "/streams?limit=1000")["items"]:
            channel = self.daemon.api("POST", "/channels", {"name": f"Channel {stream['id']}"})
            self.daemon.api("PUT", f"/channels/{channel['id']}/streams", [{"stream": stream["id"]}])
        channels = self.daemon.api("GET", "/channels?limit=1000")["items"]
        for channel in channels:
            with self.assertRaises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(f"http://127.0.0.1:{self.daemon.port}/stream/{channel['uuid']}",  # noqa: S310
                                       timeout=DEADLINE_S)
            with contextlib.closing(refused.exception) as answer:
                self.see(f"/stream of {channel['name']}", answer.read().decode())
            self.get("/api/v1/sessions")
        return len(channels)

    def look_everywhere(self):
        for path in self.get("/api/v1/openapi.json")[1]["paths"]:
            if "{" not in path and path not in ("/api/v1/events", "/api/v1/backup", "/api/v1/export"):
                self.get(path)
        for path in ("/accounts/1", "/accounts/1/logins", "/accounts/1/groups", "/accounts/4/refresh", "/streams/1",
                     "/guides/1", "/guides/2/refresh", "/channels/1", "/channels/1/streams", "/accounts/99"):
            self.get("/api/v1" + path)
        for path in ("/playlist.m3u", "/guide.xml", "/health"):
            self.get(path)
        for words in (["accounts", "list"], ["accounts", "refresh", "Dead"], ["accounts", "refresh", "Ours"],
                      ["guides", "list"], ["guides", "refresh", "No guide"], ["streams", "list"], ["channels", "list"],
                      ["groups", "list", "Ours"], ["sessions"], ["alerts"]):
            self.ctl(*words)

    def test_no_secret_is_shown_told_logged_or_kept_in_clear(self):
        listener = Listener(self.daemon.port)
        self.addCleanup(listener.close)
        self.fill()
        played = self.play_all()
        self.assertGreaterEqual(played, 9)
        self.look_everywhere()
        status, backup = self.daemon.ask("GET", "/api/v1/backup")
        self.assertEqual(status, 200)
        self.see("backup", backup.decode("latin-1"))
        self.assertIn(CANARY, json.dumps(self.daemon.api("GET", "/export")))  # so it was there
        self.daemon.api("POST", "/channels", {"name": "Last"})
        self.daemon.end()
        events = []
        with contextlib.suppress(IndexError, OSError):
            while True:
                events.append(listener.next())
        self.assertGreater(len(events), 30)
        self.see("events", events)
        self.see("log", self.daemon.process.stderr.read())
        self.assertIn("stream", self.seen["log"])
        self.see("log of GStreamer", self.debug_log.read_text(errors="replace"))
        for file in sorted(self.state.rglob("*")):
            if file.is_file():
                self.see(f"file {file.name}", file.read_bytes().decode("latin-1"))
                self.assertEqual(file.stat().st_mode & 0o077, 0, file)
        leaks = {where: [text[max(0, at.start() - 60):at.end() + 20] for at in re.finditer(CANARY, text)][:3]
                 for where, text in self.seen.items() if CANARY in text}
        self.assertEqual(leaks, {})

    def test_what_comes_back_as_it_was_shown_stays(self):
        secret = {"name": "Ours", "kind": "m3u", "refresh": "",
                  "location": f"http://joe:{CANARY}@{self.base}/list.m3u?password={CANARY}",
                  "requests": {"user_agent": "A", "proxy": f"http://joe:{CANARY}@127.0.0.1:1",
                               "headers": [{"name": "Cookie", "value": CANARY}, {"name": "X", "value": "y"}]}}
        shown = self.daemon.api("POST", "/accounts", secret)
        path = f"/accounts/{shown['id']}"
        login = self.daemon.api("POST", path + "/logins", {"name": "joe", "search": CANARY, "replace": "b"})
        shown["requests"]["user_agent"] = "B"
        shown["requests"]["headers"].reverse()
        changes = {name: shown[name] for name in secret}
        self.daemon.api("PATCH", path, changes)
        self.daemon.api("PATCH", f"/logins/{login['id']}", {"name": "ann", "search": login["search"], "replace": "c"})
        kept = self.daemon.api("GET", "/export")["accounts"][0]
        self.assertEqual(kept["location"], secret["location"])
        self.assertEqual(kept["requests"], secret["requests"] | {
            "user_agent": "B", "headers": list(reversed(secret["requests"]["headers"]))})
        self.assertEqual([(one["name"], one["search"], one["replace"]) for one in kept["logins"]], [("ann", CANARY, "c")])

    def test_stars_are_no_secret(self):
        for kind, more in (("accounts", {"kind": "m3u"}), ("guides", {})):
            for part, where in (({"location": "http://joe:***@host/"}, "location"),
                                ({"requests": {"proxy": "http://***@host"}}, "requests.proxy"),
                                ({"requests": {"headers": [{"name": "Cookie", "value": "***"}]}}, "requests.headers")):
                status, answer = self.daemon.ask("POST", f"/api/v1/{kind}", {
                    "name": "Ours", "location": "http://host/", "refresh": ""} | more | part)
                self.assertEqual((status, answer["error"]["where"]), (400, where))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
