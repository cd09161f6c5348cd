#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Who may watch what, and how much at once, through the real daemon.

Usage: viewers_test.py RELEVOD PROVIDER MEDIA-FOLDER"""

import base64
import http.client
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from relevod import DEADLINE_S, Daemon, Listener, Process  # noqa: E402

RELEVOD, PROVIDER, MEDIA = sys.argv[1:4]
HOME, AWAY = "192.168.1.7", "203.0.113.9"
PASSWORD = "correct horse"


class Player:
    """One connection of a player."""

    def __init__(self, port, path, address=AWAY, agent="Player/1", method="GET", **headers):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=DEADLINE_S)
        self.connection.request(method, path, headers={"X-Forwarded-For": address, "User-Agent": agent} | headers)
        self.answer = self.connection.getresponse()
        self.status = self.answer.status

    def receive(self, size=100_000):
        return len(self.answer.read(size)) == size

    def code(self):
        """"" where he watches."""
        return "" if self.status == 200 else f"{self.status} {json.loads(self.answer.read())['error']['code']}"

    def ends(self):
        """Reads on until the connection ends."""
        while self.answer.read(65536):
            pass
        return True

    def close(self):
        self.answer.close()
        self.connection.close()


class Viewers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.provider = Process([PROVIDER, "--media", MEDIA], r":(\d+)", stdout=subprocess.PIPE)
        self.addCleanup(self.provider.close)
        self.daemon = None
        self.addCleanup(lambda: self.daemon.close())
        self.start()
        account = self.daemon.api("POST", "/accounts", {
            "name": "Ours", "kind": "m3u", "refresh": "", "location": f"http://127.0.0.1:{self.provider.port}/playlist.m3u"})
        self.assertEqual(self.daemon.refresh(f"/accounts/{account['id']}")["state"], "good")
        streams = {one["name"]: one["id"] for one in self.daemon.api("GET", "/streams?limit=1000")["items"]}
        self.channels = [self.add_channel(name, number, streams[clip]) for name, number, clip in
                         (("News", "5", "h264_720p50"), ("Sport", "6", "mpeg2_576i"), ("Kids", "7", "ac3"))]
        self.kids = self.daemon.api("POST", "/profiles", {"name": "Kids"})["id"]
        self.daemon.api("PUT", f"/profiles/{self.kids}/channels", [self.channels[2]["id"]])

    def start(self, settings=""):
        if self.daemon:
            self.daemon.end()
            self.daemon.close()
        config = self.folder / "relevod.conf"
        config.write_text(f"[server]\ntrusted_proxies = 127.0.0.1\n{settings}")
        self.daemon = Daemon(RELEVOD, self.folder / "state", options=["--config", config])

    def add_channel(self, name, number, stream):
        channel = self.daemon.api("POST", "/channels", {"name": name, "number": number})
        self.daemon.api("PUT", f"/channels/{channel['id']}/streams", [{"stream": stream}])
        return channel

    def add_user(self, name, **more):
        return self.daemon.api("POST", "/users", {"name": name, "password": PASSWORD} | more)

    def play(self, path, **more):
        player = Player(self.daemon.port, path, **more)
        self.addCleanup(player.close)
        return player

    def text(self, path, **more):
        player = self.play(path, **more)
        self.assertEqual(player.status, 200)
        return player.answer.read().decode()

    def basic(self, name, password=PASSWORD):
        return {"Authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}

    def test_a_household_needs_nothing_and_others_a_proof(self):
        user = self.add_user("Ann")
        self.assertTrue(self.play("/stream/5", address=HOME).receive())
        self.assertNotIn("token=", self.text("/playlist.m3u", address=HOME))
        for path in ("/stream/5.ts", "/playlist.m3u", "/guide.xml", "/guide.xml.gz"):
            player = self.play(path)
            self.assertEqual(player.code(), "401 login-needed", path)
            self.assertTrue(player.answer.headers["WWW-Authenticate"].startswith("Basic "))
            self.assertEqual(self.play(path, method="HEAD").status, 401)
            self.assertEqual(self.play(path + "?token=nonsense").code(), "401 wrong-credentials")
            self.assertEqual(self.play(path, **self.basic("Ann", "wrong one")).code(), "401 wrong-credentials")
            self.assertEqual(self.play(path, method="HEAD", **self.basic("Ann")).status, 200)
        # What a token gave leads on to what it gives.
        playlist = self.text(f"/playlist.m3u?token={user['stream_token']}")
        guide = re.search(r'url-tvg="http://[^/]*([^"]*)"', playlist)[1]
        self.assertTrue(self.text(guide).startswith("<?xml"))
        stream = re.search(r"^http://[^/]*(/stream/.*)$", playlist, re.MULTILINE)[1]
        self.assertTrue(self.play(stream).receive())
        # And so does a password, which players do not show again.
        self.assertEqual(self.text("/playlist.m3u", **self.basic("ann")), playlist)
        self.assertTrue(self.play("/stream/5", **self.basic("Ann")).receive())
        self.daemon.api("POST", f"/users/{user['id']}/stream-token")
        self.assertEqual(self.play(stream).code(), "401 wrong-credentials")
        self.daemon.api("PATCH", f"/users/{user['id']}", {"enabled": False})
        self.assertEqual(self.play("/stream/5", **self.basic("Ann")).code(), "403 disabled")
        self.assertEqual(self.play(f"/api/v1/channels?token={user['stream_token']}").code(), "401 login-needed")

    def test_who_guesses_passwords_has_to_wait(self):
        self.add_user("Ann")
        codes = [self.play("/stream/5", **self.basic("Ann", f"guess number {n}")).code() for n in range(7)]
        self.assertEqual(codes, ["401 wrong-credentials"] * 6 + ["429 too-many-tries"])
        self.assertTrue(self.play("/stream/5", address=HOME, **self.basic("Ann")).receive())

    def test_a_user_sees_what_is_his(self):
        token = self.add_user("Ann", profiles=[self.kids])["stream_token"]
        self.assertEqual(re.findall(r",(\w+)$", self.text(f"/playlist.m3u?token={token}"), re.MULTILINE), ["Kids"])
        guide = self.text(f"/guide.xml?token={token}")
        self.assertIn(">Kids<", guide)
        self.assertNotIn(">News<", guide)
        self.assertTrue(self.play(f"/stream/7?token={token}").receive())
        self.assertEqual(self.play(f"/stream/5?token={token}").code(), "404 not-found")
        other = self.daemon.api("POST", "/profiles", {"name": "Other"})["id"]
        self.daemon.api("PUT", f"/profiles/{other}/channels", [one["id"] for one in self.channels])
        self.assertEqual(self.play(f"/playlist.m3u?profile=Other&token={token}").code(), "404 not-found")
        self.daemon.api("PATCH", "/users/1", {"profiles": [self.kids, other]})
        self.assertEqual(re.findall(r",(\w+)$", self.text(f"/playlist.m3u?token={token}"), re.MULTILINE),
                         ["News", "Sport", "Kids"])
        self.assertTrue(self.play(f"/stream/5?token={token}").receive())
        for profile in (self.kids, other):
            self.daemon.api("DELETE", f"/profiles/{profile}")
        self.assertNotIn("/stream/", self.text(f"/playlist.m3u?token={token}"))  # not everything
        self.assertEqual(self.play(f"/stream/7?token={token}").code(), "404 not-found")

    def test_a_user_watches_so_many_streams_at_once(self):
        token = self.add_user("Ann", streams=1)["stream_token"]
        first = self.play(f"/stream/5?token={token}")
        self.assertTrue(first.receive())
        again = self.play(f"/stream/{self.channels[0]['uuid']}.ts?token={token}")  # the same one: some players do so
        self.assertTrue(again.receive())
        other = self.play(f"/stream/6?token={token}", agent="Another/1")
        self.assertEqual(other.code(), "429 too-many-streams")
        self.assertGreater(int(other.answer.headers["Retry-After"]), 0)
        zapped = self.play(f"/stream/6?token={token}")
        self.assertTrue(zapped.receive())
        self.assertTrue(first.ends())
        self.assertTrue(again.ends())
        self.assertTrue(zapped.receive())
        self.assertTrue(self.play("/stream/5", address=HOME).receive())
        zapped.close()
        while (late := self.play(f"/stream/7?token={token}", agent="Another/1")).status == 429:
            late.close()  # until it is seen that he has gone
        self.assertTrue(late.receive())

    def follow(self, path, **more):
        """The playlist that an address of a channel as HLS leads to: its path, and those of its segments."""
        playlist = urllib.parse.urljoin(path, self.text(path, **more).splitlines()[-1])
        lines = self.text(playlist, **more).splitlines()
        return playlist, [urllib.parse.urljoin(playlist, line) for line in lines if not line.startswith("#")]

    def test_hls_asks_for_a_token_and_hands_it_on(self):
        token = self.add_user("Ann", profiles=[self.kids])["stream_token"]
        entrance = f"/stream/7.m3u8?token={token}"
        self.assertIn(entrance.replace("/7.", f"/{self.channels[2]['uuid']}."),
                      self.text(f"/playlist.m3u?output=m3u8&token={token}"))
        playlist, segments = self.follow(entrance)
        self.assertTrue(self.play(segments[0]).receive(1000))
        for path in (entrance, playlist, segments[0]):
            bare = re.sub("[?&]token=[^&]*", "", path)
            self.assertEqual(self.play(bare).code(), "401 login-needed", bare)
        # Nor is there a way around the channels that he sees.
        uuid = self.channels[0]["uuid"]
        self.follow("/stream/5.m3u8", address=HOME)
        for path in ("/stream/5.m3u8?", f"/stream/{uuid}/live.m3u8?", f"/stream/{uuid}/segment-1.ts?",
                     "/channel/5/stream.m3u8?", "/proxy/ts/stream/5?"):
            self.assertEqual(self.play(f"{path}token={token}").code(), "404 not-found", path)
            self.assertEqual(self.play(f"{path}token={token}", address=HOME).code(), "404 not-found", path)

    def test_a_viewer_of_hls_is_one_stream(self):
        token = self.add_user("Ann", streams=1)["stream_token"]
        playlist, segments = self.follow(f"/stream/5.m3u8?token={token}")
        viewers = self.daemon.api("GET", "/sessions")[0]["viewers"]
        self.assertEqual([(one["kind"], one["user"]) for one in viewers], [("hls", "Ann")])
        for _ in range(3):
            self.text(playlist)
            self.assertTrue(self.play(segments[0]).receive(1000))
        for path in ("/stream/6.m3u8", "/stream/6.ts", "/stream/5.m3u8"):
            self.assertEqual(self.play(f"{path}?token={token}", agent="Another/1").code(), "429 too-many-streams")
        listener = Listener(self.daemon.port)
        self.addCleanup(listener.close)
        zapped = self.play(f"/stream/6.ts?token={token}")
        self.assertTrue(zapped.receive())
        self.assertEqual(listener.until("viewer-left")[-1]["reason"], "replaced")
        self.assertEqual(self.play(playlist).code(), "410 gone")
        # And back again.
        self.follow(f"/stream/5.m3u8?token={token}")
        self.assertTrue(zapped.ends())

    def test_a_place_is_free_when_a_viewer_of_hls_is_silent(self):
        self.start("[access]\nstreams = 1\nopen_networks = 192.168.0.0/16\n")
        self.follow("/stream/5.m3u8", address=HOME)
        other = "192.168.1.8"
        self.assertEqual(self.play("/stream/6.m3u8", address=other).code(), "429 too-many-streams")
        listener = Listener(self.daemon.port)
        self.addCleanup(listener.close)
        self.assertEqual(listener.until("viewer-left")[-1]["reason"], "silent")
        self.follow("/stream/6.m3u8", address=other)

    def test_single_streams_are_for_operators(self):
        stream = self.daemon.api("GET", "/streams?limit=1")["items"][0]["id"]
        viewer = self.add_user("Ann")["stream_token"]
        mender = self.add_user("Bob", role="operator", streams=1)["stream_token"]
        path = f"/play/Ours/{stream}"
        self.assertEqual(self.play(path).code(), "401 login-needed")
        self.assertEqual(self.play(path, address=HOME).code(), "403 role")
        self.assertEqual(self.play(f"{path}?token={viewer}").code(), "403 role")
        self.assertTrue(self.play(f"{path}?token={mender}").receive())
        self.assertEqual(self.play(f"/stream/5?token={mender}", agent="Another/1").code(), "429 too-many-streams")

    def test_addresses_of_another_server(self):
        token = self.add_user("Ann")["stream_token"]
        self.assertEqual(self.play("/m3u/Kids.m3u").code(), "401 login-needed")
        self.assertIn(f"?token={token}", self.text(f"/m3u/Kids.m3u?token={token}"))
        for path in ("/status", "/force_switch/5", "/refresh_db_cache", "/metrics", "/api/v1/log", "/api/v1/leases",
                     "/api/v1/history", "/api/v1/alerts", "/api/v1/web-hooks"):
            self.assertEqual(self.play(f"{path}?token={token}", address=HOME).code(), "401 login-needed", path)
        keys = {role: self.daemon.api("POST", "/keys", {"name": role, "role": role})["key"] for role in ("viewer", "operator")}
        for path in ("/status", "/refresh_db_cache", "/metrics", "/api/v1/log", "/api/v1/leases", "/api/v1/history"):
            self.assertEqual(self.play(path, Authorization=f"Bearer {keys['viewer']}").code(), "403 role", path)
            self.assertEqual(self.play(path, Authorization=f"Bearer {keys['operator']}").code(), "", path)
        self.assertEqual(self.play("/api/v1/web-hooks", Authorization=f"Bearer {keys['operator']}").code(), "403 role")
        for path in ("/ready", "/health"):
            self.assertEqual(self.play(path).code(), "", path)

    def test_all_together_watch_so_many_streams(self):
        self.start("[access]\nstreams = 1\nopen_networks = 192.168.0.0/16\n")
        self.assertTrue((first := self.play("/stream/5", address=HOME)).receive())
        self.assertEqual(self.play("/stream/5", address="192.168.1.8").code(), "429 too-many-streams")
        self.assertTrue(self.play("/stream/6", address=HOME).receive())
        self.assertTrue(first.ends())

    def test_whom_a_proxy_speaks_for_is_told_by_trusted_ones_alone(self):
        config = self.folder / "relevod.conf"
        self.start()
        config.write_text("")
        self.daemon.end()
        self.daemon.close()
        self.daemon = Daemon(RELEVOD, self.folder / "state", options=["--config", config])
        for address in (HOME, AWAY, "127.0.0.1"):
            self.assertEqual(self.play("/stream/5", address=address).code(), "401 login-needed")
            self.assertEqual(self.play("/api/v1/channels", address=address).code(), "401 login-needed")

    def test_networks(self):
        token = self.add_user("Ann", networks=["198.51.100.0/24"])["stream_token"]
        self.start("[access]\nopen_networks =\nstream_networks = 192.168.0.0/16, 198.51.100.0/24\n")
        self.assertEqual(self.play("/stream/5", address=HOME).code(), "401 login-needed")
        self.assertEqual(self.play(f"/stream/5?token={token}", address=HOME).code(), "403 network")
        self.assertEqual(self.play(f"/stream/5?token={token}").code(), "403 network")
        self.assertTrue(self.play(f"/stream/5?token={token}", address="198.51.100.9").receive())

    def test_who_has_priority_gets_the_connection(self):
        self.start("[playback]\npreempt = yes\nprovider_connections = 1\n")
        self.add_user("Ann", priority=2)
        self.add_user("Bob", priority=1)
        bob = self.play("/stream/5", agent="Bob/1", **self.basic("Bob"))
        self.assertTrue(bob.receive())
        self.assertEqual(self.play("/stream/6", address=HOME).code(), "503 unavailable")
        ann = self.play("/stream/6", agent="Ann/1", **self.basic("Ann"))
        self.assertTrue(ann.receive())
        self.assertTrue(bob.ends())
        self.assertEqual(self.play("/stream/7.m3u8", agent="Bob/1", **self.basic("Bob")).code(), "503 unavailable")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
