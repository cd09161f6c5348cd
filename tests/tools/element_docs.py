#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Keeps docs/elements true: each page is made of the SECTION comment in the source and of the loaded plugin.

Usage: element_docs.py DESCRIBE-ELEMENT PLUGINS-FOLDER DOCS-FOLDER [--write]

Without --write it says which pages differ and exits with 1."""

import re
import subprocess
import sys
from pathlib import Path

SECTION = re.compile(r"/\*\*\n \* SECTION:element-(\w+)\n(.*?)\n \*/", re.DOTALL)


def sections(plugins):
    """(element, text) of every SECTION comment, in the order of names."""
    found = {}
    for file in sorted(plugins.rglob("*.cpp")):
        for name, body in SECTION.findall(file.read_text(encoding="utf-8")):
            found[name] = join_commands([re.sub(r"^ \* ?", "", line) for line in body.splitlines()])
    return sorted(found.items())


def join_commands(lines):
    """Between |[ and ]| stands one command, which the source may wrap."""
    out, command = [], None
    for line in lines:
        if line == "]|":
            out.append(" ".join(command))
            command = None
        if command is None:
            out.append(line)
        else:
            command.append(line)
        if line == "|[":
            command = []
    return out


def markdown(lines):
    """Text of a SECTION comment, without its title line."""
    out = []
    for line in lines:
        if line.startswith("@"):
            continue
        line = re.sub(r"#Relevo\w+:([\w-]+)", r"`\1`", line)
        out.append({"|[": "```sh", "]|": "```"}.get(line, line))
    return "\n".join(out).strip()


def launch_lines(plugins):
    """(element, command) of every launch line in the sources."""
    return [(name, line) for name, lines in sections(plugins) for line in lines if line.startswith("gst-launch-1.0 ")]


def page(describe, name, lines):
    reference = subprocess.run([describe, name], check=True, capture_output=True, text=True).stdout
    return (f"<!-- Made by tests/tools/element_docs.py: change the source, then run it with --write. -->\n"
            f"# {name}\n\n{markdown(lines)}\n\n{reference}")


def main(describe, plugins, docs, *options):
    docs = Path(docs)
    wanted = {f"{name}.md": page(describe, name, lines) for name, lines in sections(Path(plugins))}
    there = {file.name: file.read_text(encoding="utf-8") for file in docs.glob("*.md")}
    wrong = sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))
    if options == ("--write",):
        for name in wrong:
            if name in wanted:
                (docs / name).write_text(wanted[name], encoding="utf-8")
            else:
                (docs / name).unlink()
        return 0
    for name in wrong:
        print(f"docs/elements/{name} is not what the plugin says; run tests/tools/element_docs.py with --write")
    return 1 if wrong or not wanted else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
