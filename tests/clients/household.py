# SPDX-License-Identifier: LGPL-2.1-or-later
"""What all clients are pointed at: a provider, the daemon, and a lineup of three channels with groups and a guide."""

import json
import pathlib
import subprocess
import time
import urllib.request
from dataclasses import dataclass

from relevod import DEADLINE_S, Daemon, Process

WIDTHS = {"small": 320, "small_other": 384}  # of the clips that News is played from, in this order
FIRST, SECOND = WIDTHS


@dataclass
class Entry:
    number: int
    name: str
    group: str
    clips: tuple


NEWS = Entry(101, "News", "Information", (FIRST, SECOND))
LINEUP = (NEWS, Entry(102, "Sport", "Leisure", (SECOND,)), Entry(103, "Radio", "Leisure", ("radio_aac",)))


class Household:
    """Keeps its state in `folder`. `cleanups`: an ExitStack, which ends it. `connections`: as many as the provider
    allows. `options`: more of the daemon's."""

    def __init__(self, cleanups, relevod, provider, media, folder, connections, options=()):
        self.relevod, self.folder, self.options = relevod, pathlib.Path(folder), options
        self.folder.mkdir(exist_ok=True)
        self.provider = Process([provider, "--media", media, "--rows", "3", "--login", f"joe:secret:{connections}"],
                                r":(\d+)", stdout=subprocess.PIPE)
        cleanups.callback(self.provider.close)
        self.daemon = Daemon(relevod, folder, options=options)
        cleanups.callback(lambda: self.daemon.close())  # the one that runs then
        self.fill(connections)

    def fill(self, connections):
        api, provider = self.daemon.api, f"http://127.0.0.1:{self.provider.port}"
        account = api("POST", "/accounts", {"name": "Ours", "kind": "m3u", "refresh": "",
                                            "location": provider + "/playlist.m3u?user=joe&password=secret"})
        api("POST", f"/accounts/{account['id']}/logins", {"name": "joe", "connections": connections})
        self.account = account["id"]
        guide = api("POST", "/guides", {"name": "Guide", "refresh": "", "location": (
            f"{provider}/guide.xml?start={int(time.time())}&programmes=12")})
        for what in (f"/accounts/{account['id']}", f"/guides/{guide['id']}"):
            state = self.daemon.refresh(what)["state"]
            assert state == "good", (what, state)
        self.streams = {one["name"]: one["id"] for one in api("GET", "/streams?limit=1000")["items"]}
        guided = api("GET", "/guide-channels?limit=3")["items"]
        self.channels = {}
        for entry, programmes in zip(LINEUP, guided, strict=True):
            channel = api("POST", "/channels", {
                "name": entry.name, "number": str(entry.number), "group": entry.group,
                "guide": {"source": guide["id"], "channel": programmes["channel"]}})
            api("PUT", f"/channels/{channel['id']}/streams", [{"stream": self.streams[clip]} for clip in entry.clips])
            self.channels[entry.name] = channel

    def lock(self, name, password, **more):
        """From now on nobody watches without a user. Gives the one who may. `more`: of what is to know of him."""
        user = self.daemon.api("POST", "/users", {"name": name, "password": password} | more)
        key = self.daemon.api("POST", "/keys", {"name": "tests", "role": "administrator"})["key"]
        self.daemon.end()
        self.daemon.close()
        config = self.folder / "relevod.conf"
        config.write_text("[access]\nlocal_programs = no\nopen_networks =\n", encoding="utf-8")
        self.daemon = Daemon(self.relevod, self.folder, options=(*self.options, "--config", config), key=key)
        return user

    def ask_provider(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.provider.port}{path}", timeout=DEADLINE_S) as answer:
            return answer.read()

    def end_source(self):
        """The one that News plays first, for good."""
        self.ask_provider(f"/control/channel/{FIRST}?fault=close&fault=refuse")

    def connections(self):
        """How many there were to the provider, at most at once."""
        return json.loads(self.ask_provider("/stats"))["logins"]["joe"]["highest"]

    def viewers(self):
        """Of News."""
        return [viewer for session in self.daemon.api("GET", "/sessions") for viewer in session["viewers"]
                if session["channel_name"] == NEWS.name]

    def events(self, kind):
        """The newest first."""
        return self.daemon.api("GET", f"/history?kind={kind}&limit=1000")["items"]
