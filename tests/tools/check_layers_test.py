#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Proves check_layers.py with the real table: planted includes of every forbidden kind are found, a good tree passes."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent

GOOD = {
    "lib/base/include/base/bytes.hpp": "#include <span>\n",
    "lib/base/bytes.cpp": '#include "base/bytes.hpp"\n#include <tl/expected.hpp>\n',
    "lib/ts/include/ts/packet.hpp": '#include "base/bytes.hpp"\n',
    "lib/ts/walk.hpp": '#include "ts/packet.hpp"\n',
    "lib/ts/packet.cpp": '#include "walk.hpp"\n// #include <thread>\n/*\n#include <mutex>\n*/\n#include <array> // why\n',
    "lib/gx/include/gx/ref.hpp": "#include <glib-object.h>\n#include <mutex>\n",
    "lib/http/include/http/fetch.hpp": '#include "gx/ref.hpp"\n#include <libsoup/soup.h>\n',
    "daemon/net/include/net/server.hpp": '#include "gx/ref.hpp"\n#include <libsoup/soup.h>\n',
    "daemon/app/main.cpp": '#include "net/server.hpp"\n#include <cstdio>\n',
    "tests/support/hex.hpp": "#include <string>\n",
    "tests/support/provider/clip.hpp": '#include "hex.hpp"\n',
    "tests/lib/ts/packet_test.cpp": '#include "hex.hpp"\n#include "ts/packet.hpp"\n#include <doctest/doctest.h>\n',
    "build/generated.cpp": "#include <anything>\n",
}


