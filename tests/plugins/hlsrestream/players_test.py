#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Players play the folder of hlsrestream without stopping, while the source behind it dies and another takes over.

Usage: players_test.py PROVIDER MEDIA-FOLDER [PRELOADED-LIBRARY]"""

import sys
import tempfile
import time
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))
from players import LIMIT, PLAYERS, Player, changed_over, good, start_channel, start_provider  # noqa: E402


def segments_in(playlist):
    return playlist.read_text(encoding="utf-8").count("#EXTINF") if playlist.exists() else 0


def play(folder, end):
    """Whether all went well."""
    while segments_in(folder / "tv.m3u8") < 3 and time.monotonic() < end:
        time.sleep(0.05)
    if segments_in(folder / "tv.m3u8") < 3:
        print("no segments came")
        return False
    return good([Player(name, "tv.m3u8", folder) for name in PLAYERS], end)


def main(provider, media, preloaded=""):
    end = time.monotonic() + LIMIT
    process, address = start_provider(provider, media)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        channel = start_channel(address, ["hlsrestream", "location=tv.m3u8", "target-duration=2"], folder, preloaded)
        try:
            well = play(folder, end)
        finally:
            for child in (channel, process):
                child.terminate()
                child.wait()
        return 0 if changed_over(folder) and well else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
