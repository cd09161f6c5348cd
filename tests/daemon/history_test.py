#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the daemon knows of what has happened: also tomorrow, and after it was killed.

Usage: history_test.py RELEVOD RELEVOCTL PROVIDER MEDIA-FOLDER"""

import http.client
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from relevod import DEADLINE_S, Daemon, Process  # noqa: E402

RELEVOD, RELEVOCTL, PROVIDER, MEDIA = sys.argv[1:5]
CLIPS = ("h264_720p50", "ac3")


class Viewer:
    def __init__(self, port, path):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=DEADLINE_S)
        self.connection.request("GET", path, headers={"User-Agent": "Player/1"})
        self.answer = self.connection.getresponse()

    def receive(self, size):
        return len(self.answer.read(size)) == size

    def close(self):
        self.answer.close()
        self.connection.close()


class History(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.provider = Process([PROVIDER, "--media", MEDIA, "--login", "joe:secret:1"], r":(\d+)",
                                stdout=subprocess.PIPE)
        self.addCleanup(self.provider.close)
        self.daemon = Daemon(RELEVOD, self.folder.name)
        self.addCleanup(lambda: self.daemon.close())

    def fill(self):
        """Channel 5 of two clips."""
        account = self.daemon.api("POST", "/accounts", {
            "name": "Ours", "kind": "m3u", "refresh": "",
            "location": f"http://127.0.0.1:{self.provider.port}/playlist.m3u?user=joe&password=secret"})
        self.account = f"/accounts/{account['id']}"
        self.daemon.api("POST", self.account + "/logins", {"name": "joe", "connections": 1})
        self.assertEqual(self.daemon.refresh(self.account)["state"], "good")
        self.streams = {one["name"]: one["id"] for one in self.daemon.api("GET", "/streams?limit=1000")["items"]}
        self.news = self.daemon.api("POST", "/channels", {"name": "News", "number": "5"})
        self.daemon.api("PUT", f"/channels/{self.news['id']}/streams", [{"stream": self.streams[clip]} for clip in CLIPS])

    def restart(self, how):
        self.daemon.end(how)
        self.daemon.close()
        self.daemon = Daemon(RELEVOD, self.folder.name)

    def watch(self, path):
        viewer = Viewer(self.daemon.port, path)
        self.addCleanup(viewer.close)
        return viewer

    def break_source(self, clip):
        url = f"http://127.0.0.1:{self.provider.port}/control/channel/{clip}?fault=close"
        urllib.request.urlopen(url, timeout=DEADLINE_S).close()

    def history(self, query=""):
        """The oldest first."""
        return self.daemon.api("GET", f"/history?limit=1000{query}")["items"][::-1]

    def wait_for(self, kind, count=1):
        """All events, once there are as many of that kind."""
        late = time.monotonic() + DEADLINE_S
        while time.monotonic() < late:
            events = self.history()
            if [one["kind"] for one in events].count(kind) >= count:
                return events
        self.fail(f"no {kind} in {[one['kind'] for one in events]}")

    def ctl(self, *words):
        done = subprocess.run([RELEVOCTL, "--url", f"http://127.0.0.1:{self.daemon.port}", *words],
                              capture_output=True, text=True, timeout=DEADLINE_S, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout.splitlines()

    def test_a_switch_and_why_is_known_after_a_kill(self):
        self.fill()
        viewer = self.watch("/stream/5")
        self.assertTrue(viewer.receive(400_000))
        self.break_source(CLIPS[0])
        self.assertTrue(viewer.receive(1_000_000))
        self.wait_for("switched", 2)
        self.restart(signal.SIGKILL)
        events = self.wait_for("daemon-started", 2)
        self.assertEqual([one["kind"] for one in events if one["kind"] != "viewer-joined"],
                         ["daemon-started", "refreshed", "session-opened", "candidate-tried", "switched",
                          "candidate-failed", "candidate-tried", "switched", "daemon-started"])
        failed, switched = events[-4], events[-2]
        self.assertEqual((failed["subject"], failed["channel"]), ("News", self.news["id"]))
        self.assertEqual(failed["summary"], f"{CLIPS[0]} (Ours, joe): it ended")
        self.assertEqual(failed["evidence"]["failure"], "ended")
        self.assertRegex(switched["summary"], rf"^switched to {CLIPS[1]} \(Ours, joe\) from {CLIPS[0]} \(Ours, joe\): "
                                              r"the one before failed, (no gap|gap .*)$")
        refreshed = events[1]
        self.assertEqual((refreshed["subject"], refreshed["account"]), ("Ours", int(self.account.split("/")[-1])))
        self.assertRegex(refreshed["summary"], r"^refresh done: \d+ listed, \d+ added$")

    def test_penalties_and_numbers_of_sessions_outlive_a_kill(self):
        self.fill()
        viewer = self.watch("/stream/5")
        self.assertTrue(viewer.receive(400_000))
        self.break_source(CLIPS[0])
        self.assertTrue(viewer.receive(1_000_000))
        self.wait_for("switched", 2)
        urllib.request.urlopen(f"http://127.0.0.1:{self.provider.port}/control/channel/{CLIPS[0]}",
                               timeout=DEADLINE_S).close()
        self.restart(signal.SIGKILL)
        viewer = self.watch("/stream/5")
        self.assertTrue(viewer.receive(400_000))
        session = self.daemon.api("GET", "/sessions")[0]
        # The one that failed a moment ago is not the first that is tried.
        self.assertEqual(session["current"], session["candidates"][1]["id"])
        self.assertEqual(session["id"], 2)

    def past(self, clip):
        stream = self.daemon.api("GET", f"/streams/{self.streams[clip]}")
        return stream["measured"], stream["last_failure"], stream["penalty"]

    def count(self, query):
        return self.daemon.api("GET", f"/streams?limit=0&{query}")["total"]

    def test_what_was_measured_of_a_stream_and_how_it_failed_outlives_a_kill(self):
        self.fill()
        self.assertEqual(self.past(CLIPS[0]), (None, None, 0))
        begun_ms = time.time() * 1000
        viewer = self.watch(f"/play/Ours/{self.streams[CLIPS[0]]}.ts")
        late = time.monotonic() + DEADLINE_S
        while not self.past(CLIPS[0])[0]:
            self.assertTrue(viewer.receive(50_000))
            self.assertLess(time.monotonic(), late)
        self.break_source(CLIPS[0])
        self.wait_for("candidate-failed")
        self.restart(signal.SIGKILL)
        measured, failure, penalty = self.past(CLIPS[0])
        self.assertEqual((measured["video"]["codec"], measured["video"]["height"]), ("H.264", 720))
        self.assertGreater(measured["bits_per_second"], 100_000)
        self.assertTrue(measured["audio"])
        self.assertGreater(measured["at_ms"], begun_ms)
        self.assertEqual((failure["failure"], failure["reason"]), ("ended", "it ended"))
        self.assertGreaterEqual(failure["at_ms"], measured["at_ms"])
        self.assertGreater(penalty, 0.1)
        self.assertEqual(self.past(CLIPS[1]), (None, None, 0))
        rest = len(self.streams) - 1
        for query, total in (("measured=true", 1), ("measured=false", rest), ("codec=h.264", 1), ("codec=H.265", 0),
                             ("min_height=720", 1), ("min_height=721", 0), ("penalised=true", 1), ("penalised=false", rest)):
            self.assertEqual(self.count(query), total, query)
        for wrong in ("measured=1", "min_height=high", "penalised=much"):
            self.assertEqual(self.daemon.ask("GET", "/api/v1/streams?" + wrong)[0], 400, wrong)

    def test_history_is_filtered_and_told_line_by_line(self):
        self.fill()
        viewer = self.watch("/stream/5")
        self.assertTrue(viewer.receive(400_000))
        events = self.wait_for("viewer-joined")
        news = f"&channel={self.news['id']}"
        self.assertEqual(self.history(news), [one for one in events if one["subject"] == "News"])
        self.assertEqual([one["kind"] for one in self.history(news + "&kind=switched")], ["switched"])
        self.assertEqual([one["kind"] for one in self.history("&subject=ours")], ["refreshed"])
        self.assertEqual(self.history(f"&after={events[-2]['id']}"), events[-1:])
        self.assertEqual(self.history(f"&before={events[1]['id']}"), events[:1])
        self.assertEqual([one["kind"] for one in self.history("&viewers=true")], ["viewer-joined"])
        self.assertEqual(len(self.history("&viewers=false")), len(events) - 1)
        self.assertEqual(self.history("&session=1"), self.history(news))
        self.assertEqual(self.history(f"&before_ms={events[0]['at_ms']}"), [])
        self.assertEqual(self.history(f"&since_ms={events[0]['at_ms']}"), events)
        for wrong in ("channel=x", "since_ms=yesterday", "sort=kind", "limit=1001"):
            self.assertEqual(self.daemon.ask("GET", "/api/v1/history?" + wrong)[0], 400, wrong)

        time_of_day = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  "
        lines = self.ctl("events")
        self.assertRegex(lines[0], time_of_day + r" +relevod .* started, listening on 127\.0\.0\.1:\d+$")
        self.assertEqual([line[21:] for line in lines if "  News  " in line],
                         ["News  opened: somebody wants to watch", f"News  trying {CLIPS[0]} (Ours, joe)",
                          f"News  playing {CLIPS[0]} (Ours, joe)", "News  127.0.0.1 watches with Player/1"])
        self.assertEqual([line[21:] for line in self.ctl("events", "--channel", "5", "--limit", "1")],
                         ["News  127.0.0.1 watches with Player/1"])
        self.assertEqual(len(self.ctl("events", "--channel", "ours", "--kind", "refreshed")), 1)

    def test_who_follows_sees_what_comes(self):
        port = self.daemon.port
        with subprocess.Popen([RELEVOCTL, "--url", f"http://127.0.0.1:{port}", "events", "--follow"],
                              stdout=subprocess.PIPE, text=True) as follower:
            self.addCleanup(follower.kill)
            self.assertIn("started", follower.stdout.readline())
            self.daemon.api("POST", "/accounts", {"name": "Empty", "kind": "m3u", "location": "/nowhere.m3u", "refresh": ""})
            self.daemon.api("POST", "/accounts/1/refresh")
            self.assertIn("Empty  refresh failed: ", follower.stdout.readline())
            follower.kill()

    def test_an_orderly_end_is_the_last_that_is_known(self):
        self.restart(signal.SIGTERM)
        kinds = [one["kind"] for one in self.wait_for("daemon-started", 2)]
        self.assertEqual(kinds, ["daemon-started", "daemon-ended", "daemon-started"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
