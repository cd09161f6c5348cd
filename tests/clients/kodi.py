# SPDX-License-Identifier: LGPL-2.1-or-later
"""Kodi without a screen and loudspeakers: a home of its own, one PVR add-on, and what one can ask it by JSON-RPC."""

import contextlib
import http.client
import json
import os
import pathlib
import socket
import subprocess
import time
import xml.etree.ElementTree

DEADLINE_S = 180


def find_program():
    """Not the script that users start: that leaves the program behind when it is ended."""
    return next(iter(pathlib.Path("/usr/lib").glob("*/kodi/kodi.bin")), None)


def free_port():
    """One that the system gives to nobody else for a while."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def until(holds, what):
    """What `holds` gives, once it gives something."""
    end = time.monotonic() + DEADLINE_S
    while not (found := holds()):
        if time.monotonic() > end:
            raise AssertionError(f"waited in vain for {what}")
        time.sleep(0.1)
    return found


def write_settings(path, values):
    path.parent.mkdir(parents=True, exist_ok=True)
    root = xml.etree.ElementTree.Element("settings", version="2")
    for name, value in values.items():
        text = str(value).lower() if isinstance(value, bool) else str(value)
        xml.etree.ElementTree.SubElement(root, "setting", id=name).text = text
    path.write_bytes(xml.etree.ElementTree.tostring(root))


class Kodi:
    """Lives in the folder `home` with one PVR add-on and its settings. `cleanups`: an ExitStack, which ends it."""

    def __init__(self, cleanups, home, add_on, settings):
        self.home, self.port = pathlib.Path(home), free_port()
        user = self.home / ".kodi" / "userdata"
        write_settings(user / "guisettings.xml", {
            "services.webserver": True, "services.webserverport": self.port, "services.webserverauthentication": False,
            "services.zeroconf": False, "services.esenabled": False, "services.wsdiscovery": False,
            "general.addonupdates": 2, "pvrmanager.usebackendchannelnumbers": True})
        for name in ("settings.xml", "instance-settings-1.xml"):
            write_settings(user / "addon_data" / add_on / name, settings)
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8",
                            "LIBGL_ALWAYS_SOFTWARE": "1"}
        self.start_sound(cleanups)
        self.start_screen(cleanups)
        self.process = self.start(cleanups, [find_program(), "--standalone"])
        cleanups.callback(self.process.kill)  # it takes its time over other signals, and nothing here is to be kept
        until(self.answers, "Kodi")
        self.ask("Addons.SetAddonEnabled", addonid=add_on, enabled=True)

    def start(self, cleanups, command, **options):
        process = subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, **({"stdout": subprocess.DEVNULL} | options))
        cleanups.callback(process.wait)
        cleanups.callback(process.terminate)
        return process

    def start_sound(self, cleanups):
        """Without loudspeakers that take their time, Kodi waits for some, and has no clock to play by."""
        door = self.home / "sound"
        self.start(cleanups, ["pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1",
                              "--disable-shm=yes", "-L", "module-null-sink",
                              "-L", f"module-native-protocol-unix socket={door} auth-anonymous=1"])
        until(door.is_socket, "loudspeakers")
        self.environment["PULSE_SERVER"] = f"unix:{door}"

    def start_screen(self, cleanups):
        screen = self.start(cleanups, ["Xvfb", "-displayfd", "1", "-screen", "0", "640x360x24", "-nolisten", "tcp"],
                            stdout=subprocess.PIPE, text=True)
        cleanups.callback(screen.stdout.close)
        display = screen.stdout.readline().strip()
        assert display, "Xvfb found no display"
        self.environment["DISPLAY"] = f":{display}"

    def answers(self):
        assert self.process.poll() is None, self.log()
        with contextlib.suppress(OSError):
            return self.ask("JSONRPC.Ping")

    def ask(self, method, **parameters):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE_S)
        with contextlib.closing(connection):
            body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters})
            connection.request("POST", "/jsonrpc", body, {"Content-Type": "application/json"})
            answer = json.loads(connection.getresponse().read())
        assert "error" not in answer, (method, parameters, answer)
        return answer["result"]

    def channels(self, group="alltv"):
        """Names and numbers; empty while there are none."""
        with contextlib.suppress(AssertionError):  # Kodi has no such group before the add-on has told its channels
            return self.ask("PVR.GetChannels", channelgroupid=group, properties=["channelnumber"]).get("channels", [])

    def groups(self):
        """The names of the channels in each."""
        return {group["label"]: {channel["label"] for channel in self.channels(group["channelgroupid"])}
                for group in self.ask("PVR.GetChannelGroups", channeltype="tv")["channelgroups"]}

    def titles(self, channel):
        """Of the programmes of a channel, in their order."""
        return [one["title"] for one in self.ask("PVR.GetBroadcasts", channelid=channel, properties=["title"])
                .get("broadcasts", [])]

    def play(self, channel):
        self.ask("Player.Open", item={"channelid": channel})

    def stop(self):
        for player in self.ask("Player.GetActivePlayers"):
            self.ask("Player.Stop", playerid=player["playerid"])

    def picture(self):
        """The width of the picture that was decoded last, and how many seconds it has been playing."""
        width, seconds = "Player.Process(videowidth)", "VideoPlayer.Time"
        labels = self.ask("XBMC.GetInfoLabels", labels=[width, seconds])
        parts = [int(part) for part in labels[seconds].split(":")] if labels[seconds] else [0]
        return int(labels[width].replace(",", "") or 0), sum(part * 60 ** at for at, part in enumerate(reversed(parts)))

    def opened(self):
        """How often it has opened something to play."""
        return self.log().count("Creating InputStream")

    def log(self):
        return (self.home / ".kodi" / "temp" / "kodi.log").read_text(errors="replace")
