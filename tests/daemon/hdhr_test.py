#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What an HDHomeRun answers by HTTP, through the real daemon. How it is found: hdhr_network_test.py.

Usage: hdhr_test.py RELEVOD PROVIDER MEDIA-FOLDER"""

import base64
import contextlib
import http.client
import json
import pathlib
import sys
import tempfile
import unittest
import xml.etree.ElementTree

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from audience import Provider, add_account, add_channel  # noqa: E402
from relevod import DEADLINE_S, Daemon  # noqa: E402

RELEVOD, PROVIDER, MEDIA = sys.argv[1:4]
PLACES = ("", "/hdhr", "/api/hdhr")
UPNP = "{urn:schemas-upnp-org:device-1-0}"
CLIPS = ("h264_720p50", "ac3")


def is_valid(device_id):
    """The checksum over the digits of an id."""
    table = (0xA, 0x5, 0xF, 0x6, 0x7, 0xC, 0x1, 0xB, 0x9, 0x2, 0x8, 0xD, 0x4, 0x3, 0xE, 0x0)
    digits = [int(digit, 16) for digit in device_id]
    total = 0
    for high, low in zip(digits[::2], digits[1::2]):
        total ^= table[high] ^ low
    return len(digits) == 8 and total == 0 and device_id == device_id.upper()


class HdHomeRun(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.provider = Provider(PROVIDER, MEDIA, ("--login", "joe:secret:2"))

    @classmethod
    def tearDownClass(cls):
        cls.provider.close()

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.start()
        self.addCleanup(lambda: self.daemon.close())  # the one that runs then

    def start(self, settings="", state="state"):
        config = pathlib.Path(self.folder.name) / "relevod.conf"
        config.write_text(settings, encoding="utf-8")
        self.daemon = Daemon(RELEVOD, f"{self.folder.name}/{state}", options=("--config", str(config)))

    def restart(self, *args):
        self.daemon.close()
        self.start(*args)

    def add_streams(self, connections=2):
        location = f"http://127.0.0.1:{self.provider.port}/playlist.m3u?user=joe&password=secret"
        return add_account(self.daemon, "Ours", location, connections)

    def get(self, path, status=200, method="GET", headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.daemon.port, timeout=DEADLINE_S)
        with contextlib.closing(connection):
            connection.request(method, path, headers=headers or {})
            response = connection.getresponse()
            body = response.read()
            self.assertEqual(response.status, status, (path, body))
            return response, body

    def json(self, path):
        response, body = self.get(path)
        self.assertEqual(response.getheader("Content-Type"), 'application/json; charset="utf-8"')
        return json.loads(body)

    def base(self, host="127.0.0.1"):
        return f"http://{host}:{self.daemon.port}"

    def test_a_device_says_who_it_is(self):
        found = self.json("/discover.json")
        self.assertTrue(is_valid(found["DeviceID"]), found)
        self.assertRegex(found["DeviceID"], "^(105|108|10A|131)")
        self.assertEqual((found["FriendlyName"], found["BaseURL"], found["LineupURL"], len(found["DeviceAuth"])),
                         ("Relevo", self.base(), self.base() + "/lineup.json", 24))
        for place in PLACES:
            self.assertEqual(self.json(place + "/discover.json"),
                             found | {"BaseURL": self.base() + place, "LineupURL": self.base() + place + "/lineup.json"})
        other = self.get("/discover.json", headers={"Host": "tv.lan:8383"})[1]
        self.assertEqual(json.loads(other)["BaseURL"], "http://tv.lan:8383")
        self.get("/discover.json", 400, headers={"Host": "tv.lan/x"})
        self.restart()
        self.assertEqual(self.json("/discover.json")["DeviceID"], found["DeviceID"])
        self.restart("[outputs]\npublic_address = http://tv.example/relevo\n", "elsewhere")
        other = self.json("/hdhr/discover.json")
        self.assertNotEqual(other["DeviceID"], found["DeviceID"])
        self.assertEqual(other["BaseURL"], "http://tv.example/relevo/hdhr")

    def test_the_description_is_one_of_upnp(self):
        device_id = self.json("/discover.json")["DeviceID"]
        response, body = self.get("/device.xml")
        self.assertEqual(response.getheader("Content-Type"), 'text/xml; charset="utf-8"')
        root = xml.etree.ElementTree.fromstring(body)
        self.assertEqual(root.tag, UPNP + "root")
        version = [root.findtext(f"{UPNP}specVersion/{UPNP}{part}") for part in ("major", "minor")]
        self.assertEqual(version, ["1", "0"])
        self.assertEqual(root.findtext(UPNP + "URLBase"), self.base())
        device = root.find(UPNP + "device")
        self.assertEqual([part.tag.removeprefix(UPNP) for part in device],
                         ["deviceType", "friendlyName", "manufacturer", "modelName", "modelNumber", "serialNumber",
                          "UDN", "presentationURL"])
        self.assertEqual(device.findtext(UPNP + "deviceType"), "urn:schemas-upnp-org:device:MediaServer:1")
        self.assertEqual(device.findtext(UPNP + "serialNumber"), device_id)
        self.assertRegex(device.findtext(UPNP + "UDN"), "^uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")

    def test_a_lineup_has_the_channels_that_have_numbers(self):
        for place in PLACES:
            self.assertEqual(self.json(place + "/lineup.json"), [])
        add_channel(self.daemon, "News & more", "5.1", [])
        add_channel(self.daemon, "Sport", 7, [])
        self.daemon.api("POST", "/channels", {"name": "Nowhere"})
        self.daemon.api("POST", "/channels", {"name": "Hidden", "number": "8", "hidden": True})
        self.assertEqual(self.json("/lineup.json?show=found&tuning"), [
            {"GuideNumber": "5.1", "GuideName": "News & more", "URL": self.base() + "/auto/v5.1"},
            {"GuideNumber": "7", "GuideName": "Sport", "URL": self.base() + "/auto/v7"}])
        as_xml = xml.etree.ElementTree.fromstring(self.get("/lineup.xml")[1])
        self.assertEqual([[field.text for field in one] for one in as_xml],
                         [["5.1", "News & more", self.base() + "/auto/v5.1"], ["7", "Sport", self.base() + "/auto/v7"]])
        as_m3u = self.get("/lineup.m3u")[1].decode()
        self.assertIn(',7 Sport\n' + self.base() + "/auto/v7\n", as_m3u)
        self.assertEqual(self.json("/hdhr/lineup.json")[1]["URL"], self.base() + "/hdhr/auto/v7")

    def test_a_scan_is_over_at_once(self):
        self.assertEqual(self.json("/lineup_status.json")["ScanInProgress"], 0)
        for method in ("POST", "GET"):
            self.get("/lineup.post?scan=start&source=Antenna", method=method)
        self.get("/lineup.post?favorite=%2b5.1", method="POST")

    def test_profiles_and_further_parts_are_devices(self):
        channels = [add_channel(self.daemon, f"C{number}", number, [])["id"] for number in range(1, 4)]
        profile = self.daemon.api("POST", "/profiles", {"name": "Kids & us"})
        self.daemon.api("PUT", f"/profiles/{profile['id']}/channels", [channels[2], channels[0]])
        kids = self.json("/hdhr/Kids%20&%20us/discover.json")
        self.assertTrue(is_valid(kids["DeviceID"]))
        self.assertNotEqual(kids["DeviceID"], self.json("/discover.json")["DeviceID"])
        self.assertEqual((kids["FriendlyName"], kids["BaseURL"]),
                         ("Relevo Kids & us", self.base() + "/hdhr/Kids%20&%20us"))
        for reference in ("Kids%20&%20us", kids["DeviceID"], kids["DeviceID"].lower()):
            lineup = self.json(f"/hdhr/{reference}/lineup.json")
            self.assertEqual([(one["GuideNumber"], one["URL"]) for one in lineup],
                             [(number, f"{self.base()}/hdhr/{reference}/auto/v{number}") for number in ("3", "1")])
        self.get("/hdhr/Nobody/discover.json", 404)
        self.get("/hdhr/12345678/lineup.json", 404)

    def test_there_are_as_many_tuners_as_connections(self):
        self.assertEqual(self.json("/discover.json")["TunerCount"], 1)
        self.add_streams(connections=3)
        self.assertEqual(self.json("/discover.json")["TunerCount"], 3)
        self.restart("[playback]\nprovider_connections = 2\n")
        self.assertEqual(self.json("/discover.json")["TunerCount"], 2)
        self.restart("[hdhomerun]\ntuners = 5\n")
        self.assertEqual(self.json("/discover.json")["TunerCount"], 5)
        self.until(lambda: self.json("/status.json") == [{"Resource": f"tuner{i}"} for i in range(5)])

    def until(self, holds):
        """It will; else the test runs into its time-out."""
        while not holds():
            pass

    def watch(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.daemon.port, timeout=DEADLINE_S)
        self.addCleanup(connection.close)
        connection.request("GET", path, headers={"User-Agent": f"Player {path}", "Range": "bytes=0-", "Icy-MetaData": "1"})
        response = connection.getresponse()
        self.addCleanup(response.close)
        return response

    def test_a_channel_plays_by_its_number_on_until_its_source_dies_and_beyond(self):
        streams = self.add_streams(connections=1)
        add_channel(self.daemon, "News", "5.1", [streams[clip] for clip in CLIPS])
        add_channel(self.daemon, "Sport", 6, [streams["mpeg2_576i"]])
        for path in ("/auto/v5.1", "/tuner0/v5.1", "/tuner31/v5.1?transcode=none&duration=10", "/hdhr/auto/v5.1",
                     f"/hdhr/{self.json('/discover.json')['DeviceID']}/auto/v5.1"):
            answer = self.watch(path)
            self.assertEqual((answer.status, answer.getheader("Content-Type")), (200, "video/mp2t"), path)
            self.assertEqual(len(answer.read(100_000)), 100_000, path)
        self.provider.get(f"/control/channel/{CLIPS[0]}?fault=close")
        self.assertEqual(len(answer.read(2_000_000)), 2_000_000)
        self.assertEqual([self.provider.stats()["channels"][clip]["opens"] for clip in CLIPS], [1, 1])
        self.until(lambda: len(self.json("/status.json")) == 1)
        tuner = self.json("/status.json")[0]
        self.assertEqual((tuner["Resource"], tuner["VctNumber"], tuner["VctName"], tuner["TargetIP"]),
                         ("tuner0", "5.1", "News", "127.0.0.1"))
        full = self.watch("/auto/v6")
        self.assertEqual((full.status, full.getheader("X-HDHomeRun-Error")), (503, "805 All Tuners In Use"))
        self.provider.get(f"/control/channel/{CLIPS[0]}")

    def test_who_cannot_be_served_is_told_why(self):
        for path in ("/auto/v99", "/auto/ch21-1", "/tuner0/99"):
            answer = self.watch(path)
            self.assertEqual((answer.status, answer.getheader("X-HDHomeRun-Error")), (404, "801 Unknown Channel"), path)
        channel = add_channel(self.daemon, "Empty", 5, [])
        answer = self.watch(f"/auto/v{channel['id']}")  # no channel has that number
        self.assertEqual((answer.status, answer.getheader("X-HDHomeRun-Error")), (404, "801 Unknown Channel"))
        answer = self.watch("/auto/v5")
        self.assertEqual((answer.status, answer.getheader("X-HDHomeRun-Error")), (503, "807 No Video Data"))
        self.assertEqual(self.get("/auto/v5", method="HEAD")[0].getheader("Content-Type"), "video/mp2t")
        self.assertEqual(self.daemon.api("GET", "/sessions"), [])

    def test_users_and_limits_hold(self):
        channels = [add_channel(self.daemon, f"C{number}", number, []) for number in (1, 2)]
        profile = self.daemon.api("POST", "/profiles", {"name": "Kids"})
        self.daemon.api("PUT", f"/profiles/{profile['id']}/channels", [channels[1]["id"]])
        self.daemon.api("POST", "/users", {"name": "kid", "password": "a long password", "role": "viewer",
                                           "profiles": [profile["id"]]})
        known = {"Authorization": "Basic " + base64.b64encode(b"kid:a long password").decode()}
        lineup = json.loads(self.get("/lineup.json", headers=known)[1])
        self.assertEqual([one["GuideNumber"] for one in lineup], ["2"])
        self.assertEqual(self.get("/auto/v1", 404, headers=known)[0].getheader("X-HDHomeRun-Error"), "801 Unknown Channel")
        self.restart("[access]\nstreams = 1\n")
        streams = self.add_streams()
        for channel in channels:
            self.daemon.api("PUT", f"/channels/{channel['id']}/streams", [{"stream": streams["mpeg2_576i"]}])
        self.assertEqual(self.json("/discover.json")["TunerCount"], 1)
        self.assertEqual(self.watch("/auto/v1").read(1), b"\x47")
        self.until(lambda: "VctName" in self.json("/status.json")[0])
        told = json.loads(self.get("/status.json", headers=known)[1])[0]
        self.assertEqual((told["VctNumber"], told.get("VctName"), told.get("TargetIP")), ("1", None, None))
        full = self.watch("/auto/v2")
        self.assertEqual((full.status, full.getheader("X-HDHomeRun-Error")), (503, "805 All Tuners In Use"))

    def test_only_who_may_watch_is_answered(self):
        self.restart("[access]\nlocal_programs = no\nopen_networks =\n")
        for path in ("/discover.json", "/lineup.json", "/device.xml", "/status.json", "/lineup_status.json", "/lineup.post",
                     "/hdhr/lineup.m3u", "/auto/v5", "/tuner0/v5"):
            self.get(path, 401)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
