#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""player.mjs in a real browser, against the real daemon and a provider of streams that browsers play, and of some that they do not.

Usage: player_test.py RELEVOD PROVIDER NODE WEB-FOLDER SCREENSHOT-FOLDER, with RELEVO_TEST_MEDIA"""

import contextlib
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from audience import Log, Provider  # noqa: E402
from relevod import Daemon  # noqa: E402

RELEVOD, PROVIDER, NODE, WEB, SCREENSHOTS = sys.argv[1:6]
CHANNELS = {"plays": "h264_720p50", "hevc": "h265_1080p25", "mpeg2": "mpeg2_576i"}


def furnish(daemon, provider):
    """Channels that are named after what they send, in that order."""
    account = {"name": "Codecs", "kind": "m3u", "location": f"http://127.0.0.1:{provider.port}/playlist.m3u", "refresh": ""}
    daemon.refresh(f"/accounts/{daemon.api('POST', '/accounts', account)['id']}")
    for name in CHANNELS:
        channel = daemon.api("POST", "/channels", {"name": name})
        stream = daemon.api("GET", f"/streams?q={name}")["items"][0]
        daemon.api("PUT", f"/channels/{channel['id']}/streams", [{"stream": stream["id"]}])
    daemon.api("POST", "/users", {"name": "ann", "password": "correct horse", "role": "administrator"})


def main():
    pathlib.Path(SCREENSHOTS).mkdir(parents=True, exist_ok=True)
    options = [option for channel, clip in CHANNELS.items() for option in ("--channel", f"{channel}={clip}")]
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        provider = Provider(PROVIDER, os.environ["RELEVO_TEST_MEDIA"], options)
        stack.callback(provider.close)
        daemon = Daemon(RELEVOD, folder)
        stack.callback(daemon.close)
        log = Log(daemon.process)
        furnish(daemon, provider)
        # A browser wants a folder of its own for what it keeps.
        walk = subprocess.run([NODE, pathlib.Path(__file__).with_name("player.mjs"), WEB, f"http://127.0.0.1:{daemon.port}", SCREENSHOTS],
                              env={"HOME": folder, "PATH": "/usr/bin:/bin"}, check=False)
        status = daemon.end()
    if walk.returncode or status:
        sys.exit(f"the walk ended with {walk.returncode}, relevod with {status}\n{log.last_words()}")


main()
