# SPDX-License-Identifier: LGPL-2.1-or-later
"""A provider, the whole daemon with a channel for each of the provider's, and what both and their viewers cost."""

import contextlib
import os
import pathlib
import subprocess
import sys
import time
import typing

TOP = pathlib.Path(__file__).parents[2]
sys.path += [str(TOP / "bench"), str(TOP / "tests/support")]
from audience import Log, Provider, add_account, add_channel  # noqa: E402
from measure import Cost, Unmeasurable, elements_environment  # noqa: E402
from relevod import Daemon  # noqa: E402

PATIENCE = 60  # seconds


class House:
    """Channels 1, 2 … of the daemon play "c1", "c2" … of the provider, which all have the same clip."""

    def __init__(self, build: pathlib.Path, folder: pathlib.Path, clip: pathlib.Path, channels: int, closing: typing.Callable):
        os.environ.update(elements_environment(build, folder))
        numbers = range(1, channels + 1)
        options = [option for number in numbers for option in ("--channel", f"c{number}={clip.stem}")]
        self.provider = Provider(build / "tests/support/provider/relevo-testprovider", clip.parent, options)
        closing(self.provider.close)
        config = folder / "relevod.conf"
        config.write_text("[server]\nconnections = 2000\nconnections_per_address = 2000\n")
        self.daemon = Daemon(build / "daemon/relevod", folder / "state", options=["--config", config])
        closing(self.daemon.close)
        self.log = Log(self.daemon.process)
        streams = add_account(self.daemon, "Provider", f"http://127.0.0.1:{self.provider.port}/playlist.m3u", 0)
        for number in numbers:
            add_channel(self.daemon, f"Channel {number}", number, [streams[f"c{number}"]])

    @property
    def pid(self) -> int:
        return self.daemon.process.pid


@contextlib.contextmanager
def house(build: pathlib.Path, folder: pathlib.Path, clip: pathlib.Path, channels: int) -> typing.Iterator[House]:
    with contextlib.ExitStack() as stack:
        yield House(build, folder, clip, channels, stack.callback)


def cpu_of(pid: int) -> Cost:
    """User and system time of a process that runs."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    tick = os.sysconf("SC_CLK_TCK")
    return Cost(int(fields[11]) / tick, int(fields[12]) / tick)


def cost_of_serving(build: pathlib.Path, pid: int, port: int, seconds: int, viewers: int, paths: list[str], wanted: float) -> Cost:
    """Of the process, for so long, once everybody has got something. `wanted`: the bytes that each is to get."""
    command = [build / "bench/delivery/bench-viewers", str(port), str(seconds), str(viewers), *paths]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as crowd:
        if crowd.stdout.readline() != "there\n":
            raise Unmeasurable("the viewers were not served")
        before, began = cpu_of(pid), time.monotonic()
        said = crowd.stdout.readline().split()
        after, took = cpu_of(pid), time.monotonic() - began
    if crowd.returncode != 0 or len(said) != 2:
        raise Unmeasurable("the viewers were not served to the end")
    least, most = map(int, said)
    if least < 0.9 * wanted or most > 1.3 * wanted:
        raise Unmeasurable(f"viewers got {least} to {most} bytes, and not about {wanted:.0f}")
    share = seconds / took
    return Cost((after.user - before.user) * share, (after.system - before.system) * share)
