# SPDX-License-Identifier: LGPL-2.1-or-later
"""A provider with many accounts behind a daemon, and many viewers in one thread who keep what they get."""

import contextlib
import http.server
import json
import pathlib
import selectors
import socket
import subprocess
import threading
import time
import urllib.request

from relevod import DEADLINE_S, Process

VIDEO_PID = 0x100  # of what the daemon sends


class Provider(Process):
    """relevo-testprovider. `options`: more of its options."""

    def __init__(self, program, media, options=()):
        super().__init__([program, "--media", media, *options], r":(\d+)", stdout=subprocess.PIPE)

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=DEADLINE_S) as answer:
            return answer.read()

    def stats(self):
        return json.loads(self.get("/stats"))


class Lists:
    """Serves playlists: path to (name, URL) of each entry."""

    def __init__(self, lists):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                text = "#EXTM3U\n" + "".join(f"#EXTINF:-1,{name}\n{url}\n" for name, url in lists[self.path])
                self.send_response(200)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Log:
    """Standard error of a process, read all the time, so that it never keeps the process waiting."""

    def __init__(self, process):
        self.lines = []
        self.thread = threading.Thread(target=lambda: self.lines.extend(process.stderr), daemon=True)
        self.thread.start()

    def last_words(self):
        """Of a process that has ended."""
        self.thread.join(DEADLINE_S)
        return "".join(self.lines[-60:])


def add_account(daemon, name, location, connections):
    """An account with one login, refreshed; gives its streams by name."""
    account = daemon.api("POST", "/accounts", {"name": name, "kind": "m3u", "refresh": "", "location": location})
    path = f"/accounts/{account['id']}"
    daemon.api("POST", path + "/logins", {"name": name, "connections": connections})
    state = daemon.refresh(path)["state"]
    assert state == "good", (name, state)
    return {one["name"]: one["id"] for one in daemon.api("GET", f"/streams?limit=1000&account={account['id']}")["items"]}


def add_channel(daemon, name, number, streams):
    channel = daemon.api("POST", "/channels", {"name": name, "number": str(number)})
    daemon.api("PUT", f"/channels/{channel['id']}/streams", [{"stream": stream} for stream in streams])
    return channel


class Viewer:
    """One connection of a Crowd: what its answer says and what came."""

    def __init__(self, name):
        self.name = name
        self.socket = None
        self.head = b""  # with what came of the body so far, until it is whole
        self.status = 0
        self.body = bytearray()
        self.asked_at = self.came_at = 0.0
        self.longest_wait = 0.0  # between bytes, once they have begun to come
        self.over = ""  # why nothing more comes

    def __str__(self):
        return f"{self.name}: status {self.status}, {len(self.body)} bytes, {self.over or 'open'}"

    def take(self, data, now):
        if self.came_at:
            self.longest_wait = max(self.longest_wait, now - self.came_at)
        if self.status:
            self.came_at = now
            self.body += data
            return
        self.head += data
        end = self.head.find(b"\r\n\r\n")
        if end >= 0:
            self.status = int(self.head.split(b" ", 2)[1])
            self.came_at = now
            self.body += self.head[end + 4:]


class Crowd:
    """Viewers of one daemon, served by whoever calls run_until()."""

    def __init__(self, port):
        self.port = port
        self.selector = selectors.DefaultSelector()
        self.viewers = []

    def join(self, path, name="", address="127.0.0.1", agent="Player/1"):
        """One more, who asks at once. Who is not told apart by address and agent counts as the same person."""
        viewer = Viewer(name or path)
        viewer.socket = socket.create_connection(("127.0.0.1", self.port), DEADLINE_S, (address, 0))
        viewer.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: {agent}\r\n\r\n".encode())
        viewer.socket.setblocking(False)
        viewer.asked_at = time.monotonic()
        self.selector.register(viewer.socket, selectors.EVENT_READ, viewer)
        self.viewers.append(viewer)
        return viewer

    def leave(self, viewer, why="left"):
        if viewer.socket:
            self.selector.unregister(viewer.socket)
            viewer.socket.close()
            viewer.socket, viewer.over = None, why

    def run_until(self, holds, seconds):
        """Whether it came to hold in time."""
        end = time.monotonic() + seconds
        while not holds():
            left = end - time.monotonic()
            if left <= 0:
                return False
            for key, _ in self.selector.select(min(left, 0.05)):
                self.read(key.data)
        return True

    def run_for(self, seconds):
        self.run_until(lambda: False, seconds)

    def read(self, viewer):
        try:
            data = viewer.socket.recv(1 << 18)
        except OSError as error:
            return self.leave(viewer, str(error))
        if not data:
            return self.leave(viewer, "the answer ended")
        viewer.take(data, time.monotonic())

    def close(self):
        for viewer in self.viewers:
            self.leave(viewer)
        self.selector.close()


def violations(relevo_ts, data):
    """The lines of relevo-ts check: offset, kind, PID and words of each violation."""
    whole = bytes(data[:len(data) // 188 * 188])  # who leaves leaves anywhere
    check = subprocess.run([relevo_ts, "check", "-"], input=whole, capture_output=True, check=False)
    assert check.returncode in (0, 1), check.stderr
    return check.stdout.decode().splitlines()


def without_last_picture(data):
    """Who leaves does so within a picture: all before that."""
    for at in range(len(data) // 188 * 188 - 188, -1, -188):
        begins_unit, pid = data[at + 1] & 0x40, (data[at + 1] & 0x1f) << 8 | data[at + 2]
        if begins_unit and pid == VIDEO_PID:
            return data[:at]
    return data


def decoding_errors(data):
    """What ffmpeg says: nothing where it decodes everything but the last picture."""
    command = ["ffmpeg", "-v", "error", "-threads", "1", "-f", "mpegts", "-i", "-", "-f", "null", "-"]
    done = subprocess.run(command, input=bytes(without_last_picture(data)), capture_output=True, check=False)
    return done.stderr.decode().splitlines()


def descriptors(pid, kind=""):
    """How many a process has whose target begins like that: "socket:" …"""
    count = 0
    for entry in pathlib.Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # closed meanwhile
            count += str(entry.readlink()).startswith(kind)
    return count


def sockets(pid):
    """Those of a process as lines of `ss`, for whoever has to find out why there are too many."""
    listed = subprocess.run(["ss", "-anpH"], capture_output=True, text=True, check=False).stdout
    return "\n".join(line for line in listed.splitlines() if f"pid={pid}," in line)


def resident_mb(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise AssertionError("no VmRSS")
