#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What needs a person, and who is told of it.

Usage: alerts_test.py RELEVOD RELEVOCTL"""

import contextlib
import hashlib
import hmac
import http.server
import json
import pathlib
import queue
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from relevod import DEADLINE_S, Daemon, Listener  # noqa: E402

RELEVOD, RELEVOCTL = sys.argv[1:3]


class Target:
    """Takes what is posted to it; answers with the statuses that it is given, then with 204."""

    def __init__(self, *statuses):
        self.posted = queue.Queue()
        statuses = list(statuses)

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(handler):
                body = handler.rfile.read(int(handler.headers["Content-Length"]))
                self.posted.put((handler.headers, body))
                handler.send_response(statuses.pop(0) if statuses else 204)
                handler.end_headers()

            def log_message(handler, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/told"
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def next(self):
        headers, body = self.posted.get(timeout=DEADLINE_S)
        return headers, body, json.loads(body)

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


class Alerts(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.daemon = Daemon(RELEVOD, self.folder)
        self.addCleanup(lambda: self.daemon.close())

    def target(self, *statuses):
        target = Target(*statuses)
        self.addCleanup(target.close)
        return target

    def ctl(self, *words):
        done = subprocess.run([RELEVOCTL, "--url", f"http://127.0.0.1:{self.daemon.port}", *words],
                              capture_output=True, text=True, timeout=DEADLINE_S, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout.splitlines()

    def add_login(self, expires):
        account = self.daemon.api("POST", "/accounts", {"name": "Panel", "kind": "xtream", "refresh": "",
                                                        "location": "http://127.0.0.1:1"})
        login = self.daemon.api("POST", f"/accounts/{account['id']}/logins",
                                {"name": "joe", "username": "joe", "password": "secret", "expires": expires})
        return f"/logins/{login['id']}"

    def states(self):
        return [line.split()[3] for line in self.ctl("alerts")[1:]]

    def wait_for(self, condition):
        late = time.monotonic() + DEADLINE_S
        while not (found := condition()):
            self.assertLess(time.monotonic(), late, "it never became true")
        return found

    def test_a_login_that_expires_is_told_of_and_acknowledged(self):
        listener = Listener(self.daemon.port)
        self.addCleanup(listener.close)
        login = self.add_login(int(time.time()) - 86_400)
        raised = listener.until("alert-raised")[-1]
        self.assertEqual(raised["kind"], "login-expired")
        self.assertRegex(raised["summary"], r"^alert: Panel: the login joe has expired on \d{4}-\d\d-\d\d$")
        self.assertEqual(self.states(), ["open"])
        self.ctl("alerts", "acknowledge", str(raised["alert"]))
        self.assertEqual(self.states(), ["acknowledged"])
        self.assertEqual(self.daemon.api("GET", "/alerts?state=open"), [])
        self.assertEqual([one["id"] for one in self.daemon.api("GET", "/alerts?state=acknowledged")], [raised["alert"]])
        self.daemon.api("PATCH", login, {"expires": None})
        self.assertEqual(listener.until("alert-closed")[-1]["alert"], raised["alert"])
        self.assertEqual(self.states(), [])
        self.assertEqual([one["id"] for one in self.daemon.api("GET", "/alerts?state=closed")], [raised["alert"]])
        self.assertEqual(self.daemon.ask("GET", "/api/v1/alerts?state=loud")[0], 400)
        kept = self.wait_for(lambda: self.daemon.api("GET", "/history?kind=alert-closed")["items"])
        self.assertEqual(kept[0]["evidence"]["alert"], raised["alert"])

    def test_what_came_while_no_daemon_ran_is_told(self):
        self.add_login(int(time.time()) + 365 * 86_400)
        self.daemon.end()
        self.daemon.close()
        with contextlib.closing(sqlite3.connect(self.folder / "relevo.db")) as database, database:
            database.execute("UPDATE login SET expires = ?", (int(time.time()) + 86_400,))
        for _ in range(2):  # told once, and not again by the next one
            self.daemon = Daemon(RELEVOD, self.folder)
            told = self.wait_for(lambda: self.daemon.api("GET", "/history?kind=alert-raised")["items"])
            self.assertRegex(told[0]["summary"], r"^alert: Panel: the login joe expires on \d{4}-\d\d-\d\d$")
            self.daemon.end()
            self.daemon.close()
        self.daemon = Daemon(RELEVOD, self.folder)
        self.assertEqual(self.daemon.api("GET", "/history?kind=alert-raised")["total"], 1)

    def test_an_alert_is_cleared_by_hand(self):
        listener = Listener(self.daemon.port)
        self.addCleanup(listener.close)
        account = self.daemon.api("POST", "/accounts", {"name": "Ours", "kind": "m3u", "location": "/nowhere.m3u", "refresh": ""})
        self.daemon.api("POST", f"/accounts/{account['id']}/refresh")
        raised = listener.until("alert-raised")[-1]
        self.assertEqual(raised["kind"], "failed")
        self.ctl("alerts", "clear", str(raised["alert"]))
        self.assertEqual(listener.until("alert-closed")[-1]["alert"], raised["alert"])

    def test_others_are_told_and_can_know_by_whom(self):
        target = self.target(500)
        hook = self.daemon.api("POST", "/web-hooks", {"url": target.url, "secret": "between us"})
        self.assertNotIn("secret", hook)
        self.add_login(int(time.time()) - 86_400)
        first, again = target.next(), target.next()  # the first answer was an error
        self.assertEqual(first[1], again[1])
        headers, body, told = again
        self.assertEqual((headers["X-Relevo-Event"], told["kind"]), ("alert-raised", "alert-raised"))
        self.assertEqual(headers["X-Relevo-Signature"], "sha256=" + hmac.new(b"between us", body, hashlib.sha256).hexdigest())
        self.assertIn("the login joe has expired", told["summary"])
        self.assertEqual(told["evidence"]["kind"], "login-expired")
        delivered = self.wait_for(lambda: (one := self.daemon.api("GET", "/web-hooks")[0])["delivered"] and one)
        self.assertEqual(delivered["message"], "")

    def test_hooks_are_told_what_they_want_and_tried_by_hand(self):
        target = self.target(204, 404)
        hook = self.daemon.api("POST", "/web-hooks", {"url": target.url, "kinds": ["refreshed"]})
        path = f"/web-hooks/{hook['id']}"
        self.assertEqual(self.daemon.api("POST", path + "/test")["message"], "")
        headers, _, told = target.next()
        self.assertEqual(told["kind"], "test")
        self.assertIsNone(headers["X-Relevo-Signature"])
        self.assertEqual(self.daemon.api("POST", path + "/test")["message"], "HTTP status 404")
        target.next()
        account = self.daemon.api("POST", "/accounts", {"name": "Ours", "kind": "m3u", "location": "/nowhere.m3u", "refresh": ""})
        self.daemon.api("POST", f"/accounts/{account['id']}/refresh")
        self.assertEqual(target.next()[2]["kind"], "refreshed")
        self.daemon.api("DELETE", path)
        self.assertEqual(self.daemon.api("GET", "/web-hooks"), [])
        for wrong in ({"url": "ftp://example.com"}, {"url": ""}, {"kinds": "all"}):
            self.assertEqual(self.daemon.ask("POST", "/api/v1/web-hooks", wrong)[0], 400, wrong)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
