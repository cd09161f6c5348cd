# SPDX-License-Identifier: LGPL-2.1-or-later
"""What test media there is: for each clip how ffmpeg makes it, and what a probe must find in it.

Every clip holds a whole number of video frames and of audio frames in the same time, so that it can be looped
without a gap. First timestamps, multiplex delays, PIDs and service ids differ on purpose.
"""

from dataclasses import dataclass

_X264 = "-c:v libx264 -preset superfast -threads 1 -pix_fmt yuv420p -sc_threshold 0"


@dataclass(frozen=True)
class Video:
    """An encoded picture stream: `source` is a lavfi graph without its duration, `expect` what ffprobe reports."""

    source: str
    rate: int
    encoder: str
    expect: dict

    def frames(self, seconds: int) -> int:
        return self.rate * seconds


@dataclass(frozen=True)
class Audio:
    """An encoded sound stream at 48 kHz, in frames of `samples`; the encoder puts `priming` samples in front."""

    source: str
    encoder: str
    codec: str
    samples: int
    priming: int
    language: str = ""

    def frames(self, seconds: int) -> int:
        frames, rest = divmod(48000 * seconds, self.samples)
        if rest:
            raise ValueError(f"{seconds} s is not a whole number of {self.codec} frames")
        return frames

    def trimmed(self, seconds: int) -> str:
        """The source, just long enough to give that many frames."""
        return f"{self.source},atrim=end_sample={self.frames(seconds) * self.samples - self.priming}"


@dataclass(frozen=True)
class Clip:
    name: str
    seconds: int
    video: Video | None
    audio: tuple[Audio, ...]
    start: float  # of the clock, in seconds
    delay: float  # from PCR to DTS, in seconds
    mux: str = ""
    service_data: bool = False  # teletext, DVB subtitles, SCTE-35 and ID3 are added to what ffmpeg made


def _beeps(frequency: int) -> str:
    return f"sine=frequency={frequency}:beep_factor=4:sample_rate=48000"


def _aac(frequency: int, language: str = "") -> Audio:
    return Audio(_beeps(frequency), "aac -b:a 192k", "aac", 1024, 1024, language)


def _ac3(frequency: int, language: str = "") -> Audio:
    return Audio(_beeps(frequency), "ac3 -b:a 256k", "ac3", 1536, 256, language)


def _eac3(frequency: int) -> Audio:
    return Audio(_beeps(frequency), "eac3 -b:a 192k", "eac3", 1536, 256)


def _mp2(frequency: int, language: str = "") -> Audio:
    return Audio(_beeps(frequency), "mp2 -b:a 192k", "mp2", 1152, 481, language)


def _moving(size: str, rate: int, seed: int) -> str:
    # The noise makes the bit rate real and every picture different, also between clips.
    return f"testsrc2=size={size}:rate={rate},noise=c0s=10:c0f=t:all_seed={seed}"


def _h264(source: str, size: str, rate: int, kbits: int, gop: int, b_frames: int = 2, extra: str = "") -> Video:
    width, height = (int(n) for n in size.split("x"))
    encoder = (
        f"{_X264} -profile:v high -g {gop} -keyint_min {gop} -bf {b_frames}"
        f" -b:v {kbits}k -maxrate {kbits}k -bufsize {kbits}k {extra}"
    )
    expect = {
        "codec_name": "h264",
        "profile": "High",
        "width": width,
        "height": height,
        "r_frame_rate": f"{rate}/1",
        "has_b_frames": min(b_frames, 2),
    }
    return Video(source, rate, encoder, expect)


def _hd(source: str, b_frames: int = 2) -> Video:
    return _h264(source, "1920x1080", 25, 7500, 50, b_frames)


_STILL = "testsrc2=size=1920x1080:rate=25:duration=0.04,loop=loop=-1:size=1"

_HEVC = Video(
    _moving("1920x1080", 25, 5),
    25,
    "-c:v libx265 -preset ultrafast -pix_fmt yuv420p -b:v 4000k -maxrate 4000k -bufsize 4000k -x265-params"
    " pools=none:frame-threads=1:keyint=50:min-keyint=50:scenecut=0:open-gop=0:repeat-headers=1:log-level=error",
    {"codec_name": "hevc", "profile": "Main", "width": 1920, "height": 1080, "r_frame_rate": "25/1", "has_b_frames": 2},
)

_MPEG2 = Video(
    _moving("720x576", 50, 6) + ",interlace=scan=tff,setsar=64/45",
    25,
    "-c:v mpeg2video -threads 1 -pix_fmt yuv420p -flags +ildct+ilme -top 1 -g 12 -bf 2 -sc_threshold 1000000000"
    " -b:v 4000k -minrate 4000k -maxrate 4000k -bufsize 1835k",
    {"codec_name": "mpeg2video", "width": 720, "height": 576, "r_frame_rate": "25/1", "field_order": "tt",
     "has_b_frames": 1},
)

