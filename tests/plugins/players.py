# SPDX-License-Identifier: LGPL-2.1-or-later
"""Players that play a channel while the source behind it dies and another takes over, and what they say of it."""

import os
import re
import subprocess
import threading
import time

PLAYED = 18  # seconds of media; the first source dies when it has sent 12: 6 at once, and 6 by the clock
STANDSTILL = 2  # seconds
LIMIT = 60  # seconds for everything
TROUBLE = re.compile(r"error|fail|invalid|corrupt|non.?monoton|discontinuity|underrun", re.IGNORECASE)
# Of their outputs, which are none here, and not of the stream.
HARMLESS = re.compile(r"hardware accelerated renderer")

PLAYERS = {
    "ffplay": ["ffplay", "-hide_banner", "-loglevel", "warning", "-stats"],
    # Its audio device buffers a second, so that a machine with other work does not starve it.
    "mpv": ["mpv", "--no-config", "--vo=null", "--ao=null", "--audio-buffer=1",
            "--msg-level=all=warn,statusline=status", "--term-status-msg=at ${=time-pos}"],
}
ESCAPES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
# The clock of ffplay runs on when it has nothing to play: what counts is a picture that waits.
CLOCK = {"ffplay": re.compile(r"^\s*(\d+\.\d+) [AMV]-.*vq=\s*[1-9]"), "mpv": re.compile(r"^at (\d+\.\d+)")}


class Player:
    """Plays `address` in a thread until it has played enough, and notes what it says."""

    def __init__(self, name, address, folder):
        self.name, self.log, self.played, self.standstill = name, [], 0.0, 0.0
        environment = os.environ | {"SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
        self.process = subprocess.Popen([*PLAYERS[name], address], cwd=folder, env=environment,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, text=True)
        self.thread = threading.Thread(target=self.watch)
        self.thread.start()

    def watch(self):
        first = position = None
        for line in self.process.stdout:  # "\r" ends lines as well
            line = ESCAPES.sub("", line)
            clock = CLOCK[self.name].match(line)
            if not clock:
                if "vq=" not in line:
                    self.log.append(line.strip())
                continue
            now = time.monotonic()
            if first is None:
                first, position, moved = float(clock[1]), float(clock[1]), now
            if float(clock[1]) > position:
                position, self.standstill, moved = float(clock[1]), max(self.standstill, now - moved), now
            self.played = position - first
            if self.played >= PLAYED:
                break
        self.process.terminate()
        self.process.stdout.read()
        self.process.wait()

    def trouble(self):
        """What went wrong; "" when nothing did."""
        lines = [line for line in self.log if TROUBLE.search(line) and not HARMLESS.search(line)]
        if self.played < PLAYED:
            lines = [f"played {self.played:.1f} s", *self.log[-20:]]
        if self.standstill > STANDSTILL:
            lines.append(f"stood still for {self.standstill:.1f} s")
        return "\n".join(lines)


def good(players, end):
    """Whether all of them played enough before `end`; says how they did."""
    well = True
    for player in players:
        player.thread.join(max(0, end - time.monotonic()))
        player.process.terminate()
        player.thread.join()
        trouble = player.trouble()
        print(f"{player.name}: played {player.played:.1f} s, longest standstill {player.standstill:.2f} s\n{trouble}")
        well = well and not trouble
    return well


def start_provider(provider, media):
    process = subprocess.Popen([provider, "--media", media], stdout=subprocess.PIPE, text=True)
    return process, re.search(r"127\.0\.0\.1:\d+", process.stdout.readline()).group()


def start_channel(address, sink, folder, preloaded, **options):
    """failoversrc, in front of `sink`, with a source that stalls and one that does not. Logs into `folder`."""
    url = f"http://{address}/live/ac3.ts?burst=6"
    environment = dict(os.environ)
    if preloaded:
        environment |= {"LD_PRELOAD": preloaded, "ASAN_OPTIONS": "detect_leaks=0"}
    command = ["gst-launch-1.0", "-m", "failoversrc", f'uris=<"{url}&fault=stall@6","{url}">', "!", *sink]
    with open(folder / "log", "w", encoding="utf-8") as log:
        return subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT,
                                **options)


def changed_over(folder):
    """Whether the channel took the first source, and then the second."""
    log = (folder / "log").read_text(encoding="utf-8")
    switches = len(re.findall(r"relevo-failover.*decision=\(string\)switch", log))
    print(f"{switches} switches")
    if switches != 2:
        print(log[-3000:])
    return switches == 2
