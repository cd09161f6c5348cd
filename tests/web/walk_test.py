#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Walks through pages in a real browser, against the real daemon: household.mjs, upkeep.mjs, grouping.mjs, changes.mjs.

Usage: walk_test.py RELEVOD NODE WEB-FOLDER SCREENSHOT-FOLDER WALK"""

import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from audience import Log  # noqa: E402
from relevod import Daemon  # noqa: E402

RELEVOD, NODE, WEB, SCREENSHOTS, WALK = sys.argv[1:6]
PASSWORD = "correct horse"
SETTINGS = "[playback]\nlinger = 30\n"
DAY_S = 86_400


def furnish(daemon):
    """Two channels, of which the kids see one; and an account that needs a person."""
    channels = [daemon.api("POST", "/channels", {"name": name, "number": number})
                for number, name in (("1", "Cartoons"), ("2", "News 24"))]
    profile = daemon.api("POST", "/profiles", {"name": "For kids"})
    daemon.api("PUT", f"/profiles/{profile['id']}/channels", [channels[0]["id"]])
    account = daemon.api("POST", "/accounts", {"name": "Panel", "kind": "xtream", "refresh": "", "location": "http://127.0.0.1:1"})
    daemon.api("POST", f"/accounts/{account['id']}/logins",
               {"name": "joe", "username": "joe", "password": "secret", "expires": int(time.time()) - DAY_S})
    daemon.refresh(f"/accounts/{account['id']}")
    daemon.api("POST", "/users", {"name": "ann", "password": PASSWORD, "role": "administrator"})
    daemon.api("POST", "/users", {"name": "kids", "password": PASSWORD, "role": "viewer", "profiles": [profile["id"]], "streams": 2})


def add_list(daemon, folder, name, *entries):
    """An account of entries "name|tvg-id", and the channels that are made of them."""
    text = "#EXTM3U\n"
    for number, entry in enumerate(entries):
        title, tvg_id = entry.split("|")
        text += f'#EXTINF:-1 tvg-id="{tvg_id}" group-title="All",{title}\nhttp://127.0.0.1:1/{name}/{number}\n'
    file = pathlib.Path(folder, name + ".m3u")
    file.write_text(text, encoding="utf-8")
    account = daemon.api("POST", "/accounts", {"name": name, "kind": "m3u", "location": str(file), "refresh": ""})
    daemon.refresh(f"/accounts/{account['id']}")
    for group in daemon.api("GET", f"/accounts/{account['id']}/groups"):
        daemon.api("PATCH", f"/groups/{group['id']}", {"sync": {}})


def furnish_with_lists(daemon, folder):
    """Two lists of which nobody can be sure what is the same."""
    add_list(daemon, folder, "One", "Dave|dave", "MTV|", "UK: Sport|", "DE: Sport|", "Eurosport|")
    add_list(daemon, folder, "Two", "Dave Channel One|dave", "UK: MTV|", "Sport|", "Eurosport 1|")
    daemon.api("POST", "/channels/sync", {})
    daemon.api("POST", "/users", {"name": "ann", "password": PASSWORD, "role": "administrator"})


def main():
    pathlib.Path(SCREENSHOTS).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        settings = pathlib.Path(folder, "relevod.conf")
        settings.write_text(SETTINGS, encoding="utf-8")
        daemon = Daemon(RELEVOD, folder, options=["--config", settings])
        try:
            log = Log(daemon.process)
            if WALK == "grouping.mjs":
                furnish_with_lists(daemon, folder)
            else:
                furnish(daemon)
            # A browser wants a folder of its own for what it keeps.
            walk = subprocess.run([NODE, pathlib.Path(__file__).with_name(WALK), WEB, f"http://127.0.0.1:{daemon.port}", SCREENSHOTS],
                                  env={"HOME": folder, "PATH": "/usr/bin:/bin"}, check=False)
            status = daemon.end()
        finally:
            daemon.close()
    if walk.returncode or status:
        sys.exit(f"{WALK} ended with {walk.returncode}, relevod with {status}\n{log.last_words()}")


main()
