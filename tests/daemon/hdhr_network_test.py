#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""How an HDHomeRun is found and told what to do: the daemon and its clients are two hosts of a network that this test
makes, with the ports of real ones.

Usage: hdhr_network_test.py RELEVOD PROVIDER MEDIA-FOLDER"""

import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import xml.etree.ElementTree

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from audience import Log, Provider, add_account, add_channel  # noqa: E402
from relevod import DEADLINE_S, Daemon, Listener  # noqa: E402

RELEVOD, PROVIDER, MEDIA = sys.argv[1:4]
OWN_NETWORK = ["unshare", "--map-root-user", "--net"]
SERVER, CLIENT, PORT = "192.168.77.1", "192.168.77.2", 8383
CLIPS = ("h264_720p50", "ac3")

# Sends what Kodi sends, and writes down what comes back within the time.
ASK_ALL = f"""
import socket, sys
asking = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
asking.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
asking.bind(("{CLIENT}", 0))
asking.settimeout(float(sys.argv[2]))
asking.sendto(bytes.fromhex("0002000c0104000000010204ffffffff4e507f35"), ("255.255.255.255", 65001))
for _ in range(int(sys.argv[1])):
    print(asking.recv(2000).hex(), flush=True)
"""


def fields_of(packet):
    """Tag to value of a reply; all of ours are short enough for one byte of length."""
    fields, rest = {}, packet[4:-4]
    while rest:
        fields[rest[0]] = rest[2:2 + rest[1]]
        rest = rest[2 + rest[1]:]
    return fields


class Client:
    """Another host. It goes when this does."""

    def __init__(self):
        self.holder = subprocess.Popen(["unshare", "--net", "sh", "-c", "echo; exec cat"], stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE)
        self.holder.stdout.readline()
        self.prefix = ["nsenter", f"--net=/proc/{self.holder.pid}/ns/net"]

    def run(self, *command, check=True):
        done = subprocess.run([*self.prefix, *command], capture_output=True, text=True, timeout=DEADLINE_S, check=False)
        if check and done.returncode != 0:
            raise AssertionError(f"{command}: {done.returncode} {done.stdout} {done.stderr}")
        return done.stdout + done.stderr

    def start(self, *command):
        """A line of its output at a time, as it comes."""
        return subprocess.Popen([*self.prefix, "stdbuf", "-oL", *command], stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True)

    def get(self, url):
        return self.run("curl", "-sS", "--fail", "--max-time", str(DEADLINE_S), url)

    def close(self):
        self.holder.stdin.close()
        self.holder.wait()
        self.holder.stdout.close()


def make_network():
    client = Client()
    def ip(*words):
        subprocess.run(["ip", *words], check=True)
    ip("link", "set", "lo", "up")
    ip("link", "add", "home0", "type", "veth", "peer", "name", "home1", "netns", str(client.holder.pid))
    ip("addr", "add", f"{SERVER}/24", "broadcast", "+", "dev", "home0")
    ip("link", "set", "home0", "up")
    client.run("ip", "link", "set", "lo", "up")
    client.run("ip", "addr", "add", f"{CLIENT}/24", "broadcast", "+", "dev", "home1")
    client.run("ip", "link", "set", "home1", "up")
    client.run("ip", "route", "add", "default", "via", SERVER)  # broadcasts take that way, as at home
    return client


class Network(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.client = make_network()
        cls.provider = Provider(PROVIDER, MEDIA, ("--login", "joe:secret:1"))

    @classmethod
    def tearDownClass(cls):
        cls.provider.close()
        cls.client.close()

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def start(self, settings="", listen="*"):
        config = pathlib.Path(self.folder.name) / "relevod.conf"
        config.write_text(settings, encoding="utf-8")
        self.daemon = Daemon(RELEVOD, self.folder.name + "/state",
                             options=("--config", str(config), "--listen", f"{listen}:{PORT}"))
        self.log = Log(self.daemon.process)
        self.addCleanup(self.daemon.close)

    def fill(self):
        location = f"http://127.0.0.1:{self.provider.port}/playlist.m3u?user=joe&password=secret"
        streams = add_account(self.daemon, "Ours", location, 1)
        add_channel(self.daemon, "News", "5.1", [streams[clip] for clip in CLIPS])
        add_channel(self.daemon, "Sport", 6, [streams["mpeg2_576i"]])
        self.wait_for(lambda: not self.config("set", "/tuner0/vchannel", "6"))
        self.config("set", "/tuner0/vchannel", "none")

    def wait_for(self, holds):
        end = time.monotonic() + DEADLINE_S
        while not holds():
            self.assertLess(time.monotonic(), end, "".join(self.log.lines[-20:]))
            time.sleep(0.02)  # others need the processor to make it hold

    def wait_for_log(self, words):
        self.wait_for(lambda: any(words in line for line in self.log.lines))

    def device_id(self):
        return json.loads(self.client.get(f"http://{SERVER}:{PORT}/discover.json"))["DeviceID"]

    def config(self, *words, device=SERVER):
        """What hdhomerun_config says in the end: it waits for a device half a second, which a busy machine may need."""
        said = ""

        def works():
            nonlocal said
            said = self.client.run("hdhomerun_config", device, *words, check=False).strip()
            return not any(trouble in said for trouble in ("communication error", "unable to", "no devices", "not found"))
        self.wait_for(works)
        return said

    def search(self, *targets):
        """For each, what gssdp-discover finds."""
        searches = [self.client.start("gssdp-discover", "-i", "home1", "-t", target, "-n", "2") for target in targets]
        return [search.communicate(timeout=DEADLINE_S)[0] for search in searches]

    def test_programs_find_the_device_and_read_what_it_is(self):
        self.start(listen="0.0.0.0")
        self.wait_for_log("programs find the HDHomeRun")
        device_id = self.device_id()
        self.assertEqual(self.config(device="discover"), f"hdhomerun device {device_id} found at {SERVER}")
        self.assertEqual(self.config("get", "/sys/model", device=device_id), "hdhomerun4_atsc")
        self.assertEqual(self.config("get", "/sys/hwmodel"), "HDHR4-2US")
        self.assertIn("unknown getset variable", self.config("get", "/sys/nothing"))
        answer = self.client.run(sys.executable, "-c", ASK_ALL, "1", str(DEADLINE_S))
        reply = fields_of(bytes.fromhex(answer))
        self.assertEqual((reply[0x01].hex(), reply[0x02].hex().upper(), reply[0x10]), ("00000001", device_id, b"\1"))
        self.assertEqual((reply[0x2a], reply[0x27]), (f"http://{SERVER}:{PORT}".encode(),
                                                     f"http://{SERVER}:{PORT}/lineup.json".encode()))
        self.assertEqual(len(reply[0x2b]), 24)

    def test_ports_80_and_5004_are_those_of_the_device_alone(self):
        self.start()
        self.fill()
        for host in (SERVER, f"{SERVER}:5004"):
            found = json.loads(self.client.get(f"http://{host}/discover.json"))
            self.assertEqual((found["DeviceID"], found["BaseURL"]), (self.device_id(), f"http://{host}"))
            lineup = json.loads(self.client.get(found["LineupURL"]))
            self.assertEqual([one["URL"] for one in lineup], [f"http://{host}/auto/v5.1", f"http://{host}/auto/v6"])
            start = self.client.start("sh", "-c", f"curl -s {lineup[0]['URL']} | head -c 300000 | wc -c")
            self.assertEqual(start.communicate(timeout=DEADLINE_S)[0].strip(), "300000")
            for path in ("/api/v1/channels", "/playlist.m3u", "/stream/5.1", "/hdhr/discover.json"):
                self.assertIn("404", self.client.run("curl", "-sS", "-o", "/dev/null", "-w", "%{http_code}",
                                                     f"http://{host}{path}"), (host, path))

    def test_profiles_are_devices_at_ports_of_their_own(self):
        self.start("[hdhomerun]\nprofiles = Kids, Later\n")
        self.wait_for_log('there is no channel profile "Later"')
        channel = add_channel(self.daemon, "Cartoons", 9, [])
        for name in ("Kids", "Later"):
            profile = self.daemon.api("POST", "/profiles", {"name": name})
            self.daemon.api("PUT", f"/profiles/{profile['id']}/channels", [channel["id"]])
        self.wait_for_log('the HDHomeRun "Relevo Later" is at port 5006')
        answers = self.client.run(sys.executable, "-c", ASK_ALL, "3", str(DEADLINE_S)).split()
        bases = {}
        for answer in answers:
            reply = fields_of(bytes.fromhex(answer))
            bases[reply[0x2a].decode()] = reply[0x02].hex().upper()
        self.assertEqual(list(bases), [f"http://{SERVER}:{port}" for port in (PORT, 5005, 5006)])
        for base, device_id in bases.items():
            found = json.loads(self.client.get(base + "/discover.json"))
            self.assertEqual((found["DeviceID"], found["BaseURL"]), (device_id, base))
            self.assertEqual(json.loads(self.client.get(base + "/lineup.json"))[0]["URL"], base + "/auto/v9")

    def test_what_is_beyond_480_channels_is_another_device(self):
        self.start()
        self.daemon.api("POST", "/import", {"relevo_export": 1, "channels": [
            {"uuid": f"00000000-0000-4000-8000-{number:012}", "number": str(number), "name": f"C{number}"}
            for number in range(1, 502)]})
        self.wait_for_log('the HDHomeRun "Relevo (2)" is at port 5005')
        lineups = [json.loads(self.client.get(f"http://{SERVER}:{port}/lineup.json")) for port in (PORT, 5005)]
        self.assertEqual([len(lineup) for lineup in lineups], [480, 21])
        self.assertEqual(lineups[1][0], {"GuideNumber": "481", "GuideName": "C481", "URL": f"http://{SERVER}:5005/auto/v481"})
        answers = self.client.run(sys.executable, "-c", ASK_ALL, "2", str(DEADLINE_S)).split()
        self.assertEqual([fields_of(bytes.fromhex(answer))[0x2a].decode() for answer in answers],
                         [f"http://{SERVER}:{port}" for port in (PORT, 5005)])

    def watch_upnp(self):
        """What waits until the words are told of a root device, and says what was told until then."""
        watcher = self.client.start("gssdp-discover", "-i", "home1", "-t", "upnp:rootdevice", "-m", "all", "-n",
                                    str(DEADLINE_S))
        self.addCleanup(watcher.stdout.close)
        self.addCleanup(watcher.wait)
        self.addCleanup(watcher.kill)

        def until(words):
            said = ""
            while words not in said:
                line = watcher.stdout.readline()
                self.assertTrue(line, said)
                said += line
            return said

        until("Showing")
        return until

    def test_upnp_tells_of_a_device_that_goes_before_the_others(self):
        until = self.watch_upnp()
        self.start("[hdhomerun]\nprofiles = Kids\n")
        kids = self.daemon.api("POST", "/profiles", {"name": "Kids"})
        until(f"Location: http://{SERVER}:5005/device.xml")
        description = xml.etree.ElementTree.fromstring(self.client.get(f"http://{SERVER}:5005/device.xml"))
        self.daemon.api("DELETE", f"/profiles/{kids['id']}")
        until("resource unavailable")
        self.assertIn(description.findtext(".//{*}UDN"), until("USN: "))

    def test_upnp_tells_who_comes_who_is_there_and_who_goes(self):
        until = self.watch_upnp()
        self.start()
        came = until("Location: ")
        self.assertIn("resource available", came)
        location = f"http://{SERVER}:{PORT}/device.xml"
        self.assertIn(f"Location: {location}", came)
        usn = re.search(r"USN: +(uuid:[0-9a-f-]+)::upnp:rootdevice", came)[1]
        description = xml.etree.ElementTree.fromstring(self.client.get(location))
        self.assertEqual(description.findtext(".//{*}UDN"), usn)
        *found, lamp = self.search("ssdp:all", "urn:schemas-upnp-org:device:MediaServer:1", usn, "urn:x:device:Lamp:1")
        for one in found:
            self.assertIn(location, one)
        self.assertNotIn(location, lamp)
        self.assertEqual(self.daemon.end(), 0)
        until("resource unavailable")
        self.assertIn(usn, until("USN: "))

    def test_a_scan_finds_the_channels(self):
        self.start()
        self.fill()
        before = self.provider.stats()["logins"]
        scan = self.client.start("hdhomerun_config", SERVER, "scan", "/tuner0")
        said = ""
        while "5.1 News" not in said or "6 Sport" not in said:
            line = scan.stdout.readline()
            self.assertTrue(line, said)
            said += line
        self.assertIn("LOCK: 8vsb", said)
        scan.kill()
        scan.wait()
        scan.stdout.close()
        self.assertEqual(self.provider.stats()["logins"], before)

    def test_a_recording_goes_on_when_its_source_dies(self):
        self.start()
        self.fill()
        with contextlib.closing(Listener(self.daemon.port)) as listener:
            self.config("set", "/tuner0/vchannel", "5.1")
            file = pathlib.Path(self.folder.name) / "out.ts"
            recorder = self.client.start("hdhomerun_config", SERVER, "save", "/tuner0", str(file))
            listener.until("viewer-joined")
            self.wait_for(lambda: file.exists() and file.stat().st_size > 500_000)
            self.assertTrue(self.config("get", "/tuner0/target").startswith(f"rtp://{CLIENT}:"))
            self.assertIn("vch=5.1 name=News", self.config("get", "/tuner0/vstatus"))
            status = json.loads(self.client.get(f"http://{SERVER}/status.json"))
            self.assertEqual([(one["VctNumber"], one["TargetIP"]) for one in status], [("5.1", CLIENT)])
            self.provider.get(f"/control/channel/{CLIPS[0]}?fault=close")
            self.assertTrue(listener.until("switched"))
            before = file.stat().st_size
            self.wait_for(lambda: file.stat().st_size > before + 1_000_000)
            recorder.send_signal(signal.SIGINT)
            recorder.wait(DEADLINE_S)
            recorder.stdout.close()
            self.assertEqual(listener.until("viewer-left")[-1]["agent"], "HDHomeRun tuner 0")
        self.assertEqual(self.config("get", "/tuner0/target"), "none")
        self.assertEqual({file.read_bytes()[at] for at in range(0, 188 * 1000, 188)}, {0x47})
        self.provider.get(f"/control/channel/{CLIPS[0]}")

    def test_a_stream_ends_when_its_receiver_does(self):
        self.start()
        self.fill()
        with contextlib.closing(Listener(self.daemon.port)) as listener:
            self.config("set", "/tuner0/vchannel", "6")
            self.config("set", "/tuner0/target", f"udp://{CLIENT}:5000")  # where nobody listens
            self.assertEqual(listener.until("viewer-left")[-1]["agent"], "HDHomeRun tuner 0")
        self.wait_for(lambda: self.config("get", "/tuner0/target") == "none")
        self.assertIn("the target has to be who asks", self.config("set", "/tuner0/target", f"udp://{SERVER}:5000"))

    def test_strangers_find_nothing(self):
        self.start("[access]\nopen_networks = 127.0.0.0/8\n")
        self.wait_for_log("programs find the HDHomeRun")
        self.assertIn("no devices found", self.client.run("hdhomerun_config", "discover", check=False))
        self.assertNotIn("hdhomerun4", self.client.run("hdhomerun_config", SERVER, "get", "/sys/model", check=False))
        self.assertNotIn(SERVER, self.search("ssdp:all")[0])
        here = subprocess.run(["hdhomerun_config", "127.0.0.1", "get", "/sys/model"], capture_output=True, text=True,
                              timeout=DEADLINE_S, check=False)
        self.assertEqual(here.stdout.strip(), "hdhomerun4_atsc")

    def test_who_does_not_want_to_be_found_is_not(self):
        for settings, listen in (("[hdhomerun]\ndiscovery = no\nports =\n", "*"), ("", "127.0.0.1")):
            self.start(settings, listen)
            self.assertEqual(self.daemon.ask("GET", "/discover.json")[0], 200)
            self.assertIn("no devices found", self.client.run("hdhomerun_config", "discover", check=False))
            for port in (80, 5004, 65001):
                self.assertIn("Couldn't connect", self.client.run("curl", "-sS", f"http://{SERVER}:{port}/", check=False))
            self.daemon.end()
            self.assertNotIn("HDHomeRun", self.log.last_words())

    def test_a_port_that_is_taken_is_said_and_the_rest_works(self):
        taken = subprocess.Popen([sys.executable, "-m", "http.server", "80", "--bind", "0.0.0.0"],
                                 stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"})
        self.addCleanup(taken.stdout.close)
        self.addCleanup(taken.wait)
        self.addCleanup(taken.kill)
        taken.stdout.readline()
        self.start("[outputs]\npublic_address = https://tv.example\n")
        self.wait_for_log("the HDHomeRun is not at port 80: cannot listen on *:80")
        self.wait_for_log("programs take http://, numbers of IPv4, and 28 characters at most")
        self.wait_for_log("programs find the HDHomeRun")
        reply = fields_of(bytes.fromhex(self.client.run(sys.executable, "-c", ASK_ALL, "1", str(DEADLINE_S))))
        self.assertEqual(reply[0x2a], f"http://{SERVER}:{PORT}".encode())


def main():
    if "OWN_NETWORK" not in os.environ:
        for program in ("hdhomerun_config", "gssdp-discover", "curl", "ip", "nsenter"):
            if not shutil.which(program):
                print(f"{program} is missing: skipped.")
                sys.exit(77)
        if subprocess.run([*OWN_NETWORK, "true"], check=False).returncode != 0:
            print("No network namespace can be made here: skipped.")
            sys.exit(77)
        os.execvpe(OWN_NETWORK[0], [*OWN_NETWORK, sys.executable, *sys.argv], os.environ | {"OWN_NETWORK": "1"})
    unittest.main(argv=sys.argv[:1])


if __name__ == "__main__":
    main()
