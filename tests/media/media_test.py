#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Checks that every clip holds what its name says: streams, sizes, rates, languages, timing, and that it can loop."""

import functools
import json
import pathlib
import subprocess
import sys
import unittest

import clips
import mpegts

FOLDER = pathlib.Path(sys.argv.pop(1) if len(sys.argv) > 1 else "build/media")
CLIPS = {clip.name: clip for clip in clips.CLIPS}


def probe(name: str, *arguments: str) -> dict:
    command = ["ffprobe", "-v", "error", *arguments, "-of", "json", str(FOLDER / f"{name}.ts")]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def video_packets(name: str):
    """PTS and DTS of every picture of a clip, in file order, with the PCR last seen before it."""
    pid = int(next(s["id"] for s in probe(name, "-show_streams")["streams"] if s["codec_type"] == "video"), 16)
    pcr = None
    for packet in mpegts.packets((FOLDER / f"{name}.ts").read_bytes()):
        if mpegts.pid_of(packet) == pid:
            pcr = mpegts.pcr_of(packet) if mpegts.pcr_of(packet) is not None else pcr
            if (stamps := mpegts.pts_dts_of(packet)) is not None:
                yield pcr, *stamps


@functools.cache
def decoded(name: str) -> tuple[list[str], str]:
    """The type of every decoded picture, and the decoder's complaints."""
    command = ["ffprobe", "-v", "error", "-show_entries", "frame=media_type,pict_type", "-of", "csv=p=0"]
    done = subprocess.run([*command, str(FOLDER / f"{name}.ts")], check=True, capture_output=True, text=True)
    return [line.split(",")[1] for line in done.stdout.splitlines() if line.startswith("video")], done.stderr


def picture_types(name: str) -> str:
    return "".join(decoded(name)[0])


class EveryClip(unittest.TestCase):
    def test_streams(self):
        for clip in CLIPS.values():
            streams = probe(clip.name, "-show_streams", "-count_packets")["streams"]
            video = [s for s in streams if s["codec_type"] == "video"]
            audio = [s for s in streams if s["codec_type"] == "audio"]
            with self.subTest(clip.name):
                self.assertEqual(len(video), 1 if clip.video else 0)
                for stream in video:
                    self.assertEqual({key: stream.get(key) for key in clip.video.expect}, clip.video.expect)
                    self.assertEqual(int(stream["nb_read_packets"]), clip.video.frames(clip.seconds))
                self.assertEqual(
                    [(s["codec_name"], s.get("tags", {}).get("language", ""), int(s["nb_read_packets"])) for s in audio],
                    [(a.codec, a.language, a.frames(clip.seconds)) for a in clip.audio])
                self.assertEqual({(s["sample_rate"], s["channels"]) for s in audio}, {("48000", 2)})

    def test_decodes_without_an_error(self):
        for clip in CLIPS.values():
            with self.subTest(clip.name):
                self.assertEqual(decoded(clip.name)[1], "")

    def test_loops_without_a_gap(self):
        for clip in CLIPS.values():
            if clip.video:
                with self.subTest(clip.name):
                    packets = list(video_packets(clip.name))
                    frame = 90000 // clip.video.rate
                    dts = [d for _, _, d in packets]
                    self.assertEqual({b - a for a, b in zip(dts, dts[1:])}, {frame})
                    self.assertEqual(dts[-1] + frame - dts[0], clip.seconds * 90000)

    def test_clock_leads_by_the_multiplex_delay(self):
        for clip in CLIPS.values():
            if clip.video:
                with self.subTest(clip.name):
                    leads = [(dts - pcr) / 90000 for pcr, _, dts in video_packets(clip.name)]
                    self.assertAlmostEqual(max(leads), clip.delay, delta=0.1)
                    self.assertGreater(min(leads), 0)

    def test_clock_is_sent_often_enough_and_starts_where_it_should(self):
        for clip in CLIPS.values():
            with self.subTest(clip.name):
                clock = [p for p in map(mpegts.pcr_of, mpegts.packets((FOLDER / f"{clip.name}.ts").read_bytes()))
                         if p is not None]
                self.assertLessEqual(max(b - a for a, b in zip(clock, clock[1:])), 9000)
                to_next_round = clip.seconds * 90000 - (clock[-1] - clock[0])
                self.assertTrue(0 < to_next_round <= 9000, to_next_round)
                self.assertAlmostEqual(clock[0] / 90000, clip.start, delta=clip.delay + 0.1)


