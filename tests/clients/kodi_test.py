#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Kodi with the PVR add-ons of Debian: what they list and show, and what they play while a source dies.

Usage: kodi_test.py RELEVOD PROVIDER MEDIA-FOLDER CLASS"""

import contextlib
import pathlib
import sys
import tempfile
import unittest

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from household import FIRST, LINEUP, NEWS, SECOND, WIDTHS, Household  # noqa: E402
from kodi import Kodi, find_program, until  # noqa: E402

RELEVOD, PROVIDER, MEDIA = sys.argv[1:4]


class AddOn:
    """The tests of every add-on: its `name`, and settings() once there is a household."""

    user = ""

    @classmethod
    def setUpClass(cls):
        cleanups = contextlib.ExitStack()
        cls.addClassCleanup(cleanups.close)
        folder = pathlib.Path(cleanups.enter_context(tempfile.TemporaryDirectory()))
        cls.household = Household(cleanups, RELEVOD, PROVIDER, MEDIA, folder / "state", 1)
        cls.kodi = Kodi(cleanups, folder / "kodi", cls.name, cls.settings())
        until(cls.kodi.channels, "channels")

    @classmethod
    def address(cls, path):
        return f"http://127.0.0.1:{cls.household.daemon.port}{path}"

    def run(self, result=None):
        """Kodi's own words, where a test failed."""
        troubles = len(result.failures) + len(result.errors)
        super().run(result)
        if len(result.failures) + len(result.errors) > troubles:
            print(self.kodi.log()[-8000:], file=sys.stderr)

    def find(self, entry):
        return next(one["channelid"] for one in self.kodi.channels() if one["label"] == entry.name)

    def test_lists_the_channels(self):
        self.assertEqual([(one["label"], one["channelnumber"]) for one in self.kodi.channels()],
                         [(entry.name, entry.number) for entry in LINEUP])

    def test_plays_through_the_death_of_a_source(self):
        """And that it opens several connections to the daemon at once takes no second one to the provider."""
        household, kodi = self.household, self.kodi
        kodi.play(self.find(NEWS))
        until(lambda: kodi.picture()[0] == WIDTHS[FIRST] and kodi.picture()[1] > 0, "the first source")
        until(lambda: [one["connections"] for one in household.viewers()] == [1], "Kodi to settle")
        viewer, opened = household.viewers()[0], kodi.opened()
        self.assertEqual(("Kodi" in viewer["agent"], viewer["user"]), (True, self.user), viewer)
        household.end_source()
        until(lambda: kodi.picture()[0] == WIDTHS[SECOND], "the second source")
        seen = kodi.picture()[1]
        until(lambda: kodi.picture()[1] > seen + 1, "the time to go on")
        self.assertEqual([(one["id"], one["connections"]) for one in household.viewers()], [(viewer["id"], 1)])
        self.assertEqual(kodi.opened(), opened)
        self.assertEqual(household.events("switched")[0]["evidence"]["stream"], household.streams[SECOND])
        self.assertEqual(household.connections(), 1)
        kodi.stop()
        until(lambda: not household.viewers(), "Kodi to leave")


class Guided(AddOn):
    """The tests of those that have groups and a guide from the daemon."""

    user = "ann"

    @classmethod
    def settings(cls):
        return cls.settings_for(cls.household.lock(cls.user, "correct-horse", streams=1))

    def test_lists_the_groups(self):
        groups = self.kodi.groups()
        for name in {entry.group for entry in LINEUP}:
            self.assertEqual(groups[name], {entry.name for entry in LINEUP if entry.group == name})

    def test_shows_the_guide(self):
        for entry in LINEUP:
            channel = self.household.channels[entry.name]
            wanted = [one["title"] for one in self.household.daemon.api("GET", f"/channels/{channel['id']}/programmes")]
            self.assertEqual(until(lambda: self.kodi.titles(self.find(entry)), "programmes"), wanted)


class IptvSimple(Guided, unittest.TestCase):
    name = "pvr.iptvsimple"

    @classmethod
    def settings_for(cls, user):
        location = cls.address(f"/playlist.m3u?dialect=kodi&token={user['stream_token']}")
        return {"m3uPathType": 1, "m3uUrl": location, "m3uCache": False}  # which names the guide


if __name__ == "__main__":
    if not find_program():
        print("There is no Kodi: skipped.")
        sys.exit(77)
    unittest.main(argv=[sys.argv[0], *sys.argv[4:]])
