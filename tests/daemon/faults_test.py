#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Every fault of the provider at every stage of a stream, through the real daemon: channels of three sources of which
the first two fail, all of them at the same time. Each viewer keeps his connection and gets a clean stream, no login
is asked for more than it allows, and no lease stays.

Usage: faults_test.py RELEVOD RELEVO-TS PROVIDER MEDIA-FOLDER [SEED]
SEED: the faults of both sources are drawn by lot, and so is when they begin."""

import concurrent.futures
import dataclasses
import pathlib
import random
import sys
import tempfile
import unittest

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from audience import Crowd, Lists, Log, Provider, add_account, add_channel, decoding_errors, violations  # noqa: E402
from relevod import Daemon  # noqa: E402

RELEVOD, RELEVO_TS, PROVIDER, MEDIA = sys.argv[1:5]
SEED = sys.argv[5] if len(sys.argv) > 5 else ""

SECONDS = 24  # the slowest fault is found after six, twice
LATE = "begin:0.3"  # key pictures come once a second: the first one 0.7 s after that
BEFORE = ["refuse", "hold:30", "status:401", "status:404", "status:503", "redirect:loop", "html"]
BODY = ["stall", "close", "reset", "truncate"]
AILMENTS = ["novideo", "scrambled"]
# What is no reason to leave a source: the stream goes on, whatever is in it.
ODDITIES = ["jump:1000", "jump:-50", "pids", "clip:small_other", "black", "frozen", "silent", "corrupt:0.01", "drop:0.01"]
OF_HLS = ["stale@3", "missing:2", "renumber@3", "gap:3", "nokey", "fmp4", "status:404@3", "hold:30@3", "stall@3", "close@3"]
PLAYED = {*ODDITIES, "missing:2", "renumber@3", "gap:3"}
# What a viewer must see, because the source has nothing better until it is left; None: anything.
REMARKS = {"novideo": {"dts-gap"}, "scrambled": {"scrambled", "dts-gap"}, "missing:2": {"dts-gap"}, "gap:3": {"dts-gap"},
           "corrupt:0.01": None, "drop:0.01": None}


@dataclasses.dataclass
class Fault:
    """Of one source."""
    what: str  # as the provider knows it, without times
    terms: list  # the same, complete
    hls: bool = False

    @property
    def query(self):
        form = ".m3u8?target=1&window=5" if self.hls else ".ts?"
        key = "&aes=1" if self.what == "nokey" else ""
        return form + key + "".join(f"&fault={term}" for term in self.terms)


def stages(middle):
    """All faults of transport streams by their stage. `middle`: when those in the middle begin."""
    return {
        "before the headers": [Fault(what, [what]) for what in BEFORE],
        "before the first bytes": [Fault(what, [what]) for what in ("holdbody:30", *BODY)],
        "before the first picture": [Fault(what, [LATE, f"{what}@0.3"]) for what in (*BODY, "slow:99")] +
                                    [Fault(what, [LATE, what]) for what in AILMENTS],
        "in the middle": [Fault(what, [f"{what}@{middle()}"]) for what in (*BODY, "slow:90", *AILMENTS, *ODDITIES)],
    }


def make_cases():
    """What they are called, and the faults of the first and of the second source."""
    if SEED:
        dice = random.Random(SEED)
        rows = [fault for faults in stages(lambda: round(dice.uniform(0.5, 6), 2)).values() for fault in faults]
        lots = [(dice.choice(rows), dice.choice(rows)) for _ in range(50)]
        return [(f"{first.terms} then {second.terms}", first, second) for first, second in lots]
    cases = [(f"{stage}: {fault.what}", fault, fault) for stage, faults in stages(lambda: 4).items() for fault in faults]
    return cases + [(f"HLS: {what}", *[Fault(what, [what], hls=True)] * 2) for what in OF_HLS]


CASES = make_cases()


class Faults(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        options = []
        for case in range(len(CASES)):
            options += ["--login", f"user{case}:secret:{self.connections(case)}"]
            for source, clip in enumerate(("small", "small", "small_other")):
                options += ["--channel", f"c{case}-{source}={clip}"]
        self.provider = Provider(PROVIDER, MEDIA, options)
        self.addCleanup(self.provider.close)
        self.lists = Lists({f"/{case}": self.entries(case) for case in range(len(CASES))})
        self.addCleanup(self.lists.close)
        self.daemon = Daemon(RELEVOD, self.folder.name)
        self.addCleanup(self.daemon.close)
        self.log = Log(self.daemon.process)
        for case, (name, _, _) in enumerate(CASES):
            streams = add_account(self.daemon, f"user{case}", f"http://127.0.0.1:{self.lists.port}/{case}",
                                  self.connections(case))
            add_channel(self.daemon, name, case + 1, [streams[f"c{case}-{source}"] for source in range(3)])

    @staticmethod
    def connections(case):
        """Of the login of a case: one, where the old source must go before the new one comes, or two."""
        return 1 + case % 2

    def entries(self, case):
        _, first, second = CASES[case]
        good = Fault("", [], first.hls)
        live = f"http://127.0.0.1:{self.provider.port}/live/user{case}/secret/c{case}-"
        return [(f"c{case}-{source}", f"{live}{source}{fault.query}") for source, fault in enumerate((first, second, good))]

    def test_viewers_see_one_clean_stream(self):
        crowd = Crowd(self.daemon.port)
        self.addCleanup(crowd.close)
        for case, (name, _, _) in enumerate(CASES):
            crowd.join(f"/stream/{case + 1}", name, "127.0.0.2")
            crowd.join(f"/stream/{case + 1}", name, "127.0.0.3")
        crowd.run_for(SECONDS)
        stats = self.provider.stats()
        wrong = [str(one) for one in crowd.viewers if one.status != 200 or one.over or len(one.body) < 100_000]
        crowd.close()
        for case in range(len(CASES)):
            wrong += self.judge_provider(case, stats)
        seen = {(case // 2, bytes(one.body)) for case, one in enumerate(crowd.viewers)}  # most see the same
        with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
            wrong += filter(None, pool.map(self.judge_stream, seen))
        self.assertEqual(wrong, [], f"seed {SEED or 'none'}\n" + "\n".join(wrong))
        self.end_sessions()
        self.assertEqual(self.daemon.api("GET", "/leases"), [])
        self.assertEqual(self.daemon.end(), 0, self.log.last_words())

    @staticmethod
    def judge_provider(case, stats):
        name, first, second = CASES[case]
        login, good = stats["logins"][f"user{case}"], stats["channels"][f"c{case}-2"]
        if login["highest"] > login["max"] or login["refused"] > 0:
            yield f"{name}: the provider saw {login}"
        if (good["bytes"] == 0) != bool({first.what, second.what} & PLAYED):
            yield f"{name}: of the good source came {good}"

    @staticmethod
    def judge_stream(seen):
        case, body = seen
        name, *faults = CASES[case]
        remarks = [REMARKS.get(fault.what, set()) for fault in faults]
        if None in remarks:
            return ""
        expected = set().union(*remarks)
        wrong = [line for line in violations(RELEVO_TS, body) if line.split()[1] not in expected]
        if "scrambled" not in expected:
            wrong += decoding_errors(body)
        return f"{name}: " + "\n".join(wrong[:5]) if wrong else ""

    def end_sessions(self):
        for session in self.daemon.api("GET", "/sessions"):
            self.daemon.ask("DELETE", f"/api/v1/sessions/{session['id']}")
        while self.daemon.api("GET", "/sessions"):
            pass


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
