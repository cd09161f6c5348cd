#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""catalogue.mjs in a real browser, against the real daemon and a provider that plays.

Usage: catalogue_test.py RELEVOD PROVIDER NODE WEB-FOLDER MEDIA-FOLDER SCREENSHOT-FOLDER"""

import contextlib
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from audience import Log, Provider  # noqa: E402
from relevod import Daemon  # noqa: E402

RELEVOD, PROVIDER, NODE, WEB, MEDIA, SCREENSHOTS = sys.argv[1:7]
STREAMS = {"north": "source1", "south": "source2", "east": "source3", "west": "source1"}
# Of each channel of the guide: its name, and how long its programmes are.
GUIDE = {"north.tv": ("North", 30), "south.tv": ("South", 60), "third.tv": ("Coast Andalucia", 30)}
DAY_S = 24 * 3600


def xmltv_time(seconds):
    return time.strftime("%Y%m%d%H%M%S +0000", time.gmtime(seconds))


def guide_text():
    """From yesterday until the day after tomorrow, so that midnight does not matter."""
    text = "<tv>"
    for channel, (name, _) in GUIDE.items():
        text += f'<channel id="{channel}"><display-name>{name}</display-name></channel>'
    begin = int(time.time()) // DAY_S * DAY_S - DAY_S
    for channel, (name, minutes) in GUIDE.items():
        for i in range(3 * DAY_S // 60 // minutes):
            start = begin + 60 * minutes * i
            text += (f'<programme channel="{channel}" start="{xmltv_time(start)}" stop="{xmltv_time(start + 60 * minutes)}">'
                     f"<title>{name} today</title><sub-title>Part {i + 1}</sub-title><desc>All about the {name}.</desc></programme>")
    return text + "</tv>"


def furnish(daemon, provider, folder):
    """Streams of an account, channels of some of them, and guides: two that fit, and one that may."""
    account = {"name": "Compass", "kind": "m3u", "location": f"http://127.0.0.1:{provider.port}/playlist.m3u", "refresh": ""}
    daemon.refresh(f"/accounts/{daemon.api('POST', '/accounts', account)['id']}")
    for number, name in enumerate(("North", "South", "Coast", "Nowhere"), 1):
        channel = daemon.api("POST", "/channels", {"name": name, "number": str(number), "group": "Compass"})
        found = daemon.api("GET", f"/streams?q={name.lower()}")["items"]
        if found:
            daemon.api("PUT", f"/channels/{channel['id']}/streams", [{"stream": found[0]["id"]}])
    guide = pathlib.Path(folder) / "guide.xml"
    guide.write_text(guide_text(), encoding="utf-8")
    source = daemon.api("POST", "/guides", {"name": "Weather vane", "location": str(guide), "refresh": ""})
    daemon.refresh(f"/guides/{source['id']}")
    daemon.api("POST", "/guides/match", {"channels": []})
    daemon.api("POST", "/users", {"name": "ann", "password": "correct horse", "role": "administrator"})


def main():
    pathlib.Path(SCREENSHOTS).mkdir(parents=True, exist_ok=True)
    options = [option for channel, clip in STREAMS.items() for option in ("--channel", f"{channel}={clip}")]
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        provider = Provider(PROVIDER, MEDIA, options)
        stack.callback(provider.close)
        daemon = Daemon(RELEVOD, folder)
        stack.callback(daemon.close)
        log = Log(daemon.process)
        furnish(daemon, provider, folder)
        # A browser wants a folder of its own for what it keeps.
        walk = subprocess.run([NODE, pathlib.Path(__file__).with_name("catalogue.mjs"), WEB, f"http://127.0.0.1:{daemon.port}",
                               SCREENSHOTS], env={"HOME": folder, "PATH": "/usr/bin:/bin"}, check=False)
        status = daemon.end()
    if walk.returncode or status:
        sys.exit(f"the walk ended with {walk.returncode}, relevod with {status}\n{log.last_words()}")


main()
