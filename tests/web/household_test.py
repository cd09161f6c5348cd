#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""household.mjs in a real browser, against the real daemon.

Usage: household_test.py RELEVOD NODE WEB-FOLDER SCREENSHOT-FOLDER"""

import pathlib
import subprocess
import sys
import tempfile

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from audience import Log  # noqa: E402
from relevod import Daemon  # noqa: E402

RELEVOD, NODE, WEB, SCREENSHOTS = sys.argv[1:5]
PASSWORD = "correct horse"


def furnish(daemon):
    """Two channels, of which the kids see one."""
    channels = [daemon.api("POST", "/channels", {"name": name, "number": number})
                for number, name in (("1", "Cartoons"), ("2", "News 24"))]
    profile = daemon.api("POST", "/profiles", {"name": "For kids"})
    daemon.api("PUT", f"/profiles/{profile['id']}/channels", [channels[0]["id"]])
    daemon.api("POST", "/users", {"name": "ann", "password": PASSWORD, "role": "administrator"})
    daemon.api("POST", "/users", {"name": "kids", "password": PASSWORD, "role": "viewer", "profiles": [profile["id"]], "streams": 2})


def main():
    pathlib.Path(SCREENSHOTS).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        daemon = Daemon(RELEVOD, folder)
        try:
            log = Log(daemon.process)
            furnish(daemon)
            # A browser wants a folder of its own for what it keeps.
            walk = subprocess.run([NODE, pathlib.Path(__file__).with_name("household.mjs"), WEB, f"http://127.0.0.1:{daemon.port}",
                                   SCREENSHOTS], env={"HOME": folder, "PATH": "/usr/bin:/bin"}, check=False)
            status = daemon.end()
        finally:
            daemon.close()
    if walk.returncode or status:
        sys.exit(f"the walk ended with {walk.returncode}, relevod with {status}\n{log.last_words()}")


main()
