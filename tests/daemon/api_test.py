#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The admin API through the real daemon, with a provider that has faults."""

import contextlib
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
        self.assertEqual(self.daemon.api("GET", "/streams?used=true")["total"], 2)
        self.assertEqual(self.daemon.api("GET", "/channels?q=new&group=UK")["total"], 1)

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

    def test_a_guide(self):
        guide = {"name": "Guide", "location": self.provided(f"/guide.xml?start={int(time.time())}&programmes=4"), "refresh": ""}
        path = f"/guides/{self.daemon.api('POST', '/guides', guide)['id']}"
        state = self.daemon.refresh(path)
        self.assertEqual((state["state"], state["message"]), ("good", ""))
        channel = self.daemon.api("GET", "/guide-channels?limit=1")["items"][0]
        programmes = self.daemon.api("GET", f"{path}/programmes?channel={channel['channel']}")
        self.assertGreaterEqual(len(programmes), 1)
        self.assertTrue(all(one["title"] and one["start"] < one["stop"] for one in programmes))

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
            streams = [self.daemon.api("GET", f"/streams?kind=live&account={of.split('/')[-1]}&limit=2&offset={number[0]}")
                       for of in (panel, account)]
            self.daemon.api("PUT", f"/channels/{channel['id']}/streams",
                            [{"stream": stream["id"]} for page in streams for stream in page["items"]])
        return account, panel

    def test_an_export_makes_another_daemon_the_same(self):
        self.set_up_everything()
        file = self.daemon.api("GET", "/export")
        self.assertEqual(file["accounts"][1]["logins"][0]["password"], "secret")
        self.assertEqual([len(channel["streams"]) for channel in file["channels"]], [4, 4])
        with tempfile.TemporaryDirectory() as folder, contextlib.closing(Daemon(RELEVOD, folder)) as other:
            done = other.api("POST", "/import", file)
            self.assertEqual(done, {"accounts": 2, "guides": 1, "channels": 2, "streams": 8, "waiting": 6, "problems": []})
            self.assertEqual(other.api("GET", "/streams?missing=true")["total"], 6)  # both channels share two of them
            self.assertEqual(other.api("GET", "/export"), file)
            for account in other.api("GET", "/accounts"):
                self.assertEqual(other.refresh(f"/accounts/{account['id']}")["state"], "good")
            self.assertEqual(other.api("GET", "/streams?missing=true")["total"], 0)
            self.assertEqual(other.api("GET", "/export"), file)
            used = other.api("GET", "/streams?used=true")["items"]
            self.assertEqual(len(used), 6)
            self.assertTrue(all(stream["logo"] for stream in used))  # the list told more than the file
            again = other.api("POST", "/import", file)
            self.assertEqual((again["streams"], again["waiting"]), (8, 0))
            self.assertEqual(other.api("GET", "/export"), file)

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
        with tempfile.TemporaryDirectory() as folder, contextlib.closing(Daemon(RELEVOD, folder)) as other:
            done = other.api("POST", "/import", file)
        self.assertEqual((done["channels"], done["streams"]), (2, 4))
        self.assertEqual(done["problems"][0], 'channel "One": there is no guide "Guide"')
        self.assertIn('channel "Two": there is no account "Panel" for the stream ', done["problems"][-1])
        self.assertEqual(len(done["problems"]), 6)

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
            ("POST", "/accounts", {"name": "a"}, 400, "invalid", "location"),
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
            ("POST", "/channels", {"name": "x", "number": "a"}, 400, "invalid", None),
            ("POST", "/channels", {"name": "x", "guide": {"source": 9, "channel": "x"}}, 409, "conflict", None),
            ("POST", account + "/refresh", {"now": True}, 400, "invalid", "now"),
        ]
        for method, path, body, status, code, where in rows:
            with self.subTest(f"{method} {path} {body}"):
                found, answer = self.daemon.ask(method, "/api/v1" + path, body)
                self.assertEqual((found, answer["error"]["code"], answer["error"].get("where")), (status, code, where), answer)
                self.assertTrue(answer["error"]["message"])

    def test_strangers_are_refused(self):
        for headers in ({"Host": "evil.example"}, {"Origin": "http://evil.example"}):
            status, answer = self.daemon.ask("GET", "/api/v1/accounts", headers=headers)
            self.assertEqual(status, 403, answer)

    def test_everything_is_described(self):
        description = self.daemon.api("GET", "/openapi.json")
        self.assertEqual(description["openapi"], "3.0.3")
        for path, methods in description["paths"].items():
            for method, operation in methods.items():
                self.assertTrue(operation["summary"], path)
                names = [parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "path"]
                self.assertEqual(names, re.findall(r"{(\w+)}", path))
                if method == "get" and not names and path not in ("/api/v1/events", "/api/v1/backup"):
                    self.assertEqual(self.daemon.ask("GET", path)[0], 200, path)
        self.assertIn("kind", description["paths"]["/api/v1/accounts"]["post"]["requestBody"]["content"]
                      ["application/json"]["schema"]["properties"])

    def test_one_daemon_for_one_state(self):
        done = subprocess.run([RELEVOD, "--listen", "127.0.0.1:0", "--state", self.folder.name], capture_output=True,
                              text=True, timeout=DEADLINE_S, check=False)
        self.assertEqual((done.returncode, done.stderr),
                         (5, f"relevod: error: another relevod uses {self.folder.name}\n"))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[4:]], verbosity=2)
