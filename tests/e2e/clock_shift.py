# SPDX-License-Identifier: LGPL-2.1-or-later
"""Moves all clocks of a transport stream: PCR, PTS and DTS."""

import sys
import pathlib

sys.path.append(str(pathlib.Path(__file__).parent.parent / "media"))
import mpegts

_MODULUS = 1 << 33


def _move_stamp(data: bytearray, at: int, ticks: int) -> None:
    raw = data[at:at + 5]
    value = (raw[0] >> 1 & 7) << 30 | raw[1] << 22 | (raw[2] >> 1) << 15 | raw[3] << 7 | raw[4] >> 1
    value = (value + ticks) % _MODULUS
    data[at:at + 5] = bytes([raw[0] & 0xF1 | value >> 29 & 0x0E, value >> 22 & 0xFF, value >> 14 & 0xFE | 1,
                             value >> 7 & 0xFF, value << 1 & 0xFE | 1])


def last_pts(data: bytes) -> int:
    """Of the last PES packet of the file."""
    return [stamps for packet in mpegts.packets(data) if (stamps := mpegts.pts_dts_of(packet))][-1][0]


def shifted(data: bytes, ticks: int) -> bytes:
    out = bytearray(data)
    for at in range(0, len(out) - mpegts.PACKET + 1, mpegts.PACKET):
        packet = bytes(out[at:at + mpegts.PACKET])
        if (pcr := mpegts.pcr_of(packet)) is not None:
            base = (pcr + ticks) % _MODULUS
            out[at + 6:at + 10] = (base >> 1).to_bytes(4, "big")
            out[at + 10] = packet[10] & 0x7F | (base & 1) << 7
        if mpegts.pts_dts_of(packet) is not None:
            pes = at + mpegts.PACKET - len(mpegts.payload_of(packet))
            _move_stamp(out, pes + 9, ticks)
            if out[pes + 7] & 0x40:
                _move_stamp(out, pes + 14, ticks)
    return bytes(out)
