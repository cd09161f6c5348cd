#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Prints the files of a seed folder as libFuzzer's -seed_inputs takes them: separated by commas."""
import pathlib
import sys

print(",".join(str(path) for path in sorted(pathlib.Path(sys.argv[1]).iterdir())))
