#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Players play the transport stream of failoversrc over HTTP without stopping, while its source dies and another
takes over.

Usage: players_test.py PROVIDER MEDIA-FOLDER [PRELOADED-LIBRARY]"""

import http.server
import os
import queue
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))
from players import LIMIT, PLAYERS, Player, changed_over, good, start_channel, start_provider  # noqa: E402


class Server(http.server.ThreadingHTTPServer):
    """Gives what is broadcast to every viewer who is there."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Viewer)
        self.viewers = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def broadcast(self, stream):
        block = b"more"
        while block:  # the last one, empty, ends the viewers
            block = stream.read1(65536)
            for viewer in list(self.viewers):
                viewer.put(block)


class Viewer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "video/mp2t")
        self.end_headers()
        blocks = queue.Queue()
        self.server.viewers.append(blocks)
        try:
            while block := blocks.get():
                self.wfile.write(block)
        except ConnectionError:
            pass  # it has played enough
        self.server.viewers.remove(blocks)

    def log_message(self, *_):
        pass


def play(address, folder, preloaded, end):
    """Whether all went well. The channel starts when every player waits for it."""
    server = Server()
    players = [Player(name, f"http://127.0.0.1:{server.server_port}/tv.ts", folder) for name in PLAYERS]
    while len(server.viewers) < len(players) and time.monotonic() < end:
        time.sleep(0.05)
    reading, writing = os.pipe()
    channel = start_channel(address, ["fdsink", f"fd={writing}"], folder, preloaded, pass_fds=[writing])
    os.close(writing)
    threading.Thread(target=server.broadcast, args=(open(reading, "rb"),), daemon=True).start()
    try:
        return good(players, end)
    finally:
        channel.terminate()
        channel.wait()


def main(provider, media, preloaded=""):
    process, address = start_provider(provider, media)
    with tempfile.TemporaryDirectory() as name:
        try:
            well = play(address, Path(name), preloaded, time.monotonic() + LIMIT)
        finally:
            process.terminate()
            process.wait()
        return 0 if changed_over(Path(name)) and well else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
