#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The daemon as a panel (Xtream Codes), asked by a typed client that also judges the panel of the test provider; and as the
source of another daemon.

Usage: xtream_server_test.py RELEVOD RELEVO-TS PROVIDER MEDIA-FOLDER"""

import gzip
import http.client
import json
import pathlib
import sys
import tempfile
import time
import unittest
import urllib.parse

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from audience import Provider, add_channel, violations  # noqa: E402
from relevod import DEADLINE_S, Daemon  # noqa: E402
from xtream_client import XtreamClient  # noqa: E402

RELEVOD, RELEVO_TS, PROVIDER, MEDIA = sys.argv[1:5]
AWAY = "203.0.113.9"
PASSWORD = "correct horse"
NAME = "Ann & Bob@üb.er"  # what needs escapes in a path


class TestedProvider(unittest.TestCase):
    def test_the_panel_of_the_provider_has_the_same_types(self):
        provider = Provider(PROVIDER, MEDIA, ["--login", "joe:secret:2", "--rows", "300"])
        self.addCleanup(provider.close)
        joe = XtreamClient(provider.port, "joe", "secret")
        account = joe.account()
        self.assertEqual((account["user_info"]["username"], account["user_info"]["max_connections"]), ("joe", "2"))
        self.assertEqual(int(account["server_info"]["port"]), provider.port)
        self.assertFalse(XtreamClient(provider.port, "joe", "wrong").is_known())
        categories = {one["category_id"] for one in joe.categories()}
        streams = joe.live_streams()
        self.assertEqual(len(streams), 300)
        self.assertLessEqual({one["category_id"] for one in streams}, categories)
        first = streams[0]["category_id"]
        self.assertEqual(joe.live_streams(category_id=first), [one for one in streams if one["category_id"] == first])
        for kind in ("vod", "series"):
            self.assertTrue(joe.categories(kind))
        self.assertEqual((len(joe.titles()), len(joe.series())), (300, 300))


class House(unittest.TestCase):
    """A daemon with a user."""

    settings = ""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.daemon = self.start("state", self.settings)
        self.user = self.add_user(NAME, streams=1)
        self.client = self.client_of(PASSWORD)

    def start(self, name, settings=""):
        config = self.folder / f"{name}.conf"
        config.write_text(f"[server]\ntrusted_proxies = 127.0.0.1\n{settings}")
        daemon = Daemon(RELEVOD, self.folder / name, options=["--config", config])
        self.addCleanup(daemon.close)
        return daemon

    def add_user(self, name, **more):
        return self.daemon.api("POST", "/users", {"name": name, "password": PASSWORD} | more)

    def change_user(self, **change):
        self.daemon.api("PATCH", f"/users/{self.user['id']}", change)

    def client_of(self, password, name=NAME):
        return XtreamClient(self.daemon.port, name, password)

    def add(self, name, **more):
        return self.daemon.api("POST", "/channels", {"name": name} | more)


class Panel(House):
    def test_the_account(self):
        for how in ("GET", "FORM", "JSON"):
            for password in (PASSWORD, self.user["stream_token"]):
                answer = self.client_of(password).account(how=how)
        user, server = answer["user_info"], answer["server_info"]
        self.assertEqual((user["username"], user["password"]), (NAME, self.user["stream_token"]))
        self.assertEqual((user["status"], user["exp_date"], user["max_connections"], user["active_cons"]), ("Active", None, "1", "0"))
        self.assertEqual((server["url"], server["port"], server["server_protocol"]), ("127.0.0.1", str(self.daemon.port), "http"))
        self.assertLess(abs(server["timestamp_now"] - time.time()), DEADLINE_S)
        # What is unknown is as nothing, and other ways to the same.
        self.assertEqual(self.client.ask("get_the_moon")["user_info"], user)
        name, password = urllib.parse.quote(NAME), urllib.parse.quote(PASSWORD)
        for path in (f"/player_api/{name}/{password}", f"/player_api/{name}/{password}/none"):
            self.assertEqual(json.loads(self.client.get(path)[2])["user_info"], user)
        self.change_user(streams=0)
        self.assertGreater(int(self.client.account()["user_info"]["max_connections"]), 1)

    def test_the_public_address(self):
        daemon = self.start("public", "[outputs]\npublic_address = https://tv.example:9443/relevo\n")
        daemon.api("POST", "/users", {"name": "Ann", "password": PASSWORD})
        server = XtreamClient(daemon.port, "Ann", PASSWORD).account()["server_info"]
        self.assertEqual([server[one] for one in ("url", "server_protocol", "https_port")], ["tv.example", "https", "9443"])

    def test_wrong_logins(self):
        nobody = {"user_info": {"auth": 0}}
        self.add("One")
        for number, client in enumerate((self.client_of("wrong"), self.client_of(PASSWORD, "Eve"), self.client_of("", ""))):
            client.headers["X-Forwarded-For"] = f"203.0.113.{number}"
            self.assertEqual(client.ask(), nobody)
            self.assertEqual(client.ask(how="FORM"), nobody)
            self.assertEqual(client.ask("get_live_streams"), nobody)
            self.assertEqual(client.ask(script="panel_api.php"), nobody)
        self.assertEqual(json.loads(self.client.get("/player_api.php")[2]), nobody)

    def test_who_guesses_has_to_wait(self):
        guess = f"/player_api.php?username={urllib.parse.quote(NAME)}&password=wrong"
        statuses = [self.client.get(guess, headers={"X-Forwarded-For": AWAY})[0] for _ in range(7)]
        self.assertEqual(statuses, [200] * 6 + [429])
        self.assertEqual(self.client.account()["user_info"]["auth"], 1)  # from elsewhere

    def test_who_may_not_come(self):
        self.change_user(enabled=False)
        user = self.client.ask()["user_info"]
        self.assertEqual((user["auth"], user["status"], user["message"]), (1, "Disabled", "this user is disabled"))
        self.assertEqual(self.client.ask("get_live_streams")["user_info"], user)
        self.change_user(enabled=True, networks=["10.0.0.0/8"])
        self.assertEqual(self.client.ask()["user_info"]["message"], "this user may not come from your network")

    def test_channels_and_categories(self):
        news = self.add('The "News"\\, now', number="5", group="UK | <News>", logo="http://logos/1.png", tvg_id="news.uk")
        sport = self.add("Élan 衛視", number="5.1", group="Sport")
        other = self.add("Other")
        self.add("hidden", number="1", hidden=True)
        categories = self.client.categories()
        self.assertEqual([one["category_name"] for one in categories], ["UK | <News>", "Sport", "Other"])
        streams = self.client.live_streams()
        self.assertEqual([(one["num"], one["name"], one["stream_id"]) for one in streams],
                         [(5, 'The "News"\\, now', news["id"]), (6, "Élan 衛視", sport["id"]), (7, "Other", other["id"])])
        self.assertEqual([one["category_id"] for one in streams], [one["category_id"] for one in categories])
        self.assertEqual((streams[0]["stream_icon"], streams[0]["epg_channel_id"]), ("http://logos/1.png", "news.uk"))
        self.assertEqual(streams[1]["epg_channel_id"], sport["uuid"] + ".relevo")
        for row in streams:
            listings = self.client.ask("get_short_epg", stream_id=row["stream_id"])["epg_listings"]
            self.assertEqual({one["channel_id"] for one in listings}, {row["epg_channel_id"]})
        for category, row in zip(categories, streams):
            self.assertEqual(self.client.live_streams(category_id=category["category_id"]), [row])
            self.assertEqual(self.client.live_streams(category_id=category["category_id"], how="FORM"), [row])
        for nothing in ("77", "all"):
            self.assertEqual(self.client.live_streams(category_id=nothing), [])
        # Players keep both numbers.
        self.daemon.api("PATCH", f"/channels/{sport['id']}", {"group": "UK | <News>", "number": "2"})
        self.daemon.api("PATCH", f"/channels/{news['id']}", {"group": "Sport", "name": "News"})
        kept = {one["category_name"]: one["category_id"] for one in categories}
        self.assertEqual([(one["stream_id"], one["category_id"]) for one in self.client.live_streams()][:2],
                         [(sport["id"], kept["UK | <News>"]), (news["id"], kept["Sport"])])
        live, channels = self.client.everything()
        self.assertEqual({one["category_name"]: one["category_id"] for one in live}, kept)
        self.assertEqual([one["name"] for one in channels.values()], ["Élan 衛視", "News", "Other"])

    def test_who_sees_a_part_gets_a_part(self):
        for name in ("One", "Two"):
            channel = self.add(name, group=name)
        kids = self.daemon.api("POST", "/profiles", {"name": "Kids"})["id"]
        self.daemon.api("PUT", f"/profiles/{kids}/channels", [channel["id"]])
        self.assertEqual(len(self.client.live_streams()), 2)
        self.change_user(profiles=[kids])
        self.assertEqual([one["name"] for one in self.client.live_streams()], ["Two"])
        self.assertEqual([one["category_name"] for one in self.client.categories()], ["Two"])
        self.assertEqual(list(self.client.everything()[1]), [str(channel["id"])])
        self.client.account()
        self.assertEqual(self.client.guide("get_short_epg", channel["id"] - 1), [])
        self.assertTrue(self.client.guide("get_short_epg", channel["id"]))

    def test_lists_are_packed_and_known(self):
        for number in range(50):
            self.add(f"Channel {number}", number=str(number + 1))
        path = "/player_api.php?" + urllib.parse.urlencode(self.client.login | {"action": "get_live_streams"})
        status, headers, body = self.client.get(path, headers={"Accept-Encoding": "gzip"})
        self.assertEqual((status, headers["Content-Encoding"], headers["Content-Type"]), (200, "gzip", "application/json"))
        self.assertEqual(len(json.loads(gzip.decompress(body))), 50)
        known = {"If-None-Match": headers["ETag"]}
        self.assertEqual(self.client.get(path, headers=known)[::2], (304, b""))
        status, headers, body = self.client.get(path, "HEAD")
        self.assertEqual((status, body), (200, b""))
        self.add("One more")
        self.assertEqual(len(json.loads(self.client.get(path, headers=known)[2])), 51)

    def test_the_guide(self):
        channel = self.add("Blocks", number="1")
        self.client.account()  # which tells the zone
        now = time.time()
        short = self.client.guide("get_short_epg", channel["id"])
        self.assertEqual(len(short), 4)
        self.assertTrue(short[0][0] <= now < short[0][1], short)
        self.assertEqual({title for _, _, title, _ in short}, {"Blocks"})
        self.assertEqual(self.client.guide("get_short_epg", channel["id"], limit=2), short[:2])
        table = self.client.guide("get_simple_data_table", channel["id"])
        self.assertTrue(any(stop <= now for _, stop, _, _ in table))
        self.assertLessEqual(set(short), set(table))
        for nothing in (channel["id"] + 1, "x", ""):
            self.assertEqual(self.client.guide("get_short_epg", nothing), [])

    def test_what_is_not_here(self):
        for action in ("get_vod_categories", "get_vod_streams", "get_series_categories", "get_series"):
            self.assertEqual(self.client.ask(action), [])
        self.assertEqual(self.client.ask("get_vod_info", vod_id=1), {"info": [], "movie_data": []})
        self.assertEqual(self.client.ask("get_series_info", series_id=1), {"seasons": [], "info": [], "episodes": []})
        for path in ("/movie/a/b/1.mp4", "/series/a/b/1.mkv", "/timeshift/a/b/60/2026-11-20:12-00/1.ts", "/timeshift.php?stream=1"):
            status, _, body = self.client.get(path)
            self.assertEqual((status, json.loads(body)["error"]["code"]), (404, "not-found"))


class Playing(House):
    def setUp(self):
        super().setUp()
        self.provider = Provider(PROVIDER, MEDIA)
        self.addCleanup(self.provider.close)
        account = self.daemon.api("POST", "/accounts", {"name": "Ours", "kind": "m3u", "refresh": "",
                                                        "location": f"http://127.0.0.1:{self.provider.port}/playlist.m3u"})
        self.assertEqual(self.daemon.refresh(f"/accounts/{account['id']}")["state"], "good")
        streams = {one["name"]: one["id"] for one in self.daemon.api("GET", "/streams?limit=1000")["items"]}
        # The number of one channel is the id of the other.
        self.channels = [add_channel(self.daemon, name, number, [streams[clip]])
                         for name, number, clip in (("News", "2", "h264_720p50"), ("Radio", "1", "mpeg2_576i"))]

    def open(self, path, port=None, method="GET", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", port or self.daemon.port, timeout=DEADLINE_S)
        self.addCleanup(connection.close)
        connection.request(method, path, headers={"User-Agent": "IPTVPlayer/1"} | headers)
        answer = connection.getresponse()
        self.addCleanup(answer.close)
        return answer

    def watch(self, path, **more):
        answer = self.open(path, **more)
        self.assertEqual((answer.status, answer.getheader("Content-Type")), (200, "video/mp2t"), path)
        data = answer.read(200 * 188)
        self.assertEqual((len(data), set(data[::188])), (200 * 188, {0x47}))
        return answer, data

    def leave(self, answer):
        """And waits until the daemon has noticed."""
        answer.close()
        end = time.monotonic() + DEADLINE_S
        while int(self.client.account()["user_info"]["active_cons"]) and time.monotonic() < end:
            time.sleep(0.02)

    def test_addresses_of_streams(self):
        news, radio = (one["id"] for one in self.channels)
        for folder in ("/live", ""):
            for end in (".ts", ""):
                for password in (PASSWORD, self.user["stream_token"]):
                    answer, _ = self.watch(self.client_of(password).live_path(news, end, folder))
                    self.leave(answer)
        answer, data = self.watch(self.client.live_path(news))
        self.assertEqual(self.client.account()["user_info"]["active_cons"], "1")
        self.assertEqual([one["channel"] for one in self.daemon.api("GET", "/sessions")], [self.channels[0]["id"]])
        self.assertEqual(violations(RELEVO_TS, data + answer.read(2000 * 188)), [])
        # One more is one too many: another player.
        full = self.open(self.client.live_path(radio), **{"User-Agent": "Other/1"})
        self.assertEqual((full.status, json.loads(full.read())["error"]["code"]), (429, "too-many-streams"))
        self.assertEqual(self.open(self.client.live_path(radio, ".m3u8"), **{"User-Agent": "Other/1"}).status, 429)
        self.leave(answer)
        for wrong, status in (("/live/Eve/x/1.ts", 401), ("/Eve/x/1", 401), ("/live/Eve/x/1.m3u8", 401), ("/live/Eve/x/1.mp4", 404),
                              ("/Eve/x/1.mkv", 404), ("/Eve/x/y", 404)):
            self.assertEqual(self.open(wrong).status, status, wrong)
        self.assertEqual(self.open(self.client.live_path(99)).status, 404)
        self.assertEqual(self.open(self.client.live_path(news), method="HEAD").status, 200)

    def test_hls(self):
        for folder in ("/live", ""):
            path = self.client.live_path(self.channels[0]["id"], ".m3u8", folder)
            for _ in range(2):  # to the playlist, and to its first segment
                answer = self.open(path)
                text = answer.read().decode()
                self.assertEqual(answer.status, 200, text)
                self.assertNotIn(urllib.parse.quote(PASSWORD), text)
                address = next(line for line in text.splitlines() if line and line[0] != "#")
                path = urllib.parse.urljoin(f"http://localhost{path}", address).removeprefix("http://localhost")
            segment = self.open(path).read()
            self.assertEqual((len(segment) % 188, segment[0]), (0, 0x47))

    def test_a_daemon_is_the_source_of_another(self):
        other = self.start("other")
        location = f"http://127.0.0.1:{self.daemon.port}"
        account = other.api("POST", "/accounts", {"name": "Relevo", "kind": "xtream", "refresh": "", "location": location})
        other.api("POST", f"/accounts/{account['id']}/logins", {"name": "Ann", "username": NAME, "password": PASSWORD})
        state = other.refresh(f"/accounts/{account['id']}")
        self.assertEqual(state["state"], "good", state)
        streams = {one["name"]: one["id"] for one in other.api("GET", "/streams?limit=1000")["items"]}
        self.assertEqual(streams.keys(), {"News", "Radio"})
        channel = add_channel(other, "Relayed", 1, [streams["News"]])
        answer, data = self.watch(f"/stream/{channel['uuid']}", port=other.port)
        self.assertEqual(violations(RELEVO_TS, data + answer.read(2000 * 188)), [])
        self.assertEqual([one["channel"] for one in self.daemon.api("GET", "/sessions")], [self.channels[0]["id"]])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
