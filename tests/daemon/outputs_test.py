#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What players are pointed at, through the real daemon: /playlist.m3u and /guide.xml."""

import contextlib
import gzip
import http.client
import json
import os
import pathlib
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.parse
import xml.etree.ElementTree

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from relevod import DEADLINE_S, Daemon, Process  # noqa: E402

RELEVOD, PROVIDER, MEDIA = sys.argv[1:4]
XMLLINT = shutil.which("xmllint")
VALIDATE = shutil.which("tv_validate_file")
XMLTV_DTD = "/usr/share/xmltv/xmltv.dtd"
EXTINF = re.compile(r'#EXTINF:-1((?: [a-z-]+="[^"]*")*),(.*)')


def read_playlist(text):
    """The attributes of the head, and of each entry those with its name and URL."""
    lines = text.split("\n")
    assert lines[0].startswith("#EXTM3U ") and lines[-1] == "" and len(lines) % 2 == 0, lines
    entries = []
    for line, url in zip(lines[1:-1:2], lines[2:-1:2]):
        found = EXTINF.fullmatch(line)
        assert found, line
        entries.append(dict(re.findall(r'([a-z-]+)="([^"]*)"', found[1])) | {"name": found[2], "url": url})
    return dict(re.findall(r'([a-z-]+)="([^"]*)"', lines[0])), entries


