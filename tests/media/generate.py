#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Makes the test media that is missing or out of date in a folder; one folder serves every build of a checkout."""

import argparse
import concurrent.futures
import contextlib
import fcntl
import hashlib
import os
import pathlib
import subprocess
import sys

import clips
import service_data

HERE = pathlib.Path(__file__).parent


def recipe_key(clip: clips.Clip) -> str:
    """Changes with everything that decides the clip's bytes, short of ffmpeg itself."""
    recipe = "\0".join(clips.ffmpeg_arguments(clip)).encode()
    if clip.service_data:
        recipe += (HERE / "service_data.py").read_bytes() + (HERE / "mpegts.py").read_bytes()
    return hashlib.sha256(recipe).hexdigest()


@contextlib.contextmanager
def locked(folder: pathlib.Path):
    with open(folder / ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def option(clip: clips.Clip, name: str) -> int:
    words = clip.mux.split()
    return int(words[words.index(name) + 1], 0)


def make(clip: clips.Clip, folder: pathlib.Path) -> None:
    target, part, key = (folder / f"{clip.name}{suffix}" for suffix in (".ts", ".part", ".key"))
    key.unlink(missing_ok=True)
    subprocess.run(["ffmpeg", *clips.ffmpeg_arguments(clip), str(part)], check=True)
    if clip.service_data:
        part.write_bytes(service_data.add(
            part.read_bytes(), pmt_pid=option(clip, "-mpegts_pmt_start_pid"),
            service_id=option(clip, "-mpegts_service_id"), video_pid=option(clip, "-mpegts_start_pid"),
            rate=option(clip, "-muxrate"), seconds=clip.seconds))
    part.replace(target)
    key.write_text(recipe_key(clip))


def is_current(clip: clips.Clip, folder: pathlib.Path) -> bool:
    with contextlib.suppress(FileNotFoundError):
        return (folder / f"{clip.name}.ts").exists() and (folder / f"{clip.name}.key").read_text() == recipe_key(clip)
    return False


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--stamp", type=pathlib.Path, help="file to touch when all media is there")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with locked(arguments.folder):
        missing = [clip for clip in clips.CLIPS if not is_current(clip, arguments.folder)]
        # Long ones first, so that no core waits for a late one; the encoders have one thread each.
        missing.sort(key=lambda clip: -(clip.video.expect["width"] if clip.video else 0))
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for done in [pool.submit(make, clip, arguments.folder) for clip in missing]:
                done.result()
    if arguments.stamp:
        arguments.stamp.touch()
    return 0


if __name__ == "__main__":
    sys.exit(main())
