#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Users, keys, sessions and networks through the real daemon. Who comes from elsewhere is played by a trusted proxy.

Usage: access_test.py RELEVOD RELEVOCTL"""

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
from relevod import DEADLINE_S, Daemon, Listener  # noqa: E402

RELEVOD, RELEVOCTL = sys.argv[1:3]
HOME, AWAY = "192.168.1.7", "203.0.113.9"
PASSWORD = "correct horse"


class Client:
    """Somebody who comes from an address, with the headers that he keeps."""

    def __init__(self, daemon, address, **headers):
        self.daemon = daemon
        self.headers = {"X-Forwarded-For": address, "Content-Type": "application/json"} | headers
        self.answer_headers = None

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.daemon.port, timeout=DEADLINE_S)
        try:
            connection.request(method, path, None if body is None else json.dumps(body), self.headers | headers)
            answer = connection.getresponse()
            self.answer_headers = answer.headers
            data = answer.read()
            return answer.status, json.loads(data) if data and "json" in answer.getheader("Content-Type", "") else data
        finally:
            connection.close()

    def code(self, method, path, body=None, **headers):
        """"" where it worked."""
        status, answer = self.ask(method, path, body, **headers)
        return "" if status < 400 else f"{status} {answer['error']['code']}"

    def log_in(self, name, password=PASSWORD):
        status, answer = self.ask("POST", "/api/v1/login", {"name": name, "password": password})
        if status != 200:
            raise AssertionError(f"{name}: {status} {answer}")
        self.take_session(answer)
        return answer

    def take_session(self, answer):
        self.headers["Cookie"] = self.answer_headers["Set-Cookie"].split(";")[0]
        self.headers["X-CSRF-Token"] = answer["csrf"]


class Access(unittest.TestCase):
    settings = ""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.daemon = None
        self.start()
        self.addCleanup(lambda: self.daemon.close())

    def start(self, settings="", trusted="127.0.0.1"):
        if self.daemon:
            self.daemon.end()
            self.daemon.close()
        config = self.folder / "relevod.conf"
        config.write_text(f"[server]\ntrusted_proxies = {trusted}\n{settings}")
        self.daemon = Daemon(RELEVOD, self.folder / "state", options=["--config", config])

    def client(self, address=AWAY, **headers):
        return Client(self.daemon, address, **headers)

    def add_user(self, name, **more):
        return self.daemon.api("POST", "/users", {"name": name, "password": PASSWORD} | more)

    def test_the_first_administrator_comes_from_the_house(self):
        wanted = {"name": "Ann", "password": PASSWORD}
        path = "/api/v1/setup"
        self.assertEqual(self.client().ask("GET", path), (200, {"needed": True}))
        self.assertEqual(self.client().code("POST", path, wanted), "403 network")
        home = self.client(HOME)
        self.assertEqual(home.code("POST", path, wanted, Host="evil.example"), "403 host")
        self.assertEqual(home.code("POST", path, wanted, Origin="http://evil.example"), "403 origin")
        self.assertEqual(home.code("POST", path, wanted | {"password": "short"}), "400 invalid")
        self.assertEqual(home.code("POST", path, {"name": "Ann"}), "400 invalid")
        status, answer = home.ask("POST", path, wanted)
        self.assertEqual((status, answer["user"]["role"]), (201, "administrator"))
        self.assertNotIn("password", answer["user"])
        home.take_session(answer)
        self.assertEqual(home.code("GET", "/api/v1/users"), "")
        self.assertEqual(home.ask("GET", path), (200, {"needed": False}))
        self.assertEqual(self.client(HOME).code("POST", path, {"name": "Bob", "password": PASSWORD}), "409 set-up")

    def test_the_first_administrator_does_not_come_through_just_any_proxy(self):
        self.start("", trusted="10.0.0.1")
        wanted = {"name": "Eve", "password": PASSWORD}
        self.assertEqual(self.client(HOME).code("POST", "/api/v1/setup", wanted), "403 network")

    def test_a_session_lives_until_it_is_ended(self):
        self.add_user("Ann", role="operator")
        ann = self.client()
        self.assertEqual(ann.code("GET", "/api/v1/me"), "401 login-needed")
        self.assertTrue(ann.answer_headers["WWW-Authenticate"].startswith("Bearer"))
        answer = ann.log_in("aNN")
        cookie = ann.answer_headers["Set-Cookie"]
        self.assertIn("; HttpOnly; SameSite=Strict", cookie)
        self.assertNotIn("Secure", cookie)
        me = ann.ask("GET", "/api/v1/me")[1]
        self.assertEqual((me["name"], me["role"], me["csrf"]), ("Ann", "operator", answer["csrf"]))
        self.assertEqual(ann.code("GET", "/api/v1/sessions"), "")
        self.assertEqual(ann.code("GET", "/api/v1/figures"), "")
        self.assertEqual(ann.code("POST", "/api/v1/channels", {"name": "News"}), "")
        self.assertEqual(ann.code("POST", "/api/v1/channels", {"name": "News"}, **{"X-CSRF-Token": ""}), "403 csrf")
        self.assertEqual(ann.code("GET", "/api/v1/me", Origin="http://evil.example"), "403 origin")
        self.assertEqual(ann.code("GET", "/api/v1/users"), "403 role")
        self.assertEqual(ann.code("POST", "/api/v1/accounts", {"name": "A"}), "403 role")
        self.start("[outputs]\npublic_address = https://tv.example\n")
        for client in (ann, other := self.client()):
            client.daemon = self.daemon
        self.assertEqual(ann.code("GET", "/api/v1/me"), "")  # it outlives the daemon
        other.log_in("Ann")
        self.assertIn("; Secure", other.answer_headers["Set-Cookie"])
        self.assertEqual(ann.code("POST", "/api/v1/logout"), "")
        self.assertEqual(ann.code("GET", "/api/v1/me"), "401 login-needed")
        self.assertEqual(other.code("GET", "/api/v1/me"), "")
        ann.log_in("Ann")
        self.assertEqual(ann.code("POST", "/api/v1/logout/everywhere"), "")
        self.assertEqual(other.code("GET", "/api/v1/me"), "401 login-needed")
        other.log_in("Ann")
        new = {"old": PASSWORD, "new": "battery staple"}
        self.assertEqual(other.code("PUT", "/api/v1/me/password", new | {"old": "wrong"}), "401 wrong-credentials")
        self.assertEqual(other.code("PUT", "/api/v1/me/password", new), "")
        ann.log_in("Ann", "battery staple")

    def test_users_are_changed_by_administrators(self):
        ann = self.add_user("Ann", role="administrator")
        self.assertEqual(self.client().code("POST", "/api/v1/users", {"name": "Eve"}), "401 login-needed")
        admin = self.client()
        admin.log_in("Ann")
        path = f"/api/v1/users/{ann['id']}"
        for change in ({"enabled": False}, {"role": "viewer"}):
            self.assertEqual(admin.code("PATCH", path, change), "409 last-administrator")
        bob = admin.ask("POST", "/api/v1/users", {"name": "Bob", "password": PASSWORD})[1]
        self.assertEqual(admin.code("DELETE", path), "409 last-administrator")
        for wrong in ({"name": "ANN"}, {"password": "short"}, {"profiles": [9]}, {"networks": ["here"]}, {"streams": -1},
                      {"name": "a:b"}, {"stream_token": "mine"}, {"role": "king"}):
            self.assertRegex(admin.code("PATCH", f"/api/v1/users/{bob['id']}", wrong), "4.. (invalid|conflict)", wrong)
        viewer = self.client()
        viewer.log_in("Bob")
        self.assertEqual(admin.code("PATCH", f"/api/v1/users/{bob['id']}", {"enabled": False}), "")
        self.assertEqual(viewer.code("GET", "/api/v1/me"), "403 disabled")
        self.assertEqual(admin.code("PATCH", f"/api/v1/users/{bob['id']}", {"enabled": True, "password": "battery staple"}), "")
        self.assertEqual(viewer.code("GET", "/api/v1/me"), "401 login-needed")
        viewer.log_in("Bob", "battery staple")
        self.assertEqual(viewer.code("GET", "/api/v1/channels"), "")
        self.assertEqual(viewer.code("GET", "/api/v1/streams"), "403 role")
        self.assertEqual(viewer.code("GET", "/api/v1/figures"), "403 role")
        self.assertEqual(admin.code("PATCH", f"/api/v1/users/{bob['id']}", {"networks": ["10.0.0.0/8"]}), "")
        self.assertEqual(viewer.code("GET", "/api/v1/me"), "403 network")
        self.assertEqual(admin.code("DELETE", f"/api/v1/users/{bob['id']}"), "")
        self.assertEqual(viewer.code("GET", "/api/v1/me"), "401 login-needed")

    def test_keys_are_for_programs(self):
        key = self.daemon.api("POST", "/keys", {"name": "monitor", "role": "operator"})
        program = self.client(Authorization=f"Bearer {key['key']}")
        self.assertEqual(program.code("GET", "/api/v1/sessions"), "")
        self.assertEqual(program.code("POST", "/api/v1/channels", {"name": "News"}), "")
        for path in ("/api/v1/keys", "/api/v1/settings"):
            self.assertEqual(program.code("GET", path), "403 role", path)
        self.assertEqual(program.ask("GET", "/api/v1/me")[1]["role"], "operator")
        self.assertNotIn("key", self.daemon.api("GET", "/keys")[0])
        self.daemon.api("DELETE", f"/keys/{key['id']}")
        self.assertEqual(program.code("GET", "/api/v1/sessions"), "401 wrong-credentials")
        self.assertEqual(self.client("127.0.0.1", Authorization="Bearer nonsense").code("GET", "/api/v1/me"),
                         "401 wrong-credentials")

    def test_who_guesses_has_to_wait(self):
        self.add_user("Ann")
        guesser = self.client()
        guess = {"name": "Ann", "password": "my first guess"}
        for _ in range(6):
            self.assertEqual(guesser.code("POST", "/api/v1/login", guess), "401 wrong-credentials")
        self.assertEqual(guesser.code("POST", "/api/v1/login", guess), "429 too-many-tries")
        self.assertGreater(int(guesser.answer_headers["Retry-After"]), 0)
        self.assertEqual(self.client(AWAY).code("POST", "/api/v1/login", {"name": "Bob", "password": PASSWORD}), "429 too-many-tries")
        self.client(HOME).log_in("Ann")  # who comes from elsewhere need not

    def test_players_show_name_and_password_in_the_query(self):
        token = self.add_user("Ann & Bob", streams=1)["stream_token"]
        ask = lambda name, password, **more: self.client(**more).code(
            "GET", "/playlist.m3u?" + urllib.parse.urlencode({"username": name, "password": password}))
        self.assertEqual(ask("ann & bob", PASSWORD), "")
        self.assertEqual(ask("Ann & Bob", token), "")
        self.assertEqual(ask("", ""), "401 login-needed")
        self.assertEqual(self.client().code("GET", "/playlist.m3u?username=Ann"), "401 login-needed")
        self.add_user("Carl")
        self.assertEqual(ask("Carl", token), "401 wrong-credentials")
        for _ in range(5):
            self.assertEqual(ask("Carl", "wrong"), "401 wrong-credentials")
        self.assertEqual(ask("Carl", "wrong"), "429 too-many-tries")
        self.assertEqual(ask("Carl", PASSWORD), "429 too-many-tries")
        self.assertEqual(ask("Ann & Bob", token), "")  # a token is not guessed
        # The API takes none of it.
        self.assertEqual(self.client().code("GET", f"/api/v1/me?username=Ann+%26+Bob&password={token}"), "401 login-needed")

    def test_what_happens_is_told(self):
        listener = Listener(self.daemon.port)
        self.addCleanup(listener.close)
        self.add_user("Ann")
        event = listener.until("user-added")[-1]
        self.assertEqual((event["user"], event["address"]), ("Ann", "127.0.0.1"))
        ann = self.client()
        for name, known in (("Ann", "Ann"), ("my password", "")):
            self.assertEqual(ann.code("POST", "/api/v1/login", {"name": name, "password": "wrong one"}), "401 wrong-credentials")
            event = listener.until("login-failed")[-1]
            self.assertEqual((event["user"], event["address"], event["reason"]), (known, AWAY, "wrong-credentials"))
        ann.log_in("Ann")
        self.assertEqual(listener.until("login")[-1]["user"], "Ann")
        for _ in range(20):
            self.assertEqual(ann.code("GET", "/api/v1/users"), "403 role")
        ann.ask("POST", "/api/v1/logout")
        events = listener.until("logout")
        self.assertEqual([one["reason"] for one in events if one["event"] == "refused"], ["role"])
        self.assertEqual(events[-1]["summary"], f'"Ann" logged out from {AWAY}')
        while not (kept := self.daemon.api("GET", "/history?kind=logout")["items"]):
            pass
        self.assertEqual((kept[0]["summary"], kept[0]["subject"]), (events[-1]["summary"], "Ann"))

    def test_no_secret_is_told(self):
        self.daemon.end()
        self.daemon.close()
        with open(self.folder / "log", "w", encoding="utf-8") as log:
            self.daemon.process = subprocess.Popen(
                [RELEVOD, "--listen", "127.0.0.1:0", "--state", self.folder / "state", "--log-level=debug",
                 "--config", self.folder / "relevod.conf"], stderr=log)
        while not (found := re.search(r"listening on .*:(\d+)\n", (self.folder / "log").read_text())):
            self.assertIsNone(self.daemon.process.poll())
        self.daemon.port = int(found[1])
        user = self.add_user("Ann", role="administrator")
        key = self.daemon.api("POST", "/keys", {"name": "k"})["key"]
        ann = self.client()
        ann.log_in("Ann")
        session = ann.headers["Cookie"].split("=")[1]
        basic = base64.b64encode(f"Ann:{PASSWORD}".encode()).decode()
        token = user["stream_token"]
        for path, headers in ((f"/playlist.m3u?token={token}", {}), ("/playlist.m3u", {"Authorization": f"Basic {basic}"}),
                              (f"/playlist.m3u?token={token}x", {}), (f"/playlist.m3u?username=Ann&password={urllib.parse.quote(PASSWORD)}", {}),
                              (f"/playlist.m3u?username=Bob&password={token}", {}), ("/api/v1/me", {"Authorization": f"Bearer {key}x"}),
                              ("/api/v1/users", {})):
            ann.ask("GET", path, **headers)
        self.daemon.end()
        said = (self.folder / "log").read_text()
        self.assertIn("login", said)
        kept = b"".join(file.read_bytes() for file in (self.folder / "state").iterdir() if file.is_file())
        for secret in (PASSWORD, key, session, basic, token, ann.headers["X-CSRF-Token"]):
            self.assertNotIn(secret, said)
            if secret != token:  # it is shown to its user again
                self.assertNotIn(secret.encode(), kept)

    def test_this_machine_needs_a_user_where_that_is_said(self):
        self.add_user("Ann", role="administrator")
        self.start("[access]\nlocal_programs = no\nui_networks = 192.168.0.0/16\napi_networks = 10.0.0.0/8\n")
        self.assertEqual(self.daemon.ask("GET", "/api/v1/users")[0], 401)
        away = self.client()
        self.assertEqual(away.code("POST", "/api/v1/login", {"name": "Ann", "password": PASSWORD}), "403 network")
        home = self.client(HOME)
        home.log_in("Ann")
        self.assertEqual(home.code("GET", "/api/v1/users"), "")
        home.headers["X-Forwarded-For"] = AWAY
        self.assertEqual(home.code("GET", "/api/v1/users"), "403 network")
        home.headers["X-Forwarded-For"] = HOME
        key = home.ask("POST", "/api/v1/keys", {"name": "k"})[1]["key"]
        self.assertEqual(self.client(HOME, Authorization=f"Bearer {key}").code("GET", "/api/v1/me"), "403 network")
        self.assertEqual(self.client("10.0.0.9", Authorization=f"Bearer {key}").code("GET", "/api/v1/me"), "")

    def run_ctl(self, *words, text="", key=""):
        done = subprocess.run([RELEVOCTL, "--url", f"http://127.0.0.1:{self.daemon.port}", *words], input=text, text=True,
                              capture_output=True, timeout=DEADLINE_S, check=False, env={"RELEVO_KEY": key})
        self.assertEqual((done.returncode, done.stderr), (0, ""), words)
        return done.stdout

    def test_relevoctl(self):
        self.daemon.api("POST", "/profiles", {"name": "Kids"})
        self.run_ctl("users", "add", "Ann", "--role=administrator", text=PASSWORD + "\n")
        self.run_ctl("users", "add", "Bob", "--streams=2", "--profile=Kids", "--network=10.0.0.0/8", text=PASSWORD + "\n")
        self.assertEqual([line.split() for line in self.run_ctl("users", "list").splitlines()],
                         [["NAME", "ROLE", "STATE", "STREAMS", "PROFILES", "NETWORKS"],
                          ["Ann", "administrator", "enabled", "any", "all", "any"],
                          ["Bob", "viewer", "enabled", "2", "Kids", "10.0.0.0/8"]])
        self.run_ctl("users", "set", "Bob", "--disable", "--all-channels", "--any-network", "--streams=0")
        self.assertEqual(self.run_ctl("users", "list").splitlines()[2].split(), ["Bob", "viewer", "disabled", "any", "all", "any"])
        token = self.run_ctl("users", "token", "Ann")
        self.assertEqual(self.run_ctl("users", "token", "Ann"), token)
        self.assertNotEqual(self.run_ctl("users", "token", "Ann", "--renew"), token)
        self.run_ctl("users", "password", "Ann", text="battery staple\n")
        self.client().log_in("Ann", "battery staple")
        key = self.run_ctl("keys", "add", "cron", "--role=administrator").strip()
        self.assertEqual(self.run_ctl("keys", "list", key=key).splitlines()[1].split()[:2], ["cron", "administrator"])
        self.run_ctl("users", "remove", "Bob", key=key)
        self.run_ctl("keys", "remove", "cron")
        self.assertEqual(len(self.daemon.api("GET", "/users")), 1)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
