#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The example server of the documentation serves two clients a clean stream.

Usage: tv_server_test.py TV-SERVER PROVIDER MEDIA-FOLDER RELEVO-TS"""

import re
import subprocess
import sys
import urllib.request

ENOUGH = 600_000  # bytes


def start(command):
    """The process, and the address that it printed first."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    return process, re.search(r"127\.0\.0\.1:\d+", process.stdout.readline()).group()


def view(address):
    with urllib.request.urlopen(f"http://{address}/", timeout=60) as answer:
        assert answer.headers["Content-Type"] == "video/mp2t", answer.headers
        return answer.read(ENOUGH)


def main(server, provider, media, relevo_ts):
    processes = []
    try:
        process, origin = start([provider, "--media", media])
        processes.append(process)
        process, address = start([server, f"http://{origin}/live/h264_720p50.ts"])
        processes.append(process)
        for client in range(2):
            stream = view(address)
            check = subprocess.run([relevo_ts, "check", "-"], input=stream, stdout=subprocess.PIPE)
            print(f"client {client}: {len(stream)} bytes\n{check.stdout.decode()}")
            if len(stream) < ENOUGH or check.returncode != 0:
                return 1
        for line in ("viewer 1 comes", "viewer 2 comes"):
            while process.stdout.readline().strip() != line:
                if process.poll() is not None:
                    return 1
        return 0
    finally:
        for process in processes:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
