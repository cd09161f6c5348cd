#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""relevod from outside: options, errors and exit statuses, /health, signals and descriptors, through the real binary."""

import contextlib
import http.client
import json
import os
import pathlib
import re
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import unittest

RELEVOD, VERSION, DEFAULT_CONFIG, CERTIFICATE = sys.argv[1:5]
LISTENING = re.compile(r"^relevod: info: listening on (\*|\[[^]]+\]|[^:]+):([1-9]\d*)\n$")
DEADLINE_S = 20

# Where nothing is said: a folder of this test alone, and of nobody who runs it at the same time.
STATE = tempfile.TemporaryDirectory()
os.environ["STATE_DIRECTORY"] = STATE.name


def run(*options):
    """Status, standard output and standard error of a relevod that ends by itself."""
    done = subprocess.run([RELEVOD, *options], capture_output=True, text=True, timeout=DEADLINE_S, check=False)
    return done.returncode, done.stdout, done.stderr


class Daemon:
    """A running relevod, and where its log says that it listens."""

    def __init__(self, *options):
        if "--state" not in options:
            self.state = tempfile.TemporaryDirectory()
            options = [*options, "--state", self.state.name]
        self.process = subprocess.Popen([RELEVOD, *options], stderr=subprocess.PIPE, text=True)
        line = self.process.stderr.readline()
        found = LISTENING.search(line)
        if not found:
            raise AssertionError(f"relevod did not start to listen, but said: {line!r}")
        self.address, self.port = found[1], int(found[2])

    def find_tls_port(self):
        """Where it listens by TLS, of the next line of its log."""
        line = self.process.stderr.readline()
        found = re.fullmatch(r"relevod: info: listening on 127\.0\.0\.1:([1-9]\d*) by TLS\n", line)
        if not found:
            raise AssertionError(f"relevod did not listen by TLS, but said: {line!r}")
        return int(found[1])

    def end(self, how=signal.SIGTERM):
        """Status and the rest of the log."""
        self.process.send_signal(how)
        _, log = self.process.communicate(timeout=DEADLINE_S)
        return self.process.returncode, log

    def ask(self, method="GET", path="/health", host="127.0.0.1", headers=None, body=None):
        connection = http.client.HTTPConnection(host, self.port, timeout=DEADLINE_S)
        with contextlib.closing(connection):
            connection.request(method, path, body=body, headers=headers or {})
            response = connection.getresponse()
            return response, response.read()

    def descriptors(self):
        """How many there are, but for those of the database: they come and go with what runs in the background."""
        folder = pathlib.Path(f"/proc/{self.process.pid}/fd")
        count = 0
        for entry in folder.iterdir():
            with contextlib.suppress(FileNotFoundError):  # it was closed since
                count += "relevo.db" not in os.readlink(entry)
        return count


@contextlib.contextmanager
def daemon(*options):
    running = Daemon(*options)
    try:
        yield running
        if running.process.poll() is None:
            status, log = running.end()
            assert status == 0, f"status {status}: {log}"
    finally:
        running.process.kill()
        running.process.communicate()


def wait_until(condition):
    """For what only /proc shows."""
    give_up = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < give_up, "it never became true"
        time.sleep(0.01)


def listening_ports(pid):
    links = []
    for number in os.listdir(f"/proc/{pid}/fd"):
        with contextlib.suppress(FileNotFoundError):
            links.append(os.readlink(f"/proc/{pid}/fd/{number}"))
    ports = []
    for table in ("tcp", "tcp6"):
        with contextlib.suppress(FileNotFoundError), open(f"/proc/{pid}/net/{table}", encoding="ascii") as lines:
            for fields in (line.split() for line in lines.readlines()[1:]):
                if fields[3] == "0A" and f"socket:[{fields[9]}]" in links:
                    ports.append(int(fields[1].rsplit(":", 1)[1], 16))
    return ports


