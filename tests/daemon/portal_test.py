#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Boxes at the Stalker portal of the real daemon, from the handshake to a picture; and those that are not let in.

Usage: portal_test.py RELEVOD RELEVOCTL PROVIDER MEDIA-FOLDER"""

import contextlib
import http.client
import json
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse
import urllib.request

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from audience import Log, Provider, add_account  # noqa: E402
from relevod import DEADLINE_S, Daemon, Listener  # noqa: E402
from stalker_client import EVENT, Box, Refused  # noqa: E402

RELEVOD, RELEVOCTL, PROVIDER, MEDIA = sys.argv[1:5]
HOME, AWAY = "192.168.1.7", "203.0.113.9"
MAC, OTHER, STRANGER = "00:1A:79:0B:0C:0D", "00:1A:79:0B:0C:0E", "00:1A:79:AA:BB:CC"


class Player:
    """One connection of a player."""

    def __init__(self, url, address, agent="Box"):
        parts = urllib.parse.urlsplit(url)
        self.connection = http.client.HTTPConnection(parts.netloc, timeout=DEADLINE_S)
        self.connection.request("GET", f"{parts.path}?{parts.query}", headers={"X-Forwarded-For": address, "User-Agent": agent})
        self.answer = self.connection.getresponse()

    def plays(self):
        return self.answer.status == 200 and self.answer.read(188 * 500)[::188] == b"G" * 500

    def code(self):
        """"" where he watches."""
        return "" if self.answer.status == 200 else f"{self.answer.status} {json.loads(self.answer.read())['error']['code']}"

    def close(self):
        self.answer.close()
        self.connection.close()


class Portal(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.daemon = None
        self.addCleanup(lambda: self.daemon.close())
        self.start()
        self.ann = self.daemon.api("POST", "/users", {"name": "Ann", "password": "correct horse"})
        self.box_id = self.add_device("Kitchen", MAC.lower().replace(":", "-"))["id"]

    def start(self, settings=""):
        if self.daemon:
            self.daemon.end()
            self.daemon.close()
        config = self.folder / "relevod.conf"
        config.write_text(f"[server]\ntrusted_proxies = 127.0.0.1\n{settings}")
        self.daemon = Daemon(RELEVOD, self.folder / "state", options=["--config", config])

    def add_device(self, name, mac, **more):
        return self.daemon.api("POST", "/devices", {"name": name, "mac": mac, "user": self.ann["id"]} | more)

    def add_streams(self):
        provider = Provider(PROVIDER, MEDIA)
        self.addCleanup(provider.close)
        return add_account(self.daemon, "Ours", f"http://127.0.0.1:{provider.port}/playlist.m3u", 0)

    def add_channel(self, name, number=None, stream=None, **more):
        channel = self.daemon.api("POST", "/channels", {"name": name, "number": number} | more)
        if stream:
            self.daemon.api("PUT", f"/channels/{channel['id']}/streams", [{"stream": stream}])
        return channel

    def box(self, mac=MAC, address=AWAY, **more):
        return Box(self.daemon.port, mac, **{"X-Forwarded-For": address} | more)

    def until(self, condition):
        deadline = time.monotonic() + DEADLINE_S
        while not condition():
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.05)

    def play(self, url, address=AWAY, **more):
        player = Player(url, address, **more)
        self.addCleanup(player.close)
        return player

    def test_a_box_from_the_handshake_to_a_picture(self):
        stream = self.add_streams()["h264_720p50"]
        self.daemon.api("POST", "/import", {"relevo_export": 1, "channels": [
            {"uuid": f"00000000-0000-4000-8000-{n:012}", "name": f"Channel {n:04}", "number": str(n), "group": f"Group {n % 7}",
             "logo": f"http://logos/{n}.png" if n % 2 else ""} for n in range(1, 1001)]})
        first = self.daemon.api("GET", "/channels?limit=1")["items"][0]
        self.daemon.api("PUT", f"/channels/{first['id']}/streams", [{"stream": stream}])
        box = self.box().begin()
        self.assertEqual(box.profile()["name"], "Ann")
        self.assertEqual((box.account()["fname"], box.account()["mac"]), ("Ann", MAC))
        genres = box.genres()
        self.assertEqual([genre["title"] for genre in genres], ["All"] + [f"Group {n % 7}" for n in range(1, 8)])
        self.assertEqual(len({genre["id"] for genre in genres}), 8)
        channels = box.all_pages(genre="*", sortby="number", fav=0)
        self.assertEqual([one["name"] for one in channels], [f"Channel {n:04}" for n in range(1, 1001)])
        self.assertEqual([one["number"] for one in channels], [str(n) for n in range(1, 1001)])
        self.assertEqual(box.all_channels(), channels)
        for genre in genres[1:]:
            members = box.all_pages(genre=genre["id"])
            self.assertEqual(members, [one for one in channels if one["tv_genre_id"] == genre["id"]])
            self.assertTrue(all(int(one["number"]) % 7 == int(genre["title"][-1]) for one in members))
        self.assertEqual(box.page(genre="*", p=73)["data"], [])
        self.assertEqual(box.page(genre="*", p=0)["data"], channels[:14])
        self.assertEqual([one["number"] for one in box.page(search="nel 099")["data"]], [str(n) for n in range(990, 1000)])
        self.assertEqual(box.page(genre="10")["data"], [])  # no group has this number, which means something to boxes
        self.assertEqual(box.page(fav=1)["total_items"], 0)
        url, error = box.link(channels[0]["cmd"])
        self.assertEqual(error, "")
        self.assertTrue(url.startswith(f"http://127.0.0.1:{self.daemon.port}/stream/{first['uuid']}.ts?token="))
        self.assertTrue(self.play(url).plays())
        viewer = self.daemon.api("GET", "/sessions")[0]["viewers"][0]
        self.assertEqual((viewer["user"], viewer["address"]), ("Ann", AWAY))
        box.watch_dog(init=1)
        box.watch_dog()
        self.until(lambda: self.daemon.api("GET", f"/devices/{self.box_id}")["seen"])
        self.assertIs(box.ask("stb", "logout"), True)
        with self.assertRaisesRegex(Refused, "^Authorization failed.$"):
            box.genres()
        self.assertEqual(self.play(url).code(), "401 wrong-credentials")

    def test_a_player_with_the_reduced_set(self):
        """What an add-on of Kodi sends, in its order."""
        stream = self.add_streams()["h264_720p50"]
        self.add_channel("News", "5", stream, group="UK")
        box = self.box(quoted=False, js_http=False, path="/server/load.php",
                       Referer=f"http://127.0.0.1:{self.daemon.port}/c/", Connection="keep-alive", Accept="*/*",
                       **{"Accept-Encoding": "gzip, deflate"})
        self.assertTrue(box.shake_hands())
        profile = box.ask("stb", "get_profile", stb_type="MAG250", sn="0000000000000", not_valid_token=0, auth_second_step=0, hd=1,
                          ver="ImageDescription: 0.2.16-250; PORTAL version: 4.9.9", num_banks=1, image_version=216,
                          hw_version="1.7-BD-00")
        self.assertEqual(profile["status"], 0)
        self.assertGreaterEqual(profile["timeslot"], 30)
        channels = box.all_channels()
        self.assertEqual([one["name"] for one in channels], ["News"])
        self.assertEqual(box.page(genre="10", fav=0, sortby="number", hd=0, p=1)["total_items"], 0)
        self.assertEqual([one["title"] for one in box.genres()], ["All", "UK"])
        self.assertEqual(channels[0]["tv_genre_id"], box.genres()[1]["id"])
        self.assertEqual(list(box.epg(24)), [channels[0]["id"]])
        box.watch_dog()
        # It opens the command as it is where the channel does not ask for a link.
        self.assertEqual(channels[0]["use_http_tmp_link"], "1")
        self.assertTrue(self.play(box.link(channels[0]["cmd"])[0]).plays())

    def test_players_find_the_questions(self):
        for base in ("/c/", "/stalker_portal/c/"):
            box = self.box()
            path = box.find_path(base)
            self.assertEqual(path, base.replace("c/", "server/load.php"))
            box.path = path
            box.begin()
            for name, kind in (("", "text/html"), ("index.html", "text/html"), ("version.js", "text/javascript")):
                status, found, _ = box.fetch(base + name)
                self.assertEqual((status, found.split(";")[0]), (200, kind))
        for path in ("/portal.php", "/server/load.php", "/c/portal.php", "/stalker_portal/portal.php",
                     "/stalker_portal/server/load.php", "/stalker_portal/c/portal.php"):
            self.assertTrue(self.box(path=path).shake_hands(), path)
            self.assertEqual(len(self.box(path=path, form=True).begin().genres()), 1, path)

    def test_the_guide(self):
        provider = Provider(PROVIDER, MEDIA, ("--rows", "30"))
        self.addCleanup(provider.close)
        start = int(time.time()) - 60  # the next one does not begin while it is compared
        guide = self.daemon.api("POST", "/guides", {"name": "Guide", "refresh": "", "location":
                                f"http://127.0.0.1:{provider.port}/guide.xml?start={start}&programmes=40"})
        self.daemon.refresh(f"/guides/{guide['id']}")
        source = self.daemon.api("GET", "/guide-channels?limit=1")["items"][0]["channel"]
        guided = self.add_channel("Guided", "1", guide={"source": guide["id"], "channel": source})
        plain = self.add_channel("Plain", "2")
        programmes = self.daemon.api("GET", f"/channels/{guided['id']}/programmes?from={start}&until={start + 86400}")
        box = self.box().begin()
        events = box.short_epg(guided["id"])
        wanted = [one for one in programmes if one["stop"] > time.time()]
        self.assertEqual([(one["name"], one["start_timestamp"]) for one in events][:2],
                         [(one["title"], str(one["start"])) for one in wanted][:2])
        self.assertEqual(len(box.short_epg(guided["id"], size=1)), 1)
        self.assertEqual(box.short_epg(plain["id"])[0]["name"], "Plain")
        self.assertEqual(box.ask("itv", "get_short_epg", ch_id=99), [])
        everything = box.epg(3)
        self.assertEqual(list(everything), [str(guided["id"]), str(plain["id"])])
        self.assertEqual(everything[str(guided["id"])][0], events[0])
        self.assertLess(int(everything[str(guided["id"])][-1]["start_timestamp"]), time.time() + 5 * 3600)
        days = box.ask("epg", "get_week")
        self.assertEqual([day["today"] for day in days], [1] + 6 * [0])
        page = box.page("epg", EVENT, "get_simple_data_table", ch_id=guided["id"], date=days[1]["f_mysql"], p=1)
        self.assertEqual(page["max_page_items"], 10)
        for event in page["data"]:
            self.assertTrue(event["time"].startswith(days[1]["f_mysql"]) or event["time_to"].startswith(days[1]["f_mysql"]))

    def test_what_a_box_asks_that_is_not_there(self):
        box = self.box().begin()
        for kind in ("vod", "series", "radio", "karaoke"):
            self.assertEqual(box.ask(kind, "get_categories"), [])
            self.assertEqual(box.page(kind, category="*", p=1)["total_items"], 0)
            self.assertEqual(box.ask(kind, "create_link", cmd="/media/1.mpg")["error"], "nothing_to_play")
        for cmd in ("", "ffmpeg http://localhost/ch/99_", "nonsense"):
            self.assertEqual(box.link(cmd), ("", "nothing_to_play"))
        self.assertIs(box.ask("itv", "set_fav", fav_ch="1,2"), True)
        self.assertEqual(box.ask("itv", "get_fav_ids"), [])
        self.assertEqual(box.ask("nothing", "at_all"), [])
        self.assertEqual(box.genres(), [{"id": "*", "title": "All", "alias": "All", "censored": 0, "number": "0", "modified": ""}])
        self.assertEqual(box.all_channels(), [])

    def test_numbers_are_whole_and_each_is_there_once(self):
        for name, number in (("A", "5.1"), ("B", "5.2"), ("C", "7"), ("D", None), ("E", "6")):
            self.add_channel(name, number)
        self.assertEqual([(one["name"], one["number"]) for one in self.box().begin().all_channels()],
                         [("A", "5"), ("B", "8"), ("E", "6"), ("C", "7"), ("D", "9")])
        self.assertEqual("".join(one["name"] for one in self.box().begin().page(sortby="name")["data"]), "ABCDE")

    def test_who_is_not_let_in(self):
        for box, why in ((self.box(STRANGER), f"The box {STRANGER} is not registered here."),
                         (self.box("nonsense"), "This box shows no MAC address.")):
            self.assertFalse(box.shake_hands())
            self.assertEqual(box.block_message(), why)
            with self.assertRaisesRegex(Refused, "^Authorization failed.$"):
                box.all_channels()
            box.token = "0" * 32
            with self.assertRaisesRegex(Refused, "^Authorization failed.$"):
                box.link("ffmpeg http://localhost/ch/1_")
        box = self.box().begin()
        self.daemon.api("PATCH", f"/devices/{self.box_id}", {"enabled": False})
        with self.assertRaisesRegex(Refused, "^Access denied.$"):
            box.genres()
        self.assertFalse(box.shake_hands())
        self.assertEqual(box.block_message(), "This box is disabled.")
        self.daemon.api("PATCH", f"/devices/{self.box_id}", {"enabled": True})
        self.assertEqual(len(box.genres()), 1)
        self.daemon.api("PATCH", f"/users/{self.ann['id']}", {"networks": ["10.0.0.0/8"]})
        with self.assertRaisesRegex(Refused, "^Access denied.$"):
            box.genres()
        self.assertEqual(box.block_message(), "This box may not be used in your network.")
        self.box(address="10.1.2.3").begin()
        self.start("[access]\nstream_networks = 192.168.0.0/16\n")
        self.assertFalse(self.box(address="10.1.2.3").shake_hands())

    def test_a_token_ends_with_its_box(self):
        stream = self.add_streams()["h264_720p50"]
        self.add_channel("News", "5", stream)
        box, again = self.box().begin(), self.box().begin()
        url = box.link("/ch/1")[0]
        self.assertNotEqual(box.token, again.token)
        self.assertTrue(self.play(url).plays())  # another handshake takes nothing away
        token = box.token
        self.assertTrue(box.shake_hands())
        self.assertEqual(box.token, token)  # a box that has one keeps it
        for other in (again, self.box().begin(), self.box().begin()):
            self.assertEqual(len(other.genres()), 1)
        self.box().begin()  # there are four of a box: the one that was not used for the longest time goes
        with self.assertRaises(Refused):
            box.genres()
        self.assertEqual(len(again.genres()), 1)
        box.token = "F" * 32
        self.assertEqual(box.ask("stb", "handshake", token=box.token)["not_valid"], 1)
        box.token = ""
        box.begin()
        url = box.link("/ch/1")[0]
        self.daemon.api("PATCH", f"/devices/{self.box_id}", {"mac": OTHER})
        self.assertEqual(self.play(url).code(), "401 wrong-credentials")
        box = self.box(OTHER).begin()
        url = box.link("/ch/1")[0]
        self.daemon.api("DELETE", f"/devices/{self.box_id}")
        self.assertEqual(self.play(url).code(), "401 wrong-credentials")
        with self.assertRaises(Refused):
            box.genres()

    def test_what_its_user_may_is_what_a_box_may(self):
        streams = self.add_streams()
        news, sport, kids = (self.add_channel(name, number, streams[clip]) for name, number, clip in
                             (("News", "5", "h264_720p50"), ("Sport", "6", "mpeg2_576i"), ("Kids", "7", "ac3")))
        box = self.box().begin()
        links = [box.link(f"/ch/{channel['id']}")[0] for channel in (news, sport)]
        self.daemon.api("PATCH", f"/users/{self.ann['id']}", {"streams": 1, "role": "administrator"})
        self.assertEqual(box.profile()["playback_limit"], 1)
        first = self.play(links[0])
        self.assertTrue(first.plays())
        self.assertEqual(self.play(links[1], agent="Another").code(), "429 too-many-streams")
        self.assertTrue(self.play(links[1]).plays())  # who zaps takes his place along
        # A MAC gives nothing but television, whoever its user is.
        token = urllib.parse.urlsplit(links[0]).query
        stream = self.daemon.api("GET", "/streams?limit=1")["items"][0]["id"]
        self.assertEqual(self.play(f"http://127.0.0.1:{self.daemon.port}/play/Ours/{stream}?{token}").code(), "403 role")
        self.assertEqual(self.play(f"http://127.0.0.1:{self.daemon.port}/api/v1/users?{token}").code(), "401 login-needed")
        account = f"http://127.0.0.1:{self.daemon.port}/player_api.php?{token}"
        request = urllib.request.Request(account, headers={"X-Forwarded-For": AWAY})
        with urllib.request.urlopen(request, timeout=DEADLINE_S) as answer:
            self.assertEqual(f"token={json.load(answer)['user_info']['password']}", token)
        profile = self.daemon.api("POST", "/profiles", {"name": "Kids"})["id"]
        self.daemon.api("PUT", f"/profiles/{profile}/channels", [kids["id"]])
        self.daemon.api("PATCH", f"/users/{self.ann['id']}", {"profiles": [profile]})
        self.assertEqual([one["name"] for one in box.all_channels()], ["Kids"])
        self.assertEqual(box.link(f"/ch/{news['id']}"), ("", "nothing_to_play"))
        self.assertEqual(box.ask("itv", "get_short_epg", ch_id=news["id"]), [])
        self.assertEqual(list(box.epg(3)), [str(kids["id"])])
        self.assertEqual(self.play(links[0]).code(), "404 not-found")

    def test_who_guesses_has_to_wait(self):
        self.add_device("Bedroom", OTHER)
        box = self.box()
        for _ in range(30):  # one that is not registered asks again and again: it is one guess
            self.assertFalse(self.box(STRANGER).shake_hands())
        self.assertTrue(box.shake_hands())
        self.assertRegex(self.guess(), r"^Too many tries; the next one in \d+ s.$")
        self.assertEqual(len(box.genres()), 1)  # who has a token needs no guess
        self.assertTrue(self.box(address=HOME).shake_hands())  # the others do not wait
        self.add_device("Guest", STRANGER)
        self.assertTrue(self.box(STRANGER).shake_hands())  # it was known to be wrong, and is right now

    def guess(self):
        """Goes on until it has to wait, each time longer; then the right one is not taken either. What it is told."""
        for n in range(60):
            self.assertFalse(self.box(f"00:1A:79:00:00:{n:02}").shake_hands())
            why = "" if self.box(OTHER).shake_hands() else self.box(OTHER).block_message()
            if why.startswith("Too many"):
                return why
        return ""

    def test_addresses_begin_as_the_configuration_says(self):
        self.add_channel("News", "5")
        self.assertTrue(self.box(Host="tv.lan:99").begin().link("/ch/1")[0].startswith("http://tv.lan:99/stream/"))
        self.start("[outputs]\npublic_address = https://tv.example/relevo\n")
        self.assertTrue(self.box().begin().link("/ch/1")[0].startswith("https://tv.example/relevo/stream/"))

    def test_boxes_are_registered(self):
        user = self.ann["id"]
        device = self.daemon.api("GET", f"/devices/{self.box_id}")
        self.assertEqual(device, {"id": self.box_id, "name": "Kitchen", "mac": MAC, "user": user, "enabled": True, "seen": None})
        for body, status, where in (
                ({"name": "Two", "mac": MAC, "user": user}, 409, "mac"), ({"name": "kitchen", "mac": OTHER, "user": user}, 409, None),
                ({"name": "Two", "mac": "00:1A", "user": user}, 400, "mac"), ({"name": "Two", "mac": OTHER, "user": 99}, 400, "user"),
                ({"name": "", "mac": OTHER, "user": user}, 400, "name"), ({"name": "Two", "mac": OTHER}, 400, "user")):
            answer = self.daemon.ask("POST", "/api/v1/devices", body)
            self.assertEqual((answer[0], answer[1]["error"].get("where")), (status, where), body)
        self.assertEqual(self.daemon.ask("GET", "/api/v1/devices/99")[0], 404)
        for words, status in ((("add", "Bedroom", OTHER.lower(), "--user", "Ann"), 0), (("add", "Hall", OTHER, "--user", "Ann"), 1),
                              (("add", "Hall", STRANGER), 2), (("add", "Hall", STRANGER, "--user", "Bob"), 1),
                              (("set", "Bedroom", "--name", "Attic", "--mac", STRANGER, "--disable"), 0), (("set", "Attic"), 2)):
            self.assertEqual(self.ctl(*words).returncode, status, words)
        self.assertRegex(self.ctl("list").stdout, rf"Attic +{STRANGER} +Ann +disabled +never\nKitchen +{MAC} +Ann +enabled +never\n")
        self.assertEqual(self.ctl("remove", "Attic").returncode, 0)
        self.assertEqual([one["name"] for one in self.daemon.api("GET", "/devices")], ["Kitchen"])
        for deed in ('"Attic" was removed', '"Attic" was changed', '"Bedroom" was added'):
            self.until(lambda deed=deed: f"the box {deed} from 127.0.0.1" in
                       [one["summary"] for one in self.daemon.api("GET", "/history?limit=100")["items"]])
        keys = {role: self.daemon.api("POST", "/keys", {"name": role, "role": role})["key"] for role in ("operator", "administrator")}
        for role, status in (("operator", 403), ("administrator", 200)):
            headers = {"Authorization": f"Bearer {keys[role]}", "X-Forwarded-For": AWAY}
            self.assertEqual(self.daemon.ask("GET", "/api/v1/devices", headers=headers)[0], status)
        self.daemon.api("DELETE", f"/users/{user}")
        self.assertEqual(self.daemon.api("GET", "/devices"), [])

    def ctl(self, *words):
        return subprocess.run([RELEVOCTL, "--url", f"http://127.0.0.1:{self.daemon.port}", "devices", *words], check=False,
                              capture_output=True, text=True, timeout=DEADLINE_S)

    def test_a_mac_is_told_to_nobody(self):
        self.start("[log]\nlevel = debug\n")
        log = Log(self.daemon.process)
        box = self.box().begin()
        self.assertFalse(self.box(STRANGER).shake_hands())
        self.box(STRANGER).block_message()
        with contextlib.closing(Listener(self.daemon.port)) as listener:
            self.daemon.api("POST", "/channels", {"name": "News"})
            self.add_device("Bedroom", OTHER)
            told = json.dumps(listener.until("device-added"))
        told += json.dumps([self.daemon.api("GET", path) for path in ("/history?limit=1000", "/log?limit=1000", "/export")])
        self.daemon.end()
        log.thread.join(DEADLINE_S)
        told += "".join(log.lines)
        self.assertIn("/stalker_portal/server/load.php", told)
        with contextlib.closing(sqlite3.connect(self.folder / "state" / "relevo.db")) as database:
            told += "\n".join(database.iterdump())
        for secret in (MAC, OTHER, STRANGER, box.token):
            self.assertIsNone(re.search(re.escape(secret), told, re.IGNORECASE))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
