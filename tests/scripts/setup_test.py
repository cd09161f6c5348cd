#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""scripts/setup.sh against a pretended Debian: what it installs, what it says, and when it does nothing."""

import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

SETUP = Path(__file__).resolve().parents[2] / "scripts" / "setup.sh"
TOOLS = ("bash", "cat", "env", "grep", "sed")


class Setup(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        for tool in TOOLS:
            (self.folder / tool).symlink_to(shutil.which(tool))
        self.calls = self.folder / "calls"
        self.pretend("apt-get", f'echo "$DEBIAN_FRONTEND apt-get $*" >> {self.calls}')
        self.user(0)

    def pretend(self, name, script):
        (self.folder / name).write_text(f"#!/usr/bin/env bash\n{script}\n")
        (self.folder / name).chmod(0o755)

    def user(self, number):
        self.pretend("id", f"echo {number}")

    def installed_but(self, *missing):
        """Like dpkg-query: a line for each package that it knows, status 1 when one is unknown."""
        self.pretend("dpkg-query", f"""
            shift 3
            for package; do
              case " {' '.join(missing)} " in
                *" $package "*) echo "no packages found matching $package" >&2; status=1 ;;
                *) echo "installed $package" ;;
              esac
            done
            exit "${{status:-0}}" """)

    def run_setup(self, *options):
        done = subprocess.run([SETUP, *options], env={"PATH": str(self.folder)}, cwd="/", capture_output=True, text=True,
                              check=False)
        calls = self.calls.read_text().splitlines() if self.calls.exists() else []
        return done.returncode, done.stdout, done.stderr, calls

    def test_nothing_to_do(self):
        self.installed_but()
        self.assertEqual(self.run_setup("--test"), (0, "", "", []))

    def test_installs_what_is_missing_and_says_so(self):
        self.installed_but("meson", "libsoup-3.0-dev")
        self.assertEqual(self.run_setup(), (0, "Installing from Debian: meson libsoup-3.0-dev\n", "", [
            "noninteractive apt-get -q update",
            "noninteractive apt-get -q install -y --no-install-recommends meson libsoup-3.0-dev",
        ]))

    def test_test_packages_only_when_asked(self):
        self.installed_but("doctest-dev")
        self.assertEqual(self.run_setup(), (0, "", "", []))
        self.assertIn("Installing from Debian: doctest-dev\n", self.run_setup("--test"))

    def test_a_removed_package_whose_settings_stayed_is_missing(self):
        self.pretend("dpkg-query", 'shift 3; for p; do [[ $p = g++ ]] && echo "config-files $p" || echo "installed $p"; done')
        self.assertEqual(self.run_setup()[1], "Installing from Debian: g++\n")

    def test_sudo_when_not_root(self):
        self.user(1000)
        self.installed_but("meson")
        self.pretend("sudo", f'echo sudo >> {self.calls}; exec "$@"')
        self.assertEqual(self.run_setup()[3][::2], ["sudo", "sudo"])

    def test_neither_root_nor_sudo(self):
        self.user(1000)
        self.installed_but("meson")
        self.assertEqual(self.run_setup(), (
            1, "", "error: these packages are missing; install them as root:\n  apt-get install meson\n", []))

    def test_a_failed_installation_is_a_failure(self):
        self.installed_but("meson")
        self.pretend("apt-get", '[[ $2 = update ]] || exit 100')
        self.assertEqual(self.run_setup()[0], 100)

    def test_no_debian(self):
        status, _, errors, calls = self.run_setup()
        self.assertEqual((status, calls), (1, []))
        self.assertIn("error: this is no Debian", errors)

    def test_wrong_option(self):
        self.installed_but()
        status, _, errors, _ = self.run_setup("--tset")
        self.assertEqual((status, errors), (2, "error: unknown option --tset; see scripts/setup.sh --help\n"))

    def test_help(self):
        self.assertIn("--test", self.run_setup("--help")[1])


if __name__ == "__main__":
    unittest.main()
