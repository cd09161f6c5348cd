#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The admin API through the real daemon, with a provider that has faults."""

import concurrent.futures
import contextlib
import gzip
import json
import os
import pathlib
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from relevod import DEADLINE_S, Daemon, Listener, Process  # noqa: E402

RELEVOD, PROVIDER, MEDIA = sys.argv[1:4]
MANY = 50_000


class Api(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.provider = Process([PROVIDER, "--media", MEDIA, "--rows", "300", "--login", "joe:secret:2"],
                               r":(\d+)", stdout=subprocess.PIPE)

    @classmethod
    def tearDownClass(cls):
        cls.provider.close()

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.daemon = Daemon(RELEVOD, self.folder.name)
        self.addCleanup(lambda: self.daemon.close())

    def provided(self, path):
        return f"http://127.0.0.1:{self.provider.port}{path}"

    def make_account(self, **more):
        account = {"name": "Ours", "kind": "m3u", "location": self.provided("/list.m3u"), "refresh": ""} | more
        return f"/accounts/{self.daemon.api('POST', '/accounts', account)['id']}"

    def restart(self, how=signal.SIGKILL):
        self.daemon.end(how)
        self.daemon.close()
        self.daemon = Daemon(RELEVOD, self.folder.name)

    def lineup(self):
        streams = self.daemon.api("GET", "/streams?missing=false&limit=1000")
        return {stream["id"]: stream["name"] for stream in streams["items"]}

    def test_an_account_from_nothing_to_a_channel(self):
        account = self.make_account()
        listener = Listener(self.daemon.port)
        self.addCleanup(listener.close)
        self.assertEqual(self.daemon.refresh(account)["state"], "good")
        event = listener.until("refreshed")[-1]
        self.assertEqual((event["outcome"], event["report"]["added"]), ("done", 300))
        page = self.daemon.api("GET", "/streams?sort=-name&limit=2&offset=1")
        self.assertEqual((len(page["items"]), page["total"]), (2, 300))
        self.assertGreater(page["items"][0]["name"].lower(), page["items"][1]["name"].lower())
        first = f"/streams/{page['items'][0]['id']}"
        self.daemon.api("PATCH", first, {"custom": {"mine": [1]}})
        self.assertEqual(self.daemon.api("GET", first)["custom"], {"mine": [1]})
        streams = [{"stream": stream["id"]} for stream in page["items"]]
        channel = self.daemon.api("POST", "/channels", {"name": "News", "number": "5.1", "group": "UK"})
        path = f"/channels/{channel['id']}"
        self.daemon.api("PUT", path + "/streams", streams)
        self.restart(signal.SIGTERM)
        self.assertEqual(self.daemon.api("GET", path), channel)
        kept = self.daemon.api("GET", path + "/streams")
        self.assertEqual([one["stream"] for one in kept], [one["stream"] for one in streams])
        used = self.daemon.api("GET", "/streams?used=true")
        self.assertEqual((used["total"], used["items"][0]["channels"]), (2, [channel["id"]]))
        self.assertEqual(self.daemon.api("GET", "/streams?used=false&limit=1")["items"][0]["channels"], [])
        self.assertEqual(self.daemon.api("GET", "/channels?q=new&group=UK")["total"], 1)
        self.assertIn({"name": "UK", "channels": 1}, self.daemon.api("GET", "/channel-groups"))

    def test_a_panel_needs_a_login(self):
        account = self.make_account(kind="xtream", location=self.provided(""))
        self.assertEqual(self.daemon.refresh(account)["message"], "the account has no login")
        login = {"name": "joe", "username": "joe", "password": "wrong"}
        login = self.daemon.api("POST", account + "/logins", login)
        self.assertNotIn("password", login)
        state = self.daemon.refresh(account)
        self.assertEqual(state["state"], "failed")
        self.assertTrue(state["message"].startswith("joe: "), state["message"])
        self.daemon.api("PATCH", f"/logins/{login['id']}", {"password": "secret"})
        self.assertEqual(self.daemon.refresh(account)["state"], "good")
        self.assertEqual(self.daemon.api("GET", account + "/logins")[0]["connections"], 2)
        self.assertEqual(self.daemon.api("GET", "/streams?kind=movie")["total"], 300)
        group = self.daemon.api("GET", account + "/groups")[0]
        self.daemon.api("PATCH", f"/groups/{group['id']}", {"wanted": False})
        self.assertFalse(self.daemon.api("GET", account + "/groups")[0]["wanted"])
        counts = sum(group["streams"] for group in self.daemon.api("GET", account + "/groups"))
        self.assertEqual(counts, self.daemon.api("GET", "/streams?limit=0")["total"])

    def test_a_guide(self):
        guide = {"name": "Guide", "location": self.provided(f"/guide.xml?start={int(time.time())}&programmes=4"), "refresh": ""}
        path = f"/guides/{self.daemon.api('POST', '/guides', guide)['id']}"
        state = self.daemon.refresh(path)
        self.assertEqual((state["state"], state["message"]), ("good", ""))
        channel = self.daemon.api("GET", "/guide-channels?limit=1")["items"][0]
        programmes = self.daemon.api("GET", f"{path}/programmes?channel={channel['channel']}")
        self.assertGreaterEqual(len(programmes), 1)
        self.assertTrue(all(one["title"] and one["start"] < one["stop"] for one in programmes))

    def rule_for(self, account, **rule):
        """Every group of live streams of the account gets the rule."""
        for group in self.daemon.api("GET", account + "/groups"):
            if group["kind"] == "live":
                self.daemon.api("PATCH", f"/groups/{group['id']}", {"sync": rule})

    def channels(self, query=""):
        return self.daemon.api("GET", f"/channels?limit=1000{query}")["items"]

    def test_channels_are_made_of_lists(self):
        account = self.make_account()
        self.daemon.refresh(account)
        self.rule_for(account, first=100, last=999)
        preview = self.daemon.api("POST", "/channels/sync", {"preview": True})
        self.assertEqual((preview["streams"], preview["changes"][0]["channel"], self.channels()), (300, 0, []))
        self.assertIn(preview["created"], range(250, 301))  # a few streams are the same channel
        made = self.daemon.api("POST", "/channels/sync", {})
        self.assertEqual({**made, "changes": []}, {**preview, "changes": []})
        channels = self.channels()
        self.assertEqual(len(channels), made["created"])
        self.assertEqual(channels[0]["number"], "100")
        self.assertTrue(all(one["automatic"] for one in channels))

        first = f"/channels/{channels[0]['id']}"
        self.assertEqual(self.daemon.api("PATCH", first, {"name": "Mine"})["settled"], ["name"])
        with contextlib.closing(Listener(self.daemon.port)) as listener:
            self.daemon.api("POST", account + "/refresh", {"even_unchanged": True})
            event = listener.until("refreshed")[-1]
        self.assertEqual((event["channels"]["unchanged"], event["guides"]["channels"]), (len(channels), len(channels)))
        self.assertEqual(self.daemon.api("GET", first)["name"], "Mine")
        released = self.daemon.api("PATCH", first, {"settled": []})
        self.assertEqual((released["name"], released["settled"]), (channels[0]["name"], []))

        self.daemon.api("PATCH", first, {"logo": "http://a/logo.png"})
        self.rule_for(account, exclude=".")  # nothing is taken any more
        removed = self.daemon.api("POST", "/channels/sync", {})
        self.assertEqual((removed["removed"], removed["kept"]), (len(channels) - 1, 1))
        self.assertEqual([one["id"] for one in self.channels()], [channels[0]["id"]])

    def test_channels_are_split_and_merged(self):
        account = self.make_account()
        self.daemon.refresh(account)
        self.rule_for(account)
        self.daemon.api("POST", "/channels/sync", {})
        one, two = self.channels()[:2]
        merged = self.daemon.api("POST", "/channels/merge", {"channels": [one["id"], two["id"]]})
        self.assertEqual(merged["id"], one["id"])
        streams = [stream["stream"] for stream in self.daemon.api("GET", f"/channels/{one['id']}/streams")]
        self.assertEqual(self.daemon.ask("GET", f"/api/v1/channels/{two['id']}")[0], 404)
        other = self.daemon.api("POST", f"/channels/{one['id']}/split", {"streams": streams[1:]})
        self.daemon.api("POST", "/channels/sync", {})
        kept = self.daemon.api("GET", f"/channels/{one['id']}/streams")
        self.assertEqual([stream["stream"] for stream in kept], streams[:1])
        self.assertEqual([stream["stream"] for stream in self.daemon.api("GET", f"/channels/{other['id']}/streams")], streams[1:])

    def playlist(self, name, *entries):
        """An account of entries "name|tvg-id", each of which becomes a channel, or part of one."""
        text = "#EXTM3U\n"
        for number, entry in enumerate(entries):
            title, tvg_id = entry.split("|")
            text += f'#EXTINF:-1 tvg-id="{tvg_id}" group-title="All",{title}\nhttp://example.test/{name}/{number}\n'
        file = pathlib.Path(self.folder.name, name + ".m3u")
        file.write_text(text, encoding="utf-8")
        account = self.daemon.api("POST", "/accounts", {"name": name, "kind": "m3u", "location": str(file), "refresh": ""})
        self.daemon.refresh(f"/accounts/{account['id']}")
        self.rule_for(f"/accounts/{account['id']}")

    def test_what_grouping_was_not_sure_of_is_reviewed(self):
        self.playlist("one", "Dave|dave", "UK: Sport|", "DE: Sport|")
        self.playlist("two", "Dave Channel One|dave", "Sport|")
        self.daemon.api("POST", "/channels/sync", {})
        reviews = self.daemon.api("GET", "/channel-reviews")
        self.assertEqual((reviews["total"], reviews["items"][0]["confidence"]), (1, 88), reviews)
        review = reviews["items"][0]
        self.assertEqual(sorted((one["name"], one["reason"]) for one in review["streams"]),
                         [("Dave", "the same name"), ("Dave Channel One", "the same tvg-id")])
        dave = review["channel"]["id"]
        self.daemon.api("POST", "/channels/confirm", {"channels": [dave]})
        self.daemon.api("POST", "/channels/sync", {})
        self.assertEqual(self.daemon.api("GET", "/channel-reviews"), {"items": [], "total": 0})

        twins = self.daemon.api("GET", "/channel-twins?limit=1")
        self.assertEqual((twins["total"], len(twins["items"])), (2, 1))
        pair = twins["items"][0]
        self.assertEqual((pair["score"], pair["reasons"][0]), (97, "the same name"))
        self.assertEqual(sorted(one["channel"]["name"] for one in pair["channels"])[0], "Sport")
        ids = [one["channel"]["id"] for one in pair["channels"]]
        self.daemon.api("POST", "/channels/separate", {"channels": ids})
        self.daemon.api("POST", "/channels/sync", {})
        left = self.daemon.api("GET", "/channel-twins")
        self.assertEqual(left["total"], 1)
        self.assertNotEqual({one["channel"]["id"] for one in left["items"][0]["channels"]}, set(ids))

        streams = [one["stream"] for one in review["streams"]]
        off = self.daemon.api("POST", f"/channels/{dave}/split", {"streams": streams[1:], "name": "Other", "number": "77"})
        self.assertEqual((off["name"], off["number"], off["settled"]), ("Other", "77", ["number", "name"]))

    def make_channels(self, *names):
        return [self.daemon.api("POST", "/channels", {"name": name, "number": str(number)})["id"]
                for number, name in enumerate(names, 1)]

    def test_many_channels_are_changed_at_once(self):
        a, b, c = self.make_channels("UK: A", "UK: B", "C")
        wish = {"channels": [a, b, c], "search": "^UK: ", "replacement": ""}
        expected = [{"channel": a, "before": "UK: A", "after": "A"}, {"channel": b, "before": "UK: B", "after": "B"}]
        self.assertEqual(self.daemon.api("POST", "/channels/rename", wish | {"preview": True})["changes"], expected)
        self.assertEqual([one["name"] for one in self.channels()], ["UK: A", "UK: B", "C"])
        self.assertEqual(self.daemon.api("POST", "/channels/rename", wish)["changes"], expected)
        self.assertEqual([one["name"] for one in self.channels()], ["A", "B", "C"])
        self.assertEqual(self.daemon.api("POST", "/channels/edit", {"channels": [a, b], "group": "UK", "hidden": True}), {"changed": 2})
        self.assertEqual([one["id"] for one in self.channels("&group=UK&hidden=true")], [a, b])
        self.daemon.api("POST", "/channels/move", {"channels": [c], "first": 1})
        self.assertEqual([(one["id"], one["number"]) for one in self.channels()], [(c, "1"), (a, "2"), (b, "3")])
        self.daemon.api("DELETE", f"/channels/{a}")
        self.assertEqual(self.daemon.api("POST", "/channels/compact", {"first": 1, "last": 9})["changes"],
                         [{"channel": b, "before": "3", "after": "2"}])
        self.daemon.api("POST", "/channels/renumber", {"channels": [b, c], "first": 50})
        self.assertEqual([(one["id"], one["number"]) for one in self.channels()], [(b, "50"), (c, "51")])
        self.assertEqual(self.daemon.api("GET", "/channel-ids"), [b, c])
        self.assertEqual(self.daemon.api("GET", "/channel-ids?q=c"), [c])
        self.assertEqual(self.daemon.api("GET", "/channel-ids?offset=1"), [c])
        self.assertEqual(self.daemon.api("GET", f"/channels?without={b},{a}")["total"], 1)
        for wrong in ("b", "1,,2", ",".join(map(str, range(501)))):
            self.assertEqual(self.daemon.ask("GET", "/api/v1/channels?without=" + wrong)[0], 400, wrong)
        self.assertEqual(self.daemon.api("POST", "/channels/delete", {"channels": [a, b]}), {"deleted": 1})
        self.assertEqual(self.daemon.api("GET", "/channel-ids"), [c])

    def test_a_channel_is_put_in_another_place(self):
        a, b, c, d = self.make_channels("A", "B", "C", "D")

        def numbers():
            return [(one["id"], one["number"]) for one in self.channels()]

        before = numbers()
        done = self.daemon.api("POST", f"/channels/{d}/move", {"after": a})
        self.assertEqual({key: value for key, value in done.items() if key != "state"},
                         {"number": "2", "before": "4", "was_settled": False, "moved": 2,
                          "others": {"first": "2", "last": "3", "by": 1}})
        self.assertEqual(numbers(), [(a, "1"), (d, "2"), (b, "3"), (c, "4")])
        self.daemon.api("POST", f"/channels/{d}/move-back", done)
        self.assertEqual(numbers(), before)
        self.assertEqual(self.daemon.api("POST", f"/channels/{a}/move", {"before": b})["others"], None)
        done = self.daemon.api("POST", f"/channels/{c}/move", {"before": a})
        self.daemon.api("PATCH", f"/channels/{b}", {"number": "9"})
        changed = numbers()
        status, answer = self.daemon.ask("POST", f"/api/v1/channels/{c}/move-back", done)
        self.assertEqual((status, answer["error"]["code"]), (409, "numbers-changed"))
        self.assertEqual(numbers(), changed)

    def all_ids(self):
        """They come so many at a time that no answer is long."""
        ids, some = [], None
        while some != []:
            some = self.daemon.api("GET", f"/channel-ids?offset={len(ids)}")
            self.assertLess(len(json.dumps(some, separators=(",", ":"))), 200_000)
            ids += some
        return ids

    def test_the_last_of_very_many_channels_becomes_the_first(self):
        with contextlib.closing(sqlite3.connect(pathlib.Path(self.folder.name) / "relevo.db")) as database, database:
            database.executemany("INSERT INTO channel (uuid, major, name, logo, tvg_id, hidden, automatic) "
                                 "VALUES (?,?,?,'','',0,0)", ((str(i), i, f"Channel {i}") for i in range(1, MANY + 1)))
        ids = self.all_ids()
        began = time.monotonic()
        done = self.daemon.api("POST", f"/channels/{ids[-1]}/move", {"before": ids[0]})
        self.assertLess(time.monotonic() - began, 1)
        self.assertEqual((done["number"], done["moved"]), ("1", MANY - 1))
        self.assertLess(len(json.dumps(done)), 1000)
        self.assertEqual(self.all_ids(), ids[-1:] + ids[:-1])
        self.daemon.api("POST", f"/channels/{ids[-1]}/move-back", done)
        self.assertEqual(self.all_ids(), ids)

    def test_a_profile_is_a_part_in_its_own_order(self):
        a, b, c = self.make_channels("A", "B", "C")
        profile = self.daemon.api("POST", "/profiles", {"name": "Kids"})
        path = f"/profiles/{profile['id']}"
        self.daemon.api("PUT", path + "/channels", [c, a])
        self.assertEqual(self.daemon.api("GET", path + "/channels"), [c, a])
        self.assertEqual([one["id"] for one in self.channels(f"&profile={profile['id']}")], [c, a])
        self.daemon.api("PATCH", path, {"name": "Children"})
        self.assertEqual(self.daemon.api("GET", "/profiles"), [{"id": profile["id"], "name": "Children"}])
        status, answer = self.daemon.ask("PUT", f"/api/v1{path}/channels", [b, 99])
        self.assertEqual((status, answer["error"]["where"]), (400, "[1]"))
        self.daemon.api("DELETE", path)
        self.assertEqual((self.daemon.api("GET", "/profiles"), len(self.channels())), ([], 3))

    def test_guides_are_found_and_the_user_is_right(self):
        start = int(time.time())
        guide = {"name": "Guide", "location": self.provided(f"/guide.xml?start={start}&programmes=4"), "refresh": ""}
        guide = self.daemon.api("POST", "/guides", guide)["id"]
        known = self.daemon.refresh(f"/guides/{guide}") and self.daemon.api("GET", "/guide-channels?limit=2")["items"]
        a, b = self.make_channels(known[0]["names"][0], "Quite something else")
        report = self.daemon.api("POST", "/guides/match", {"channels": []})
        self.assertEqual((report["channels"], report["linked"]), (2, 1))
        link = self.daemon.api("GET", f"/channels/{a}")["guide"]
        self.assertEqual((link["channel"], link["manual"]), (known[0]["channel"], False))
        self.assertTrue(link["reason"] and link["score"] > 50)
        path = f"/channels/{a}/programmes?from={start}&until={start + 7200}"
        on = self.daemon.api("GET", path)
        self.daemon.api("PATCH", f"/channels/{a}", {"guide_shift_minutes": 60})
        shifted = self.daemon.api("GET", path.replace(f"={start}&", f"={start + 3600}&").replace(f"={start + 7200}", f"={start + 10800}"))
        self.assertEqual([(one["title"], one["start"]) for one in shifted], [(one["title"], one["start"] + 3600) for one in on])
        rows = self.daemon.api("GET", f"/guide-grid?from={start}&until={start + 7200}")
        self.assertEqual([(one["channel"], one["guided"]) for one in rows["items"]], [(a, True), (b, False)])
        self.assertIn("Programme 1 of", rows["items"][0]["programmes"][0]["title"])
        self.assertEqual(self.daemon.api("GET", "/guide-grid?guided=false&limit=0"), {"items": [], "total": 1})
        self.daemon.api("PATCH", f"/channels/{a}", {"guide": {"source": guide, "channel": known[1]["channel"]}})
        self.daemon.api("PATCH", f"/channels/{b}", {"guide": None})
        self.assertEqual(self.daemon.api("POST", "/guides/match", {})["decided"], 2)
        self.assertEqual(self.daemon.api("GET", f"/channels/{a}")["guide"]["channel"], known[1]["channel"])
        self.assertEqual(self.daemon.api("GET", "/guide-reviews")["total"], 0)

    def test_a_page_of_the_grid_is_small_whatever_the_guide_says(self):
        start = int(time.time())
        stamp = lambda seconds: time.strftime("%Y%m%d%H%M%S +0000", time.gmtime(start + seconds))  # noqa: E731
        programmes = "".join(f'<programme channel="x" start="{stamp(180 * i)}" stop="{stamp(180 * (i + 1))}">'
                             f"<title>{'a' * (i % 2)}{'ñ' * 200}</title></programme>" for i in range(400))
        guide = pathlib.Path(self.folder.name) / "dense.xml"
        guide.write_text(f'<tv><channel id="x"><display-name>X</display-name></channel>{programmes}</tv>', encoding="utf-8")
        source = self.daemon.api("POST", "/guides", {"name": "Dense", "location": str(guide), "refresh": ""})["id"]
        self.assertEqual(self.daemon.refresh(f"/guides/{source}")["state"], "good")
        for channel in self.make_channels(*(f"{'ñ' * 40} {i}" for i in range(40))):
            self.daemon.api("PATCH", f"/channels/{channel}", {"guide": {"source": source, "channel": "x"}})
        rows = self.daemon.api("GET", f"/guide-grid?from={start}&until={start + 86400}&limit=100")
        self.assertEqual((len(rows["items"]), rows["total"]), (30, 40))
        self.assertEqual({len(row["programmes"]) for row in rows["items"]}, {48})
        self.assertEqual(rows["items"][0]["programmes"][0]["title"], "ñ" * 40 + "…")
        self.assertEqual(rows["items"][0]["programmes"][1]["title"], "a" + "ñ" * 39 + "…")
        self.assertLess(len(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()), 200_000)

    def guide_of(self, programmes):
        """A guide with a channel "x", whose programmes last an hour each, counted from a minute ago; its number, and when that was."""
        start = int(time.time()) - 60
        stamp = lambda hours: time.strftime("%Y%m%d%H%M%S +0000", time.gmtime(start + 3600 * hours))  # noqa: E731
        texts = "".join(f'<programme channel="x" start="{stamp(hour)}" stop="{stamp(hour + 1)}"><title>{title}</title>'
                        f"<sub-title>{subtitle}</sub-title></programme>" for hour, title, subtitle in programmes)
        file = pathlib.Path(self.folder.name) / "guide.xml"
        file.write_text(f'<tv><channel id="x"><display-name>X</display-name></channel>{texts}</tv>', encoding="utf-8")
        guide = self.daemon.api("POST", "/guides", {"name": "Guide", "location": str(file), "refresh": ""})["id"]
        self.assertEqual(self.daemon.refresh(f"/guides/{guide}")["state"], "good")
        return guide, start

    def test_programmes_are_found_by_their_title(self):
        guide, start = self.guide_of([(-1, "Old News", ""), (0, "The NEWS", "Part 1"), (1, "Film", "news"), (200, "News again", "")])
        news, later, hidden, plain = self.make_channels("A", "B", "C", "News")
        for channel in (news, later, hidden):
            self.daemon.api("PATCH", f"/channels/{channel}", {"guide": {"source": guide, "channel": "x"}})
        self.daemon.api("PATCH", f"/channels/{later}", {"guide_shift_minutes": 60})
        self.daemon.api("PATCH", f"/channels/{hidden}", {"hidden": True})
        found = self.daemon.api("GET", "/guide-programmes?q=news")
        self.assertEqual([(one["channel"], one["title"], one["start"] - start) for one in found["items"]],
                         [(news, "The NEWS", 0), (later, "Old News", 0), (later, "The NEWS", 3600),
                          (news, "News again", 200 * 3600), (later, "News again", 201 * 3600)])
        self.assertEqual(found["total"], 5)
        self.assertEqual(found["items"][0] | {"start": 0, "stop": 0},
                         {"channel": news, "name": "A", "number": "1", "logo": "", "start": 0, "stop": 0, "title": "The NEWS", "subtitle": "Part 1"})
        page = self.daemon.api("GET", "/guide-programmes?q=news&limit=1&offset=1")
        self.assertEqual(page, {"items": found["items"][1:2], "total": 5})
        soon = self.daemon.api("GET", f"/guide-programmes?q=news&from={start}&until={start + 60}")
        self.assertEqual(soon["items"], found["items"][:2])
        profile = self.daemon.api("POST", "/profiles", {"name": "Kids"})["id"]
        self.daemon.api("PUT", f"/profiles/{profile}/channels", [hidden, news, plain])
        kids = self.daemon.api("GET", f"/guide-programmes?q=news&profile={profile}")
        self.assertEqual({one["channel"] for one in kids["items"]}, {news})
        for q in ("", "?q=", "?q=n", "?q=%C3%B1"):
            status, answer = self.daemon.ask("GET", f"/api/v1/guide-programmes{q}")
            self.assertEqual((status, answer["error"]["where"]), (400, "q"))
        self.assertEqual(self.daemon.api("GET", "/guide-programmes?q=news&offset=10000"), {"items": [], "total": 5})
        status, answer = self.daemon.ask("GET", "/api/v1/guide-programmes?q=news&offset=10001")
        self.assertEqual((status, answer["error"]["where"], answer["error"]["flaw"]), (400, "offset", "out-of-range"))
        self.assertEqual(self.daemon.api("GET", "/guide-programmes?q=%C3%B1%C3%B1"), {"items": [], "total": 0})

    def test_what_is_found_is_small_whatever_the_guide_says(self):
        guide, _ = self.guide_of([(hour, "ñ" * 200, "ñ" * 200) for hour in range(200)])
        for channel in self.make_channels("ñ" * 40, "B"):
            self.daemon.api("PATCH", f"/channels/{channel}", {"guide": {"source": guide, "channel": "x"}})
        found = self.daemon.api("GET", "/guide-programmes?q=%C3%B1%C3%B1&limit=1000")
        self.assertEqual((len(found["items"]), found["total"]), (100, 400))
        self.assertEqual({(one["title"], one["subtitle"]) for one in found["items"]}, {("ñ" * 40 + "…",) * 2})
        self.assertLess(len(json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()), 200_000)

    def test_a_channel_without_a_guide_tells_what_its_name_tells(self):
        event, plain = self.make_channels("PPV: Smith v Jones 2026-12-24 20:00", "News")
        rule = {"name": "Fights", "pattern": r"PPV: (?<title>.+) (?<date>\d+-\d+-\d+) (?<time>\d+:\d+)", "length_minutes": 120}
        made = self.daemon.api("POST", "/dummy-rules", rule)
        start = 1798142400  # 2026-12-24 20:00 UTC
        on = self.daemon.api("GET", f"/channels/{event}/programmes?from={start}&until={start + 60}")
        self.assertEqual([(one["title"], one["start"], one["stop"]) for one in on], [("Smith v Jones", start, start + 7200)])
        self.assertEqual({one["title"] for one in self.daemon.api("GET", f"/channels/{plain}/programmes")}, {"News"})
        changed = self.daemon.api("PATCH", f"/dummy-rules/{made['id']}", {"templates": {"title": "Fight: {title}"}})
        self.assertEqual((changed["templates"]["title"], changed["length_minutes"]), ("Fight: {title}", 120))
        self.assertEqual(self.daemon.api("GET", "/dummy-rules"), [changed])
        self.daemon.api("DELETE", f"/dummy-rules/{made['id']}")

    def test_a_list_is_uploaded(self):
        account = self.make_account(location="")
        self.assertEqual(self.daemon.refresh(account)["message"], "no list was uploaded yet")
        for names in (["One", "Two"], ["One", "Two", "Three"]):
            text = "#EXTM3U\n" + "".join(f"#EXTINF:-1,{name}\nhttp://a/{name}\n" for name in names)
            status, answer = self.daemon.ask("PUT", f"/api/v1{account}/list", gzip.compress(text.encode()))
            self.assertEqual(status, 200, answer)
            self.assertEqual(self.daemon.refresh(account)["state"], "good")
            self.assertEqual(sorted(self.lineup().values()), sorted(names))
        self.restart()
        self.assertEqual(self.daemon.refresh(account)["state"], "good")
        self.daemon.api("DELETE", account)
        other = self.make_account(location="")
        self.daemon.ask("PUT", f"/api/v1{other}/list", b"#EXTM3U\n")
        self.assertEqual(os.listdir(os.path.join(self.folder.name, "uploads")), [other.split("/")[-1]])
        self.assertEqual(self.daemon.ask("PUT", "/api/v1/accounts/99/list", b"x")[0], 404)

    def test_lists_that_are_uploaded_at_once_do_not_mix(self):
        account = self.make_account(location="")
        texts = ["#EXTM3U\n" + f"#EXTINF:-1,{name}\nhttp://a/{name}\n" * 20_000 for name in "abcdefgh"]
        with concurrent.futures.ThreadPoolExecutor(max_workers=8) as pool:
            answers = list(pool.map(lambda text: self.daemon.ask("PUT", f"/api/v1{account}/list", text.encode()), 3 * texts))
        self.assertEqual([answer for answer in answers if answer[0] != 200], [])
        kept = pathlib.Path(self.folder.name, "uploads", account.split("/")[-1]).read_text()
        self.assertIn(kept, texts)

    def test_filters_are_tried_before_they_are_kept(self):
        account = self.make_account()
        self.daemon.refresh(account)
        names = list(self.lineup().values())
        sport = [name for name in names if "sport" in name.lower()]
        self.assertTrue(0 < len(sport) < len(names))
        filters = [{"field": "name", "pattern": "sport", "exclude": True, "match_case": False}]
        preview = self.daemon.api("POST", account + "/filter-preview", {"filters": filters})
        self.assertEqual((preview["kept"], preview["left_out"]), (len(names) - len(sport), len(sport)))
        self.assertEqual(set(preview["examples_left_out"]) - set(sport), set())
        self.assertEqual(len(preview["examples_kept"]), 50)
        self.assertEqual(len(self.lineup()), len(names))
        for pattern, flaw in (("(", "pattern"), ("(.+.+)+[#~]$", "too-slow")):
            status, answer = self.daemon.ask("POST", f"/api/v1{account}/filter-preview", {"filters": filters + [{"pattern": pattern}]})
            self.assertEqual((status, answer["error"]["where"], answer["error"]["flaw"]), (400, "filters[1]", flaw))

    def test_what_would_lose_much_waits_for_a_word(self):
        account = self.make_account()
        self.daemon.refresh(account)
        lineup = self.lineup()
        self.daemon.api("PATCH", account, {"location": self.provided("/list.m3u?fault=half")})
        report = self.daemon.api("POST", account + "/dry-run")["report"]
        self.assertEqual(report["vanished"], 150)
        self.assertEqual(self.daemon.refresh(account)["state"], "objected")
        self.assertEqual(self.lineup(), lineup)
        alert = self.daemon.api("GET", "/alerts")[0]
        self.assertEqual((alert["kind"], alert["account"]), ("losses", int(account.split("/")[-1])))
        self.assertEqual(self.daemon.refresh(account, {"accept_losses": True})["state"], "good")
        self.assertEqual(len(self.lineup()), 150)
        self.assertEqual(self.daemon.api("GET", "/alerts"), [])

    def test_a_crash_in_any_phase_leaves_the_lineup(self):
        account = self.make_account()
        self.daemon.refresh(account)
        lineup = self.lineup()
        rows = "/list.m3u?rows=60000&seed=5"
        phases = {"download": rows + "&fault=drip:200000", "parse": rows, "apply": rows}
        for phase, location in phases.items():
            self.daemon.api("PATCH", account, {"location": self.provided(location), "shrink_percent": 100})
            with contextlib.closing(Listener(self.daemon.port)) as listener:
                self.daemon.api("POST", account + "/refresh", {"accept_losses": True})
                seen = []
                while phase not in seen:
                    event = listener.next()
                    self.assertEqual(event["event"], "refreshing", f"{phase} was not seen")
                    seen.append(event["phase"])
                self.restart()
            self.assertEqual(self.lineup(), lineup, phase)
            self.assertEqual(os.listdir(os.path.join(self.folder.name, "tmp")), [])
        self.daemon.api("PATCH", account, {"location": self.provided("/list.m3u")})
        self.assertEqual(self.daemon.refresh(account)["state"], "good")
        self.assertEqual(self.lineup(), lineup)

    def test_a_crash_leaves_the_guide(self):
        now = int(time.time())
        small = f"/guide.xml?start={now}&programmes=4"
        large = f"/guide.xml?start={now}&programmes=30&rows=2000"
        guide = {"name": "Guide", "location": self.provided(small), "refresh": ""}
        path = f"/guides/{self.daemon.api('POST', '/guides', guide)['id']}"
        self.daemon.refresh(path)
        channel = self.daemon.api("GET", "/guide-channels?limit=1")["items"][0]["channel"]
        programmes = f"{path}/programmes?channel={channel}&until={now + 86400}&from={now}"
        before = self.daemon.api("GET", programmes)
        for phase, location in {"download": large + "&fault=drip:200000", "apply": large}.items():
            self.daemon.api("PATCH", path, {"location": self.provided(location)})
            with contextlib.closing(Listener(self.daemon.port)) as listener:
                self.daemon.api("POST", path + "/refresh", {})
                while listener.next()["phase"] != phase:
                    pass
                self.restart()
            self.assertEqual(self.daemon.api("GET", programmes), before, phase)
        self.assertEqual(self.daemon.refresh(path)["state"], "good")
        with contextlib.closing(sqlite3.connect(pathlib.Path(self.folder.name) / "relevo.db")) as database:
            self.assertEqual(database.execute("SELECT count(*) FROM guide_edition").fetchone(), (1,))

    def test_a_full_disk_leaves_the_lineup(self):
        probe = subprocess.run(["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", self.folder.name], check=False,
                               capture_output=True)
        if probe.returncode != 0:
            self.skipTest("a small disk needs the right to mount one")
        small_disk = f"mount -t tmpfs -o size=3m tmpfs {self.folder.name} && exec \"$@\""
        self.daemon.end()
        self.daemon.close()
        self.daemon = Daemon(RELEVOD, self.folder.name, ["unshare", "--mount", "sh", "-c", small_disk, "sh"])
        account = self.make_account()
        self.daemon.refresh(account)
        lineup = self.lineup()
        # First there is no room for the list, then there is for the list and not for its streams.
        for rows, reason in ((60000, "No space left"), (8000, "full")):
            self.daemon.api("PATCH", account, {"location": self.provided(f"/list.m3u?rows={rows}"), "shrink_percent": 100})
            state = self.daemon.refresh(account, {"accept_losses": True})
            self.assertEqual((rows, state["state"]), (rows, "failed"))
            self.assertIn(reason, state["message"])
            self.assertEqual(self.lineup(), lineup)
        self.daemon.api("PATCH", account, {"location": self.provided("/list.m3u")})
        self.assertEqual(self.daemon.refresh(account)["state"], "good")
        self.assertEqual(self.lineup(), lineup)

    def test_a_refresh_can_be_ended(self):
        account = self.make_account(location=self.provided("/list.m3u?rows=60000&fault=drip:20000"))
        self.daemon.api("POST", account + "/refresh", {})
        status, answer = self.daemon.ask("POST", f"/api/v1{account}/refresh", {})
        self.assertEqual((status, answer["error"]["code"]), (409, "running"))
        with contextlib.closing(Listener(self.daemon.port)) as listener:
            self.daemon.api("DELETE", account + "/refresh")
            listener.until("refreshed")
        self.assertEqual(self.daemon.api("GET", account)["state"]["state"], "failed")
        self.assertEqual(self.daemon.api("GET", "/alerts"), [])

    def test_how_a_refresh_goes_can_be_asked(self):
        account = self.make_account()
        self.assertIsNone(self.daemon.api("GET", account + "/refresh"))
        self.daemon.api("PATCH", account, {"location": self.provided("/list.m3u?rows=60000&fault=drip:20000")})
        self.daemon.api("POST", account + "/refresh", {})
        event = self.daemon.api("GET", account + "/refresh")
        self.assertEqual((event["event"], event["phase"]), ("refreshing", "download"))
        with contextlib.closing(Listener(self.daemon.port)) as listener:
            self.daemon.api("DELETE", account + "/refresh")
            ended = listener.until("refreshed")[-1]
        self.assertEqual(self.daemon.api("GET", account + "/refresh"), ended)
        self.assertEqual(ended["outcome"], "failed")

    def set_up_everything(self):
        """An account, a panel with a login and a group that is not wanted, a guide, two channels with streams."""
        account = self.make_account(filters=[{"pattern": "never"}], requests={"user_agent": "Player/1"})
        self.daemon.refresh(account)
        panel = self.make_account(name="Panel", kind="xtream", location=self.provided(""))
        self.daemon.api("POST", panel + "/logins", {"name": "joe", "username": "joe", "password": "secret"})
        self.daemon.refresh(panel)
        group = self.daemon.api("GET", panel + "/groups")[-1]
        self.daemon.api("PATCH", f"/groups/{group['id']}", {"wanted": False})
        guide = self.daemon.api("POST", "/guides", {"name": "Guide", "location": self.provided("/guide.xml"), "refresh": ""})
        for name, number in (("One", "1"), ("Two", "2.1")):
            channel = self.daemon.api("POST", "/channels", {"name": name, "number": number, "custom": {"a": 1},
                                                            "guide": {"source": guide["id"], "channel": name}})
            streams = [self.daemon.api("GET", f"/streams?kind=live&account={of.split('/')[-1]}&limit=3&offset={number[0]}")
                       for of in (panel, account)]
            streams = [{"stream": stream["id"]} for page in streams for stream in page["items"]]
            for wanted in (streams, streams[:-1]):  # the last one is taken out again
                self.daemon.api("PUT", f"/channels/{channel['id']}/streams", wanted)
        self.rule_for(panel, first=100)
        self.daemon.api("POST", "/channels/sync", {})
        self.daemon.api("PATCH", f"/streams/{self.daemon.api('GET', '/streams')['items'][7]['id']}", {"custom": {"mine": 1}})
        profile = self.daemon.api("POST", "/profiles", {"name": "Kids"})
        self.daemon.api("PUT", f"/profiles/{profile['id']}/channels", [channel["id"]])
        self.daemon.api("POST", "/dummy-rules", {"name": "Fights", "pattern": "PPV (?<title>.*)"})
        own = self.daemon.api("POST", "/stream-profiles", {"name": "Mine", "kind": "command", "command": "cat {streamUrl}"})
        for choice in (f"/channels/{channel['id']}", f"/streams/{self.daemon.api('GET', '/streams')['items'][7]['id']}"):
            self.daemon.api("PATCH", choice, {"stream_profile": own["id"]})
        self.daemon.api("POST", "/web-hooks", {"url": "http://127.0.0.1:1/told", "kinds": ["refreshed"], "secret": "s",
                                               "enabled": False})
        return account, panel

    def test_an_export_makes_another_daemon_the_same(self):
        self.set_up_everything()
        file = self.daemon.api("GET", "/export")
        self.assertEqual(file["accounts"][1]["logins"][0]["password"], "secret")
        self.assertEqual(file["web_hooks"], [{"url": "http://127.0.0.1:1/told", "kinds": ["refreshed"], "secret": "s",
                                              "enabled": False}])
        self.assertEqual([len(channel["streams"]) for channel in file["channels"][:2]], [5, 5])
        self.assertGreater(len(file["channels"]), 250)
        self.assertEqual([one["name"] for one in file["stream_profiles"]], ["Mine"])
        self.assertEqual((file["channels"][1]["stream_profile"], file["properties"][0]["stream_profile"]), ("Mine", "Mine"))
        streams = [json.dumps([one[key] for key in ("account", "kind", "name", "url", "provider_id", "group", "tvg_id")])
                   for channel in file["channels"] for one in channel["streams"] + channel["separated"]]
        used = sum(len(channel["streams"]) for channel in file["channels"])
        waiting = len(set(streams)) + 1  # the last has properties alone
        with tempfile.TemporaryDirectory() as folder, contextlib.closing(Daemon(RELEVOD, folder)) as other:
            done = other.api("POST", "/import", file)
            self.assertEqual(done, {"accounts": 2, "guides": 1, "channels": len(file["channels"]), "streams": used,
                                    "waiting": waiting, "problems": []})
            self.assertEqual(other.api("GET", "/streams?missing=true")["total"], waiting)
            self.assertEqual(other.api("GET", "/export"), file)
            for account in other.api("GET", "/accounts"):
                self.assertEqual(other.refresh(f"/accounts/{account['id']}")["state"], "good")
            self.assertEqual(other.api("GET", "/streams?missing=true")["total"], 0)
            self.assertEqual(other.api("GET", "/export"), file)
            linked = other.api("GET", "/streams?used=true")["items"]
            self.assertTrue(all(stream["logo"] for stream in linked))  # the list told more than the file
            again = other.api("POST", "/import", file)
            self.assertEqual((again["streams"], again["waiting"]), (used, 0))
            self.assertEqual(other.api("GET", "/export"), file)

    def test_stream_profiles_are_chosen_from(self):
        stock = self.daemon.api("GET", "/stream-profiles")
        self.assertEqual([(one["name"], one["kind"], one["stock"]) for one in stock],
                         [("Proxy", "proxy", True), ("Redirect", "redirect", True), ("FFmpeg", "command", True),
                          ("Streamlink", "command", True), ("VLC", "command", True)])
        own = self.daemon.api("POST", "/stream-profiles", {"name": "Mine", "kind": "command",
                                                           "command": stock[2]["command"] + " -y"})
        path = f"/stream-profiles/{own['id']}"
        own = self.daemon.api("PATCH", path, {"user_agent": "Player/1"})
        self.assertEqual(self.daemon.api("GET", path), own)
        self.assertEqual(self.daemon.api("GET", "/stream-profiles")[-1], own)
        channel = self.daemon.api("POST", "/channels", {"name": "News", "stream_profile": own["id"]})
        self.assertEqual((channel["stream_profile"], channel["slate"]), (own["id"], ""))
        slate = pathlib.Path(self.folder.name) / "slate.ts"
        slate.touch()
        of_channel = f"/channels/{channel['id']}"
        self.assertEqual(self.daemon.api("PATCH", of_channel, {"slate": str(slate)})["slate"], str(slate))
        refused = [
            ("POST", "/stream-profiles", {"name": "Mine"}, 409, "conflict", None),
            ("POST", "/stream-profiles", {"name": ""}, 400, "invalid", "name"),
            ("POST", "/stream-profiles", {"name": "a", "command": "cat"}, 400, "invalid", "command"),
            ("POST", "/stream-profiles", {"name": "a", "kind": "command"}, 400, "invalid", "command"),
            ("POST", "/stream-profiles", {"name": "a", "kind": "command", "command": "cat {url}"}, 400, "invalid", "command"),
            ("POST", "/stream-profiles", {"name": "a", "stock": True}, 400, "invalid", "stock"),
            ("PATCH", f"/stream-profiles/{stock[0]['id']}", {"name": "a"}, 409, "conflict", None),
            ("DELETE", f"/stream-profiles/{stock[0]['id']}", None, 409, "conflict", None),
            ("GET", "/stream-profiles/99", None, 404, "not-found", None),
            ("PATCH", of_channel, {"stream_profile": 99}, 400, "invalid", "stream_profile"),
            ("PATCH", of_channel, {"slate": "slate.ts"}, 400, "invalid", "slate"),
            ("PATCH", of_channel, {"slate": str(slate) + "x"}, 400, "invalid", "slate"),
            ("PATCH", of_channel, {"slate": self.folder.name}, 400, "invalid", "slate"),
        ]
        for method, where, body, status, code, at in refused:
            with self.subTest(where=where, body=body):
                answered, answer = self.daemon.ask(method, "/api/v1" + where, body)
                self.assertEqual((answered, answer["error"]["code"], answer["error"].get("where")), (status, code, at))
        self.daemon.api("DELETE", path)
        self.assertIsNone(self.daemon.api("GET", of_channel)["stream_profile"])

    def test_what_is_wrong_is_told_in_a_word_and_figures(self):
        words = self.daemon.api("GET", "/openapi.json")["components"]["schemas"]
        for body, flaw, figures in (({"name": ""}, "empty", None),
                                    ({"name": "G", "location": "/g", "past_days": 900}, "out-of-range", {"least": 0, "most": 365}),
                                    ({"name": "G", "location": "/g", "refresh": "now"}, "schedule", None),
                                    ({"name": 5}, "unfit", None)):
            with self.subTest(body=body):
                status, answer = self.daemon.ask("POST", "/api/v1/guides", body)
                error = answer["error"]
                self.assertEqual((status, error["flaw"], error.get("figures")), (400, flaw, figures))
                self.assertIn(flaw, words["Flaw"]["enum"])

    def test_an_import_is_done_whole_or_not_at_all(self):
        self.set_up_everything()
        file = self.daemon.api("GET", "/export")
        edits = [
            (lambda new: new.pop("relevo_export"), "relevo_export: this is no exported configuration"),
            (lambda new: new.update(relevo_export=2), "relevo_export: was exported by another version of Relevo"),
            (lambda new: new.update(more=[]), 'there is no "more"'),
            (lambda new: new["accounts"][0].update(name=7), "accounts: [0]: name: must be a string"),
            (lambda new: new["accounts"][0].update(stale_days=-1), 'accounts, "Ours": must be 0 to 3650'),
            (lambda new: new["accounts"][1].update(kind="m3u"),
             'accounts, "Panel": there is an account of another kind with this name'),
            (lambda new: new["stream_profiles"][0].update(name="VLC"),
             'stream_profiles, "VLC": a profile with this name comes with Relevo, and stays as it is'),
            (lambda new: new["channels"][1].update(name=""), 'channels, "": must not be empty'),
        ]
        for edit, message in edits:
            with self.subTest(message):
                new = json.loads(json.dumps(file))
                new["accounts"][0]["priority"] = 9
                edit(new)
                status, answer = self.daemon.ask("POST", "/api/v1/import", new)
                error = answer["error"]
                where = error.get("where")
                self.assertEqual((status, f"{where}: {error['message']}" if where else error["message"]), (400, message))
                self.assertEqual(self.daemon.api("GET", "/export"), file)

    def test_an_import_tells_what_it_could_not_link(self):
        self.set_up_everything()
        file = self.daemon.api("GET", "/export")
        file["guides"] = []
        file["accounts"] = file["accounts"][:1]
        file["channels"] = file["channels"][:2]
        with tempfile.TemporaryDirectory() as folder, contextlib.closing(Daemon(RELEVOD, folder)) as other:
            done = other.api("POST", "/import", file)
        self.assertEqual((done["channels"], done["streams"]), (2, 4))
        self.assertEqual(done["problems"][0], 'channel "One": there is no guide "Guide"')
        self.assertIn('channel "Two": there is no account "Panel" for the stream ', done["problems"][-1])
        self.assertEqual(len(done["problems"]), 8)

    def test_a_backup_is_a_database(self):
        account = self.make_account()
        self.daemon.refresh(account)
        status, data = self.daemon.ask("GET", "/api/v1/backup")
        self.assertEqual(status, 200)
        file = pathlib.Path(self.folder.name) / "copy.db"
        file.write_bytes(data)
        with contextlib.closing(sqlite3.connect(file)) as copy:
            self.assertEqual(copy.execute("PRAGMA integrity_check").fetchone(), ("ok",))
            self.assertEqual(copy.execute("SELECT count(*) FROM stream").fetchone(), (300,))

    def test_what_is_wrong_is_told(self):
        account = self.make_account()
        rows = [
            ("POST", "/accounts", {"name": "Ours", "location": "x"}, 409, "conflict", None),
            ("POST", "/accounts", {"name": " ", "location": "x"}, 400, "invalid", "name"),
            ("POST", "/accounts", {"name": "a", "kind": "xtream"}, 400, "invalid", "location"),
            ("POST", "/accounts", {"name": "a", "location": "x", "refresh": "61 * * * *"}, 400, "invalid", "refresh"),
            ("POST", "/accounts", {"name": "a", "location": "x", "filters": [{"pattern": "("}]}, 400, "invalid", "filters[0]"),
            ("PATCH", account, {"kind": "manual"}, 400, "invalid", "kind"),
            ("PATCH", account, {"nam": "x"}, 400, "invalid", None),
            ("GET", "/accounts/99", None, 404, "not-found", None),
            ("GET", "/accounts/x", None, 404, "not-found", None),
            ("DELETE", "/alerts/1", None, 404, "not-found", None),
            ("GET", "/streams?limit=1001", None, 400, "invalid", "limit"),
            ("GET", "/streams?sort=url", None, 400, "invalid", "sort"),
            ("GET", "/streams?kind=radio", None, 400, "invalid", "kind"),
            ("GET", "/streams?foo=1", None, 400, "invalid", "foo"),
            ("PATCH", "/streams/1", {"name": "x"}, 404, "not-found", None),
            ("PATCH", "/groups/1", {"sync": None}, 404, "not-found", None),
            ("POST", "/channels/rename", {"channels": [], "search": "("}, 400, "invalid", None),
            ("POST", "/channels/renumber", {"channels": [1]}, 400, "invalid", None),
            ("POST", "/channels/merge", {"channels": [1]}, 400, "invalid", None),
            ("POST", "/channels/separate", {"channels": [1, 9]}, 400, "invalid", None),
            ("POST", "/channels/confirm", {"channels": []}, 400, "invalid", None),
            ("POST", "/channels/9/split", {"streams": [1]}, 404, "not-found", None),
            ("POST", "/channels/9/move", {"after": 1}, 404, "not-found", None),
            ("POST", "/dummy-rules", {"name": "x", "pattern": "("}, 400, "invalid", None),
            ("GET", "/channels/9/programmes", None, 404, "not-found", None),
            ("PUT", "/profiles/9/channels", [], 404, "not-found", None),
            ("POST", "/channels", {"name": "x", "number": "a"}, 400, "invalid", "number"),
            ("POST", "/channels", [], 400, "invalid", None),
            ("POST", "/channels", {"name": "x", "guide": {"source": 9, "channel": "x"}}, 409, "conflict", None),
            ("POST", account + "/refresh", {"now": True}, 400, "invalid", "now"),
        ]
        for method, path, body, status, code, where in rows:
            with self.subTest(f"{method} {path} {body}"):
                found, answer = self.daemon.ask(method, "/api/v1" + path, body)
                self.assertEqual((found, answer["error"]["code"], answer["error"].get("where")), (status, code, where), answer)
                self.assertTrue(answer["error"]["message"])

    def test_strangers_are_refused(self):
        for headers, code in (({"Host": "evil.example"}, 401), ({"Origin": "http://evil.example"}, 403)):
            status, answer = self.daemon.ask("GET", "/api/v1/accounts", headers=headers)
            self.assertEqual(status, code, answer)

    def test_everything_is_described(self):
        needed = {"/api/v1/guide-programmes": "?q=news"}
        description = self.daemon.api("GET", "/openapi.json")
        self.assertEqual(description["openapi"], "3.0.3")
        for path, methods in description["paths"].items():
            for method, operation in methods.items():
                self.assertTrue(operation["summary"], path)
                names = [parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "path"]
                self.assertEqual(names, re.findall(r"{(\w+)}", path))
                if method == "get" and not names and path not in ("/api/v1/events", "/api/v1/backup"):
                    self.assertEqual(self.daemon.ask("GET", path + needed.get(path, ""))[0], 200, path)
        self.assertIn("kind", description["paths"]["/api/v1/accounts"]["post"]["requestBody"]["content"]
                      ["application/json"]["schema"]["properties"])

    def test_one_daemon_for_one_state(self):
        done = subprocess.run([RELEVOD, "--listen", "127.0.0.1:0", "--state", self.folder.name], capture_output=True,
                              text=True, timeout=DEADLINE_S, check=False)
        self.assertEqual((done.returncode, done.stderr),
                         (5, f"relevod: error: another relevod uses {self.folder.name}\n"))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[4:]], verbosity=2)
