#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""failoversrc between a source that only the worker can read and a transport stream, in gst-launch-1.0: the stream
goes on when the RTSP server dies, and also when an MP4 file has ended."""

import contextlib
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import unittest

from web import Web

PROVIDER, RELEVO_TS, MEDIA, PRELOADED = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3]), sys.argv[4]
HERE = pathlib.Path(__file__).parent
DEADLINE_S = 40


@contextlib.contextmanager
def process(command, **options):
    running = subprocess.Popen(command, **options)
    try:
        yield running
    finally:
        running.kill()
        running.wait()
        if running.stdout:
            running.stdout.close()


def provider():
    return process([PROVIDER, "--media", MEDIA], stdout=subprocess.PIPE, text=True)


def rtsp_server(file, home):
    environment = {n: v for n, v in os.environ.items() if not n.startswith(("GST_", "G_DEBUG", "ASAN_"))}
    return process([HERE / "rtsp_server.py", file], stdout=subprocess.PIPE, text=True, env=environment | {"HOME": home})


def channel(candidates, output):
    environment = os.environ | ({"LD_PRELOAD": PRELOADED} if PRELOADED else {})
    structures = f"candidates=<{','.join(candidates)}>".replace(" ", "\\ ")
    command = ["gst-launch-1.0", "-m", "failoversrc", structures, "!", "filesink", f"location={output}"]
    return process(command, stdout=subprocess.DEVNULL, env=environment)


def candidate(uri, **fields):
    return ",".join([f"[candidate,uri=\"{uri}\"", *(f'{name}="{value}"' for name, value in fields.items())]) + "]"


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *map(str, arguments)], check=True)


def wait_for_bytes(file, count):
    end = time.monotonic() + DEADLINE_S
    while not file.exists() or file.stat().st_size < count:
        assert time.monotonic() < end, f"{file} has no {count} bytes"
        time.sleep(0.05)


class Failover(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.output = self.folder / "out.ts"

    def judge(self):
        """No violation, and every picture can be decoded."""
        stream = self.output.read_bytes()
        check = subprocess.run([RELEVO_TS, "check", "-"], input=stream, capture_output=True, check=False)
        self.assertEqual(check.stdout.decode(), "")
        command = ["ffmpeg", "-v", "error", "-i", self.output, "-enc_time_base:v", "1:90000", "-f", "null", "-"]
        self.assertEqual(subprocess.run(command, capture_output=True, check=False).stderr.decode(), "")

    def play(self, first, kill):
        with provider() as second:
            address = re.search(r"127\.0\.0\.1:\d+", second.stdout.readline()).group()
            with channel([first, candidate(f"http://{address}/live/ac3.ts?burst=2")], self.output) as running:
                wait_for_bytes(self.output, 1_000_000)
                kill()
                end = time.monotonic() + DEADLINE_S
                while "ac3" not in self.codecs() and time.monotonic() < end:
                    time.sleep(0.2)
                running.terminate()
                running.wait(DEADLINE_S)
        self.assertIn("ac3", self.codecs(), "the second did not take over")
        self.judge()

    def codecs(self):
        report = subprocess.run([RELEVO_TS, "inspect", self.output], capture_output=True, check=False).stdout.decode()
        return report.lower().replace("ac-3", "ac3")

    def test_rtsp_server_that_dies(self):
        file = self.folder / "h264.mkv"
        ffmpeg("-i", MEDIA / "h264_720p50.ts", "-c", "copy", file)
        with rtsp_server(file, self.folder) as server:
            port = int(server.stdout.readline())
            self.play(candidate(f"rtsp://127.0.0.1:{port}/tv"), server.kill)

    def play_from_web(self, address):
        """Without a word of what is behind it; some of it ends by itself."""
        web = Web(self.folder)
        self.addCleanup(web.server_close)
        self.addCleanup(web.shutdown)
        self.play(candidate(web.url(address)), lambda: None)

    def test_mp4_from_the_web(self):
        ffmpeg("-i", MEDIA / "h264_720p50.ts", "-t", 5, "-c", "copy", "-f", "mp4", self.folder / "film")
        self.play_from_web("film")

    def test_hls_of_fragmented_mp4(self):
        ffmpeg("-i", MEDIA / "h264_720p50.ts", "-t", 5, "-c", "copy", "-bsf:a", "aac_adtstoasc", "-f", "hls", "-hls_segment_type", "fmp4",
               "-hls_time", 1, "-hls_playlist_type", "vod", self.folder / "tv.m3u8")
        self.play_from_web("tv.m3u8")

    def test_mp4_that_ends(self):
        file = self.folder / "h264.mp4"
        ffmpeg("-i", MEDIA / "h264_720p50.ts", "-t", 5, "-c", "copy", file)
        command = f"{os.environ['RELEVO_WORKER']} remux {{streamUrl}}"
        self.play(candidate(file.as_uri(), command=command), lambda: None)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=2)
