#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs the launch line of every element's documentation against the fault provider.

Usage: launch_lines_test.py PLUGINS-FOLDER PROVIDER MEDIA-FOLDER RELEVO-TS [PRELOADED-LIBRARY]"""

import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from element_docs import launch_lines

LIMIT = 30  # seconds until a line must have brought something
ENOUGH = 500_000  # bytes


def start_provider(provider, media):
    """The process, and the addresses of the provider and of the AceStream engine that it printed."""
    process = subprocess.Popen([provider, "--media", media, "--engine", "0"], stdout=subprocess.PIPE, text=True)
    return process, *(re.search(r"127\.0\.0\.1:\d+", process.stdout.readline()).group() for _ in range(2))


def size_of(folder):
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def run(line, folder, environment):
    """What went wrong; "" when it brought media until it was interrupted."""
    process = subprocess.Popen(shlex.split(line), cwd=folder,
                               env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    end = time.monotonic() + LIMIT
    while process.poll() is None and size_of(folder) < ENOUGH and time.monotonic() < end:
        time.sleep(0.05)
    brought = size_of(folder)
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    try:
        output, _ = process.communicate(timeout=LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        return "it did not end when it was interrupted\n" + process.communicate()[0]
    if brought < ENOUGH:
        return f"it brought {brought} bytes\n{output}"
    if re.search(r"ERROR|CRITICAL|WARNING|Sanitizer", output):
        return output
    return ""


def check(relevo_ts, file):
    result = subprocess.run([relevo_ts, "check", file], capture_output=True, text=True)
    return "" if result.returncode == 0 else result.stdout + result.stderr


def main(plugins, provider, media, relevo_ts, preloaded=""):
    environment = dict(os.environ)
    if preloaded:
        environment |= {"LD_PRELOAD": preloaded, "ASAN_OPTIONS": "detect_leaks=0"}
    lines = launch_lines(Path(plugins))
    process, address, engine = start_provider(provider, media)
    failed = not lines
    try:
        for element, line in lines:
            with tempfile.TemporaryDirectory() as folder:
                line = line.replace("127.0.0.1:8000", address).replace("127.0.0.1:6878", engine)
                wrong = run(line, Path(folder), environment)
                for file in Path(folder).glob("*.ts"):
                    wrong = wrong or check(relevo_ts, file)
            print(f"{element}: {'good' if not wrong else line}\n{wrong}".rstrip())
            failed = failed or bool(wrong)
    finally:
        process.terminate()
        process.wait()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
