#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The types of the web interface are those of the API, as relevod describes it, and name every word that it tells.

Usage: api_types_test.py RELEVOD [--update]     (--update: writes them)"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

TOP = pathlib.Path(__file__).parents[2]
sys.path.append(str(TOP / "tests" / "support"))
from relevod import Daemon  # noqa: E402

RELEVOD = sys.argv[1]
TYPES = TOP / "web" / "src" / "api" / "schema.ts"
MATCHES = TOP / "web" / "src" / "words" / "matches.ts"

# The first text in kebab case behind the call is the code.
CODES = (re.compile(r'\b(?:error_response|Refusal)\(\s*[^",;]*,\s*"([a-z-]+)"'),
         re.compile(r'\b(?:refuse|ask_for_credentials)\("([a-z-]+)",'),
         re.compile(r'\bcode = "([a-z-]+)"'),
         re.compile(r'case Refused::Reason::\w+: return "([a-z-]+)"'))
# Of those, what the guard tells of whom it refuses.
REFUSED = (CODES[1], CODES[3])
# Why a viewer left: what his connection, the audience of HLS and the session say.
LEFT = (re.compile(r'case Leaving::\w+: return "([a-z-]+)"'),
        re.compile(r'\b(?:leave|dismiss)\(seat[^,]*, "([a-z-]+)"'),
        re.compile(r'\bleave_all\("([a-z-]+)"'),
        re.compile(r'\bleft\.reason = "([a-z-]+)"'))
# Where names of channels are compared, and what is said of it.
PHRASES = (("lib/lineup/compare.cpp", re.compile(r'notes\.add(?:_pair)?\((?:common\.spelled_alike \? )?"([^"]+)"(?: : "([^"]+)")?')),
           ("lib/lineup/compare.cpp", re.compile(r'only_one\("(\w+)"')),
           ("lib/lineup/match.cpp", re.compile(r'\.reason = [^"]*"([^"]+)"(?: : "([^"]+)")?')),
           ("lib/lineup/match.cpp", re.compile(r'by_id \? "([^"]+)" : ""')),
           ("lib/lineup/grouping.cpp", re.compile(r'case Evidence::\w+: return "([^"]+)"')))


def describe():
    with tempfile.TemporaryDirectory() as folder:
        daemon = Daemon(RELEVOD, folder)
        try:
            return daemon.api("GET", "/openapi.json")
        finally:
            daemon.close()


def write_types(description):
    return subprocess.run([sys.executable, TOP / "web" / "api_types.py", "-"], input=json.dumps(description), capture_output=True,
                          text=True, check=True).stdout


def words_in_sources(patterns, *folders):
    texts = [path.read_text(encoding="utf-8") for folder in folders for path in (TOP / folder).rglob("*.cpp")]
    return {word for text in texts for pattern in patterns for word in pattern.findall(text)}


def phrases_in_sources():
    found = [match for file, pattern in PHRASES for match in pattern.finditer((TOP / file).read_text(encoding="utf-8"))]
    phrases = {phrase for match in found for phrase in match.groups() if phrase}
    members = {phrase for phrase in phrases if " " not in phrase}
    begin = "only one tells the "  # and then a member
    # What follows a colon, or a space at the end, is a name or a figure.
    return {re.split(r":| $", phrase)[0] for phrase in phrases - members - {begin}} | {begin + member for member in members}


class ApiTypes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.description = describe()

    def test_they_are_not_stale(self):
        how = f"the API has changed: tests/web/api_types_test.py {RELEVOD} --update"
        self.assertTrue(TYPES.read_text(encoding="utf-8") == write_types(self.description), how)

    def check_vocabulary(self, name, words):
        known = set(self.description["components"]["schemas"][name]["enum"])
        self.assertEqual(words - known, set(), "vocabulary.cpp lacks them")
        self.assertEqual(known - words, set(), "vocabulary.cpp has them for nothing")

    def test_every_code_of_an_error_is_described(self):
        self.check_vocabulary("ErrorCode", words_in_sources(CODES, "daemon"))

    def test_every_reason_of_a_refusal_is_described(self):
        self.check_vocabulary("AccessReason", words_in_sources(REFUSED, "daemon/access"))

    def test_every_reason_why_a_viewer_left_is_described(self):
        self.check_vocabulary("LeaveReason", words_in_sources(LEFT, "daemon/sessions", "lib/fanout"))

    def test_every_phrase_about_a_match_has_its_spanish(self):
        phrases = phrases_in_sources()
        self.assertGreater(len(phrases), 25)  # they are found
        known = set(re.findall(r"^  '([^']+)':", MATCHES.read_text(encoding="utf-8"), re.MULTILINE))
        self.assertEqual(phrases - known, set(), "matches.ts lacks them")


if __name__ == "__main__":
    if "--update" in sys.argv:
        TYPES.write_text(write_types(describe()), encoding="utf-8")
    else:
        unittest.main(argv=sys.argv[:1])
