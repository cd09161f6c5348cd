#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""relevoctl against a running relevod: what it prints, what it changes, and how it ends."""

import contextlib
import json
import pathlib
import sqlite3
import stat
import subprocess
import sys
import tempfile
import unittest

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from relevod import DEADLINE_S, Daemon, Process  # noqa: E402

RELEVOCTL, RELEVOD, PROVIDER, MEDIA = sys.argv[1:5]


class RelevoCtl(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.provider = Process([PROVIDER, "--media", MEDIA, "--rows", "300", "--login", "joe:secret:2"],
                               r":(\d+)", stdout=subprocess.PIPE)
        cls.addClassCleanup(cls.provider.close)

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.daemon = self.start("state")

    def start(self, name):
        daemon = Daemon(RELEVOD, self.folder / name)
        self.addCleanup(daemon.close)
        return daemon

    def provided(self, path):
        return f"http://127.0.0.1:{self.provider.port}{path}"

    def run_plain(self, *words, text=None):
        """Status, standard output and standard error."""
        done = subprocess.run([RELEVOCTL, *map(str, words)], input=text, capture_output=True, text=True,
                              timeout=DEADLINE_S, check=False)
        return done.returncode, done.stdout, done.stderr

    def run_with(self, daemon, *words, text=None):
        return self.run_plain("--url", f"http://127.0.0.1:{daemon.port}/", *words, text=text)

    def run_bad(self, *words, text=None):
        return self.run_with(self.daemon, *words, text=text)

    def run_good(self, *words, text=None):
        status, out, errors = self.run_bad(*words, text=text)
        self.assertEqual((status, errors), (0, ""))
        return out

    def add_account(self):
        self.assertEqual(self.run_good("accounts", "add", "Ours", self.provided("/list.m3u"), "--refresh="), "")
        self.assertEqual(self.run_good("accounts", "refresh", "Ours"), "done: 300 listed, 300 added\n")

    def test_accounts(self):
        out = self.run_good("accounts", "add", "Ours", self.provided("/list.m3u"), "--refresh=")
        self.assertEqual(out, "")
        out = self.run_good("accounts", "refresh", "Ours", "--dry-run")
        self.assertTrue(out.startswith("would be: 300 listed, 300 added\n+ "), out)
        self.assertEqual(len(out.splitlines()), 101)
        self.assertEqual(self.daemon.api("GET", "/streams")["total"], 0)
        self.add_panel()
        lines = self.run_good("accounts", "list").splitlines()
        self.assertEqual(lines[0].split(), ["NAME", "KIND", "STATE", "REFRESHED", "LOCATION", "MESSAGE"])
        self.assertEqual(lines[1].split()[:4], ["Ours", "m3u", "new", "never"])
        self.assertEqual(lines[2].split()[:3], ["Panel", "xtream", "good"])
        self.run_good("accounts", "remove", "Panel")
        self.assertEqual([account["name"] for account in self.daemon.api("GET", "/accounts")], ["Ours"])

    def add_panel(self):
        self.run_good("accounts", "add", "Panel", self.provided(""), "--kind=xtream", "--login", "joe:secret", "--refresh=")
        self.assertIn(" added", self.run_good("accounts", "refresh", "Panel"))

    def test_losses_wait_for_a_word(self):
        self.add_account()
        account = self.daemon.api("GET", "/accounts")[0]
        self.daemon.api("PATCH", f"/accounts/{account['id']}", {"location": self.provided("/list.m3u?fault=half")})
        objection = "the list lacks 150 of 300 streams: nothing was changed"
        self.assertEqual(self.run_bad("accounts", "refresh", "Ours"), (1, "", f"relevoctl: {objection}\n"))
        self.assertIn(f"losses  Ours: {objection}", self.run_good("alerts"))
        out = self.run_good("accounts", "refresh", "Ours", "--dry-run")
        self.assertEqual(out.count("\n- "), 100)
        self.assertTrue(out.startswith("would be: 150 listed, 150 vanished\n"), out)
        self.assertEqual(self.run_good("accounts", "refresh", "Ours", "--accept-losses"), "done: 150 listed, 150 vanished\n")

    def test_guides(self):
        self.run_good("guides", "add", "Guide", self.provided("/guide.xml?programmes=2"), "--refresh=")
        self.assertRegex(self.run_good("guides", "refresh", "Guide"), r"^done: \d+ channels")
        self.assertEqual(self.run_good("guides", "list").splitlines()[1].split()[:2], ["Guide", "good"])
        self.run_good("guides", "remove", "Guide")
        self.assertEqual(self.daemon.api("GET", "/guides"), [])

    def test_channels_of_streams(self):
        self.add_account()
        streams = self.daemon.api("GET", "/streams?limit=2")["items"]
        lines = self.run_good("streams", "list").splitlines()
        self.assertEqual(len(lines), 301)
        found = self.run_good("streams", "list", "--search", streams[1]["name"]).splitlines()
        self.assertIn(str(streams[1]["id"]), [line.split()[0] for line in found])
        self.assertLess(len(found), 20)
        ids = [str(stream["id"]) for stream in reversed(streams)]
        uuid = self.run_good("channels", "add", "--number", "5.1", "--group=UK", "--stream", ids[0], "--stream", ids[1],
                             "--", "-1 News")
        channel = self.daemon.api("GET", "/channels")["items"][0]
        self.assertEqual((channel["uuid"], channel["name"], channel["group"]), (uuid.strip(), "-1 News", "UK"))
        kept = self.daemon.api("GET", f"/channels/{channel['id']}/streams")
        self.assertEqual([str(one["stream"]) for one in kept], ids)
        self.assertIn(f"5.1     -1 News  UK     {uuid}", self.run_good("channels", "list"))
        self.assertEqual(self.run_bad("channels", "add", "Two", "--stream", "9999"),
                         (1, "", "relevoctl: there is no stream 9999\n"))
        self.assertEqual(self.daemon.api("GET", "/channels")["total"], 1)

    def test_channels_of_lists(self):
        self.run_good("accounts", "add", "Home", "", "--refresh=")
        self.assertEqual(self.run_bad("accounts", "refresh", "Home"), (1, "", "relevoctl: no list was uploaded yet\n"))
        names = ["UK: News HD", "UK: News SD", "UK: Sport", "UK: ##### UK #####"]
        file = self.folder / "list.m3u"
        file.write_text("#EXTM3U\n" + "".join(f'#EXTINF:-1 group-title="UK",{name}\nhttp://a/{number}\n'
                                              for number, name in enumerate(names)), encoding="utf-8")
        self.assertEqual(self.run_good("accounts", "upload", "Home", file), "done: 4 listed, 4 added\n")
        self.run_good("groups", "sync", "Home", "UK", "--first", 100, "--exclude", "###", "--search", "^UK: ", "--replacement", "")
        self.assertIn("live  UK    yes     next-free 100-", self.run_good("groups", "list", "Home"))
        self.assertEqual(self.run_good("channels", "sync", "--dry-run"),
                         "+ 100 News HD (2 streams)\n+ 101 Sport (1 streams)\nwould be: 2 created\n")
        self.assertEqual(self.daemon.api("GET", "/channels")["total"], 0)
        self.assertEqual(self.run_good("accounts", "refresh", "Home"), "unchanged\nchannels: 2 created\n")
        self.assertEqual(self.run_good("channels", "sync"), "done: 2 unchanged\n")
        self.run_good("guides", "add", "Guide", self.provided("/guide.xml?programmes=2"), "--refresh=")
        self.run_good("guides", "refresh", "Guide")
        self.assertIn("2 none", self.run_good("guides", "match"))
        self.assertEqual(self.run_good("guides", "review"), "CHANNEL  CANDIDATE  SCORE  REASON\n")
        self.run_good("groups", "sync", "Home", "UK", "--off")
        self.assertEqual(self.run_good("channels", "sync").splitlines()[-1], "done: 2 removed")
        self.assertEqual(self.run_bad("groups", "sync", "Home", "XX", "--off"),
                         (1, "", 'relevoctl: the account has no group "XX" of live streams\n'))
        status, _, error = self.run_bad("groups", "sync", "Home", "UK", "--include", "(")
        self.assertEqual((status, error.startswith("relevoctl: sync: include: ")), (1, True), error)

    def test_nothing_plays(self):
        self.assertEqual(self.run_good("sessions"), "CHANNEL  STATE  SOURCE  STREAM  SWITCHES  VIEWERS\n")

    def test_a_configuration_moves(self):
        self.add_account()
        self.add_panel()
        stream = self.daemon.api("GET", "/streams?kind=live&limit=1&sort=-id")["items"][0]
        self.run_good("channels", "add", "One", "--stream", stream["id"])
        file = self.folder / "relevo.json"
        self.assertEqual(self.run_good("export", file), "")
        self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)
        text = self.run_good("export", "-")
        self.assertEqual(file.read_text(), text)
        self.assertEqual(json.loads(text)["accounts"][1]["logins"][0]["password"], "secret")
        other = self.start("other")
        self.assertEqual(self.run_with(other, "import", "-", text=text),
                         (0, "2 accounts, 0 guides, 1 channels with 1 streams\n"
                             "1 streams are not known yet: a refresh of their account finds them\n", ""))
        self.assertIn(" missing", self.run_with(other, "streams", "list")[1])
        self.assertEqual(self.run_with(other, "accounts", "refresh", "Panel")[0], 0)
        self.assertEqual(self.run_with(other, "export", "-")[1], text)
        used = other.api("GET", "/streams?used=true")["items"]
        self.assertEqual([(one["name"], one["missing_since"]) for one in used], [(stream["name"], None)])

        without = json.loads(text) | {"accounts": []}
        self.assertEqual(self.run_with(self.start("third"), "import", "-", text=json.dumps(without)),
                         (1, "0 accounts, 0 guides, 1 channels with 0 streams\n",
                          f'relevoctl: channel "One": there is no account "Panel" for the stream "{stream["name"]}"\n'))

    def test_a_backup(self):
        self.add_account()
        file = self.folder / "copy.db"
        self.assertEqual(self.run_good("backup", file), "")
        self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)
        with contextlib.closing(sqlite3.connect(file)) as copy:
            self.assertEqual(copy.execute("SELECT count(*) FROM stream").fetchone(), (300,))

    def test_what_is_wrong_is_said_in_one_line(self):
        self.run_good("accounts", "add", "Ours", "/nowhere/list.m3u", "--refresh", "")
        broken = self.folder / "broken.json"
        broken.write_text("{")
        nothing = self.folder / "nothing"
        rows = [
            ([], 2, "which command? See relevoctl --help"),
            (["acounts"], 2, 'there is no command "acounts". See relevoctl --help'),
            (["accounts"], 2, "accounts: to do what? See relevoctl --help"),
            (["accounts", "show"], 2, 'there is no command "accounts show". See relevoctl --help'),
            (["accounts", "add", "A"], 2, "LOCATION is missing"),
            (["accounts", "add", "A", "b", "c"], 2, '"c" is one word too many'),
            (["accounts", "add", "A", "b", "--login"], 2, "--login needs a value"),
            (["accounts", "add", "A", "b", "--login", "joe"], 2, "--login needs USER:PASSWORD"),
            (["accounts", "list", "--all"], 2, "there is no option --all here"),
            (["accounts", "add", "A", "b", "--kind", "disc"], 1, "kind: must be one of m3u, xtream, database, manual"),
            (["accounts", "add", "Ours", "b"], 1, "this contradicts what is there already (a name that is taken?)"),
            (["accounts", "refresh", "Theirs"], 1, 'there is no account "Theirs"'),
            (["accounts", "refresh", "Ours"], 1, "cannot read /nowhere/list.m3u: No such file or directory"),
            (["accounts", "refresh", "Ours", "--dry-run"], 1, "cannot read /nowhere/list.m3u: No such file or directory"),
            (["guides", "remove", "Ours"], 1, 'there is no guide "Ours"'),
            (["channels", "add", "A", "--stream", "x"], 2, '--stream needs the number of a stream, not "x"'),
            (["channels", "add", "A", "--number", "x"], 1, None),
            (["import", broken], 2, f"{broken}: is no JSON"),
            (["import", nothing], 2, f"{nothing}: No such file or directory"),
            (["backup", nothing / "file"], 2, f"{nothing / 'file.part'}: No such file or directory"),
            (["import", "-"], 1, "relevo_export: this is no exported configuration"),
        ]
        for words, status, message in rows:
            with self.subTest(words):
                found, out, errors = self.run_bad(*words, text="{}")
                self.assertEqual((found, out), (status, ""), errors)
                self.assertRegex(errors, r"^relevoctl: [^\n]+\n$")
                if message:
                    self.assertEqual(errors, f"relevoctl: {message}\n")
        self.assertEqual(self.daemon.api("GET", "/channels")["total"], 0)
        self.assertEqual(len(self.daemon.api("GET", "/accounts")), 1)

    def test_a_refused_login_leaves_no_account(self):
        status, _, errors = self.run_bad("accounts", "add", "A", "http://a", "--login", ":secret")
        self.assertEqual((status, errors), (1, "relevoctl: name: must not be empty\n"))
        self.assertEqual(self.daemon.api("GET", "/accounts"), [])

    def test_nobody_answers(self):
        self.daemon.end()
        status, out, errors = self.run_bad("accounts", "list")
        self.assertEqual((status, out), (1, ""))
        self.assertRegex(errors, r"^relevoctl: .*127\.0\.0\.1.*\n$")
        status, out, errors = self.run_plain("--url", self.provided(""), "accounts", "list")
        self.assertEqual((status, out, errors), (1, "", "relevoctl: HTTP status 401: is this a relevod?\n"))
        copy = self.folder / "copy.db"
        self.assertEqual(self.run_plain("--url", self.provided(""), "backup", copy)[0], 1)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["state"])

    def test_help_has_examples(self):
        for words in (["--help"], ["accounts", "add", "-h"]):
            status, out, errors = self.run_plain(*words)
            self.assertEqual((status, errors), (0, ""))
            self.assertTrue(out.startswith("usage: relevoctl "))
            self.assertIn("PASSWORDS", out)
            self.assertIn("\nexamples:\n", out)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[5:]], verbosity=2)
