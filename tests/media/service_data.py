# SPDX-License-Identifier: LGPL-2.1-or-later
"""Adds to a constant-rate clip what ffmpeg cannot multiplex: teletext, DVB subtitles, SCTE-35 cues and timed ID3.

Their packets take the place of null packets, so that no PCR moves; the PMT is rewritten to announce them.
"""

from collections import deque

import mpegts

TELETEXT_PID, SUBTITLE_PID, CUE_PID, ID3_PID = 0x120, 0x121, 0x122, 0x123

_HAMMING_8_4 = bytes.fromhex("1502495e6473382fd0c78c9ba1b6fdea")
_REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


# Teletext: ETSI EN 300 706 for the lines, EN 300 472 for their way into PES packets.

def _odd_parity(text: str) -> bytes:
    return bytes(code | (0 if bin(code).count("1") % 2 else 0x80) for code in text.encode("ascii"))


def _line(magazine: int, row: int, content: bytes, subtitle: bool, line: int) -> bytes:
    address = bytes([_HAMMING_8_4[magazine & 7 | (row & 1) << 3], _HAMMING_8_4[row >> 1]])
    unit = bytes([0x03 if subtitle else 0x02, 0x2C, 0xE0 | line, 0xE4])
    return unit + (address + content).translate(_REVERSED)


def _header(magazine: int, page: int, title: str, subtitle: bool, line: int) -> bytes:
    # Sub-code 0 with C4 (erase); a subtitle page has C6 as well; C11: pages are sent one after the other.
    nibbles = [page & 15, page >> 4, 0, 8, 0, 8 if subtitle else 0, 0, 1]
    return _line(magazine, 0, bytes(_HAMMING_8_4[n] for n in nibbles) + _odd_parity(title.ljust(32)), subtitle, line)


def _page(magazine: int, page: int, rows: dict[int, str], subtitle: bool) -> bytes:
    lines = _header(magazine, page, f"Relevo {magazine or 8}{page:02x}", subtitle, 7)
    for line, (row, text) in enumerate(rows.items(), start=8):
        lines += _line(magazine, row, _odd_parity(text.ljust(40)), subtitle, line)
    return lines


