#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A channel of the catalogue played through the real daemon: sources that die, viewers who share, who is refused.

Usage: stream_test.py RELEVOD RELEVO-TS PROVIDER MEDIA-FOLDER CERTIFICATE"""

import contextlib
import functools
import http.client
import json
import pathlib
import re
import ssl
import subprocess
import sys
import tempfile
import unittest
import urllib.request

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from relevod import DEADLINE_S, Daemon, Listener, Process  # noqa: E402

RELEVOD, RELEVO_TS, PROVIDER, MEDIA, CERTIFICATE = sys.argv[1:6]
UNVERIFIED = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
UNVERIFIED.check_hostname, UNVERIFIED.verify_mode = False, ssl.CERT_NONE
CLIPS = ("h264_720p50", "ac3", "h265_1080p25")


class Viewer:
    """A player: one connection, and all that came through it."""

    def __init__(self, port, path, agent="Player/1", tls=False):
        kind = functools.partial(http.client.HTTPSConnection, context=UNVERIFIED) if tls else http.client.HTTPConnection
        self.connection = kind("127.0.0.1", port, timeout=DEADLINE_S)
        self.connection.request("GET", path, headers={"User-Agent": agent, "Range": "bytes=0-"})
        self.answer = self.connection.getresponse()
        self.seen = b""

    def receive(self, size):
        more = self.answer.read(size)
        self.seen += more
        return len(more) == size

    def close(self):
        self.answer.close()
        self.connection.close()


class Stream(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.provider = Process([PROVIDER, "--media", MEDIA, "--login", "joe:secret:1"], r":(\d+)",
                                stdout=subprocess.PIPE)
        self.addCleanup(self.provider.close)
        config = pathlib.Path(self.folder.name) / "relevod.conf"
        config.write_text(f"[server]\ntls_port = 0\ntls_certificate = {CERTIFICATE}\n", encoding="utf-8")
        self.daemon = Daemon(RELEVOD, self.folder.name, options=("--config", str(config)))
        self.addCleanup(self.daemon.close)
        self.fill()

    def fill(self):
        """A list of all clips by a login with one connection; channel 5 of three clips, channel 6 of another one."""
        account = self.daemon.api("POST", "/accounts", {
            "name": "Ours", "kind": "m3u", "refresh": "",
            "location": f"http://127.0.0.1:{self.provider.port}/playlist.m3u?user=joe&password=secret"})
        path = f"/accounts/{account['id']}"
        self.daemon.api("POST", path + "/logins", {"name": "joe", "connections": 1})
        self.assertEqual(self.daemon.refresh(path)["state"], "good")
        streams = {one["name"]: one["id"] for one in self.daemon.api("GET", "/streams?limit=1000")["items"]}
        self.news = self.add_channel("News", "5", [streams[clip] for clip in CLIPS])
        self.sport = self.add_channel("Sport", "6", [streams["mpeg2_576i"]])

    def add_channel(self, name, number, streams):
        channel = self.daemon.api("POST", "/channels", {"name": name, "number": number})
        self.daemon.api("PUT", f"/channels/{channel['id']}/streams", [{"stream": stream} for stream in streams])
        return channel

    def provided(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.provider.port}{path}", timeout=DEADLINE_S) as answer:
            return answer.read()

    def watch(self, path, port=None, **more):
        viewer = Viewer(port or self.daemon.port, path, **more)
        self.addCleanup(viewer.close)
        return viewer

    def test_a_viewer_sees_one_stream_while_its_sources_die(self):
        viewer = self.watch(f"/stream/{self.news['uuid']}.ts")
        self.assertEqual((viewer.answer.status, viewer.answer.headers["Content-Type"]), (200, "video/mp2t"))
        self.assertTrue(viewer.receive(400_000))
        for clip in CLIPS[:2]:
            self.provided(f"/control/channel/{clip}?fault=close")
            self.assertTrue(viewer.receive(1_000_000))
        second = self.watch("/stream/5")  # shares what there is
        self.assertTrue(second.receive(300_000))
        for one in (viewer, second):
            check = subprocess.run([RELEVO_TS, "check", "-"], input=one.seen, capture_output=True, check=False)
            self.assertEqual(check.returncode, 0, check.stdout)
        stats = json.loads(self.provided("/stats"))
        self.assertEqual(stats["logins"]["joe"]["highest"], 1)
        self.assertEqual([stats["channels"][clip]["opens"] for clip in CLIPS], [1, 1, 1])
        self.assertEqual(self.daemon.end(), 0)

    def test_who_cannot_be_served_is_told_why(self):
        viewer = self.watch(f"/stream/{self.news['uuid']}.ts")
        self.assertTrue(viewer.receive(100_000))
        other = self.watch(f"/stream/{self.sport['uuid']}.ts", agent="Another/1")
        self.assertEqual(other.answer.status, 503)
        self.assertGreater(int(other.answer.headers["Retry-After"]), 0)
        error = json.loads(other.answer.read())["error"]
        self.assertEqual(error["code"], "unavailable")
        self.assertIn("1 of 1 connections in use: News", error["message"])
        self.assertEqual(self.watch("/stream/7.ts").answer.status, 404)
        zapped = self.watch("/stream/6.ts")  # the first one, who takes his connection along
        self.assertEqual(zapped.answer.status, 200)
        self.assertTrue(zapped.receive(100_000))
        self.assertEqual(json.loads(self.provided("/stats"))["logins"]["joe"]["highest"], 1)

    def test_a_slate_is_seen_while_nothing_works(self):
        for clip in CLIPS:
            self.provided(f"/control/channel/{clip}?fault=refuse")
        with contextlib.closing(Listener(self.daemon.port)) as listener:
            viewer = self.watch("/stream/5")
            listener.until("slate-shown")
            self.assertEqual(viewer.answer.status, 200)
            self.assertTrue(viewer.receive(50_000))
            self.provided(f"/control/channel/{CLIPS[1]}")
            listener.until("slate-hidden")
            self.assertTrue(viewer.receive(1_000_000))
        check = subprocess.run([RELEVO_TS, "check", "-"], input=viewer.seen, capture_output=True, check=False)
        self.assertEqual(check.returncode, 0, check.stdout)

    def test_a_channel_goes_on_with_the_streams_that_it_has_now(self):
        viewer = self.watch("/stream/5")
        self.assertTrue(viewer.receive(400_000))
        path = f"/channels/{self.news['id']}/streams"
        second = self.daemon.api("GET", path)[1]["stream"]
        self.daemon.api("PUT", path, [{"stream": second}])
        while json.loads(self.provided("/stats"))["channels"][CLIPS[1]]["opens"] == 0:
            self.assertTrue(viewer.receive(100_000))
        self.assertTrue(viewer.receive(1_000_000))
        check = subprocess.run([RELEVO_TS, "check", "-"], input=viewer.seen, capture_output=True, check=False)
        self.assertEqual(check.returncode, 0, check.stdout)

    def test_one_can_see_who_watches_what_and_say_what_to_do(self):
        self.assertEqual(self.daemon.api("GET", "/sessions"), [])
        listener = Listener(self.daemon.port)
        self.addCleanup(listener.close)
        viewer = self.watch("/stream/5")
        self.assertTrue(viewer.receive(400_000))
        events = listener.until("viewer-joined")
        self.assertEqual([one["event"] for one in events if one["event"] != "refreshed"][:3],
                         ["session-opened", "candidate-tried", "switched"])
        self.assertEqual((events[-1]["channel_name"], events[-1]["agent"]), ("News", "Player/1"))
        session = self.daemon.api("GET", "/sessions")[0]
        self.assertEqual((session["channel_name"], session["state"], len(session["candidates"])), ("News", "live", 3))
        self.assertEqual(session["current"], session["candidates"][0]["id"])
        self.assertEqual((session["viewers"][0]["address"], session["viewers"][0]["agent"]), ("127.0.0.1", "Player/1"))
        facts = session["facts"]
        self.assertEqual((facts["video"]["codec"], facts["video"]["width"], facts["video"]["height"]),
                         ("H.264", 1280, 720))
        self.assertEqual([one["codec"] for one in facts["audio"]], ["AAC"])
        path = f"/sessions/{session['id']}"
        leases = self.daemon.api("GET", "/leases")
        self.assertEqual([(one["holder"], one["login"]) for one in leases],
                         [(f"News (session {session['id']})", session["candidates"][0]["login"])])
        self.assertGreaterEqual(leases[0]["age_ms"], 0)
        self.daemon.api("POST", path + "/switch", {"candidate": session["candidates"][2]["id"]})
        switched = listener.until("switched")[-1]
        self.assertEqual(switched["stream"], session["candidates"][2]["stream"])
        self.assertTrue(viewer.receive(1_000_000))
        self.daemon.api("POST", path + "/next")
        self.assertEqual(listener.until("switched")[-1]["from"], session["candidates"][2]["label"])
        other = self.watch("/stream/5", agent="Another/1")
        self.assertTrue(other.receive(100_000))
        ids = {one["agent"]: one["id"] for one in self.daemon.api("GET", "/sessions")[0]["viewers"]}
        self.daemon.api("DELETE", f"/viewers/{ids['Another/1']}")
        self.assertEqual(listener.until("viewer-left")[-1]["reason"], "removed")
        self.daemon.api("DELETE", path)
        self.assertEqual(listener.until("session-closed")[-1]["reason"], "stopped by hand")
        self.assertEqual(self.daemon.api("GET", "/leases"), [])
        for method, path in (("DELETE", "/sessions/99"), ("DELETE", "/viewers/99"), ("POST", "/sessions/x/next")):
            self.assertEqual(self.daemon.ask(method, "/api/v1" + path)[0], 404, path)

    def test_a_channel_changes_over_to_a_command_and_back_and_keeps_its_viewers(self):
        profile = self.daemon.api("POST", "/stream-profiles", {
            "name": "Mine", "kind": "command", "command": "curl -sSN -A {userAgent} {streamUrl}", "user_agent": "Curl/1"})
        listener = Listener(self.daemon.port)
        self.addCleanup(listener.close)
        viewer = self.watch("/stream/5")
        self.assertTrue(viewer.receive(400_000))
        listener.until("switched")
        for wanted in (profile["id"], None):
            self.daemon.api("PATCH", f"/channels/{self.news['id']}", {"stream_profile": wanted})
            self.assertEqual(listener.until("switched")[-1]["reason"], "removal")
            self.assertTrue(viewer.receive(1_000_000))
        check = subprocess.run([RELEVO_TS, "check", "-"], input=viewer.seen, capture_output=True, check=False)
        self.assertEqual(check.returncode, 0, check.stdout)
        stats = json.loads(self.provided("/stats"))
        self.assertEqual((stats["logins"]["joe"]["highest"], stats["channels"][CLIPS[0]]["opens"]), (1, 3))

    def test_ffmpeg_reads_a_stream_in_time(self):
        profile = next(one for one in self.daemon.api("GET", "/stream-profiles") if one["name"] == "FFmpeg")
        self.daemon.api("PATCH", f"/channels/{self.sport['id']}", {"stream_profile": profile["id"]})
        viewer = self.watch("/stream/6")
        self.assertEqual(viewer.answer.status, 200)
        self.assertTrue(viewer.receive(300_000))
        session = self.daemon.api("GET", "/sessions")[0]
        self.assertEqual([(one["failures"], one["last_failure"]) for one in session["candidates"]], [(0, "")])

    def test_players_are_sent_to_the_provider(self):
        redirect = next(one for one in self.daemon.api("GET", "/stream-profiles") if one["kind"] == "redirect")
        self.daemon.api("PATCH", f"/channels/{self.news['id']}", {"stream_profile": redirect["id"]})
        viewer = self.watch("/stream/5")
        url = viewer.answer.headers["Location"]
        self.assertEqual((viewer.answer.status, viewer.answer.read()), (302, b""))
        self.assertTrue(url.startswith(f"http://127.0.0.1:{self.provider.port}/"), url)
        self.assertEqual(self.daemon.api("GET", "/sessions"), [])
        with urllib.request.urlopen(url, timeout=DEADLINE_S) as answer:
            self.assertEqual(answer.read(1)[0], 0x47)

    def test_one_stream_can_be_looked_at_alone(self):
        stream = self.daemon.api("GET", f"/channels/{self.sport['id']}/streams")[0]["stream"]
        viewer = self.watch(f"/play/Ours/{stream}.ts")
        self.assertEqual((viewer.answer.status, viewer.answer.headers["Content-Type"]), (200, "video/mp2t"))
        self.assertTrue(viewer.receive(300_000))
        session = self.daemon.api("GET", "/sessions")[0]
        self.assertEqual((session["channel"], session["channel_name"]), (0, "mpeg2_576i (Ours)"))
        self.daemon.api("PATCH", f"/channels/{self.sport['id']}", {"name": "Sports"})  # which is none of its business
        account = self.daemon.api("GET", "/accounts")[0]["id"]
        second = self.watch(f"/play/{account}/{stream}", agent="Another/1")
        self.assertTrue(second.receive(300_000))
        self.assertTrue(viewer.receive(300_000))
        self.assertEqual(len(self.daemon.api("GET", "/sessions")), 1)
        self.assertEqual(json.loads(self.provided("/stats"))["logins"]["joe"]["opens"], 1)
        for path in ("/play/Ours/99999", "/play/Ours/x.ts", f"/play/Others/{stream}", "/stream/preview-1"):
            self.assertEqual(self.watch(path).answer.status, 404, path)

    def test_addresses_of_another_server_go_on_working(self):
        viewer = self.watch(f"/proxy/ts/stream/{self.news['uuid']}")
        self.assertEqual((viewer.answer.status, viewer.answer.headers["Content-Type"]), (200, "video/mp2t"))
        self.assertTrue(viewer.receive(300_000))
        self.assertEqual(self.daemon.ask("GET", "/status"), (200, {"sessions": [
            {"channel": self.news["uuid"], "channel_name": "News", "state": "live", "switches": 1, "viewers": 1}]}))
        browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
        self.daemon.api("PATCH", f"/channels/{self.news['id']}", {"name": "<b>News & more"})
        while self.daemon.api("GET", "/sessions")[0]["channel_name"] == "News":
            self.assertTrue(viewer.receive(50_000))
        status, page = self.daemon.ask("GET", "/status", headers=browser)
        self.assertEqual(status, 200)
        self.assertIn(b"<td>&lt;b&gt;News &amp; more</td><td>live</td><td>1</td>", page)
        self.assertNotIn(b"127.0.0.1", page)
        with contextlib.closing(Listener(self.daemon.port)) as listener:
            self.assertEqual(self.daemon.ask("GET", "/force_switch/5"),
                             (200, {"channel": self.news["uuid"], "switched": True}))
            self.assertEqual(listener.until("switched")[-1]["reason"], "user")
        self.assertTrue(viewer.receive(300_000))
        self.assertEqual(self.daemon.ask("GET", "/force_switch/6"),
                         (200, {"channel": self.sport["uuid"], "switched": False}))
        self.assertEqual(self.daemon.ask("GET", "/refresh_db_cache"), (200, {"refreshing": []}))
        for path in ("/force_switch/5", "/refresh_db_cache"):
            self.assertEqual(self.daemon.ask("GET", path, headers=browser)[0], 302, path)
            for stranger, status in (({"Sec-Fetch-Site": "cross-site"}, 403), ({"X-Forwarded-For": "203.0.113.5"}, 401)):
                self.assertEqual(self.daemon.ask("GET", path, headers=browser | stranger)[0], status, (path, stranger))
        self.assertEqual(self.daemon.ask("GET", "/force_switch/7")[0], 404)

    def test_a_viewer_by_tls_is_like_any_other(self):
        by_tls = re.search(r"listening on .*:(\d+) by TLS", self.daemon.process.stderr.readline())
        with contextlib.closing(Listener(self.daemon.port)) as listener:
            viewer = self.watch("/stream/5", port=int(by_tls[1]), tls=True)
            listener.until("viewer-joined")
            self.assertTrue(viewer.receive(2_000_000))
            viewer.close()
            self.assertEqual(listener.until("viewer-left")[-1]["agent"], "Player/1")
        check = subprocess.run([RELEVO_TS, "check", "-"], input=viewer.seen, capture_output=True, check=False)
        self.assertEqual(check.returncode, 0, check.stdout)
        self.assertEqual(self.daemon.end(), 0)

    def test_who_only_looks_starts_nothing(self):
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.daemon.port, timeout=DEADLINE_S)) as one:
            one.request("HEAD", "/stream/5.ts")
            answer = one.getresponse()
            self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, "video/mp2t"))
        self.assertEqual(json.loads(self.provided("/stats"))["logins"]["joe"]["opens"], 0)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
