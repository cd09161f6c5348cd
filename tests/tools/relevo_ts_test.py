#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""relevo-ts from outside, on streams that ffmpeg muxed: what it prints, and how it ends."""

import json
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import unittest

RELEVO_TS = sys.argv[1]
DEADLINE_S = 60
PACKET = 188
SECONDS = 3

_H264 = "-c:v libx264 -preset ultrafast -threads 1 -pix_fmt yuv420p -g 25 -sc_threshold 0"
_H265 = "-c:v libx265 -preset ultrafast -x265-params pools=none:frame-threads=1:keyint=25:log-level=error"
_PICTURES = "-f lavfi -i testsrc2=size={}:rate=25:duration={}"
_SOUND = "-f lavfi -i sine=sample_rate=48000:duration={}"

# How ffmpeg makes each, and codecs and picture size that inspect must find.
MEDIA = {
    "h264": (f"{_PICTURES.format('320x180', SECONDS)} {_SOUND.format(SECONDS)} {_H264} -bf 2 -c:a aac -b:a 128k"
             " -metadata service_name=Uno -metadata service_provider=Relevo -metadata:s:a language=spa",
             ["H.264", "AAC"], (320, 180)),
    "other": (f"{_PICTURES.format('640x360', SECONDS)} {_SOUND.format(SECONDS)} {_H264} -bf 0 -c:a aac -b:a 128k"
              " -output_ts_offset 5000 -mpegts_start_pid 0x300 -mpegts_service_id 7", ["H.264", "AAC"], (640, 360)),
    "mpeg2": (f"{_PICTURES.format('320x180', SECONDS)} {_SOUND.format(SECONDS)} -c:v mpeg2video -g 12 -bf 2 -b:v 1M"
              " -maxrate 1M -bufsize 500k -c:a mp2 -muxrate 2M", ["MPEG-2 video", "MPEG audio"], (320, 180)),
    "h265": (f"{_PICTURES.format('320x180', SECONDS)} {_SOUND.format(SECONDS)} {_H265} -c:a ac3",
             ["H.265", "AC-3"], (320, 180)),
    "radio": (f"{_SOUND.format(SECONDS)} -c:a aac -b:a 128k -pes_payload_size 300", ["AAC"], None),
}

# What ffmpeg itself does wrong: several frames of sound in a PES packet leave the clock of a radio too far apart,
# and the AC-3 descriptor is filled in once a frame was seen, without a new version of the PMT.
FAULTY_MEDIA = {
    "packed_radio": (f"{_SOUND.format(SECONDS)} -c:a aac -b:a 128k", {"pcr-gap"}),
    "ac3_descriptor": (f"{_PICTURES.format('320x180', SECONDS)} {_SOUND.format(SECONDS)} {_H265} -c:a ac3"
                       " -mpegts_flags system_b", {"psi-version"}),
}


def run(*arguments, **options):
    """Status, standard output and standard error."""
    done = subprocess.run([RELEVO_TS, *map(str, arguments)], capture_output=True, timeout=DEADLINE_S, check=False,
                          **options)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def without_packet(stream, number):
    return stream[:number * PACKET] + stream[(number + 1) * PACKET:]


