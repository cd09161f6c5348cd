#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Walks through pages in a real browser, against the real daemon: household.mjs, upkeep.mjs.

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


def main():
    pathlib.Path(SCREENSHOTS).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        settings = pathlib.Path(folder, "relevod.conf")
        settings.write_text(SETTINGS, encoding="utf-8")
        daemon = Daemon(RELEVOD, folder, options=["--config", settings])
        try:
            log = Log(daemon.process)
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