def _teletext_pes(pts: int, number: int) -> bytes:
    if number % 25 == 0:
        lines = _page(0, 0x88, {20: f"\x0b\x0bSubtitle {number // 25}\x0a\x0a"}, subtitle=True)
    else:
        lines = _page(1, 0x00, {row: f"Page 100, row {row}, {number}" for row in (1, 2, 3)}, subtitle=False)
    # PES packets fill whole TS packets: a header of 45 bytes, an identifier, and units of 46 bytes.
    units = lines + (b"\xff\x2c" + b"\xff" * 44) * (-(len(lines) // 46 + 1) % 4)
    return mpegts.pes(0xBD, pts, b"\x10" + units, header_size=0x24)


# DVB subtitles: ETSI EN 300 743.

_BAR_WIDTH, _BAR_HEIGHT = 400, 40


def _segment(kind: int, body: bytes) -> bytes:
    return bytes([0x0F, kind, 0, 1]) + len(body).to_bytes(2, "big") + body


def _field(colours: tuple[int, int]) -> bytes:
    # Two runs of 200 pixels: 0000 1111, length - 25, colour; twice 20 bits make five bytes.
    run = [0b1111 << 12 | 200 - 25 << 4 | colour for colour in colours]
    line = b"\x11" + (run[0] << 20 | run[1]).to_bytes(5, "big") + b"\0\xf0"
    return line * (_BAR_HEIGHT // 2)


def _subtitle_pes(pts: int, version: int, shown: bool) -> bytes:
    version &= 15
    position = bytes([0, 0xFF]) + (160).to_bytes(2, "big") + (500).to_bytes(2, "big")
    segments = _segment(0x10, bytes([10, version << 4 | 0x08 | 0x03]) + (position if shown else b""))
    if shown:
        size = _BAR_WIDTH.to_bytes(2, "big") + _BAR_HEIGHT.to_bytes(2, "big")
        region = bytes([0, version << 4 | 0x0F]) + size + bytes([0x4B, 0, 0, 0x03]) + bytes([0, 1, 0, 0, 0xF0, 0])
        palette = bytes([0, version << 4 | 0x0F])
        for entry, (luma, red, blue) in {1: (235, 128, 128), 2: (81, 240, 90)}.items():
            palette += bytes([entry, 0x5F, luma, red, blue, 0])
        top, bottom = _field((1, 2)), _field((2, 1))
        picture = bytes([0, 1, version << 4 | 0x01])
        picture += len(top).to_bytes(2, "big") + len(bottom).to_bytes(2, "big") + top + bottom
        segments += _segment(0x11, region) + _segment(0x12, palette) + _segment(0x13, picture)
    return mpegts.pes(0xBD, pts, b"\x20\x00" + segments + _segment(0x80, b"") + b"\xff")


# SCTE-35 cues.

def _cue(command_type: int, command: bytes) -> bytes:
    body = bytes(6) + b"\x00\xff\xf0" + len(command).to_bytes(1, "big") + bytes([command_type]) + command + b"\0\0"
    return mpegts.with_crc(b"\xfc" + (0x3000 | len(body) + 4).to_bytes(2, "big") + body)


def _splice_null() -> bytes:
    return _cue(0x00, b"")


def _splice_insert(event: int, out: bool, at: int) -> bytes:
    at &= (1 << 33) - 1
    command = event.to_bytes(4, "big") + b"\x7f" + bytes([0xEF if out else 0x4F])
    command += (0xFE << 32 | at).to_bytes(5, "big")
    if out:
        command += (0xFE << 32 | 4 * 90000).to_bytes(5, "big")
    return _cue(0x05, command + b"\x00\x01\x00\x00")


# Timed ID3: "Timed Metadata for HTTP Live Streaming".

def _id3_pes(pts: int, second: int) -> bytes:
    value = b"\x03second\0" + str(second).encode() + b"\0"
    frame = b"TXXX" + len(value).to_bytes(4, "big") + b"\0\0" + value
    return mpegts.pes(0xBD, pts, b"ID3\x04\0\0" + len(frame).to_bytes(4, "big") + frame)


def _pmt_additions(service_id: int) -> tuple[bytes, bytes]:
    programme = mpegts.descriptor(0x05, b"CUEI")
    programme += mpegts.descriptor(0x25, b"\xff\xffID3 \xffID3 \x00\x1f" + service_id.to_bytes(2, "big"))
    teletext = b"spa" + bytes([1 << 3 | 1, 0x00]) + b"spa" + bytes([2 << 3 | 0, 0x88])
    entries = mpegts.stream_entry(0x06, TELETEXT_PID, mpegts.descriptor(0x56, teletext))
    entries += mpegts.stream_entry(0x06, SUBTITLE_PID, mpegts.descriptor(0x59, b"spa\x10\0\1\0\1"))
    entries += mpegts.stream_entry(0x86, CUE_PID, mpegts.descriptor(0x8A, b"\x01"))
    entries += mpegts.stream_entry(0x15, ID3_PID, mpegts.descriptor(0x26, b"\xff\xffID3 \xffID3 \x00\x0f"))
    return programme, entries


class _Schedule:
    """What is to be sent when: packets in the order of their time, in ticks since the start of the clip."""

    def __init__(self, seconds: int, first_pts: int):
        teletext, subtitle = mpegts.Stream(TELETEXT_PID), mpegts.Stream(SUBTITLE_PID)
        cue, id3 = mpegts.Stream(CUE_PID), mpegts.Stream(ID3_PID)
        due: list[tuple[int, list[bytes]]] = []
        # Constant-rate multiplexing ends a little before the clip's time is over.
        for number in range(seconds * 25 - 1):
            at = number * 3600
            due.append((at, teletext.pes_packets(_teletext_pes(first_pts + at, number))))
        for second in range(seconds):
            at, pts = second * 90000 + 900, first_pts + second * 90000
            due.append((at, id3.pes_packets(_id3_pes(pts, second))))
            if second % 4 in (1, 3):
                due.append((at, subtitle.pes_packets(_subtitle_pes(pts, second // 2, second % 4 == 1))))
            if second % 8 == 2:
                due.append((at, cue.section_packets(_splice_insert(second, True, pts + 4 * 90000))))
            elif second % 8 == 6:
                due.append((at, cue.section_packets(_splice_insert(second, False, pts + 4 * 90000))))
            elif second % 2:
                due.append((at, cue.section_packets(_splice_null())))
        due.sort(key=lambda item: item[0])
        self._queue = deque((at, packet) for at, unit in due for packet in unit)

    def next(self, now: int) -> bytes | None:
        return self._queue.popleft()[1] if self._queue and self._queue[0][0] <= now else None

    def left(self) -> int:
        return len(self._queue)


def _trimmed(data: bytes, rate: int, seconds: int) -> bytes:
    """The constant-rate clip made exactly as long as its time.

    What ffmpeg still has to send at the end makes it longer; as many null packets near the end are taken out, and the
    clock behind them is set back by the time that they took.
    """
    per_packet = 27_000_000 * 8 * mpegts.PACKET / rate
    surplus = len(data) // mpegts.PACKET - seconds * rate // (8 * mpegts.PACKET)
    taken, out = 0, bytearray()
    for index, packet in enumerate(mpegts.packets(data)):
        if taken < surplus and mpegts.pid_of(packet) == mpegts.NULL_PID and index * mpegts.PACKET * 2 > len(data):
            taken += 1
            continue
        if taken and mpegts.pcr_of(packet) is not None:
            packet = mpegts.move_pcr(packet, -round(taken * per_packet))
        out += packet
    if taken != surplus:
        raise ValueError(f"the clip has {surplus - taken} packets too many")
    return bytes(out)


def add(data: bytes, pmt_pid: int, service_id: int, video_pid: int, rate: int, seconds: int) -> bytes:
    """The clip with the four streams in it; null packets that are left over stay, as far as there is time for them."""
    firsts = [p for p in mpegts.packets(data) if mpegts.pid_of(p) == video_pid and mpegts.starts_unit(p)]
    first_pts = mpegts.pts_dts_of(firsts[0])[0]
    schedule = _Schedule(seconds, first_pts)
    programme, entries = _pmt_additions(service_id)
    first_pcr, now, out = None, 0, bytearray()
    for packet in mpegts.packets(data):
        pid = mpegts.pid_of(packet)
        pcr = mpegts.pcr_of(packet)
        if pcr is not None:
            first_pcr = pcr if first_pcr is None else first_pcr
            now = pcr - first_pcr
        if pid == pmt_pid:
            payload = mpegts.payload_of(packet)
            section = payload[1:4 + (int.from_bytes(payload[2:4], "big") & 0xFFF)]
            larger = mpegts.extend_pmt(section, programme, entries)
            packet = (packet[:4] + b"\0" + larger).ljust(mpegts.PACKET, b"\xff")
            if len(packet) != mpegts.PACKET:
                raise ValueError("the PMT no longer fits into one packet")
        elif pid == mpegts.NULL_PID:
            packet = schedule.next(now) or packet
        out += packet
    if schedule.left():
        raise ValueError(f"{schedule.left()} packets found no null packet to replace")
    return _trimmed(bytes(out), rate, seconds)
