#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A player on every address that plays a channel, all at once, while the channel's source dies.

Usage: players_test.py RELEVOD PROVIDER MEDIA-FOLDER CLASS"""

import contextlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from household import NEWS, SECOND, WIDTHS, Household  # noqa: E402

RELEVOD, PROVIDER, MEDIA = sys.argv[1:4]
DEADLINE_S = 180
PASSWORD = "correct-horse"

# Who shows a token or a password watches from a house where one has to.
TS = ("http://{at}/stream/{uuid}.ts", "http://{at}/stream/{uuid}", "http://{at}/stream/{number}.ts",
      "http://{at}/stream/{number}", "http://{at}/stream/{id}", "http://{at}/proxy/ts/stream/{uuid}",
      "http://{at}/stream/{uuid}.ts?token={token}", "http://ann:{password}@{at}/stream/{number}.ts",
      "http://{at}/live/ann/{password}/{id}.ts", "http://{at}/live/ann/{token}/{id}", "http://{at}/ann/{password}/{id}",
      "http://{at}/auto/v{number}", "http://{at}/tuner0/v{number}")
HLS = ("http://{at}/stream/{uuid}.m3u8", "http://{at}/stream/{number}.m3u8", "http://{at}/channel/{id}/stream.m3u8",
       "http://{at}/stream/{uuid}.m3u8?token={token}", "http://ann:{password}@{at}/stream/{number}.m3u8",
       "http://{at}/live/ann/{password}/{id}.m3u8")
SINGLE = ("http://{at}/play/{account}/{stream}", "http://{at}/play/Ours/{stream}.ts")  # the second source alone
LISTS = ("http://{at}/playlist.m3u", "http://{at}/playlist.m3u?dialect=vlc&token={token}",
         "http://{at}/get.php?username=ann&password={password}&type=m3u_plus&output=ts",
         "http://{at}/get.php?username=ann&password={token}&type=m3u&output=m3u8", "http://{at}/lineup.m3u")


class Player:
    """One that plays an address, and the widths of the pictures that it has shown."""

    def __init__(self, cleanups, form, commands, width, environment):
        """`form`: of its address. `commands`: each reads what the one before it writes, and the last one says lines, in
        which `width` finds one."""
        self.form, self.widths, self.lines = form, [], []
        pipe, self.processes = subprocess.DEVNULL, []
        for command in commands:
            process = subprocess.Popen(command, stdin=pipe, stdout=subprocess.PIPE, env=environment,
                                       stderr=subprocess.STDOUT if command is commands[-1] else subprocess.DEVNULL)
            pipe = process.stdout
            self.processes.append(process)
        self.thread = threading.Thread(target=self.read, args=(re.compile(width),))
        self.thread.start()
        cleanups.callback(self.close)

    def read(self, width):
        with open(self.processes[-1].stdout.fileno(), encoding="utf-8", errors="replace", closefd=False) as lines:
            for line in lines:
                self.lines = [*self.lines[-20:], line]
                found = width.search(line)
                if found and int(found[1]) not in self.widths[-1:]:
                    self.widths.append(int(found[1]))

    def plays(self):
        return all(process.poll() is None for process in self.processes)

    def sockets(self):
        """Those that are connected."""
        mine = set()
        for process in self.processes:
            for entry in pathlib.Path(f"/proc/{process.pid}/fd").iterdir():
                with contextlib.suppress(FileNotFoundError):  # closed meanwhile
                    mine.add(os.readlink(entry))
        lines = [line.split() for line in pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]]
        return {row[9] for row in lines if row[3] == "01" and f"socket:[{row[9]}]" in mine}

    def close(self):
        for process in self.processes:
            process.kill()
            process.wait()
        self.thread.join()
        for process in self.processes:
            process.stdout.close()

    def __str__(self):
        return f"{self.form}: {'plays' if self.plays() else 'ended'}, widths {self.widths}\n{''.join(self.lines)}"


class Program:
    """The test of every program: its `name` in a shell, `forms` of addresses, commands() for an address, and what finds
    the `width` of a picture in what it says."""

    single = SINGLE

    def setUp(self):
        self.cleanups = contextlib.ExitStack()
        self.addCleanup(self.cleanups.close)
        self.folder = pathlib.Path(self.cleanups.enter_context(tempfile.TemporaryDirectory()))
        self.folder.chmod(0o755)  # so that somebody else has his home in it
        home = self.folder / "home"
        home.mkdir()
        home.chmod(0o777)
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8"}
        self.open, self.locked = (Household(self.cleanups, RELEVOD, PROVIDER, MEDIA, self.folder / name, 2)
                                  for name in ("open", "locked"))
        self.ann = self.locked.lock("ann", PASSWORD)

    def address(self, form):
        shows = {"token": self.ann["stream_token"], "password": PASSWORD}
        house = self.locked if any(f"{{{what}}}" in form for what in shows) else self.open
        channel = house.channels[NEWS.name]
        return form.format(at=f"127.0.0.1:{house.daemon.port}", uuid=channel["uuid"], id=channel["id"],
                           number=NEWS.number, account=house.account, stream=house.streams[SECOND], **shows)

    def start(self, forms):
        return [Player(self.cleanups, form, self.commands(self.address(form)), self.width, self.environment)
                for form in forms]

    def await_picture(self, players, width=None):
        """One of that width, or any: on a busy machine the first source may be given up before somebody has seen it."""
        end = time.monotonic() + DEADLINE_S
        while missing := [one for one in players if not one.widths or width not in (None, *one.widths)]:
            ended = [str(player) for player in missing if not player.plays()]
            if ended or time.monotonic() > end:
                self.fail("\n".join(ended or map(str, missing)))
            time.sleep(0.1)

    def viewers(self):
        """A program that plays several addresses is one viewer of each house and kind."""
        return sorted((one["user"], one["kind"], one["id"])
                      for house in (self.open, self.locked) for one in house.viewers())

    def test_plays_every_address_through_the_death_of_a_source(self):
        players, alone = self.start(self.forms), self.start(self.single)
        self.await_picture(players)
        self.await_picture(alone, WIDTHS[SECOND])
        viewers, sockets = self.viewers(), [player.sockets() for player in players]
        for house in (self.open, self.locked):
            house.end_source()
        self.await_picture(players, WIDTHS[SECOND])
        self.assertEqual(self.viewers(), viewers)
        for player, before in zip(players, sockets, strict=True):
            self.assertTrue(player.plays(), player)
            if player.form in TS:
                self.assertTrue(before, player)
                self.assertEqual(player.sockets(), before, player)
        # All viewers of a channel share one connection to the provider, and all of a single stream another one.
        self.assertEqual((self.open.connections(), self.locked.connections()), (2 if self.single else 1, 1))


class Ffprobe(Program, unittest.TestCase):
    name = "ffprobe"
    forms, width = TS + HLS, r"^(\d+)$"
    frames = ("stdbuf", "-oL", "ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "frame=width",
              "-of", "csv=p=0")

    def commands(self, address):
        return [[*self.frames, address]]


class Mpv(Program, unittest.TestCase):
    name = "mpv"
    forms, width = TS + HLS + LISTS, r"at [\d.]+ (\d+)"

    def commands(self, address):
        return [[self.name, "--no-config", "--vo=null", "--ao=null", "--msg-level=all=warn,statusline=status",
                 "--term-status-msg=at ${=time-pos} ${width}", address]]


class Vlc(Program, unittest.TestCase):
    name = "vlc"
    forms, width = TS + HLS + LISTS, r"vsz (\d+)x"

    def commands(self, address):
        somebody = ["setpriv", "--reuid=65534", "--clear-groups"] if os.geteuid() == 0 else []  # it refuses to be root
        return [[*somebody, self.name, "-I", "dummy", "-vv", "--vout=dummy", "--aout=dummy",
                 "--play-and-exit", address]]


class GStreamer(Program, unittest.TestCase):
    name = "gst-launch-1.0"
    forms, width = TS + HLS, r"fakesink0.GstPad:sink: caps = .*width=\(int\)(\d+)"

    def setUp(self):
        super().setUp()
        subprocess.run(["gst-inspect-1.0"], env=self.environment, stdout=subprocess.DEVNULL, check=True)  # the registry

    def commands(self, address):
        # By hand: what finds it out by itself waits for half a minute of such small pictures.
        demux = ["hlsdemux", "!", "tsdemux"] if ".m3u8" in address else ["tsdemux"]
        return [[self.name, "-v", "souphttpsrc", f"location={address}", "!", *demux, "!", "h264parse", "!", "fakesink"]]


class Streamlink(Program, unittest.TestCase):
    name = "streamlink"
    forms, single, width = HLS, (), Ffprobe.width

    def commands(self, address):
        return [[self.name, "--stdout", address, "best"], [*Ffprobe.frames, "-"]]


if __name__ == "__main__":
    if not shutil.which(globals()[sys.argv[4]].name):
        print("It is not installed: skipped.")
        sys.exit(77)
    unittest.main(argv=[sys.argv[0], *sys.argv[4:]])
