#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Checks every #include of the source tree against layers.txt, the table of rooms and floors."""

import argparse
import fnmatch
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

SOURCES = {".c", ".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp", ".hxx", ".inc", ".inl", ".ipp"}
SKIPPED = ("build", "build-*", "subprojects", "node_modules", ".*")
FLOORS = ("F0", "F1", "F2", "F3", "F4", "X")
ORDERED_FLOORS = ("F2", "F4", "X")  # here a room may include the rooms of its floor that stand above it
COMMENT = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', re.DOTALL)
INCLUDE = re.compile(r"^[ \t]*#[ \t]*include(?:_next)?\b[ \t]*(.*)$", re.MULTILINE)
HEADER = re.compile(r'(?:"([^"]+)"|<([^>]+)>)\s*$')


class TableError(Exception):
    """layers.txt itself is wrong."""


@dataclass(frozen=True)
class Room:
    name: str
    path: PurePosixPath
    root: PurePosixPath  # where others' quoted includes of it begin
    floor: str
    row: int
    rooms: frozenset
    headers: tuple  # patterns

    @property
    def height(self):
        return FLOORS.index(self.floor)

    def owns(self, file):
        return self.path in file.parents

    def describe(self):
        return f"room {self.name} ({self.floor})"


def relation(room, other):
    """Why `room` may never include `other`, whatever its row says; empty when the floors permit it."""
    if other.height > room.height:
        return "upward"
    if other.height == room.height and (room.floor not in ORDERED_FLOORS or other.row > room.row):
        return "sideways"
    return ""


def read_table(file):
    sets, rows = {}, []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        words = line.split("#", 1)[0].split(None, 1)
        if not words:
            continue
        where = f"{file.name}:{number}"
        if words[0] == "set" and len(words) == 2:
            name, *patterns = words[1].split()
            sets.setdefault(name, []).extend(patterns)
        elif words[0] == "room" and len(words) == 2:
            rows.append((where, [cell.strip() for cell in words[1].split("|")]))
        else:
            raise TableError(f"{where}: a line begins with 'set' or 'room'.")
    rooms = {}
    for row, (where, cells) in enumerate(rows):
        add_room(rooms, sets, where, row, cells)
    return rooms


def add_room(rooms, sets, where, row, cells):
    if len(cells) != 6:
        raise TableError(f"{where}: a room has six columns: name, path, include root, floor, rooms, headers.")
    name, path, root, floor, may, headers = cells
    if name in rooms:
        raise TableError(f"{where}: room {name} is there twice.")
    if floor not in FLOORS:
        raise TableError(f"{where}: {floor} is no floor; floors are {', '.join(FLOORS)}.")
    listed = [] if may == "-" else may.split()
    room = Room(name, PurePosixPath(path), PurePosixPath(path, root), floor, row, frozenset(listed),
                tuple(p for s in headers.split() for p in known(sets, s, where, "set of headers")))
    for other in listed:
        why = relation(room, known(rooms, other, where, "room above this line"))
        if why:
            raise TableError(f"{where}: {room.describe()} may not list {rooms[other].describe()}: that is {why}.")
    rooms[name] = room


def known(table, name, where, kind):
    if name not in table:
        raise TableError(f"{where}: {name} is no {kind}.")
    return table[name]


def sources(root):
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(f for f in folders if not any(fnmatch.fnmatch(f, s) for s in SKIPPED))
        for file in sorted(files):
            if PurePosixPath(file).suffix in SOURCES:
                yield PurePosixPath((Path(folder) / file).relative_to(root).as_posix())


def includes(text):
    """(line, header, quoted) of every #include outside comments; header is None for a computed one."""
    def blank(match):
        comment = match[0].startswith("/")
        return re.sub(r"[^\n]", " ", match[0]) if comment else match[0]

    code = COMMENT.sub(blank, text)
    for match in INCLUDE.finditer(code):
        line = code.count("\n", 0, match.start()) + 1
        header = HEADER.match(match[1])
        yield (line, header[1] or header[2], header[1] is not None) if header else (line, None, False)


class Checker:
    def __init__(self, root, rooms):
        self.root, self.rooms = root, rooms
        self.faults, self.files = [], 0

    def room_of(self, file):
        owners = [room for room in self.rooms.values() if room.owns(file)]
        return max(owners, key=lambda room: len(room.path.parts), default=None)

    def run(self):
        for file in sources(self.root):
            self.files += 1
            room = self.room_of(file)
            if room is None:
                self.faults.append(f"{file}:1: homeless: no room of layers.txt owns this file.")
                continue
            text = (self.root / file).read_text(encoding="utf-8", errors="replace")
            for line, header, quoted in includes(text):
                fault = self.fault(file, room, header, quoted)
                if fault:
                    self.faults.append(f"{file}:{line}: {fault}")

    def fault(self, file, room, header, quoted):
        if header is None:
            return "computed: the name of an included file must be written out."
        if quoted:
            beside = PurePosixPath(os.path.normpath(file.parent / header))
            if (self.root / beside).is_file():
                return self.private_fault(room, beside, header)
        for other in self.rooms.values():
            if (self.root / other.root / header).is_file():
                return self.room_fault(room, other, header, quoted)
        return self.foreign_fault(room, header, quoted)

    def private_fault(self, room, beside, header):
        owner = self.room_of(beside)
        if owner is room:
            return None
        whose = owner.describe() if owner else "no room"
        return f'private: {room.describe()} reaches for "{header}", which belongs to {whose}; only include roots are shared.'

    @staticmethod
    def room_fault(room, other, header, quoted):
        if not quoted:
            return f"style: headers of the project are included with quotes, not as <{header}>."
        if other is room:
            return None
        why = relation(room, other)
        if why:
            return f'{why}: {room.describe()} may not include "{header}" of {other.describe()}.'
        if other.name not in room.rooms:
            return f'unlisted: {room.describe()} does not list {other.describe()}, whose "{header}" it includes.'
        return None

    @staticmethod
    def foreign_fault(room, header, quoted):
        if quoted:
            return f'unknown: no room offers "{header}"; system headers are included with angle brackets.'
        if any(fnmatch.fnmatchcase(header, pattern) for pattern in room.headers):
            return None
        return f"foreign: {room.describe()} may not include <{header}>; no set of headers in its row has it."


def main():
    here = Path(__file__).resolve()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=here.parents[2], help="top folder of the source tree")
    parser.add_argument("--table", type=Path, default=here.with_name("layers.txt"), help="the table of rooms")
    options = parser.parse_args()
    try:
        checker = Checker(options.root.resolve(), read_table(options.table))
    except (OSError, TableError) as error:
        print(error, file=sys.stderr)
        return 2
    checker.run()
    for fault in checker.faults:
        print(fault)
    print(f"{checker.files} files, {len(checker.faults)} faults")
    return 1 if checker.faults or not checker.files else 0


if __name__ == "__main__":
    sys.exit(main())