_INTERLACED = _h264(_moving("720x576", 50, 9) + ",interlace=scan=tff,setsar=64/45", "720x576", 25, 3000, 25,
                    extra="-flags +ildct+ilme -top 1")

CLIPS = (
    Clip("h264_1080p25", 8, _hd(_moving("1920x1080", 25, 1)), (_aac(440),), 10, 0.7),
    Clip("h264_1080p25_nob", 8, _hd(_moving("1920x1080", 25, 2), b_frames=0), (_aac(550),), 3600, 0.1),
    Clip("h264_720p50", 8, _h264(_moving("1280x720", 50, 3), "1280x720", 50, 6000, 50), (_aac(660),), 43210.5, 1.4,
         "-mpegts_start_pid 0x200 -mpegts_pmt_start_pid 0x20 -mpegts_service_id 77"),
    # One IDR picture in all; after it only I pictures with a recovery point and leading pictures.
    Clip("h264_opengop", 8, _h264(_moving("1280x720", 25, 4), "1280x720", 25, 4000, 25, 3, "-x264-params open-gop=1"),
         (_aac(770),), 90000, 0.7, "-mpegts_start_pid 0x300"),
    Clip("h265_1080p25", 8, _HEVC, (_aac(880),), 500, 0.7, "-mpegts_start_pid 0x400"),
    Clip("mpeg2_576i", 12, _MPEG2, (_mp2(440),), 60000.25, 0.3, "-mpegts_start_pid 0x500 -mpegts_service_id 5"),
    # AC-3 as ATSC signals it (stream type 0x81), E-AC-3 as DVB does (private data and a descriptor).
    Clip("ac3", 8, _h264(_moving("1280x720", 25, 7), "1280x720", 25, 4000, 50), (_ac3(550),), 20, 0.7,
         "-mpegts_start_pid 0x600"),
    Clip("eac3", 8, _h264(_moving("1280x720", 25, 8), "1280x720", 25, 4000, 50), (_eac3(660),), 7200, 0.5,
         "-mpegts_start_pid 0x700 -mpegts_flags system_b"),
    Clip("radio_aac", 8, None, (_aac(440),), 30, 0.1, "-pes_payload_size 0"),
    Clip("radio_mp2", 12, None, (_mp2(550),), 4000, 0.7, "-mpegts_start_pid 0x180 -pes_payload_size 1500"),
    # The constant rate makes 79,800 packets in 24 s.
    Clip("broadcast", 24, _INTERLACED, (_aac(440, "spa"), _ac3(550, "eng"), _mp2(660, "deu")), 1000, 0.9,
         "-mpegts_start_pid 0x110 -mpegts_pmt_start_pid 0x64 -mpegts_service_id 1234 -mpegts_flags system_b"
         " -muxrate 5000800", service_data=True),
    # For many channels at once: pictures that cost little to send and to decode.
    Clip("small", 8, _h264("testsrc2=size=320x180:rate=25", "320x180", 25, 300, 25), (_aac(440),), 700, 0.4),
    Clip("small_other", 8, _h264("testsrc2=size=384x216:rate=25,hue=h=120", "384x216", 25, 300, 25, 0), (_aac(880),), 80, 0.4,
         "-mpegts_start_pid 0x250"),
    # h264_1080p25 as it looks when a channel is up but shows or says nothing.
    Clip("black", 8, _hd("color=black:size=1920x1080:rate=25"), (_aac(440),), 10, 0.7),
    Clip("frozen", 8, _hd(_STILL), (_aac(440),), 10, 0.7),
    Clip("silent", 8, _hd(_moving("1920x1080", 25, 1)),
         (Audio("anullsrc=sample_rate=48000:channel_layout=mono", "aac -b:a 192k", "aac", 1024, 1024),), 10, 0.7),
)


def ffmpeg_arguments(clip: Clip) -> list[str]:
    """The arguments of ffmpeg that write the clip, all but the name of the output."""
    arguments = ["-nostdin", "-v", "error", "-y", "-filter_complex_threads", "1", "-filter_threads", "1"]
    sources = [f"{clip.video.source},trim=end_frame={clip.video.frames(clip.seconds)}"] if clip.video else []
    for source in sources + [audio.trimmed(clip.seconds) for audio in clip.audio]:
        arguments += ["-f", "lavfi", "-i", source]
    for index in range(len(clip.audio) + (1 if clip.video else 0)):
        arguments += ["-map", str(index)]
    if clip.video:
        arguments += clip.video.encoder.split()
    for index, audio in enumerate(clip.audio):
        codec, *options = audio.encoder.replace("-b:a", f"-b:a:{index}").split()
        arguments += [f"-c:a:{index}", codec, *options]
        if audio.language:
            arguments += [f"-metadata:s:a:{index}", f"language={audio.language}"]
    arguments += ["-ac", "2", "-muxpreload", "0", "-muxdelay", str(clip.delay), "-output_ts_offset", str(clip.start)]
    arguments += ["-metadata", f"service_name={clip.name}", "-metadata", "service_provider=Relevo"]
    return arguments + clip.mux.split() + ["-f", "mpegts"]