class Options(unittest.TestCase):
    def test_version(self):
        self.assertEqual(run("--version"), (0, f"relevod {VERSION}\n", ""))

    def test_help_names_every_option_and_status(self):
        status, output, errors = run("--help")
        self.assertEqual((status, errors), (0, ""))
        for words in ("--config FILE", "--listen ADDRESS:PORT", "--port PORT", "--log-level LEVEL", "--version",
                      "Examples:", "default 8383", "2 wrong option", "3 configuration", "4 cannot listen"):
            self.assertIn(words, output)

    def test_listen(self):
        with daemon("--listen", "127.0.0.1:0") as relevod:
            self.assertEqual(relevod.address, "127.0.0.1")
            self.assertEqual(relevod.ask()[0].status, 200)

    @unittest.skipUnless(os.path.exists("/proc/net/if_inet6"), "this machine has no IPv6")
    def test_every_address_by_default(self):
        with daemon("--port", "0") as relevod:
            self.assertEqual(relevod.address, "*")
            for host in ("127.0.0.1", "::1"):
                self.assertEqual(relevod.ask(host=host)[0].status, 200)

    @unittest.skipUnless(os.path.exists("/proc/net/if_inet6"), "this machine has no IPv6")
    def test_listen_on_ipv6(self):
        with daemon("--listen", "[::1]:0") as relevod:
            self.assertEqual(relevod.address, "[::1]")
            self.assertEqual(relevod.ask(host="::1")[0].status, 200)

    def test_config(self):
        with tempfile.NamedTemporaryFile("w", suffix=".conf") as file:
            file.write("[server]\naddress = 127.0.0.1\nport = 0\n[log]\nlevel = debug\n")
            file.flush()
            with daemon("--config", file.name) as relevod:
                relevod.ask()
                status, log = relevod.end()
        self.assertEqual(status, 0)
        self.assertIn("relevod: debug: GET /health 200\n", log)

    def test_settings_are_told_with_who_said_them(self):
        with tempfile.NamedTemporaryFile("w", suffix=".conf") as file:
            file.write("[server]\nport = 1\n[playback]\nlinger = 30\n")
            file.flush()
            with daemon("--config", file.name, "--listen", "127.0.0.1:0") as relevod:
                told = json.loads(relevod.ask(path="/api/v1/settings")[1])
        self.assertEqual(told["file"], file.name)
        found = {(one["group"], one["name"]): (one["value"], one["default"], one["origin"]) for one in told["items"]}
        self.assertEqual(found["playback", "linger"], ("30", "10", "file"))
        self.assertEqual(found["server", "port"], ("0", "8383", "option"))
        self.assertEqual(found["history", "days"], ("30", "30", "default"))
        with daemon("--listen", "127.0.0.1:0") as relevod:
            self.assertIsNone(json.loads(relevod.ask(path="/api/v1/settings")[1])["file"])

    def test_default_config_with_a_port(self):
        with daemon("--config", DEFAULT_CONFIG, "--listen=127.0.0.1:0") as relevod:
            self.assertEqual(relevod.ask()[0].status, 200)

    def test_log_level_debug_shows_requests_on_one_line_each(self):
        with daemon("--listen", "127.0.0.1:0", "--log-level", "debug") as relevod:
            relevod.ask(path="/a%0Arelevod:%20error:%20forged")
            _, log = relevod.end()
        self.assertEqual(log, "relevod: debug: GET /a%0Arelevod:%20error:%20forged 404\nrelevod: info: ending\n")

    def test_log_level_info_shows_no_requests(self):
        with daemon("--listen", "127.0.0.1:0") as relevod:
            relevod.ask()
            self.assertEqual(relevod.end(), (0, "relevod: info: ending\n"))

    def test_log_level_error_is_quiet(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        quiet = subprocess.Popen([RELEVOD, "--listen=127.0.0.1:0", "--log-level=error", "--state", folder.name],
                                 stderr=subprocess.PIPE)
        wait_until(lambda: listening_ports(quiet.pid))
        quiet.terminate()
        self.assertEqual(quiet.communicate(timeout=DEADLINE_S)[1], b"")
        self.assertEqual(quiet.returncode, 0)


class Errors(unittest.TestCase):
    def refuse(self, status, message, *options):
        self.assertEqual(run(*options), (status, "", f"relevod: error: {message}\n"))

    def test_wrong_options(self):
        hint = "; see relevod --help"
        self.refuse(2, f'there is no option "--prot"{hint}', "--prot", "1")
        self.refuse(2, f'there is no option "extra"{hint}', "extra")
        self.refuse(2, f"--config needs a value{hint}", "--config")
        self.refuse(2, f'--port: "x" is no port (0 to 65535){hint}', "--port=x")
        self.refuse(2, f'--listen: "8383" is not ADDRESS:PORT{hint}', "--listen", "8383")
        self.refuse(2, f'--listen: "a.example" is no IPv4 or IPv6 address and not *{hint}', "--listen", "a.example:1")
        self.refuse(2, f'--log-level: "loud" is no log level (error, warning, info, debug){hint}', "--log-level=loud")

    def test_unreadable_config(self):
        self.refuse(3, "cannot read /nowhere/a.conf: No such file or directory", "--config", "/nowhere/a.conf")
        self.refuse(3, "cannot read /: Is a directory", "--config", "/")

    def test_unreadable_slate(self):
        with tempfile.NamedTemporaryFile("w", suffix=".conf") as file:
            file.write("[playback]\nslate = /nowhere/wait.ts\n")
            file.flush()
            self.refuse(3, "cannot read the slate /nowhere/wait.ts: No such file or directory", "--config", file.name)

    def test_wrong_config(self):
        with tempfile.NamedTemporaryFile("w", suffix=".conf") as file:
            file.write("[server]\n\nprot = 8383\n")
            file.flush()
            self.refuse(3, f'{file.name}:3: there is no key "prot" in [server]', "--config", file.name)

    def test_port_in_use(self):
        with socket.create_server(("127.0.0.1", 0)) as taken, tempfile.TemporaryDirectory() as state:
            port = taken.getsockname()[1]
            status, _, errors = run("--listen", f"127.0.0.1:{port}", "--log-level", "error", "--state", state)
        self.assertEqual(status, 4)
        self.assertRegex(errors, rf"^relevod: error: cannot listen on 127\.0\.0\.1:{port}: .*Address already in use\n$")

    def test_certificate_that_cannot_be_used(self):
        with tempfile.NamedTemporaryFile("w", suffix=".conf") as file:
            file.write("[server]\naddress = 127.0.0.1\nport = 0\ntls_certificate = /nowhere/tv.pem\n")
            file.flush()
            with tempfile.TemporaryDirectory() as state:
                status, _, errors = run("--config", file.name, "--state", state, "--log-level", "error")
        self.assertEqual(status, 4)
        self.assertRegex(errors, "^relevod: error: cannot use the certificate in /nowhere/tv.pem: .*No such file.*\n$")


class Requests(unittest.TestCase):
    def setUp(self):
        self.relevod = self.enterContext(daemon("--listen", "127.0.0.1:0"))

    def test_health(self):
        response, body = self.relevod.ask()
        self.assertEqual(response.status, 200)
        self.assertEqual(response.getheader("Content-Type"), "application/json")
        self.assertEqual(response.getheader("Connection"), "close")
        health = json.loads(body)
        self.assertEqual((health["status"], health["version"]), ("ok", VERSION))
        self.assertIsInstance(health["uptime_s"], int)
        self.assertLessEqual(health["uptime_s"], DEADLINE_S)

    def test_health_with_a_query(self):
        self.assertEqual(self.relevod.ask(path="/health?from=probe")[0].status, 200)

    def test_head_is_get_without_the_body(self):
        head, nothing = self.relevod.ask("HEAD")
        get, body = self.relevod.ask()
        self.assertEqual((head.status, nothing), (200, b""))
        for name in ("Content-Type", "Content-Length", "Connection"):
            self.assertEqual(head.getheader(name), get.getheader(name))
        self.assertEqual(int(head.getheader("Content-Length")), len(body))

    def test_other_paths(self):
        for path in ("/nothing", "/health/", "/healthy", "/Health", "/health%2F"):
            response, body = self.relevod.ask(path=path)
            self.assertEqual(response.status, 404, path)
            self.assertEqual(response.getheader("Content-Type"), "application/json")
            self.assertEqual(json.loads(body)["error"]["code"], "not-found")

    def test_other_methods(self):
        for method in ("POST", "PUT", "DELETE", "NONSENSE"):
            response, body = self.relevod.ask(method, body=b"x" * 100_000)
            self.assertEqual((response.status, response.getheader("Allow")), (405, "GET, HEAD, OPTIONS"), method)
            self.assertEqual(json.loads(body)["error"]["code"], "method-not-allowed")
        response, body = self.relevod.ask("OPTIONS")
        self.assertEqual((response.status, response.getheader("Allow"), body), (204, "GET, HEAD, OPTIONS", b""))

    def test_keep_alive_clients_leave_no_descriptor(self):
        before = self.relevod.descriptors()
        for _ in range(200):
            self.assertEqual(self.relevod.ask(headers={"Connection": "keep-alive"})[0].status, 200)
        wait_until(lambda: self.relevod.descriptors() <= before)


class Tls(unittest.TestCase):
    def setUp(self):
        config = self.enterContext(tempfile.NamedTemporaryFile("w", suffix=".conf"))
        config.write(f"[server]\naddress = 127.0.0.1\nport = 0\ntls_port = 0\ntls_certificate = {CERTIFICATE}\n")
        config.flush()
        self.relevod = self.enterContext(daemon("--config", config.name))
        self.port = self.relevod.find_tls_port()

    def connect(self):
        """What is shown must be the very certificate, so nothing about it is asked (nor the date)."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=DEADLINE_S)
        connection = self.enterContext(context.wrap_socket(plain))
        pem = pathlib.Path(CERTIFICATE).read_text(encoding="ascii")
        end = "-----END CERTIFICATE-----"
        certificate = ssl.PEM_cert_to_DER_cert(pem[pem.index("-----BEGIN CERTIFICATE-----"):pem.index(end)] + end)
        self.assertEqual(connection.getpeercert(binary_form=True), certificate)
        return connection

    def ask(self, path):
        """The whole answer."""
        connection = self.connect()
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n\r\n".encode())
        return b"".join(iter(lambda: connection.recv(65536), b"")).decode()

    def test_health_both_ways(self):
        self.assertIn('"status":"ok"', self.ask("/health"))
        self.assertEqual(self.relevod.ask()[0].status, 200)

    def test_the_playlist_says_https(self):
        self.assertIn(f'"https://127.0.0.1:{self.port}/guide.xml', self.ask("/playlist.m3u"))

    def test_a_session_that_begins_by_tls_goes_by_nothing_else(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        wanted = json.dumps({"name": "Ann", "password": "correct horse"})
        with contextlib.closing(http.client.HTTPSConnection("127.0.0.1", self.port, timeout=DEADLINE_S,
                                                            context=context)) as connection:
            connection.request("POST", "/api/v1/setup", wanted, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            self.assertEqual(answer.status, 201, answer.read())
            self.assertIn("; Secure", answer.headers["Set-Cookie"])

    def test_websocket(self):
        connection = self.connect()
        connection.sendall(f"GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nUpgrade: websocket\r\n"
                           "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                           "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode())
        answer = connection.makefile("rb")
        self.assertEqual(answer.readline().split()[1], b"101")
        while answer.readline() != b"\r\n":
            pass
        connection.sendall(b"\x88\x82\0\0\0\0\x03\xe8")  # a close frame, "normal closure", masked
        self.assertTrue(answer.read().endswith(b"\x88\x02\x03\xe8"))

    def test_it_ends_while_clients_are_there(self):
        self.connect()
        with socket.create_connection(("127.0.0.1", self.port), timeout=DEADLINE_S):
            self.relevod.ask()  # connections are accepted in turn: the others are in
            self.assertEqual(self.relevod.end(), (0, "relevod: info: ending\n"))


class Signals(unittest.TestCase):
    def test_sigint_and_sigterm_end_it(self):
        for how in (signal.SIGINT, signal.SIGTERM):
            with daemon("--listen", "127.0.0.1:0") as relevod:
                self.assertEqual(relevod.end(how), (0, "relevod: info: ending\n"))

    def test_sigterm_during_a_request(self):
        with daemon("--listen", "127.0.0.1:0") as relevod:
            with socket.create_connection(("127.0.0.1", relevod.port), timeout=DEADLINE_S) as half:
                half.sendall(b"GET /health HTTP/1.1\r\nHost: a")
                relevod.ask()  # connections are accepted in turn: the half one is in
                self.assertEqual(relevod.end()[0], 0)
                with contextlib.suppress(ConnectionResetError):
                    self.assertEqual(half.recv(1), b"")

    def test_the_port_is_free_again_at_once(self):
        with daemon("--listen", "127.0.0.1:0") as first:
            first.ask()
            port = first.port
            first.end()
            with daemon("--listen", f"127.0.0.1:{port}") as second:
                self.assertEqual(second.ask()[0].status, 200)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
