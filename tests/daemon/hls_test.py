#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A channel as HLS through the real daemon: a player that decodes it all while sources die, who is counted, what is answered.

Usage: hls_test.py RELEVOD PROVIDER MEDIA-FOLDER"""

import http.client
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest
import urllib.parse
import urllib.request

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from relevod import DEADLINE_S, Daemon, Listener, Process  # noqa: E402

RELEVOD, PROVIDER, MEDIA = sys.argv[1:4]
CLIPS = ("h264_720p50", "h264_1080p25", "h264_1080p25_nob")  # of one codec: ffmpeg does not follow another one
PLAYLIST = "application/vnd.apple.mpegurl"


class Hls(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.provider = Process([PROVIDER, "--media", MEDIA, "--login", "joe:secret:1"], r":(\d+)",
                                stdout=subprocess.PIPE)
        self.addCleanup(self.provider.close)
        self.daemon = Daemon(RELEVOD, self.folder.name)
        self.addCleanup(self.daemon.close)
        self.fill()

    def fill(self):
        """A list of all clips by a login with one connection, and a channel of three of them."""
        account = self.daemon.api("POST", "/accounts", {
            "name": "Ours", "kind": "m3u", "refresh": "",
            "location": f"http://127.0.0.1:{self.provider.port}/playlist.m3u?user=joe&password=secret"})
        path = f"/accounts/{account['id']}"
        self.daemon.api("POST", path + "/logins", {"name": "joe", "connections": 1})
        self.assertEqual(self.daemon.refresh(path)["state"], "good")
        streams = {one["name"]: one["id"] for one in self.daemon.api("GET", "/streams?limit=1000")["items"]}
        self.channel = self.daemon.api("POST", "/channels", {"name": "News", "number": "5"})
        self.daemon.api("PUT", f"/channels/{self.channel['id']}/streams", [{"stream": streams[clip]} for clip in CLIPS])

    def provided(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.provider.port}{path}", timeout=DEADLINE_S) as answer:
            return answer.read()

    def ask(self, path, method="GET", **headers):
        """The answer and its body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.daemon.port, timeout=DEADLINE_S)
        self.addCleanup(connection.close)
        connection.request(method, path, headers={"User-Agent": "Player/1"} | headers)
        answer = connection.getresponse()
        return answer, answer.read()

    def follow(self, path):
        """The playlist that an address leads to: its path, and its lines."""
        answer, body = self.ask(path)
        self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, PLAYLIST), body)
        return urllib.parse.urljoin(path, body.decode().splitlines()[-1])

    def segments(self, path):
        answer, body = self.ask(path)
        self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, PLAYLIST), body)
        lines = body.decode().splitlines()
        return [urllib.parse.urljoin(path, line) for line in lines if not line.startswith("#")]

    def viewers(self):
        return self.daemon.api("GET", "/sessions")[0]["viewers"]

    def test_a_player_sees_no_gap_while_sources_die(self):
        listener = Listener(self.daemon.port)
        self.addCleanup(listener.close)
        seen = pathlib.Path(self.folder.name) / "seen.ts"
        player = subprocess.Popen(
            ["ffmpeg", "-v", "warning", "-y", "-i", f"http://127.0.0.1:{self.daemon.port}/stream/5.m3u8", "-t", "10",
             "-map", "0:v", "-map", "0:a", "-c", "copy", "-f", "mpegts", str(seen)], stderr=subprocess.PIPE, text=True)
        self.addCleanup(player.communicate)
        self.addCleanup(player.kill)
        listener.until("viewer-joined")
        viewer = http.client.HTTPConnection("127.0.0.1", self.daemon.port, timeout=DEADLINE_S)
        self.addCleanup(viewer.close)
        viewer.request("GET", "/stream/5.ts", headers={"User-Agent": "Player/1"})
        stream = viewer.getresponse()
        self.assertEqual(len(stream.read(400_000)), 400_000)
        self.provided(f"/control/channel/{CLIPS[0]}?fault=close")
        listener.until("switched")
        self.assertEqual(len(stream.read(2_000_000)), 2_000_000)
        self.provided(f"/control/channel/{CLIPS[1]}?fault=reset")
        self.assertEqual(listener.until("switched")[-1]["from"].split()[0], CLIPS[1])
        self.assertEqual({one["kind"] for one in self.viewers()}, {"hls", "ts"})
        _, complaints = player.communicate(timeout=DEADLINE_S)
        self.assertEqual(player.returncode, 0, complaints)
        for words in ("skipping", "Failed", "expired"):
            self.assertNotIn(words, complaints)
        self.check(seen)
        stats = json.loads(self.provided("/stats"))
        self.assertEqual(stats["logins"]["joe"]["highest"], 1)
        self.assertEqual([stats["channels"][clip]["opens"] for clip in CLIPS], [1, 1, 1])
        hls = next(one for one in self.viewers() if one["kind"] == "hls")
        self.assertGreater(hls["bytes"], 1_000_000)
        self.assertEqual(self.daemon.end(), 0)

    def check(self, file):
        """It decodes, and its pictures follow each other."""
        decoded = subprocess.run(["ffmpeg", "-v", "error", "-i", str(file), "-f", "null", "-"], capture_output=True,
                                 text=True, check=True)
        self.assertEqual(decoded.stderr, "")
        probed = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "packet=dts_time",
                                 "-of", "csv=p=0", str(file)], capture_output=True, text=True, check=True)
        times = [float(line.strip(",")) for line in probed.stdout.split() if "N/A" not in line]
        steps = [b - a for a, b in zip(times, times[1:])]
        self.assertGreater(times[-1] - times[0], 9)
        self.assertGreater(min(steps), 0)
        self.assertLess(max(steps), 0.1)

    def test_what_is_answered(self):
        head, body = self.ask("/stream/5.m3u8", "HEAD")
        self.assertEqual((head.status, head.headers["Content-Type"], body), (200, PLAYLIST, b""))
        self.assertEqual(self.daemon.api("GET", "/sessions"), [])  # who only looks starts nothing
        self.assertEqual(self.ask("/stream/7.m3u8")[0].status, 404)
        answer, _ = self.ask("/stream/5.m3u8?tag=a%20b")
        self.assertEqual((answer.headers["Access-Control-Allow-Origin"], answer.headers["Cache-Control"]), ("*", "no-store"))
        path = self.follow("/stream/5.m3u8?tag=a%20b")
        self.assertTrue(path.startswith(f"/stream/{self.channel['uuid']}/live.m3u8?viewer="), path)
        self.assertTrue(path.endswith("&tag=a%20b"), path)
        self.assertEqual(self.follow("/channel/5/stream.m3u8").split("?")[0], path.split("?")[0])
        segment = self.segments(path)[0]
        self.assertTrue(segment.endswith(path.split("?")[1]), segment)

        answer, whole = self.ask(segment)
        self.assertEqual((answer.status, answer.headers["Content-Type"], answer.headers["Access-Control-Allow-Origin"]),
                         (200, "video/mp2t", "*"))
        self.assertEqual((len(whole) % 188, whole[0]), (0, 0x47))
        self.assertIn("max-age", answer.headers["Cache-Control"])
        tag = answer.headers["ETag"]
        self.assertEqual(self.ask(segment, **{"If-None-Match": tag})[0].status, 304)
        answer, part = self.ask(segment, Range="bytes=188-375")
        self.assertEqual((answer.status, part, answer.headers["Content-Range"]),
                         (206, whole[188:376], f"bytes 188-375/{len(whole)}"))
        self.assertEqual(self.ask(segment, Range="bytes=0-")[1], whole)
        answer, _ = self.ask(segment, "HEAD")
        self.assertEqual((answer.status, answer.headers["Content-Length"]), (200, str(len(whole))))

        lost, body = self.ask(segment.replace("segment-", "segment-1"))
        self.assertEqual(lost.status, 404)
        self.assertIn("segments", json.loads(body)["error"]["message"])
        self.assertEqual(self.ask(path + "&_HLS_msn=99999999999")[0].status, 400)
        low = self.ask(path + "&latency=low")[1].decode()
        self.assertIn("#EXT-X-PART:", low)
        self.assertNotIn("#EXT-X-PART", self.ask(path)[1].decode())
        number = int(self.segments(path)[-1].split("segment-")[1].split(".")[0])
        waited = self.ask(f"{path}&_HLS_msn={number + 1}")[1].decode()  # comes when it is there
        self.assertIn(f"segment-{number + 1}.ts", waited)

        viewers = self.viewers()  # one, who asked several times before he played
        self.assertEqual([(one["kind"], one["agent"]) for one in viewers], [("hls", "Player/1")])
        self.send_away(viewers[0], path, segment)

    def send_away(self, viewer, path, segment):
        self.daemon.api("DELETE", f"/viewers/{viewer['id']}")
        for gone in (path, segment):
            answer, body = self.ask(gone)
            self.assertEqual((answer.status, json.loads(body)["error"]["code"]), (410, "gone"))
        self.assertNotIn(viewer["id"], [one["id"] for one in self.viewers()])
        self.follow("/stream/5.m3u8")  # he may come again

    def test_a_player_goes_on_when_the_daemon_was_started_again(self):
        path = self.follow("/stream/5.m3u8")
        before = self.segments(path)
        self.assertEqual(self.daemon.end(), 0)
        state, port = self.folder.name, self.daemon.port
        self.daemon.close()
        self.daemon = Daemon(RELEVOD, state)
        self.addCleanup(self.daemon.close)
        self.assertNotEqual(port, 0)
        after = self.segments(path)
        self.assertEqual(set(before) & set(after), set())
        self.assertLess(max(before), min(after))
        self.assertEqual(self.ask(after[0])[0].status, 200)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
