#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the benchmark measures does its work: the outputs of bench-ts are right."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.append(str(pathlib.Path(__file__).parents[1] / "media"))
import mpegts  # noqa: E402

BENCH_TS, RELEVO_TS = sys.argv[1:3]
MEDIA = pathlib.Path(os.environ["RELEVO_TEST_MEDIA"])
PACKETS = 5000
CLOCK = 1 << 33


def stamps_of(packet: bytes) -> list[int]:
    pcr, stamps = mpegts.pcr_of(packet), mpegts.pts_dts_of(packet)
    return ([] if pcr is None else [pcr]) + list(stamps or [])


class BenchTs(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.input, self.output = (pathlib.Path(folder.name) / name for name in ("in.ts", "out.ts"))
        with open(MEDIA / "h264_1080p25.ts", "rb") as clip:
            self.input.write_bytes(clip.read(PACKETS * mpegts.PACKET))

    def run_mode(self, *arguments) -> subprocess.CompletedProcess:
        return subprocess.run([BENCH_TS, *arguments], stderr=subprocess.PIPE, text=True, check=False)

    def check(self) -> None:
        checked = subprocess.run([RELEVO_TS, "check", self.output], stdout=subprocess.PIPE, text=True, check=False)
        self.assertEqual(checked.returncode, 0, checked.stdout)

    def both(self) -> list[tuple[bytes, bytes]]:
        return list(zip(*(mpegts.packets(file.read_bytes()) for file in (self.input, self.output)), strict=True))

    def test_rewrite_moves_every_pid_and_every_clock_and_nothing_else(self):
        self.assertEqual(self.run_mode("rewrite", self.input, self.output).returncode, 0)
        self.check()
        pids, offsets, stamped = {}, set(), 0
        for old, new in self.both():
            self.assertEqual(pids.setdefault(mpegts.pid_of(old), mpegts.pid_of(new)), mpegts.pid_of(new))
            before, after = stamps_of(old), stamps_of(new)
            self.assertEqual(len(before), len(after))
            offsets.update((b - a) % CLOCK for a, b in zip(before, after))
            stamped += len(before)
            if not before and mpegts.pid_of(old) >= 0x100 and not mpegts.starts_unit(old):
                self.assertEqual(old[4:], new[4:])
        self.assertEqual(len(offsets), 1)
        self.assertNotIn(0, offsets)
        self.assertGreater(stamped, 40)
        moved = [pid for pid, own in pids.items() if pid != own]
        self.assertEqual(len(moved), 3, pids)  # PMT, video, sound

    def test_splice_keeps_the_pictures(self):
        self.assertEqual(self.run_mode("splice", self.input, self.output).returncode, 0)
        self.check()
        self.assertGreater(self.output.stat().st_size, 0.9 * self.input.stat().st_size)

    def test_several_inputs_follow_one_another(self):
        self.assertEqual(self.run_mode("rewrite", self.input, self.input, self.output).returncode, 0)
        self.assertEqual(self.output.stat().st_size, 2 * self.input.stat().st_size)

    def test_what_is_no_stream_is_refused(self):
        self.input.write_bytes(bytes(10 * mpegts.PACKET))
        for mode in ("rewrite", "splice"):
            refused = self.run_mode(mode, self.input, self.output)
            self.assertEqual(refused.returncode, 2)
            self.assertIn("bench-ts: " + mode, refused.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