class Pictures(unittest.TestCase):
    def idr_pictures(self, name: str) -> int:
        trace = ["ffmpeg", "-nostdin", "-v", "verbose", "-i", str(FOLDER / f"{name}.ts"), "-map", "0:v", "-c", "copy",
                 "-bsf:v", "filter_units=pass_types=5,h264_metadata=aud=remove", "-f", "h264", "-"]
        data = subprocess.run(trace, check=True, capture_output=True).stdout
        # One slice per picture: the encoder has one thread.
        return data.count(b"\0\0\1\x65") + data.count(b"\0\0\1\x25") + data.count(b"\0\0\1\x45")

    def test_b_pictures_are_there_or_not(self):
        self.assertIn("B", picture_types("h264_1080p25"))
        self.assertNotIn("B", picture_types("h264_1080p25_nob"))

    def test_groups_last_at_most_two_seconds(self):
        for clip in CLIPS.values():
            if clip.video:
                with self.subTest(clip.name):
                    longest = max(len(group) for group in picture_types(clip.name)[1:].split("I")) + 1
                    self.assertLessEqual(longest, 2 * clip.video.rate)

    def test_open_groups_have_no_idr_after_the_first(self):
        self.assertEqual(self.idr_pictures("h264_opengop"), 1)
        self.assertEqual(self.idr_pictures("h264_1080p25"), 4)

    def pictures(self, name: str) -> list[str]:
        command = ["ffmpeg", "-nostdin", "-v", "error", "-i", str(FOLDER / f"{name}.ts"), "-map", "0:v", "-f",
                   "framemd5", "-"]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return [line.split(",")[-1].strip() for line in text.splitlines() if not line.startswith("#")]

    def test_every_picture_differs(self):
        pictures = self.pictures("h264_1080p25")
        self.assertEqual(len(set(pictures)), len(pictures))

    def filter_log(self, name: str, *arguments: str) -> str:
        command = ["ffmpeg", "-nostdin", "-v", "info", "-i", str(FOLDER / f"{name}.ts"), *arguments, "-f", "null", "-"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stderr

    def test_black_frozen_and_silent_are_so_and_the_original_is_not(self):
        for detector, marker, faulty in ((("-an", "-vf", "blackdetect=d=5"), "black_start:0", "black"),
                                         (("-an", "-vf", "freezedetect=d=5"), "freeze_start: 0", "frozen"),
                                         (("-vn", "-af", "silencedetect=d=5"), "silence_start: 0", "silent")):
            self.assertIn(marker, self.filter_log(faulty, *detector).replace("silence_start: -0", "silence_start: 0"))
            self.assertNotIn(marker[:-1], self.filter_log("h264_1080p25", *detector))


class Broadcast(unittest.TestCase):
    def setUp(self):
        self.data = (FOLDER / "broadcast.ts").read_bytes()

    def test_languages_and_kinds_of_the_service_data(self):
        streams = probe("broadcast", "-show_streams")["streams"]
        found = {(s.get("codec_name"), s.get("tags", {}).get("language")) for s in streams}
        self.assertLessEqual({("dvb_teletext", "spa,spa"), ("dvb_subtitle", "spa"), ("scte_35", None),
                              ("timed_id3", None)}, found)

    def test_subtitles_decode(self):
        command = ["ffmpeg", "-nostdin", "-v", "error", "-i", str(FOLDER / "broadcast.ts"), "-filter_complex",
                   "[0:v][0:s:1]overlay", "-f", "null", "-"]
        self.assertEqual(subprocess.run(command, capture_output=True, text=True).stderr, "")

    def test_teletext_decodes(self):
        command = ["ffmpeg", "-nostdin", "-v", "error", "-txt_format", "text", "-txt_page", "888", "-i",
                   str(FOLDER / "broadcast.ts"), "-map", "0:s:0", "-f", "srt", "-"]
        done = subprocess.run(command, capture_output=True, text=True)
        self.assertEqual(done.stderr, "")
        self.assertIn("Subtitle 3", done.stdout)

    def sections(self, pid: int) -> list[bytes]:
        payloads = [mpegts.payload_of(p) for p in mpegts.packets(self.data) if mpegts.pid_of(p) == pid]
        return [p[1:4 + (int.from_bytes(p[2:4], "big") & 0xFFF)] for p in payloads]

    def test_cues_have_a_right_crc_and_a_time_to_come(self):
        cues = self.sections(0x122)
        self.assertEqual({mpegts.crc32(cue) for cue in cues}, {0})
        self.assertEqual({cue[13] for cue in cues}, {0x00, 0x05})
        insert = next(cue for cue in cues if cue[13] == 0x05)
        at = int.from_bytes(insert[20:25], "big") & (1 << 33) - 1
        first = next(pts for _, pts, _ in video_packets("broadcast"))
        self.assertEqual(at - first, (2 + 4) * 90000)

    def test_continuity(self):
        counters: dict[int, int] = {}
        for packet in mpegts.packets(self.data):
            pid = mpegts.pid_of(packet)
            if pid != mpegts.NULL_PID and packet[3] & 0x10:
                self.assertEqual(packet[3] & 15, counters.get(pid, packet[3] & 15), f"PID {pid:#x}")
                counters[pid] = (packet[3] & 15) + 1 & 15


if __name__ == "__main__":
    unittest.main()
