# SPDX-License-Identifier: LGPL-2.1-or-later
"""relevod as a process, asked through its API, and what it tells by WebSocket."""

import base64
import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess

DEADLINE_S = 60


class Process:
    """A program that tells its port in a line of standard error or output."""

    def __init__(self, command, pattern, **options):
        pipe = "stderr" if "stderr" in options else "stdout"
        self.process = subprocess.Popen(command, text=True, **options)
        said = ""
        while not (found := re.search(pattern, said)):
            line = getattr(self.process, pipe).readline()
            said += line
            if not line:
                self.close()
                raise AssertionError(f"{command[0]} said {said!r}")
        self.port = int(found[1])

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        return self.process.wait(DEADLINE_S)

    def close(self):
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe:
                pipe.close()


class Daemon(Process):
    def __init__(self, relevod, state, wrapper=(), options=(), key=None, port=0):
        """`wrapper`: a command that runs what stands behind it. `options`: more of its options. `key`: to ask with.
        `port`: 0 for any."""
        self.headers = {"Authorization": f"Bearer {key}"} if key else {}
        super().__init__([*wrapper, relevod, "--listen", f"127.0.0.1:{port}", "--state", state, *options],
                         r"listening on .*:(\d+)\n", stderr=subprocess.PIPE)

    def ask(self, method, path, body=None, headers=None):
        """Status and JSON of the answer. `body`: what JSON is made of, or bytes as they are."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE_S)
        with contextlib.closing(connection):
            headers = {"Content-Type": "application/json"} | self.headers | (headers or {})
            data = body if body is None or isinstance(body, bytes) else json.dumps(body)
            connection.request(method, path, body=data, headers=headers)
            response = connection.getresponse()
            data = response.read()
            kind = response.getheader("Content-Type", "")
            return response.status, json.loads(data) if data and "json" in kind else data

    def api(self, method, path, body=None):
        """The answer of what must work."""
        status, answer = self.ask(method, "/api/v1" + path, body)
        if not 200 <= status < 300:
            raise AssertionError(f"{method} {path}: {status} {answer}")
        return answer

    def refresh(self, what, wish=None):
        """Refreshes, and returns the state when it is over."""
        with contextlib.closing(Listener(self.port)) as listener:
            self.api("POST", what + "/refresh", {"even_unchanged": True} | (wish or {}))
            listener.until("refreshed")
        return self.api("GET", what)["state"]


class Listener:
    """A WebSocket client: what the daemon tells, one JSON value after the other."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=DEADLINE_S)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((f"GET /api/v1/events HTTP/1.1\r\nHost: localhost:{port}\r\nUpgrade: websocket\r\n"
                             f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n").encode())
        self.stream = self.socket.makefile("rb")
        status = self.stream.readline()
        assert b" 101 " in status, status
        while self.stream.readline() != b"\r\n":
            pass

    def next(self):
        while True:
            head = self.stream.read(2)
            size = head[1] & 127
            if size == 126:
                size = int.from_bytes(self.stream.read(2), "big")
            elif size == 127:
                size = int.from_bytes(self.stream.read(8), "big")
            data = self.stream.read(size)
            if head[0] & 15 == 1:
                return json.loads(data)

    def until(self, name):
        """All events up to the first of that name."""
        events = [self.next()]
        while events[-1]["event"] != name:
            events.append(self.next())
        return events

    def close(self):
        self.stream.close()
        self.socket.close()