def check(tree, table=HERE / "layers.txt"):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in tree.items():
            file = Path(folder, name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        if isinstance(table, str):
            written = Path(folder, "table.txt")
            written.write_text(table, encoding="utf-8")
            table = written
        command = [sys.executable, HERE / "check_layers.py", "--root", folder, "--table", table]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr


class Trees(unittest.TestCase):
    def refuse(self, file, text, expected):
        status, output = check(GOOD | {file: text})
        self.assertEqual(status, 1, output)
        self.assertIn(expected, output)
        self.assertIn("1 faults", output)

    def test_good_tree_passes(self):
        status, output = check(GOOD)
        self.assertEqual(status, 0, output)
        self.assertIn(f"{len(GOOD) - 1} files, 0 faults", output)

    def test_tree_without_sources_fails(self):
        self.assertEqual(check({"README.md": ""})[0], 1)

    def test_upward(self):
        self.refuse("lib/base/x.cpp", '\n#include "ts/packet.hpp"\n', "lib/base/x.cpp:2: upward: room base (F0)")
        self.refuse("lib/ts/x.cpp", '#include "gx/ref.hpp"\n', "lib/ts/x.cpp:1: upward: room ts (F1)")
        self.refuse("lib/gx/x.cpp", '#  include   "net/server.hpp"\n', "lib/gx/x.cpp:1: upward")

    def test_sideways_where_the_order_counts(self):
        self.refuse("lib/gx/x.cpp", '#include "http/fetch.hpp"\n', "lib/gx/x.cpp:1: sideways")
        app = {"daemon/app/include/app/options.hpp": ""}
        status, output = check(GOOD | app | {"daemon/net/x.cpp": '#include "app/options.hpp"\n'})
        self.assertEqual(status, 1, output)
        self.assertIn("daemon/net/x.cpp:1: sideways: room net (F4) may not include", output)

    def test_sideways_between_formats(self):
        table = "set s span\nroom ts | lib/ts | include | F1 | - | s\nroom hls | lib/hls | include | F1 | - | s\n"
        tree = {"lib/ts/include/ts/a.hpp": "", "lib/hls/a.cpp": '#include <span>\n#include "ts/a.hpp"\n'}
        status, output = check(tree, table)
        self.assertEqual(status, 1, output)
        self.assertIn("lib/hls/a.cpp:2: sideways: room hls (F1) may not include", output)

    def test_unlisted(self):
        self.refuse("daemon/net/x.cpp", '#include "http/fetch.hpp"\n', "daemon/net/x.cpp:1: unlisted")

    def test_private_header_of_another_room(self):
        self.refuse("tests/lib/x.cpp", '#include "../../lib/ts/walk.hpp"\n', "tests/lib/x.cpp:1: private")

    def test_foreign(self):
        headers = ("glib.h", "gst/gst.h", "libsoup/soup.h", "gio/gio.h", "thread", "mutex", "atomic", "fstream",
                   "filesystem", "iostream", "cstdio", "sys/socket.h", "unistd.h")
        text = "".join(f"#include <{header}>\n" for header in headers)
        status, output = check(GOOD | {"lib/ts/x.cpp": text, "lib/base/x.hpp": text})
        self.assertEqual(status, 1, output)
        for line, header in enumerate(headers, 1):
            self.assertIn(f"lib/ts/x.cpp:{line}: foreign: room ts (F1) may not include <{header}>", output)
            self.assertIn(f"lib/base/x.hpp:{line}: foreign: room base (F0) may not include <{header}>", output)
        self.refuse("lib/gx/x.cpp", "#include <libsoup/soup.h>\n", "lib/gx/x.cpp:1: foreign")
        self.refuse("daemon/app/x.cpp", "#include <gst/gst.h>\n", "daemon/app/x.cpp:1: foreign")
        self.refuse("tools/relevo-ts/x.cpp", "#include <glib.h>\n", "tools/relevo-ts/x.cpp:1: foreign")

    def test_file_without_a_room(self):
        self.refuse("lib/nowhere/x.cpp", "", "lib/nowhere/x.cpp:1: homeless")
        self.refuse("misc/x.hpp", "", "misc/x.hpp:1: homeless")

    def test_file_after_a_comment_that_opens_inside_a_string(self):
        self.refuse("lib/ts/x.cpp", 'auto s = "/*";\n#include <thread>\n', "lib/ts/x.cpp:2: foreign")

    def test_include_that_cannot_be_judged(self):
        self.refuse("lib/ts/x.cpp", "#include PACKET\n", "lib/ts/x.cpp:1: computed")
        self.refuse("lib/ts/x.cpp", '#include "glib.h"\n', "lib/ts/x.cpp:1: unknown")
        self.refuse("lib/ts/x.cpp", "#include <base/bytes.hpp>\n", "lib/ts/x.cpp:1: style")


class Tables(unittest.TestCase):
    def refuse(self, table, expected):
        status, output = check(GOOD, table)
        self.assertEqual(status, 2, output)
        self.assertIn(expected, output)

    def test_format_rooms_never_see_each_other_even_when_the_table_says_so(self):
        self.refuse("set s span\nroom ts | lib/ts | include | F1 | - | s\nroom hls | lib/hls | include | F1 | ts | s\n",
                    "table.txt:3: room hls (F1) may not list room ts (F1): that is sideways.")

    def test_table_may_not_list_upward(self):
        self.refuse("set s span\nroom gx | lib/gx | include | F2 | - | s\nroom ts | lib/ts | include | F1 | gx | s\n", "that is upward.")

    def test_malformed_tables(self):
        self.refuse("rooms ts\n", "table.txt:1: a line begins with")
        self.refuse("room ts | lib/ts | F1 | -\n", "table.txt:1: a room has six columns")
        self.refuse("set s span\nroom ts | lib/ts | include | F9 | - | s\n", "F9 is no floor")
        self.refuse("set s span\nroom ts | lib/ts | include | F1 | - | t\n", "t is no set of headers")
        self.refuse("set s span\nroom ts | lib/ts | include | F1 | no | s\n", "no is no room above this line")
        self.refuse("set s span\n" + "room ts | lib/ts | include | F1 | - | s\n" * 2, "table.txt:3: room ts is there twice.")


if __name__ == "__main__":
    unittest.main()
