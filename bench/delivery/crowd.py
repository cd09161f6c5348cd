#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares what relevod costs, user and system time, when 500 people view a live channel, with nginx that sends the same
bytes of a file to as many. Exit status: 0; 1 when the limit is broken; 2 when nothing could be measured."""

import argparse
import contextlib
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time
import typing

from house import PATIENCE, cost_of_serving, house
from measure import Unmeasurable, judge, make_stream, print_head, print_row, run

VIEWERS = 500
SECONDS = 20
LIMIT = 2.5

CONFIG = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 2000; }}
http {{
  access_log off; sendfile on;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; root {folder}; limit_rate {rate}; }}
}}
"""


@contextlib.contextmanager
def nginx(folder: pathlib.Path, rate: float) -> typing.Iterator[tuple[int, int]]:
    """Its process and its port."""
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (folder / "nginx.conf").write_text(CONFIG.format(folder=folder, port=port, rate=round(rate)))
    try:
        process = subprocess.Popen([program, "-c", folder / "nginx.conf", "-e", folder / "error.log"])
    except FileNotFoundError:
        raise Unmeasurable("there is no nginx; scripts/setup.sh --bench installs it") from None
    try:
        wait_for(process, port)
        yield process.pid, port
    finally:
        process.terminate()
        process.wait()


def wait_for(process: subprocess.Popen, port: int) -> None:
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        with contextlib.suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)
    raise Unmeasurable("nginx does not start")


def work(options: argparse.Namespace, folder: pathlib.Path) -> bool:
    clip, build = options.media, options.build
    os.chmod(folder, 0o755)  # nginx gives up its rights
    seconds = make_stream(build / "tools/relevo-ts/relevo-ts", clip, folder / "stream.ts", 3 * SECONDS)
    rate = (folder / "stream.ts").stat().st_size / seconds
    print(f"{clip.name}: {rate * 8e-6:.1f} Mbit/s, {VIEWERS} viewers for {SECONDS} s; {options.pairs} pairs")
    costs = {"nginx": [], "relevod": []}
    with nginx(folder, rate) as (pid, port), house(build, folder, clip, 1) as ours:
        for _ in range(options.pairs):
            for name, *server in (("nginx", pid, port, "/stream.ts"), ("relevod", ours.pid, ours.daemon.port, "/stream/1")):
                process, at, path = server
                costs[name].append(cost_of_serving(build, process, at, SECONDS, VIEWERS, [path], rate * SECONDS))
    kept, verdict = judge(costs["relevod"], costs["nginx"], LIMIT)
    print_head("cost / nginx: median (spread), limit")
    print_row("nginx", costs["nginx"], SECONDS / 60, "1")
    print_row("relevod", costs["relevod"], SECONDS / 60, verdict)
    return kept


if __name__ == "__main__":
    sys.exit(run(__doc__, "nginx and relevod", work))
