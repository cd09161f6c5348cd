# SPDX-License-Identifier: LGPL-2.1-or-later
"""Just enough MPEG transport stream to add streams to one: packets, sections, PES, descriptors."""

PACKET = 188
NULL_PID = 0x1FFF


def pid_of(packet: bytes) -> int:
    return (packet[1] & 0x1F) << 8 | packet[2]


def starts_unit(packet: bytes) -> bool:
    return bool(packet[1] & 0x40)


def payload_of(packet: bytes) -> bytes:
    if not packet[3] & 0x10:
        return b""
    return packet[5 + packet[4]:] if packet[3] & 0x20 else packet[4:]


def pcr_of(packet: bytes) -> int | None:
    """The PCR base in ticks of 90 kHz."""
    if not packet[3] & 0x20 or packet[4] < 7 or not packet[5] & 0x10:
        return None
    return int.from_bytes(packet[6:10], "big") << 1 | packet[10] >> 7


def move_pcr(packet: bytes, shift: int) -> bytes:
    """The packet with its PCR moved by so many ticks of 27 MHz."""
    pcr = pcr_of(packet) * 300 + ((packet[10] & 1) << 8 | packet[11]) + shift
    base, extension = pcr // 300, pcr % 300
    field = (base << 15 | 0x3F << 9 | extension).to_bytes(6, "big")
    return packet[:6] + field + packet[12:]


def _timestamp(raw: bytes) -> int:
    return (raw[0] >> 1 & 7) << 30 | raw[1] << 22 | (raw[2] >> 1) << 15 | raw[3] << 7 | raw[4] >> 1


def pts_dts_of(packet: bytes) -> tuple[int, int] | None:
    """PTS and DTS of the PES packet that starts here."""
    pes = payload_of(packet)
    if not starts_unit(packet) or pes[:3] != b"\0\0\1" or len(pes) < 19 or not pes[7] & 0x80:
        return None
    pts = _timestamp(pes[9:14])
    return pts, _timestamp(pes[14:19]) if pes[7] & 0x40 else pts


def packets(data: bytes):
    for at in range(0, len(data), PACKET):
        yield data[at:at + PACKET]


def crc32(data: bytes) -> int:
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ (0x04C11DB7 if crc & 0x80000000 else 0)) & 0xFFFFFFFF
    return crc


def with_crc(section: bytes) -> bytes:
    return section + crc32(section).to_bytes(4, "big")


def descriptor(tag: int, body: bytes) -> bytes:
    return bytes([tag, len(body)]) + body


def stream_entry(stream_type: int, pid: int, descriptors: bytes) -> bytes:
    """One entry of a PMT's stream loop."""
    return bytes([stream_type]) + (0xE000 | pid).to_bytes(2, "big") + (0xF000 | len(descriptors)).to_bytes(
        2, "big") + descriptors


def extend_pmt(section: bytes, programme_descriptors: bytes, entries: bytes) -> bytes:
    """The PMT section with more descriptors and more streams, and a CRC that is right again."""
    info = int.from_bytes(section[10:12], "big") & 0xFFF
    kept, streams = section[12:12 + info], section[12 + info:-4]
    loop = kept + programme_descriptors
    body = section[3:10] + (0xF000 | len(loop)).to_bytes(2, "big") + loop + streams + entries
    return with_crc(section[:1] + (0xB000 | len(body) + 4).to_bytes(2, "big") + body)


def pes(stream_id: int, pts: int, payload: bytes, header_size: int = 5) -> bytes:
    """A PES packet with a PTS; `header_size` counts the PTS and the stuffing after it."""
    pts &= (1 << 33) - 1
    stamp = bytes([0x21 | pts >> 29 & 0x0E, pts >> 22 & 0xFF, pts >> 14 & 0xFE | 1, pts >> 7 & 0xFF,
                   pts << 1 & 0xFE | 1])
    rest = b"\x84\x80" + bytes([header_size]) + stamp + b"\xff" * (header_size - 5) + payload
    return b"\0\0\1" + bytes([stream_id]) + len(rest).to_bytes(2, "big") + rest


class Stream:
    """Cuts units of one PID into packets, with a continuity counter of its own."""

    def __init__(self, pid: int):
        self._pid = pid
        self._counter = 0

    def pes_packets(self, unit: bytes) -> list[bytes]:
        return [self._packet(unit[at:at + 184], at == 0, stuff_with_field=True) for at in range(0, len(unit), 184)]

    def section_packets(self, section: bytes) -> list[bytes]:
        unit = b"\0" + section
        return [self._packet(unit[at:at + 184], at == 0, stuff_with_field=False) for at in range(0, len(unit), 184)]

    def _packet(self, payload: bytes, start: bool, stuff_with_field: bool) -> bytes:
        room = 184 - len(payload)
        field = b""
        if stuff_with_field and room:
            field = bytes([room - 1]) + (b"\0" + b"\xff" * (room - 2) if room > 1 else b"")
        header = bytes([0x47, (0x40 if start else 0) | self._pid >> 8, self._pid & 0xFF,
                        (0x30 if field else 0x10) | self._counter])
        self._counter = self._counter + 1 & 15
        return (header + field + payload).ljust(PACKET, b"\xff")
