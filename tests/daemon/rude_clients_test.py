#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""10,000 malformed requests and 2,000 connections that are slow to ask, beside the viewers of a channel: those see no
gap, /health is answered all the time, and no descriptor stays open.

Usage: rude_clients_test.py RELEVOD RELEVO-TS PROVIDER MEDIA-FOLDER [SEED]"""

import concurrent.futures
import http.client
import multiprocessing
import os
import pathlib
import random
import resource
import socket
import struct
import sys
import tempfile
import threading
import time
import unittest

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from audience import (  # noqa: E402
    Crowd, Lists, Log, Provider, add_account, add_channel, decoding_errors, descriptors, sockets, violations,
)
from relevod import Daemon  # noqa: E402

RELEVOD, RELEVO_TS, PROVIDER, MEDIA = sys.argv[1:5]
SEED = sys.argv[5] if len(sys.argv) > 5 else str(random.randrange(1 << 32))

REQUESTS = 10_000
SLOW = 2_000
SLOW_SECONDS = 12  # headers may take ten
MOST_WAIT = 0.5  # between bytes that a viewer gets
MOST_HEALTH_TIME = 5.0  # without the time in which the machine did not let the daemon run

KEPT_FILES = 14  # by whom a request may be answered: two of the database by each of 6 workers, and a playlist and a guide

PATHS = [b"/health", b"/stream/1.ts", b"/stream/none", b"/api/v1/accounts", b"/api/v1/events", b"/playlist.m3u", b"/guide.xml",
         b"/api/v1/sessions/1/switch", b"/nothing"]


class Rudeness:
    """Requests that nobody should send, by lot."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.kinds = [self.noise, self.bad_line, self.bad_target, self.bad_version, self.bad_header, self.bad_length, self.bad_chunks,
                      self.bad_upgrade, self.bad_body, self.cut_off, self.many_at_once]

    def next(self):
        return self.dice.choice(self.kinds)()

    def bytes(self, most):
        return self.dice.randbytes(self.dice.randrange(1, most))

    def path(self):
        return self.dice.choice(PATHS)

    def request(self, method=b"GET", target=None, version=b"HTTP/1.1", headers=(b"Host: localhost",), body=b""):
        return b" ".join((method, target or self.path(), version)) + b"\r\n" + b"".join(one + b"\r\n" for one in headers) + b"\r\n" + body

    def noise(self):
        return self.bytes(4000)

    def bad_line(self):
        return self.request(self.dice.choice([b"", b"get", b"G\0T", b"GET GET", b"\xff\xfe", b"A" * 20_000, b" GET", b"TRACE", b"CONNECT", b"PRI"]))

    def bad_target(self):
        return self.request(target=self.dice.choice([
            b"%", b"/%zz", b"/stream/%00", b"/stream/%", b"/../../etc/passwd", b"/stream/..%2f..%2f", b"//", b"*", b"http://", b"http://other/health",
            b"/" + b"a" * 30_000, b"/stream/\xc3\x28", b"/health?" + b"&" * 5000, b"/health#x", b"/stream/1 .ts", b"/" + self.bytes(50)]))

    def bad_version(self):
        return self.request(version=self.dice.choice([b"", b"HTTP/9.9", b"HTTP/1", b"HTTQ/1.1", b"HTTP/1.1 more", b"HTTP/-1.1", b"HTTP/1.1\r", self.bytes(20)]))

    def bad_header(self):
        return self.request(headers=[self.dice.choice([
            b"Host", b"Host : localhost", b": x", b"Host: a\0b", b"Host: localhost\r\nHost: other", b" folded: x", b"X: " + b"y" * 20_000,
            b"\r\n".join(b"X%d: y" % i for i in range(2000)), b"X: y\nZ: 1", b"Host: \xff", b"Host: [::1", b"Host: localhost:99999999",
            b"Range: bytes=" + b"9" * 40 + b"-", b"Range: bytes=5-1", b"X-Forwarded-For: " + b"," * 3000, b"If-None-Match: " + b'"' * 999,
            b"Accept-Encoding: " + b"gzip;q=" * 500, b"Expect: 200-never", self.bytes(300)])])

    def bad_length(self):
        length = self.dice.choice([b"-1", b"x", b"99999999999999999999999", b"1, 2", b"10\r\nContent-Length: 20", b"0x10", b" ", b"18446744073709551616",
                                   b"5\r\nTransfer-Encoding: chunked"])
        return self.request(b"POST", b"/api/v1/accounts", headers=[b"Host: localhost", b"Content-Length: " + length], body=self.bytes(100))

    def bad_chunks(self):
        body = self.dice.choice([b"zz\r\n", b"ffffffffffffffff\r\nx", b"5\r\nab", b"-5\r\n", b"5;" + b"e" * 9000 + b"\r\nhello\r\n0\r\n\r\n", b"5\r\nhello0\r\n",
                                 b"\r\n\r\n", b"0\r\nTrailer", self.bytes(200)])
        return self.request(b"PUT", b"/api/v1/accounts/1/list", headers=[b"Host: localhost", b"Transfer-Encoding: chunked"], body=body)

    def bad_upgrade(self):
        headers = [b"Host: localhost", b"Upgrade: websocket", b"Connection: Upgrade", b"Sec-WebSocket-Version: 13", b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="]
        if self.dice.random() < 0.5:
            del headers[self.dice.randrange(len(headers))]
        return self.request(target=b"/api/v1/events", headers=headers, body=self.bytes(300))

    def bad_body(self):
        body = self.dice.choice([b"{", b"[" * 5000, b"\xff" * 100, b'{"name":' + b"1" * 500 + b"}", b"null", self.bytes(500)])
        return self.request(self.dice.choice([b"POST", b"PUT", b"PATCH"]), b"/api/v1/accounts",
                            headers=[b"Host: localhost", b"Content-Length: %d" % len(body)], body=body)

    def cut_off(self):
        whole = self.request()
        return whole[:self.dice.randrange(len(whole))]

    def many_at_once(self):
        return self.request() * self.dice.randrange(2, 20)


def connect(port, address):
    return socket.create_connection(("127.0.0.1", port), 10, (address, 0))


def be_rude(port, seed, count):
    """So many requests, each by a connection of its own, which ends in one way or another."""
    rudeness = Rudeness(seed)
    dice = rudeness.dice
    for _ in range(count):
        with connect(port, f"127.0.2.{dice.randrange(1, 200)}") as one:
            one.settimeout(0.03)  # an answer is of no interest, and some never come
            if dice.random() < 0.2:  # reset instead of closed
                one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            try:
                data = rudeness.next()
                split = dice.randrange(len(data) + 1)
                one.sendall(data[:split])
                one.sendall(data[split:])
                if dice.random() < 0.3:
                    one.shutdown(socket.SHUT_WR)
                if dice.random() < 0.7:
                    one.recv(2000)
            except OSError:
                pass


def send_rude_requests(port, seed):
    with concurrent.futures.ThreadPoolExecutor(max_workers=20) as pool:
        for done in [pool.submit(be_rude, port, f"{seed}-{i}", REQUESTS // 20) for i in range(20)]:
            done.result()


def ask_slowly(port):
    """All connections at once, and of each a header that never ends."""
    sockets = [connect(port, f"127.0.3.{1 + i % 40}") for i in range(SLOW)]
    end = time.monotonic() + SLOW_SECONDS
    for one in sockets:
        one.setblocking(False)
    text = b"GET /health HTTP/1.1\r\nHost: localhost\r\nX: " + b"y" * 100
    for byte in text:
        for one in sockets:
            try:
                one.send(bytes([byte]))
            except OSError:
                pass  # refused by now, or had to make room
        if time.monotonic() > end:
            break
        time.sleep(0.2)
    for one in sockets:
        one.close()


def files(pid):
    """What a process has open, without its sockets."""
    folder = pathlib.Path(f"/proc/{pid}/fd")
    return sorted(name for name in map(os.readlink, folder.iterdir()) if not name.startswith("socket:"))


def kept_waiting(pid):
    """Seconds in which the main thread of a process could have run, and others did."""
    return int(pathlib.Path(f"/proc/{pid}/task/{pid}/schedstat").read_text().split()[1]) / 1e9


class RudeClients(unittest.TestCase):
    def setUp(self):
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 8192), most))
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.provider = Provider(PROVIDER, MEDIA)
        self.addCleanup(self.provider.close)
        lists = Lists({"/": [("small", f"http://127.0.0.1:{self.provider.port}/live/small.ts")]})
        self.addCleanup(lists.close)
        # libsoup 3.2 loses the path of every request whose Content-Length is no number: no look for leaks at the end.
        os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
        self.daemon = Daemon(RELEVOD, self.folder.name)
        self.addCleanup(self.daemon.close)
        self.log = Log(self.daemon.process)
        add_channel(self.daemon, "One", 1, add_account(self.daemon, "Ours", f"http://127.0.0.1:{lists.port}/", 1).values())

    def start(self, target, *arguments):
        process = multiprocessing.get_context("fork").Process(target=target, args=(self.daemon.port, *arguments))
        process.start()
        self.addCleanup(process.kill)
        return process

    def health_time(self):
        pid = self.daemon.process.pid
        began, waited = time.monotonic(), kept_waiting(pid)
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.daemon.port, timeout=30)
            connection.request("GET", "/health")
            status = connection.getresponse().status
            connection.close()
        except OSError:
            return float("inf")
        return time.monotonic() - began - (kept_waiting(pid) - waited) if status == 200 else float("inf")

    def watch_health(self, over, times):
        while not over.is_set():
            times.append(self.health_time())
            over.wait(0.05)

    def test_viewers_do_not_notice(self):
        print(f"seed {SEED}", file=sys.stderr)
        crowd, direct = Crowd(self.daemon.port), Crowd(self.provider.port)
        self.addCleanup(crowd.close)
        self.addCleanup(direct.close)
        for i in range(10):
            crowd.join("/stream/1", address="127.0.0.2")
        there = crowd.run_until(lambda: all(one.body for one in crowd.viewers), 30)
        self.assertTrue(there)
        straight = direct.join("/live/small.ts")  # what the machine itself does to a stream
        crowd.run_for(1)
        pid, times, over = self.daemon.process.pid, [], threading.Event()
        sockets_before, all_before = descriptors(pid, "socket:"), descriptors(pid)
        health = threading.Thread(target=self.watch_health, args=(over, times))
        health.start()
        rude = [self.start(send_rude_requests, SEED), self.start(ask_slowly)]

        def done():
            direct.run_for(0.001)
            return not any(one.is_alive() for one in rude)

        ended = crowd.run_until(done, 150)
        over.set()
        health.join()
        self.assertTrue(ended)
        self.assertEqual([one.exitcode for one in rude], [0, 0])
        print(f"waited {max(times):.1f} s at most", file=sys.stderr)
        self.assertLess(max(times), MOST_HEALTH_TIME, sorted(times)[-10:])
        for viewer in crowd.viewers:
            self.assertEqual((viewer.status, viewer.over), (200, ""))
            self.assertLess(viewer.longest_wait, MOST_WAIT + straight.longest_wait)
        # What came last may still wait to be accepted, or to be answered: all of it is let go when nothing of it is there.
        settled = crowd.run_until(lambda: descriptors(pid, "socket:") <= sockets_before and
                                  descriptors(pid) <= all_before + KEPT_FILES, 60)
        self.assertTrue(settled, (sockets_before, sockets(pid), all_before, files(pid)))
        for body in {bytes(one.body) for one in crowd.viewers}:
            self.assertEqual(violations(RELEVO_TS, body), [])
        self.assertEqual(decoding_errors(crowd.viewers[0].body), [])
        self.assertEqual(self.daemon.end(), 0, self.log.last_words())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