class Outputs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.provider = Process([PROVIDER, "--media", MEDIA, "--rows", "30"], r":(\d+)", stdout=subprocess.PIPE)

    @classmethod
    def tearDownClass(cls):
        cls.provider.close()

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.daemon = Daemon(RELEVOD, self.folder.name)
        self.addCleanup(lambda: self.daemon.close())  # the one that runs then

    def get(self, path, headers=None, method="GET"):
        """The response, and its body as it was sent."""
        connection = http.client.HTTPConnection("127.0.0.1", self.daemon.port, timeout=DEADLINE_S)
        with contextlib.closing(connection):
            connection.request(method, path, headers={"Accept-Encoding": "identity"} | (headers or {}))
            response = connection.getresponse()
            return response, response.read()

    def playlist(self, query="", headers=None):
        response, body = self.get("/playlist.m3u" + query, headers)
        self.assertEqual((response.status, response.getheader("Content-Type")),
                         (200, "audio/x-mpegurl; charset=utf-8"), body)
        return read_playlist(body.decode())

    def guide(self, query=""):
        response, body = self.get("/guide.xml" + query)
        self.assertEqual((response.status, response.getheader("Content-Type")),
                         (200, "application/xml; charset=utf-8"), body)
        self.check_xml(body)
        return xml.etree.ElementTree.fromstring(body)

    def check_xml(self, body):
        """With another parser than Python's, where it is there."""
        if XMLLINT:
            subprocess.run([XMLLINT, "--noout", "--nonet", "-"], input=body, check=True, timeout=DEADLINE_S)

    def add(self, name, **more):
        return self.daemon.api("POST", "/channels", {"name": name} | more)

    def add_guide(self):
        """The guide of a provider, and a channel of it."""
        location = f"http://127.0.0.1:{self.provider.port}/guide.xml?start={int(time.time())}&programmes=4"
        guide = self.daemon.api("POST", "/guides", {"name": "Guide", "location": location, "refresh": ""})
        path = f"/guides/{guide['id']}"
        self.assertEqual(self.daemon.refresh(path)["state"], "good")
        channel = self.daemon.api("GET", "/guide-channels?limit=1")["items"][0]["channel"]
        return path, {"source": guide["id"], "channel": channel}

    def add_profile(self, name, channels):
        with contextlib.closing(sqlite3.connect(pathlib.Path(self.folder.name) / "relevo.db")) as database, database:
            profile = database.execute("INSERT INTO channel_profile (name) VALUES (?)", (name,)).lastrowid
            for position, channel in enumerate(channels):
                database.execute("INSERT INTO profile_channel VALUES (?, ?, ?)", (profile, channel["id"], position))

    def test_the_playlist_of_a_player(self):
        news = self.add('The "News", now', number="5.1", group="UK", logo="http://logos/1.png", tvg_id="news.uk")
        other = self.add("Élan 衛視", number="2", tvg_id="NEWS.uk")
        self.add("hidden", number="1", hidden=True)
        head, entries = self.playlist()
        base = f"http://127.0.0.1:{self.daemon.port}"
        self.assertEqual(head, {"url-tvg": base + "/guide.xml", "x-tvg-url": base + "/guide.xml"})
        self.assertEqual(entries, [
            {"name": "Élan 衛視", "tvg-name": "Élan 衛視", "tvg-id": other["uuid"] + ".relevo", "tvg-chno": "2",
             "url": f"{base}/stream/{other['uuid']}.ts"},
            {"name": "The 'News', now", "tvg-name": "The 'News', now", "tvg-id": "news.uk", "tvg-chno": "5.1",
             "tvg-logo": "http://logos/1.png", "group-title": "UK", "url": f"{base}/stream/{news['uuid']}.ts"}])
        for output in ("ts", "m3u8"):
            self.assertEqual([entry["url"] for entry in self.playlist("?output=" + output)[1]],
                             [f"{base}/stream/{one['uuid']}.{output}" for one in (other, news)])
        head, entries = self.playlist("?group=UK", {"Host": "[fe80::1]:99"})
        self.assertEqual(head["url-tvg"], "http://[fe80::1]:99/guide.xml?group=UK")
        self.assertTrue(entries[0]["url"].startswith("http://[fe80::1]:99/stream/"))

    def test_a_profile_has_a_playlist_by_its_name(self):
        channels = [self.add(name) for name in ("One", "Two", "Three")]
        self.add_profile("Kids & co", [channels[2], channels[0]])
        response, body = self.get("/m3u/Kids%20%26%20co.m3u")
        self.assertEqual((response.status, response.getheader("Content-Type")), (200, "audio/x-mpegurl; charset=utf-8"))
        head, entries = read_playlist(body.decode())
        self.assertEqual([one["name"] for one in entries], ["Three", "One"])
        self.assertTrue(head["url-tvg"].endswith("/guide.xml?profile=Kids%20%26%20co"), head)
        for path in ("/m3u/None.m3u", "/m3u/Kids%20%26%20co", "/m3u/.m3u"):
            self.assertEqual(self.get(path)[0].status, 404, path)

    def test_addresses_that_players_have_from_other_servers(self):
        one, two = (self.add(name, number=number) for name, number in (("One", "7"), ("Two", "3.1")))
        self.add_profile("Kids & co", [one])
        profile = urllib.parse.quote("Kids & co")
        base = f"http://127.0.0.1:{self.daemon.port}/guide.xml"
        rows = [("/output/m3u", ["Two", "One"], ""), ("/output/m3u/", ["Two", "One"], ""),
                (f"/output/m3u/{profile}", ["One"], f"?profile={profile}"), (f"/output/m3u/{profile}/", ["One"], f"?profile={profile}"),
                ("/playlist", ["Two", "One"], ""), ("/groups_playlist", ["Two", "One"], ""),
                ("/output/m3u?tvg_id_source=channel_number&days=0&prev_days=3&cachedlogos=false&direct=true", ["Two", "One"],
                 "?tvg_id_source=channel_number&days=31&prev_days=3")]
        for path, names, guide in rows:
            for method in ("GET", "POST"):
                with self.subTest(path, method=method):
                    response, body = self.get(path, method=method)
                    self.assertEqual(response.status, 200, body)
                    head, entries = read_playlist(body.decode())
                    self.assertEqual([entry["name"] for entry in entries], names)
                    self.assertEqual(head, {"url-tvg": base + guide, "x-tvg-url": base + guide})
                    self.assertEqual([channel.get("id") for channel in self.guide(guide).iter("channel")],
                                     [entry["tvg-id"] for entry in entries])
        for path in ("/output/epg", "/output/epg/"):
            self.assertEqual(self.get(path)[1], self.get("/guide.xml")[1])
        self.assertEqual(self.get(f"/output/epg/{profile}/")[1], self.get(f"/guide.xml?profile={profile}")[1])

    def test_players_of_panels(self):
        channels = [self.add(name, number=number, group="UK") for name, number in (("Two", "2"), ("One, the first", "1"))]
        user = self.daemon.api("POST", "/users", {"name": "Ann & Bob", "password": "correct horse", "role": "viewer"})
        token = self.daemon.api("GET", f"/users/{user['id']}")["stream_token"]
        base, name = f"http://127.0.0.1:{self.daemon.port}", urllib.parse.quote("Ann & Bob")
        streams = [f"{base}/live/{name}/{token}/{channel['id']}" for channel in reversed(channels)]
        ids = [channel["uuid"] + ".relevo" for channel in reversed(channels)]
        plus = "".join(f'#EXTINF:-1 tvg-id="{one}" tvg-name="{title}" tvg-logo="" group-title="UK",{title}\n{url}.ts\n'
                       for one, title, url in zip(ids, ("One, the first", "Two"), streams))
        plain = f"#EXTINF:-1,One, the first\n{streams[0]}.ts\n#EXTINF:-1,Two\n{streams[1]}.ts\n"
        login = f"username={name}&password=correct%20horse"
        rows = [(f"/get.php?{login}", plus), (f"/get.php?{login}&type=m3u_plus&output=ts", plus), (f"/get.php?{login}&type=m3u", plain),
                (f"/get.php?username={name}&password={token}&type=m3u&output=rtmp", plain),
                (f"/get.php?{login}&output=m3u8", plus.replace(".ts\n", ".m3u8\n")),
                (f"/playlist/{name}/{token}", plus), (f"/playlist/{name}/{token}/m3u", plain)]
        for path, text in rows:
            with self.subTest(path):
                response, body = self.get(path)
                self.assertEqual((response.status, body.decode()), (200, "#EXTM3U\n" + text))
        # Who is in the house need not say who he is.
        self.assertEqual(re.findall("(http.*)\n", self.get("/get.php")[1].decode()),
                         [f"{base}/stream/{channel['uuid']}.ts" for channel in reversed(channels)])
        self.assertEqual(self.daemon.ask("POST", "/get.php", f"{login}&type=m3u".encode(),
                                         {"Content-Type": "application/x-www-form-urlencoded"}), (200, ("#EXTM3U\n" + plain).encode()))
        guide = self.get("/guide.xml")[1]
        for path in (f"/xmltv.php?{login}", f"/epg/{name}/{token}"):
            self.assertEqual(self.get(path)[1], guide)
        self.assertEqual(gzip.decompress(self.get(f"/epg/{name}/{token}/gz")[1]), guide)
        for path in (f"/get.php?username={name}&password=wrong", f"/xmltv.php?username={name}&password=wrong",
                     f"/playlist/{name}/wrong", f"/epg/{name}/wrong"):
            self.assertEqual(self.get(path)[0].status, 401, path)

    def test_each_dialect_names_the_channels_as_the_guide_does(self):
        for name in ('The "News", now', "tvg-id=\"x\", y", "a\n#EXTINF:-1,b\nhttp://evil/", "Élan 衛視"):
            self.add(name, group=name, logo="http://logos/1.png", tvg_id=name)
        ids = [channel.get("id") for channel in self.guide().iter("channel")]
        for dialect in ("generic", "kodi", "channels", "tivimate", "jellyfin", "vlc", "m3u_plus", "m3u"):
            with self.subTest(dialect):
                response, body = self.get("/playlist.m3u?dialect=" + dialect)
                self.assertEqual(response.status, 200, body)
                lines = body.decode().split("\n")
                self.assertEqual("tvg-url" in lines[0], dialect in ("generic", "kodi", "tivimate"))
                self.assertEqual(sum(line.startswith("#EXTINF:") for line in lines), 4)
                self.assertEqual(sum(line.startswith("http:") for line in lines), 4)
                if dialect not in ("vlc", "m3u"):
                    self.assertEqual(re.findall('tvg-id="(.*?)"', body.decode()), ids)

    def test_the_time_of_a_guide(self):
        self.add("One")
        now = time.time()
        hours = {}
        for query in ("", "?prev_days=0", "?prev_days=3", "?days=2", "?days=0"):
            starts = [time.mktime(time.strptime(one.get("start"), "%Y%m%d%H%M%S %z")) for one in self.guide(query).iter("programme")]
            hours[query] = (round((now - min(starts)) / 3600), round((max(starts) - now) / 3600))
        # Blocks of four hours; the last one begins up to so long before the end.
        for query, back, ahead in (("", 24, 168), ("?prev_days=0", 0, 168), ("?prev_days=3", 72, 168), ("?days=2", 24, 48), ("?days=0", 24, 744)):
            with self.subTest(query):
                self.assertAlmostEqual(hours[query][0], back, delta=5)
                self.assertAlmostEqual(hours[query][1], ahead, delta=5)

    @unittest.skipUnless(VALIDATE, "tv_validate_file is missing; scripts/setup.sh --test installs it")
    def test_the_guide_is_valid_to_the_tools_of_xmltv(self):
        _, guide = self.add_guide()
        self.add("One & <only>", number="1.1", guide=guide, logo='http://logos/1.png?a="1"&b')
        self.add("Élan 衛視", tvg_id="elan.tv")
        file = pathlib.Path(self.folder.name) / "guide.xml"
        file.write_bytes(self.get("/guide.xml")[1])
        checked = subprocess.run([VALIDATE, "--dtd-file", XMLTV_DTD, str(file)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                 timeout=DEADLINE_S)
        self.assertEqual((checked.returncode, checked.stdout), (0, "Validated ok.\n"))

    def test_playlist_and_guide_mean_the_same_channels(self):
        _, guide = self.add_guide()
        self.add("One", number="1", guide=guide, tvg_id="same")
        self.add("Two & <more>", number="2", tvg_id="same", logo='http://logos/2.png?a="1"&b')
        _, entries = self.playlist()
        tree = self.guide()
        self.assertEqual([channel.get("id") for channel in tree.iter("channel")], [entry["tvg-id"] for entry in entries])
        self.assertEqual([[name.text for name in channel.iter("display-name")] for channel in tree.iter("channel")],
                         [["One", "1"], ["Two & <more>", "2"]])
        self.assertEqual(tree.findall("channel")[1].find("icon").get("src"), 'http://logos/2.png?a="1"&b')
        titles = {entry["tvg-id"]: [] for entry in entries}
        for programme in tree.iter("programme"):
            titles[programme.get("channel")].append(programme.find("title").text)
            self.assertLess(programme.get("start"), programme.get("stop"))
        self.assertGreaterEqual(len(titles["same"]), 1)
        self.assertNotIn("One", titles["same"])
        self.assertEqual(set(titles.popitem()[1]), {"Two & <more>"})
        self.assertGreater(len(list(self.guide("?days=31").iter("programme"))), len(list(tree.iter("programme"))))

    def test_a_profile(self):
        one, two, three = (self.add(name, number=str(number)) for number, name in enumerate(("One", "Two", "Three"), 1))
        self.add_profile("Kids & co", [three, one])
        profile = "?profile=" + urllib.parse.quote("Kids & co")
        head, entries = self.playlist(profile)
        self.assertEqual([entry["name"] for entry in entries], ["Three", "One"])
        path = head["url-tvg"].removeprefix(f"http://127.0.0.1:{self.daemon.port}/guide.xml")
        self.assertEqual([channel.get("id") for channel in self.guide(path).iter("channel")],
                         [three["uuid"] + ".relevo", one["uuid"] + ".relevo"])
        self.assertNotIn(two["uuid"], str(entries))

    def test_what_is_wrong_is_told(self):
        self.add("One", group="UK")
        rows = [("/playlist.m3u?profile=kids", 404, "not-found", "profile"), ("/guide.xml?profile=kids", 404, "not-found", "profile"),
                ("/guide.xml.gz?profile=kids", 404, "not-found", "profile"), ("/playlist.m3u?group=US", 404, "not-found", "group"),
                ("/playlist.m3u?output=mp4", 400, "invalid", "output"),
                ("/playlist.m3u?dialect=klingon", 400, "invalid", "dialect"), ("/output/m3u/kids", 404, "not-found", "profile"),
                ("/output/epg/kids", 404, "not-found", "profile"), ("/guide.xml?prev_days=-1", 400, "invalid", "prev_days"),
                ("/guide.xml?days=366", 400, "invalid", "days"), ("/guide.xml?days=x", 400, "invalid", "days")]
        for path, status, code, where in rows:
            with self.subTest(path):
                response, body = self.get(path)
                answer = json.loads(body)["error"]
                self.assertEqual((response.status, answer["code"], answer["where"]), (status, code, where))
                self.assertTrue(answer["message"])
                self.assertEqual(response.getheader("ETag"), None)
        for host in ('a"b', "a/b", "joe@a", "a:99999"):
            with self.subTest(host):
                response, body = self.get("/playlist.m3u", {"Host": host})
                self.assertEqual(response.status, 400, body)
                self.assertNotIn(b"#EXTM3U", body)

    def test_a_player_that_has_it_gets_nothing(self):
        path, guide = self.add_guide()
        channel = self.add("One", guide=guide)
        for url in ("/playlist.m3u", "/guide.xml", "/guide.xml.gz"):
            etag = self.get(url)[0].getheader("ETag")
            with self.subTest(url):
                response, body = self.get(url, {"If-None-Match": etag})
                # The hour may have ended between the two.
                if response.status == 200:
                    etag = response.getheader("ETag")
                    response, body = self.get(url, {"If-None-Match": etag})
                self.assertEqual((response.status, response.getheader("ETag"), body), (304, etag, b""))
                self.assertEqual(response.getheader("Content-Encoding"), None)
        self.daemon.refresh(path)
        refreshed = self.get("/guide.xml")[0].getheader("ETag")
        self.assertNotEqual(refreshed, etag)
        self.daemon.api("PATCH", f"/channels/{channel['id']}", {"guide_shift_minutes": 60})
        response, _ = self.get("/guide.xml", {"If-None-Match": refreshed})
        self.assertEqual(response.status, 200)

    def test_packed_for_who_takes_it(self):
        self.add_many(50)
        _, plain = self.get("/guide.xml")
        response, packed = self.get("/guide.xml", {"Accept-Encoding": "gzip, deflate"})
        self.assertEqual((response.getheader("Content-Encoding"), response.getheader("Vary")), ("gzip", "Accept-Encoding"))
        self.assertEqual(gzip.decompress(packed), plain)
        response, file = self.get("/guide.xml.gz")
        self.assertEqual((response.getheader("Content-Encoding"), response.getheader("Content-Type")),
                         (None, "application/gzip"))
        self.assertEqual(gzip.decompress(file), plain)
        response, packed = self.get("/playlist.m3u", {"Accept-Encoding": "gzip"})
        self.assertEqual(response.getheader("Content-Encoding"), "gzip")
        self.assertEqual(gzip.decompress(packed), self.get("/playlist.m3u")[1])

    def test_head_and_ranges_as_players_ask_for_them(self):
        self.add_many(50)
        for url in ("/playlist.m3u", "/guide.xml", "/guide.xml.gz"):
            with self.subTest(url):
                whole, body = self.get(url, {"Range": "bytes=0-"})
                self.assertEqual((whole.status, len(body)), (200, int(whole.getheader("Content-Length"))))
                head, nothing = self.get(url, method="HEAD")
                self.assertEqual((head.status, nothing), (200, b""))
                for name in ("Content-Length", "Content-Type", "ETag"):
                    self.assertEqual(head.getheader(name), whole.getheader(name))
                post, same = self.get(url, method="POST")
                if url == "/playlist.m3u":  # as some players ask for it
                    self.assertEqual((post.status, same), (200, body))
                else:
                    self.assertEqual(post.status, 405)

    def test_many_at_once_and_those_that_leave(self):
        self.add_many(300)
        pid = self.daemon.process.pid
        wanted = self.get("/guide.xml")[1]
        descriptors = len(os.listdir(f"/proc/{pid}/fd"))
        answers = []
        readers = [threading.Thread(target=lambda: answers.append(self.get("/guide.xml")[1])) for _ in range(8)]
        for reader in readers:
            reader.start()
        for days in range(8, 28):
            with contextlib.closing(socket.create_connection(("127.0.0.1", self.daemon.port))) as client:
                client.sendall(f"GET /guide.xml?days={days} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        for reader in readers:
            reader.join()
        self.assertEqual(answers, [wanted] * 8)
        self.assertEqual(self.daemon.ask("GET", "/health")[0], 200)
        # At most the files that are kept are left of all that, once those who left were noticed.
        give_up = time.monotonic() + DEADLINE_S
        while len(os.listdir(f"/proc/{pid}/fd")) > descriptors + 6:
            self.assertLess(time.monotonic(), give_up, os.listdir(f"/proc/{pid}/fd"))
            self.get("/guide.xml", method="HEAD")
        self.assertEqual(os.listdir(pathlib.Path(self.folder.name) / "tmp"), [])
        self.assertEqual(self.daemon.end(), 0)

    def test_a_public_address(self):
        self.daemon.end()
        self.daemon.close()
        config = pathlib.Path(self.folder.name) / "relevod.conf"
        config.write_text("[outputs]\npublic_address = https://tv.example/relevo/\n")
        self.daemon = Daemon(RELEVOD, self.folder.name, ["sh", "-c", f'exec "$@" --config {config}', "sh"])
        channel = self.add("One")
        head, entries = self.playlist("", {"Host": "elsewhere"})
        self.assertEqual(head["url-tvg"], "https://tv.example/relevo/guide.xml")
        self.assertEqual(entries[0]["url"], f"https://tv.example/relevo/stream/{channel['uuid']}.ts")

    def add_many(self, count):
        for number in range(1, count + 1):
            self.add(f"Channel {number}", number=str(number))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[4:]], verbosity=2)
