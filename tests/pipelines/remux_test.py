#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""relevo-worker remux from outside: every kind of source, what is kept of it, every way to end, through the real
binary. What it writes is judged by relevo-ts check and by ffmpeg."""

import contextlib
import json
import os
import pathlib
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from web import Web

WORKER, RELEVO_TS, MEDIA = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
HERE = pathlib.Path(__file__).parent
DEADLINE_S = 60
SECONDS = 4  # of the media
AHEAD = 1.5  # seconds that leave at once: the one that was promised, and the room for decode times
PICTURE = 0.04  # the last one leaves at its own time, not at its end
ENDED, WRONG_OPTION, CANNOT_OPEN, NO_MEDIA, FAILED, OUTPUT_CLOSED = 0, 2, 3, 4, 5, 6


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *map(str, arguments)], check=True)


def make_media(folder):
    """From the clips, without encoding: what comes in other containers than transport streams."""
    short = ["-t", SECONDS, "-c", "copy"]
    ffmpeg("-i", MEDIA / "broadcast.ts", "-map", "0:v", "-map", "0:a", *short, folder / "broadcast.mkv")
    ffmpeg("-i", MEDIA / "h264_720p50.ts", "-i", MEDIA / "radio_aac.ts", "-map", "0:v", "-map", "0:a", "-map", "1:a",
           *short, "-metadata:s:a:0", "language=spa", "-metadata:s:a:1", "language=fra", folder / "two.mp4")
    ffmpeg("-i", MEDIA / "h265_1080p25.ts", *short, folder / "h265.mkv")
    ffmpeg("-i", MEDIA / "h264_720p50.ts", *short, folder / "h264.flv")
    ffmpeg("-i", MEDIA / "h264_720p50.ts", *short, folder / "h264.mkv")
    ffmpeg("-i", MEDIA / "radio_aac.ts", *short, folder / "radio.mp4")
    ffmpeg("-i", folder / "two.mp4", "-map", "0:v", "-map", "0:a:0", "-c", "copy", "-f", "hls", "-hls_segment_type", "fmp4", "-hls_time", 1,
           "-hls_playlist_type", "vod", folder / "hls.m3u8")
    (folder / "dash").mkdir()
    ffmpeg("-i", folder / "two.mp4", "-map", "0", "-c", "copy", "-f", "dash", "-seg_duration", 1,
           "-adaptation_sets", "id=0,streams=0 id=1,streams=1 id=2,streams=2", folder / "dash" / "two.mpd")
    ffmpeg("-f", "lavfi", "-i", "sine", "-t", 1, "-c:a", "flac", folder / "sound.flac.mkv")
    ffmpeg("-i", MEDIA / "h264_720p50.ts", "-f", "lavfi", "-i", "sine", "-map", "0", "-map", "1", "-t", 1, "-c", "copy",
           "-c:a:1", "flac", folder / "part.mkv")


class Silent:
    """Accepts connections, takes everything, and answers nothing, or the beginning of an answer."""

    def __init__(self, answer=b""):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.answer, self.asked, self.kept = answer, threading.Event(), []
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.socket.accept()
                self.kept.append(connection)
                connection.recv(4096)
                connection.sendall(self.answer)
                self.asked.set()

    def url(self):
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}/tv"

    def close(self):
        for one in [self.socket, *self.kept]:
            one.close()


@contextlib.contextmanager
def process(command, **options):
    running = subprocess.Popen(command, **options)
    try:
        yield running
    finally:
        running.kill()
        running.wait()
        for pipe in (running.stdout, running.stderr):
            if pipe:
                pipe.close()


def worker(*arguments, **options):
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    return process([WORKER, *arguments], **options)


def run(*arguments):
    """Status, output and complaints of a worker that ends by itself."""
    done = subprocess.run([WORKER, *arguments], capture_output=True, timeout=DEADLINE_S, check=False)
    return done.returncode, done.stdout, done.stderr.decode()


def violations_in(stream):
    check = subprocess.run([RELEVO_TS, "check", "-"], input=stream, capture_output=True, check=False)
    return check.stdout.decode()


def decoding_errors_in(stream):
    command = ["ffmpeg", "-v", "error", "-i", "pipe:0", "-map", "0:v?", "-map", "0:a?",
               "-enc_time_base:v", "1:90000", "-f", "null", "-"]
    return subprocess.run(command, input=stream, capture_output=True, check=False).stderr.decode()


def tracks_of(stream):
    """(codec, language) of each, sorted; the language is "" where none is told."""
    command = ["ffprobe", "-v", "error", "-show_streams", "-of", "json", "pipe:0"]
    report = json.loads(subprocess.run(command, input=stream, capture_output=True, check=True).stdout)
    languages = [s.get("tags", {}).get("language", "") for s in report["streams"]]
    return sorted((s["codec_name"], language.replace("und", "")) for s, language in zip(report["streams"], languages))


def seconds_of(stream):
    """From the first to the last picture or sound."""
    command = ["ffprobe", "-v", "error", "-show_entries", "packet=pts_time", "-of", "csv=p=0", "pipe:0"]
    text = subprocess.run(command, input=stream, capture_output=True, check=True).stdout.decode()
    times = [float(line.strip(",")) for line in text.split() if line[0].isdigit()]
    return max(times) - min(times)


def ends_within(running, seconds=DEADLINE_S):
    with contextlib.suppress(subprocess.TimeoutExpired):
        return running.wait(seconds)
    return None


class Sources(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.temporary.name)
        make_media(cls.folder)
        cls.web = Web(cls.folder)

    @classmethod
    def tearDownClass(cls):
        cls.web.shutdown()
        cls.web.server_close()
        cls.temporary.cleanup()

    def remux(self, uri, tracks, complaints="", joined=False):
        began = time.monotonic()
        status, stream, said = run("remux", uri)
        self.assertEqual((status, said), (ENDED, complaints))
        self.assertEqual(tracks_of(stream), sorted(tracks))
        if joined:
            stream = self.join(stream)
        self.assertEqual(violations_in(stream), "")
        self.assertEqual(decoding_errors_in(stream), "")
        self.assertGreater(seconds_of(stream), SECONDS - 0.5)
        self.assertGreater(time.monotonic() - began, SECONDS - PICTURE - AHEAD, "it was not paced")
        return stream

    def join(self, stream):
        """As whoever comes into it gets it: from the first picture where decoding can start."""
        source, target = self.folder / "stream.ts", self.folder / "joined.ts"
        source.write_bytes(stream)
        subprocess.run([RELEVO_TS, "splice", source, "-o", target], check=True)
        return target.read_bytes()

    def test_mp4(self):
        tracks = [("h264", ""), ("aac", "spa"), ("aac", "fre")]
        self.remux((self.folder / "two.mp4").as_uri(), tracks)
        self.remux(self.web.url("two.mp4"), tracks)

    def test_matroska(self):
        self.remux(self.web.url("broadcast.mkv"), [("h264", ""), ("aac", "spa"), ("ac3", "eng"), ("mp2", "ger")])
        self.remux(self.web.url("h265.mkv"), [("hevc", ""), ("aac", "")])

    def test_flash_video(self):
        self.remux(self.web.url("h264.flv"), [("h264", ""), ("aac", "")])

    def test_hls_with_fragmented_mp4(self):
        self.remux(self.web.url("hls.m3u8"), [("h264", ""), ("aac", "spa")])

    def test_dash(self):
        self.remux(self.web.url("dash/two.mpd"), [("h264", ""), ("aac", ""), ("aac", "")])

    def test_sound_alone(self):
        self.remux(self.web.url("radio.mp4"), [("aac", "")])

    @contextlib.contextmanager
    def server(self, script, file):
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("GST_", "G_DEBUG", "ASAN_"))}
        environment["HOME"] = str(self.folder)
        with process([HERE / script, self.folder / file], stdout=subprocess.PIPE, env=environment) as running:
            yield f"127.0.0.1:{int(running.stdout.readline())}"

    def test_rtsp(self):
        with self.server("rtsp_server.py", "h264.mkv") as address:
            self.remux(f"rtsp://{address}/tv", [("h264", ""), ("aac", "")], joined=True)

    def test_rtmp(self):
        with self.server("rtmp_server.py", "h264.flv") as address:
            self.remux(f"rtmp://{address}/live/tv", [("h264", ""), ("aac", "")])

    def test_what_cannot_be_carried_is_left_out_and_named(self):
        status, stream, said = run("remux", self.web.url("part.mkv"))
        self.assertEqual((status, said), (ENDED, "relevo-worker: a transport stream cannot carry audio/x-flac, "
                                                 "it is left out\n"))
        self.assertEqual(tracks_of(stream), [("aac", ""), ("h264", "")])
        status, stream, said = run("remux", self.web.url("sound.flac.mkv"))
        self.assertEqual((status, stream), (NO_MEDIA, b""))
        self.assertIn("a transport stream can carry nothing of it\n", said)

    def test_servers_are_told_what_was_asked_for(self):
        options = ["--user-agent", "Player 1", "--header", "X-Token: a b"]
        self.assertEqual(run("remux", *options, self.web.url("radio.mp4"))[0], ENDED)
        headers = [headers for path, headers in self.web.requests if path == "/radio.mp4"][-1]
        self.assertEqual((headers["User-Agent"], headers["X-Token"]), ("Player 1", "a b"))


class Failures(unittest.TestCase):
    def refuse(self, uri, status, *words, lines=1):
        found, stream, said = run("remux", uri)
        self.assertEqual((found, stream, said.count("\n")), (status, b"", lines), said)
        for word in words:
            self.assertIn(word, said.splitlines()[-1])

    def test_what_is_not_there(self):
        self.refuse("file:///nowhere/a.mp4", CANNOT_OPEN, "file:///nowhere/a.mp4")
        self.refuse("foo://host/1", CANNOT_OPEN, "foo")
        for uri in ("rtsp://localhost:1/tv", "http://127.0.0.1:1/tv", "rtmp://[::1]:1/tv", "file:///etc/passwd"):
            status, _, said = run("remux", "--reach", "private=own own=10.example", uri)
            self.assertEqual(status, CANNOT_OPEN)
            self.assertIn("the address is not allowed: ", said)
        self.refuse("rtsp://127.0.0.1:1/tv", CANNOT_OPEN, "rtsp://127.0.0.1:1/tv")
        self.refuse("http://127.0.0.1:1/tv", CANNOT_OPEN, "http://127.0.0.1:1/tv")
        with tempfile.TemporaryDirectory() as folder, Web(folder) as web:
            self.refuse(web.url("nothing.mp4?token=secret"), CANNOT_OPEN, "nothing.mp4?token=***")
            web.shutdown()

    def test_what_is_no_media(self):
        with tempfile.TemporaryDirectory() as folder:
            text = pathlib.Path(folder) / "text"
            text.write_text("<html><body>No such channel</body></html>\n" * 20)
            self.refuse(text.as_uri(), NO_MEDIA, text.as_uri(), lines=2)  # before that, that it is text/html
            text.write_bytes(b"\x01\x02\x03" * 1000)
            self.refuse(text.as_uri(), NO_MEDIA)

    def test_wrong_options(self):
        self.assertEqual(run("remux"), (WRONG_OPTION, b"", "relevo-worker: remux needs a URI; see relevo-worker --help\n"))
        status, help_text, _ = run("--help")
        self.assertEqual(status, ENDED)
        for words in (b"--user-agent", b"--header", b"0 the source has ended", b"2 wrong option", b"3 the source",
                      b"4 it is no media", b"5 it failed", b"6 the output", b"Examples:"):
            self.assertIn(words, help_text)


class Ends(unittest.TestCase):
    def setUp(self):
        self.long = (MEDIA / "broadcast.ts").as_uri()  # 24 s

    def test_signals(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with worker("remux", self.long) as running:
                running.stdout.read(1000)
                running.send_signal(number)
                rest, said = running.communicate(timeout=DEADLINE_S)
                self.assertEqual((running.returncode, said), (ENDED, b""))
                self.assertLess(len(rest), 8_000_000)

    def test_signal_while_the_output_is_not_read(self):
        with worker("remux", self.long) as running:
            running.stdout.read(1000)
            time.sleep(1)  # the pipe is full: 64 kB of it are less than what leaves at once
            running.send_signal(signal.SIGTERM)
            self.assertEqual(ends_within(running), ENDED)

    def test_signal_while_the_source_says_nothing(self):
        for answer in (b"", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n" + bytes(3) + b"\x18ftypisom"):
            with contextlib.closing(Silent(answer)) as server, worker("remux", server.url()) as running:
                self.assertTrue(server.asked.wait(DEADLINE_S))
                running.send_signal(signal.SIGTERM)
                self.assertEqual(ends_within(running), ENDED)

    def test_closed_output(self):
        with worker("remux", self.long) as running:
            running.stdout.read(1000)
            running.stdout.close()
            self.assertEqual(ends_within(running), OUTPUT_CLOSED)
            self.assertEqual(running.stderr.read().count(b"\n"), 1)

    def test_output_closed_while_the_source_says_nothing(self):
        with contextlib.closing(Silent()) as server, worker("remux", server.url()) as running:
            self.assertTrue(server.asked.wait(DEADLINE_S))
            running.stdout.close()
            self.assertEqual(ends_within(running), OUTPUT_CLOSED)

    def test_killed_reader(self):
        """A parent that reads and is killed leaves no worker behind."""
        script = ("import subprocess, sys; w = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE);"
                  "print(w.pid, flush=True); w.stdout.read(1000); print('reads', flush=True); w.wait()")
        command = [sys.executable, "-c", script, WORKER, "remux", self.long]
        with process(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as parent:
            number = int(parent.stdout.readline())
            parent.stdout.readline()
            descriptor = os.pidfd_open(number)
            parent.kill()
            ready = select.select([descriptor], [], [], DEADLINE_S)[0]
            os.close(descriptor)
            self.assertTrue(ready, "the worker still runs")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[4:]], verbosity=2)