class RelevoTs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        for name, (recipe, *_) in (MEDIA | FAULTY_MEDIA).items():
            subprocess.run(["ffmpeg", "-v", "error", "-bitexact", *recipe.split(), "-f", "mpegts", cls.media(name)],
                           check=True, timeout=DEADLINE_S, stdin=subprocess.DEVNULL)

    @classmethod
    def media(cls, name):
        return cls.folder / f"{name}.ts"

    def spliced(self, *arguments):
        out = self.folder / "out.ts"
        self.assertEqual(run("splice", *arguments, "-o", out), (0, "", ""))
        return out

    def assert_clean(self, path):
        status, lines, summary = run("check", path)
        self.assertEqual((status, lines), (0, ""))
        self.assertEqual(summary, f"{path}: 0 violations in {path.stat().st_size} bytes\n")

    def test_streams_of_a_good_muxer_are_clean(self):
        for name in MEDIA:
            with self.subTest(name):
                self.assert_clean(self.media(name))

    def test_real_faults_of_a_muxer_are_found_and_spliced_away(self):
        for name, (_, kinds) in FAULTY_MEDIA.items():
            with self.subTest(name):
                status, lines, _ = run("check", self.media(name))
                self.assertEqual(status, 1)
                self.assertEqual({line.split()[1] for line in lines.splitlines()}, kinds)
                self.assert_clean(self.spliced(self.media(name)))

    def test_check_prints_a_line_for_each_violation(self):
        stream = self.media("h264").read_bytes()
        broken = self.folder / "broken.ts"
        numbers = [i for i in range(len(stream) // PACKET)
                   if stream[i * PACKET + 1] & 0x5f == 0x01 and stream[i * PACKET + 2] == 0x00]  # inside pictures
        lost = numbers[len(numbers) // 2]
        broken.write_bytes(without_packet(stream, lost))
        status, lines, summary = run("check", broken)
        self.assertEqual(status, 1)
        self.assertRegex(lines, rf"^{lost * PACKET} cc 0x0100 counter \d+ after \d+\n$")
        self.assertEqual(summary, f"{broken}: 1 violation in {broken.stat().st_size} bytes\n")

    def test_streams_come_from_the_standard_input_too(self):
        stream = self.media("h264").read_bytes()
        self.assertEqual(run("check", "-", input=stream),
                         (0, "", f"standard input: 0 violations in {len(stream)} bytes\n"))
        self.assertEqual(run("inspect", "-", input=stream), run("inspect", self.media("h264")))

    def test_a_stream_joined_in_the_middle_does_not_begin_well(self):
        status, lines, _ = run("check", "-", input=self.media("h264").read_bytes()[50 * PACKET:])
        self.assertEqual(status, 1)
        self.assertIn(" unreferenced 0x0100 ", lines)

    def test_inspect_tells_codecs_and_formats(self):
        for name, (_, codecs, size) in MEDIA.items():
            with self.subTest(name):
                status, text, errors = run("inspect", "--json", self.media(name))
                self.assertEqual((status, errors), (0, ""))
                report = json.loads(text)
                self.assertEqual(len(report["programmes"]), 1)
                pids = {pid["pid"]: pid for pid in report["pids"]}
                streams = [pids[pid] for pid in report["programmes"][0]["streams"]]
                self.assertEqual([stream["codec"] for stream in streams], codecs)
                self.assertAlmostEqual(report["duration_ms"], SECONDS * 1000, delta=150)
                self.assertEqual([report[key] for key in ("sync_losses", "continuity_errors", "broken_sections")],
                                 [0, 0, 0])
                self.assertEqual(streams[-1]["audio"]["sample_rate"], 48000)
                if size:
                    video = streams[0]["video"]
                    self.assertEqual((video["width"], video["height"]), size)
                    self.assertEqual(video["frame_rate"], "25/1")
                    self.assertEqual(video["pictures"], 25 * SECONDS)

    def test_inspect_names_programme_and_language(self):
        status, text, _ = run("inspect", self.media("h264"))
        self.assertEqual(status, 0)
        self.assertIn('programme 1 "Uno" of "Relevo", PMT 0x1000', text)
        self.assertRegex(text, r"(?m)^  0x0101 AAC LC, 48000 Hz, 1 channels?, spa, ")

    def test_joined_streams_are_clean_and_decode_without_an_error(self):
        joints = [("h264", "other"), ("other", "h264"), ("h264", "mpeg2"), ("mpeg2", "h265"), ("radio", "radio")]
        for first, second in joints:
            with self.subTest(first=first, second=second):
                a, b = self.media(first), self.media(second)
                out = self.spliced(a, "--cut-at", a.stat().st_size * 2 // 3, b, "--join-at", b.stat().st_size // 7)
                self.assert_clean(out)
                decoded = subprocess.run(
                    ["ffmpeg", "-v", "error", "-i", out, "-map", "0", "-f", "null", "-"],
                    capture_output=True, text=True, timeout=DEADLINE_S, check=False, stdin=subprocess.DEVNULL)
                self.assertEqual((decoded.returncode, decoded.stdout, decoded.stderr), (0, "", ""))

    def test_a_cut_may_be_a_time(self):
        out = self.spliced(self.media("h264"), "--cut-at", "1.5s")
        _, text, _ = run("inspect", "--json", out)
        self.assertAlmostEqual(json.loads(text)["duration_ms"], 1500, delta=200)

    def test_a_stream_without_a_place_to_enter_is_told(self):
        status, out, errors = run("splice", self.media("h264"), "-", "-o", self.folder / "out.ts", input=b"no stream")
        self.assertEqual((status, out, errors), (1, "", "relevo-ts: -: no place to enter it\n"))

    def test_an_output_that_nobody_reads_ends_the_tool_without_a_word(self):
        for restore in (signal.SIG_DFL, signal.SIG_IGN):
            with self.subTest(restore), subprocess.Popen(
                    [RELEVO_TS, "splice", *[self.media("h264")] * 8], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                    restore_signals=False, preexec_fn=lambda how=restore: signal.signal(signal.SIGPIPE, how)) as tool:
                tool.stdout.read(PACKET)
                tool.stdout.close()
                self.assertEqual(tool.stderr.read(), b"")
                self.assertEqual(tool.wait(DEADLINE_S), -signal.SIGPIPE if restore == signal.SIG_DFL else 2)

    def test_what_is_wrong_is_said_in_one_line(self):
        missing, empty = self.folder / "missing.ts", self.folder / "empty.ts"
        empty.touch()
        good = self.media("h264")
        rows = [
            ([], "which command? See relevo-ts --help"),
            (["burn"], "no command burn. See relevo-ts --help"),
            (["check"], "check needs one FILE, or - for the standard input"),
            (["check", good, good], "check needs one FILE, or - for the standard input"),
            (["check", missing], f"{missing}: No such file or directory"),
            (["check", self.folder], f"{self.folder}: Is a directory"),
            (["inspect", "--yaml", good], "inspect has no option --yaml"),
            (["inspect", empty], f"{empty}: no transport stream"),
            (["inspect", __file__], f"{__file__}: no transport stream"),
            (["splice"], "splice needs at least one FILE"),
            (["splice", "--cut-at", "1"], "--cut-at stands before any FILE"),
            (["splice", good, "--cut-at"], "--cut-at needs a value"),
            (["splice", good, "--cut-at", "soon"],
             "--cut-at needs a number of bytes or seconds as in 3.5s, not soon"),
            (["splice", good, "--cut-at", "-1s"], "--cut-at needs a number of bytes or seconds as in 3.5s, not -1s"),
            (["splice", good, "--join-at", "1s"], "--join-at needs a number of bytes, not 1s"),
            (["splice", good, "--loop"], "splice has no option --loop"),
            (["splice", "-", "-"], "the standard input can be read only once"),
            (["splice", good, "-o", "/dev/full"], "/dev/full: No space left on device"),
            (["splice", good, "-o", missing / "out"], f"{missing / 'out'}: No such file or directory"),
        ]
        for arguments, message in rows:
            with self.subTest(arguments):
                self.assertEqual(run(*arguments), (2, "", f"relevo-ts: {message}\n"))

    def test_help_has_examples(self):
        status, text, errors = run("--help")
        self.assertEqual((status, errors), (0, ""))
        commands = re.findall(r"(?m)^  (\w+) FILE", text)
        self.assertEqual(commands, ["inspect", "check", "splice"])
        for command in commands:
            status, text, errors = run(command, "--help")
            self.assertEqual((status, errors), (0, ""))
            self.assertTrue(text.startswith(f"usage: relevo-ts {command} "))
            self.assertIn("\nexamples:\n", text)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
