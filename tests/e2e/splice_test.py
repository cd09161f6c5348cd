#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Joins clips of every kind, cut and entered at random bytes, and asks independent judges what came out.

Each case takes a random piece of one clip and a random piece of another, so that the first is left and the second
entered anywhere; in a part of the cases the clock of the first is moved so that it wraps around the joint. Judged by:
relevo-ts check (no violation), ffmpeg (decodes everything without a word), ffprobe (every picture one frame after the
one before; DTS in order), framemd5 (bit-exact: the pictures of both clips, each once, in order), and the PMTs (every
descriptor as it was).
"""

import argparse
import concurrent.futures
import functools
import json
import pathlib
import random
import subprocess
import sys
import tempfile
from dataclasses import dataclass

import clock_shift
from clock_shift import mpegts

CLIPS = ("h264_1080p25", "h264_1080p25_nob", "h264_720p50", "h264_opengop", "h265_1080p25", "mpeg2_576i", "ac3", "eac3",
         "radio_aac", "radio_mp2", "broadcast")
SECONDS = {"mpeg2_576i": 12, "radio_mp2": 12, "broadcast": 24}  # the others have 8
PROBE = ("-probesize", "100M", "-analyzeduration", "100M")  # streams that begin at the joint are found too
WRAP = 1 << 33
TICKS = 90_000

# Entered at an I picture that is no IDR picture, H.264 does not empty the decoder: marking commands refer to pictures
# that are not there, the order of output depends on those of the source before, and until the next such entry pictures
# may use one of them. A clip of this kind behind another H.264 clip is judged from its second entry on.
OPEN_GOP = "h264_opengop"
OPEN_GOP_REMARKS = ("mmco: unref short failure", "Last message repeated")
UNCLEAN_ENTRY_REMARK = "non monotonically increasing dts to muxer in stream 0"
H264 = ("h264_1080p25", "h264_1080p25_nob", "h264_720p50", "h264_opengop", "ac3", "eac3", "broadcast")


@dataclass(frozen=True)
class Piece:
    clip: str
    begin: int
    end: int


@dataclass(frozen=True)
class Case:
    number: int
    first: Piece
    second: Piece
    wrap: int | None  # ticks from the end of the first piece to the wrap of its clock

    def __str__(self) -> str:
        wrap = "" if self.wrap is None else f", wrap {self.wrap} ticks after the joint"
        pieces = " then ".join(f"{p.clip}[{p.begin}:{p.end}]" for p in (self.first, self.second))
        return f"case {self.number}: {pieces}{wrap}"


class Judge:
    def __init__(self, relevo_ts: str, media: pathlib.Path):
        self._relevo_ts = relevo_ts
        self._media = media

    def file(self, clip: str) -> pathlib.Path:
        return self._media / f"{clip}.ts"

    def judge(self, case: Case) -> list[str]:
        """What is wrong with the joint; empty when nothing is."""
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder) / "out.ts"
            first = self._first_input(case, pathlib.Path(folder))
            command = [self._relevo_ts, "splice", str(first), "--join-at", str(case.first.begin), "--cut-at",
                       str(case.first.end), str(self.file(case.second.clip)), "--join-at", str(case.second.begin),
                       "--cut-at", str(case.second.end), "-o", str(out)]
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode != 0:
                return [f"relevo-ts splice: exit status {done.returncode}: {done.stderr.strip()}"]
            return [*self._check(out), *self._decode(case, out), *self._timing(case, out), *self._descriptors(case, out)]

    def _first_input(self, case: Case, folder: pathlib.Path) -> pathlib.Path:
        path = self.file(case.first.clip)
        if case.wrap is None:
            return path
        data = path.read_bytes()
        end = clock_shift.last_pts(data[case.first.begin // mpegts.PACKET * mpegts.PACKET:
                                        case.first.end // mpegts.PACKET * mpegts.PACKET])
        moved = folder / "first.ts"
        moved.write_bytes(clock_shift.shifted(data, WRAP - end - case.wrap))
        return moved

    def _check(self, out: pathlib.Path) -> list[str]:
        done = subprocess.run([self._relevo_ts, "check", str(out)], capture_output=True, text=True)
        return [] if done.returncode == 0 else [f"relevo-ts check: {(done.stdout + done.stderr)[:600]}"]

    def _decode(self, case: Case, out: pathlib.Path) -> list[str]:
        kept = [self.pictures(piece.clip) for piece in (case.first, case.second)]
        hashes = ("-map", "0:v?", "-autoscale", "0", "-fps_mode", "passthrough", "-max_muxing_queue_size", "9999",
                  "-f", "framemd5", "-") if any(kept) else ()
        # ffmpeg stamps teletext anew by the PCR, and gets it wrong where the PCR wraps.
        streams = ("-map", "0") if case.wrap is None else ("-map", "0", "-map", "-0:s?")
        command = ["ffmpeg", "-v", "error", *PROBE, "-i", str(out), *streams, "-c:s", "copy", "-c:d", "copy",
                   "-enc_time_base:v", "1:90000", "-max_muxing_queue_size", "9999", "-f", "null", "-", *hashes]
        done = subprocess.run(command, capture_output=True, text=True)
        said = [line for line in done.stderr.splitlines() if not self._expected(case, line)]
        wrong = [f"ffmpeg: {' / '.join(said)[:600]}"] if said or done.returncode != 0 else []
        return wrong + self._compare(case, framemd5(done.stdout), *kept)

    @staticmethod
    def _expected(case: Case, line: str) -> bool:
        if OPEN_GOP in (case.first.clip, case.second.clip) and any(remark in line for remark in OPEN_GOP_REMARKS):
            return True
        return unclean_entry(case) and UNCLEAN_ENTRY_REMARK in line

    @staticmethod
    def _compare(case: Case, got: list[str], first: list[str], second: list[str]) -> list[str]:
        """Of each clip a run of its pictures must have come, without a gap and bit-exact."""
        split = run_length(got, first)
        rest = got[split:]
        if unclean_entry(case):
            rest = rest[next((i for i in range(len(rest)) if run_length(rest[i:], second) == len(rest) - i), 0):]
        counts = (split, run_length(rest, second))
        enough = all(count >= 20 for count, clip in zip(counts, (first, second)) if clip)
        if counts[1] == len(rest) and enough:
            return []
        return [f"pictures: {counts[0]} of the first clip, {counts[1]} of the second, {len(got)} in all"]

    def _timing(self, case: Case, out: pathlib.Path) -> list[str]:
        command = ["ffprobe", "-v", "error", *PROBE, "-show_entries", "packet=stream_index,codec_type,pts,dts", "-of",
                   "json", str(out)]
        packets = [packet for packet in json.loads(subprocess.run(command, capture_output=True, text=True).stdout)["packets"]
                   if packet["codec_type"] in ("video", "audio") and "dts" in packet]
        base = packets[0]["dts"] - WRAP // 2
        for packet in packets:  # ffprobe undoes the wrap for some streams and not for others
            packet |= {"dts": (packet["dts"] - base) % WRAP, "pts": (packet["pts"] - base) % WRAP}
        wrong, last = [], {}
        for packet in packets:
            before = last.get(packet["stream_index"])
            if before is not None and packet["dts"] <= before:
                wrong.append(f"DTS of stream {packet['stream_index']}: {packet['dts']} after {before}")
            last[packet["stream_index"]] = packet["dts"]
        shown = sorted(p["pts"] for p in packets if p["codec_type"] == "video")
        allowed = {1800 if piece.clip == "h264_720p50" else 3600 for piece in (case.first, case.second)}
        odd = [after - before for before, after in zip(shown, shown[1:]) if after - before not in allowed]
        return wrong[:3] + ([f"steps between pictures: {odd[:5]}"] if odd else [])

    def _descriptors(self, case: Case, out: pathlib.Path) -> list[str]:
        announced = set().union(*tables(out.read_bytes()))
        return [f"stream type {kind:#x} of {piece.clip} lost its descriptors {descriptors.hex()}"
                for piece in (case.first, case.second)
                for kind, descriptors in tables(self.file(piece.clip).read_bytes()[:1 << 20])[-1]
                if (kind, descriptors) not in announced]

    @functools.cache
    def pictures(self, clip: str) -> list[str]:
        """The hash of every picture of a clip, in the order in which they are shown."""
        if clip.startswith("radio"):
            return []
        command = ["ffmpeg", "-v", "error", "-i", str(self.file(clip)), "-map", "0:v", "-fps_mode", "passthrough", "-f",
                   "framemd5", "-"]
        return framemd5(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def unclean_entry(case: Case) -> bool:
    return case.second.clip == OPEN_GOP and case.first.clip in H264


def framemd5(text: str) -> list[str]:
    rows = [line.split(",") for line in text.splitlines() if line and not line.startswith("#")]
    return [row[5].strip() for row in sorted(rows, key=lambda row: int(row[0]))]


def run_length(got: list[str], clip: list[str]) -> int:
    """How many of `got`, from its beginning, follow each other in the clip too."""
    if not got or got[0] not in clip:
        return 0
    start = clip.index(got[0])
    return next((i for i, (a, b) in enumerate(zip(got, clip[start:])) if a != b), min(len(got), len(clip) - start))


def tables(data: bytes) -> list[set[tuple[int, bytes]]]:
    """Every PMT of a stream that differs from the one before: its streams as type and descriptors."""
    pmt_pid, found, last = None, [], b""
    for packet in mpegts.packets(data[:len(data) // mpegts.PACKET * mpegts.PACKET]):
        payload = mpegts.payload_of(packet)
        if not mpegts.starts_unit(packet) or not payload:
            continue
        if mpegts.pid_of(packet) == 0 and pmt_pid is None:
            pmt_pid = int.from_bytes(payload[11:13], "big") & 0x1FFF
        if mpegts.pid_of(packet) != pmt_pid:
            continue
        section = payload[1:4 + (int.from_bytes(payload[2:4], "big") & 0xFFF)]
        if section != last:
            found.append(streams_of(section))
            last = section
    return found


def streams_of(pmt: bytes) -> set[tuple[int, bytes]]:
    at = 12 + (int.from_bytes(pmt[10:12], "big") & 0xFFF)
    streams = set()
    while at < len(pmt) - 4:
        size = int.from_bytes(pmt[at + 3:at + 5], "big") & 0xFFF
        streams.add((pmt[at], pmt[at + 5:at + 5 + size]))
        at += 5 + size
    return streams


def make_cases(judge: Judge, count: int, seed: int) -> list[Case]:
    random_ = random.Random(seed)
    pairs = [(a, b) for a in CLIPS for b in CLIPS]
    random_.shuffle(pairs)

    def piece(clip: str, from_start: bool) -> Piece:
        size = judge.file(clip).stat().st_size
        length = int(size * random_.uniform(3.2, 4.5) / SECONDS.get(clip, 8))
        begin = 0 if from_start else random_.randrange(size - length)
        return Piece(clip, begin, begin + length)

    return [Case(n, piece(pairs[n % len(pairs)][0], n % 3 == 0), piece(pairs[n % len(pairs)][1], False),
                 random_.randrange(-10 * TICKS, 10 * TICKS) if n % 4 == 1 else None) for n in range(count)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("relevo_ts")
    parser.add_argument("media", type=pathlib.Path)
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="run this case alone")
    options = parser.parse_args()
    judge = Judge(options.relevo_ts, options.media)
    cases = make_cases(judge, options.cases, options.seed)
    if options.only is not None:
        cases = [cases[options.only]]
    failures = 0
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        for case, wrong in zip(cases, pool.map(judge.judge, cases)):
            failures += bool(wrong)
            for what in wrong:
                print(f"{case}\n    {what}", flush=True)
    print(f"{len(cases) - failures} of {len(cases)} joints are seamless")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
