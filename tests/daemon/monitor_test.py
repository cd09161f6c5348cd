#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""How the daemon is, for programs that watch it: metrics, readiness, the log.

Usage: monitor_test.py RELEVOD PROVIDER MEDIA-FOLDER"""

import http.client
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from relevod import DEADLINE_S, Daemon, Process  # noqa: E402

RELEVOD, PROVIDER, MEDIA = sys.argv[1:4]

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"'
SAMPLE = re.compile(rf"({NAME})(?:\{{({LABEL}(?:,{LABEL})*)\}})? (\S+)")


def parse_metrics(text):
    """{name: {labels: value}} of what is as Prometheus wants it; each metric in one piece, told of before."""
    assert text.endswith("\n")
    metrics, helps, types, current = {}, {}, {}, None
    for line in text.splitlines():
        if line.startswith("# HELP "):
            current, helped = line[7:].split(" ", 1)
            assert current not in helps and helped, line
            helps[current] = helped
        elif line.startswith("# TYPE "):
            name, types[name] = line[7:].split(" ")
            assert name == current and types[name] in ("gauge", "counter"), line
            assert (types[name] == "counter") == name.endswith("_total"), line
            metrics[name] = {}
        else:
            found = SAMPLE.fullmatch(line)
            assert found and found[1] == current and current in types, line
            labels = tuple(re.findall(LABEL, found[2] or ""))
            assert labels not in metrics[current], line
            metrics[current][labels] = float(found[3])
    return metrics


class Monitor(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def start(self, wrapper=()):
        self.daemon = Daemon(RELEVOD, self.folder / "state", wrapper)
        self.addCleanup(self.daemon.close)

    def fill(self):
        """Channel 5 of two clips, by a login with one connection."""
        self.provider = Process([PROVIDER, "--media", MEDIA, "--login", "joe:secret:1"], r":(\d+)",
                                stdout=subprocess.PIPE)
        self.addCleanup(self.provider.close)
        account = self.daemon.api("POST", "/accounts", {
            "name": 'Say "hi"\\', "kind": "m3u", "refresh": "",
            "location": f"http://127.0.0.1:{self.provider.port}/playlist.m3u?user=joe&password=secret"})
        path = f"/accounts/{account['id']}"
        self.login = self.daemon.api("POST", path + "/logins", {"name": "joe", "connections": 1})["id"]
        self.assertEqual(self.daemon.refresh(path)["state"], "good")
        streams = {one["name"]: one["id"] for one in self.daemon.api("GET", "/streams?limit=1000")["items"]}
        self.news = self.daemon.api("POST", "/channels", {"name": "News", "number": "5"})
        self.daemon.api("PUT", f"/channels/{self.news['id']}/streams",
                        [{"stream": streams[clip]} for clip in ("h264_720p50", "ac3")])

    def metrics(self):
        url = f"http://127.0.0.1:{self.daemon.port}/metrics"
        with urllib.request.urlopen(url, timeout=DEADLINE_S) as answer:
            self.assertEqual(answer.headers["Content-Type"], "text/plain; version=0.0.4; charset=utf-8")
            return parse_metrics(answer.read().decode())

    def wait_for(self, condition):
        late = time.monotonic() + DEADLINE_S
        while not (found := condition()):
            self.assertLess(time.monotonic(), late, "it never became true")
        return found

    def test_what_happens_is_counted(self):
        self.start()
        idle = self.metrics()
        self.assertEqual(idle["relevo_viewers"], {(): 0})
        self.assertEqual(idle["relevo_sessions"][('state="live"',)], 0)
        self.assertGreater(idle["process_resident_memory_bytes"][()], 1e6)
        self.assertGreater(idle["process_cpu_seconds_total"][()], 0)
        self.assertGreater(idle["process_open_fds"][()], 3)
        self.fill()
        viewer = http.client.HTTPConnection("127.0.0.1", self.daemon.port, timeout=DEADLINE_S)
        self.addCleanup(viewer.close)
        viewer.request("GET", "/stream/5")
        answer = viewer.getresponse()
        self.assertEqual(len(answer.read(400_000)), 400_000)
        playing = self.metrics()
        self.assertEqual(playing["relevo_viewers"], {(): 1})
        self.assertEqual(playing["relevo_sessions"][('state="live"',)], 1)
        channel = (f'channel="{self.news["id"]}"', 'name="News"')
        self.assertEqual(playing["relevo_channel_viewers"], {channel: 1})
        login = (f'login="{self.login}"', r'account="Say \"hi\"\\"', 'name="joe"')
        self.assertEqual(playing["relevo_login_connections"], {login: 1})
        self.assertEqual(playing["relevo_login_connections_limit"], {login: 1})
        self.assertGreaterEqual(playing["relevo_sent_bytes_total"][()], 400_000)
        self.assertGreaterEqual(playing["relevo_http_connections"][()], 1)
        url = f"http://127.0.0.1:{self.provider.port}/control/channel/h264_720p50?fault=close"
        urllib.request.urlopen(url, timeout=DEADLINE_S).close()
        self.assertEqual(len(answer.read(1_000_000)), 1_000_000)
        switched = self.wait_for(lambda: (m := self.metrics())["relevo_switches_total"][()] == 1 and m)
        self.assertEqual(switched["relevo_source_failures_total"], {('kind="ended"',): 1})
        answer.close()
        viewer.close()
        gone = self.wait_for(lambda: (m := self.metrics())["relevo_viewers"][()] == 0 and m)
        self.assertGreaterEqual(gone["relevo_sent_bytes_total"][()], 1_400_000)
        self.assertEqual(gone["relevo_viewers_joined_total"], {(): 1})

    def figures(self, span="hour"):
        return self.daemon.api("GET", f"/figures?span={span}")

    def test_figures_are_remembered(self):
        self.start()
        self.fill()
        idle = self.wait_for(lambda: (f := self.figures())["now"] and f)
        self.assertEqual((idle["now"]["received"], idle["now"]["sent"], idle["now"]["viewers"]), (0, 0, 0))
        self.assertGreater(idle["now"]["memory"], 1e6)
        viewer = http.client.HTTPConnection("127.0.0.1", self.daemon.port, timeout=DEADLINE_S)
        self.addCleanup(viewer.close)
        viewer.request("GET", "/stream/5")
        answer = viewer.getresponse()
        began = time.monotonic()
        while not all((now := self.figures()["now"])[name] > 0 for name in ("viewers", "received", "sent", "cpu")):
            self.assertTrue(answer.read(100_000))
            self.assertLess(time.monotonic(), began + DEADLINE_S, now)
        self.assertEqual((now["viewers"], now["sessions"]), (1, 1))
        alone = self.figures("now")
        self.assertEqual((alone["at"], alone["most"]["sent"], alone["now"]["viewers"]), ([], [], 1))
        for span, (length, step) in {"hour": (3600, 10), "day": (86_400, 300), "week": (604_800, 1800)}.items():
            figures = self.figures(span)
            self.assertEqual((figures["span_s"], figures["step_s"]), (length, step))
            self.assertTrue(figures["at"] and all(at % step == 0 for at in figures["at"]), figures["at"])
            for name, most in figures["most"].items():
                self.assertEqual((len(most), len(figures["mean"][name])), (len(figures["at"]),) * 2, (span, name))
            self.assertEqual(max(most for most in figures["most"]["viewers"] if most is not None), 1)
            self.assertGreater(max(most for most in figures["most"]["sent"] if most is not None), 0)
        self.assertEqual(self.daemon.ask("GET", "/api/v1/figures?span=year")[0], 400)

    def test_it_is_ready_or_says_what_it_lacks(self):
        self.start()
        self.assertEqual(self.daemon.ask("GET", "/ready"), (200, {"status": "ready"}))
        os.rename(self.folder / "state" / "relevo.db", self.folder / "elsewhere")
        self.assertEqual(self.daemon.ask("GET", "/ready"),
                         (503, {"status": "not-ready", "reasons": ["the database cannot be read"]}))

    def test_it_is_not_ready_without_its_elements(self):
        self.start(["env", "-u", "GST_PLUGIN_PATH_1_0", f"GST_REGISTRY={self.folder}/registry"])
        status, answer = self.daemon.ask("GET", "/ready")
        self.assertEqual((status, len(answer["reasons"])), (503, 2))
        self.assertEqual(answer["reasons"][0], "channels cannot play: the GStreamer element failoversrc is missing")

    def test_recent_lines_of_the_log_and_its_level(self):
        self.start()
        lines = self.daemon.api("GET", "/log")["items"]
        self.assertRegex(lines[0]["text"], r"^listening on 127\.0\.0\.1:\d+$")
        self.assertEqual({line["level"] for line in lines}, {"info"})
        self.assertEqual(self.daemon.api("GET", "/log?level=warning")["items"], [])
        self.assertEqual(self.daemon.api("PUT", "/log/level", {"level": "debug"}), {"level": "debug"})
        self.daemon.api("GET", "/log/level")
        self.assertIn("debug", [line["level"] for line in self.daemon.api("GET", "/log?limit=5")["items"]])
        newest = self.daemon.api("GET", "/log?limit=1")["items"][0]["number"]
        self.daemon.api("GET", "/log/level")
        self.assertIn(newest + 1, [line["number"] for line in self.daemon.api("GET", f"/log?after={newest}")["items"]])
        self.assertEqual(self.daemon.api("GET", "/log?after=1000000")["items"], [])
        self.daemon.api("PUT", "/log/level", {"level": "error"})
        last = self.daemon.api("GET", "/log?limit=1")["items"]
        self.daemon.api("GET", "/log/level")
        self.assertEqual(self.daemon.api("GET", "/log?limit=1")["items"], last)
        self.assertEqual(self.daemon.api("GET", "/log/level"), {"level": "error"})
        for method, path, body in (("GET", "/log?level=loud", None), ("GET", "/log?limit=1001", None), ("GET", "/log?after=x", None),
                                   ("PUT", "/log/level", {"level": "loud"}), ("PUT", "/log/level", {})):
            self.assertEqual(self.daemon.ask(method, "/api/v1" + path, body)[0], 400, (path, body))

    def run_until_it_listens(self, *options, environment=None):
        """What it wrote to standard error until it listened, and was ended."""
        reading, writing = os.pipe()
        facts = os.fstat(writing)
        stream = {"JOURNAL_STREAM": f"{facts.st_dev}:{facts.st_ino}"} if environment == "journal" else {}
        with subprocess.Popen([RELEVOD, "--listen", "127.0.0.1:0", "--state", self.folder / "state", *options],
                              stderr=writing, env=os.environ | stream) as process, open(reading, encoding="utf-8") as pipe:
            os.close(writing)
            said = self.folder / "said.log"
            text = ""
            while "listening on" not in text:
                if options:
                    text = said.read_text() if said.exists() else ""
                else:
                    text += pipe.readline()
            process.terminate()
            self.assertEqual(process.wait(DEADLINE_S), 0)
            return text + pipe.read()

    def test_the_journal_is_told_how_grave_lines_are(self):
        lines = self.run_until_it_listens(environment="journal").splitlines()
        self.assertRegex(lines[-2], r"^<6>listening on 127\.0\.0\.1:\d+$")
        self.assertEqual(lines[-1], "<6>ending")
        self.assertEqual(self.run_until_it_listens().splitlines()[-1], "relevod: info: ending")

    def test_a_file_for_the_log(self):
        config = self.folder / "relevod.conf"
        config.write_text(f"[log]\nfile = {self.folder}/said.log\n")
        self.run_until_it_listens("--config", config)
        self.assertRegex((self.folder / "said.log").read_text(),
                         r"(?s)^.*\n\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z info: ending\n$")
        config.write_text("[log]\nfile = /nowhere/said.log\n")
        done = subprocess.run([RELEVOD, "--state", self.folder / "state", "--config", config], capture_output=True, text=True,
                              timeout=DEADLINE_S, check=False)
        self.assertEqual((done.returncode, done.stderr),
                         (3, "relevod: error: cannot write /nowhere/said.log: No such file or directory\n"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
