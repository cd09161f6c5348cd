# SPDX-License-Identifier: LGPL-2.1-or-later
"""What all clients are pointed at: a provider, the daemon, and a lineup of three channels with groups and a guide."""

import subprocess
import time
import urllib.request
from dataclasses import dataclass

from relevod import DEADLINE_S, Daemon, Process

WIDTHS = {"small": 320, "small_other": 384}  # of the clips that News is played from, in this order
FIRST, SECOND = WIDTHS


@dataclass
class Entry:
    name: str
    group: str
    clips: tuple


NEWS = Entry("News", "Information", (FIRST, SECOND))
LINEUP = (NEWS, Entry("Sport", "Leisure", (SECOND,)), Entry("Radio", "Leisure", ("radio_aac",)))


class Household:
    """`cleanups`: an ExitStack, which ends it. `options`: more of the daemon's."""

    def __init__(self, cleanups, relevod, provider, media, state, options=()):
        self.provider = Process([provider, "--media", media, "--rows", "3"], r":(\d+)", stdout=subprocess.PIPE)
        cleanups.callback(self.provider.close)
        self.daemon = Daemon(relevod, state, options=options)
        cleanups.callback(self.daemon.close)
        self.fill()

    def fill(self):
        api, provider = self.daemon.api, f"http://127.0.0.1:{self.provider.port}"
        account = api("POST", "/accounts", {"name": "Ours", "kind": "m3u", "refresh": "",
                                            "location": provider + "/playlist.m3u"})
        guide = api("POST", "/guides", {"name": "Guide", "refresh": "", "location": (
            f"{provider}/guide.xml?start={int(time.time())}&programmes=12")})
        for what in (f"/accounts/{account['id']}", f"/guides/{guide['id']}"):
            state = self.daemon.refresh(what)["state"]
            assert state == "good", (what, state)
        self.streams = {one["name"]: one["id"] for one in api("GET", "/streams?limit=1000")["items"]}
        guided = api("GET", "/guide-channels?limit=3")["items"]
        self.channels = {}
        for number, (entry, programmes) in enumerate(zip(LINEUP, guided, strict=True), 1):
            channel = api("POST", "/channels", {
                "name": entry.name, "number": str(number), "group": entry.group,
                "guide": {"source": guide["id"], "channel": programmes["channel"]}})
            api("PUT", f"/channels/{channel['id']}/streams", [{"stream": self.streams[clip]} for clip in entry.clips])
            self.channels[entry.name] = channel

    def control(self, faults):
        """Of the source that News plays first."""
        url = f"http://127.0.0.1:{self.provider.port}/control/channel/{FIRST}{faults}"
        with urllib.request.urlopen(url, timeout=DEADLINE_S) as answer:
            answer.read()

    def end_source(self):
        self.control("?fault=close&fault=refuse")

    def mend_source(self):
        self.control("")

    def viewers(self):
        """Of News."""
        return [viewer for session in self.daemon.api("GET", "/sessions") for viewer in session["viewers"]
                if session["channel_name"] == NEWS.name]

    def events(self, kind):
        """The newest first."""
        return self.daemon.api("GET", f"/history?kind={kind}&limit=1000")["items"]
