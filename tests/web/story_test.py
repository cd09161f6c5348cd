#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""story.mjs in a real browser, against the real daemon and a provider whose sources die.

Usage: story_test.py RELEVOD PROVIDER NODE WEB-FOLDER MEDIA-FOLDER SCREENSHOT-FOLDER"""

import contextlib
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from audience import Log, Provider  # noqa: E402
from relevod import Daemon  # noqa: E402

RELEVOD, PROVIDER, NODE, WEB, MEDIA, SCREENSHOTS = sys.argv[1:7]
CHANNELS = {"north": "source1", "east": "source2", "south": "source3"}


def main():
    shutil.rmtree(SCREENSHOTS, ignore_errors=True)
    pathlib.Path(SCREENSHOTS).mkdir(parents=True)
    options = ["--login", "joe:secret:2"]
    for channel, clip in CHANNELS.items():
        options += ["--channel", f"{channel}={clip}"]
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        provider = Provider(PROVIDER, MEDIA, options)
        stack.callback(provider.close)
        daemon = Daemon(RELEVOD, folder)
        stack.callback(daemon.close)
        log = Log(daemon.process)
        # A browser wants a folder of its own for what it keeps.
        story = subprocess.run([NODE, pathlib.Path(__file__).with_name("story.mjs"), WEB, f"http://127.0.0.1:{daemon.port}",
                                f"http://127.0.0.1:{provider.port}", SCREENSHOTS], env={"HOME": folder, "PATH": "/usr/bin:/bin"},
                               check=False)
        status = daemon.end()
    if story.returncode or status:
        sys.exit(f"the story ended with {story.returncode}, relevod with {status}\n{log.last_words()}")


main()
