#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Builds the web interface: a GResource of what Vite made, packed, and a C++ source that holds it.

The packages are installed into web/node_modules, and again only when package-lock.json has changed: any other build needs
no network."""

import argparse
import fcntl
import gzip
import hashlib
import pathlib
import shutil
import subprocess
import sys

WEB = pathlib.Path(__file__).resolve().parent
MODULES = WEB / "node_modules"
PACKED = {".css", ".js", ".svg"}
SOURCE = """// SPDX-License-Identifier: LGPL-2.1-or-later
// Made by web/build.py: the web interface.
#include "web/interface.hpp"

asm(R"(
  .pushsection .rodata
  .balign 16
relevo_web_interface:
  .incbin "{resource}"
relevo_web_interface_end:
  .balign 16
  .popsection
)");

// {digest}
extern "C" const std::byte relevo_web_interface[], relevo_web_interface_end[];

namespace relevo::web {{

std::span<const std::byte> built_in_resource() noexcept {{
  return {{relevo_web_interface, relevo_web_interface_end}};
}}

}} // namespace relevo::web
"""


def run(command, hint):
    done = subprocess.run(command, cwd=WEB, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{done.stdout}\nerror: {' '.join(map(str, command[:3]))} failed. {hint}")


def install_packages(npm):
    """By one build at a time: several build folders share them."""
    wanted = hashlib.sha256((WEB / "package-lock.json").read_bytes()).hexdigest()
    stamp = MODULES / ".lock-hash"
    with open(WEB / "package-lock.json", "rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if stamp.is_file() and stamp.read_text() == wanted:
            return
        run([npm, "ci", "--no-audit", "--no-fund"],
            "The web interface needs packages of the npm registry once; -Dweb=false builds without it.")
        stamp.write_text(wanted)


def sources():
    """All that the interface is made of. With the folders, so that a file that comes or goes is seen."""
    yield from (WEB / name for name in ("build.py", "index.html", "package-lock.json", "tsconfig.json", "vite.config.ts"))
    yield WEB / "src"
    yield from sorted((WEB / "src").rglob("*"))


def pack(made):
    """Compresses what is text, and gives the names of all files."""
    for file in sorted(made.rglob("*")):
        if file.suffix in PACKED:
            packed = gzip.compress(file.read_bytes(), 9, mtime=0)
            file.with_name(file.name + ".gz").write_bytes(packed)
            file.unlink()
    return sorted(str(file.relative_to(made)) for file in made.rglob("*") if file.is_file())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("npm", "glib-compile-resources", "depfile", "folder"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("resource", type=pathlib.Path)
    parser.add_argument("source", type=pathlib.Path)
    options = parser.parse_args()

    install_packages(options.npm)
    folder = pathlib.Path(options.folder).resolve()
    made = folder / "made"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    run([MODULES / ".bin" / "vite", "build", "--logLevel", "warn", "--outDir", made], "See above.")
    names = "".join(f"<file>{name}</file>" for name in pack(made))
    table = folder / "table.xml"
    table.write_text(f'<gresources><gresource prefix="/">{names}</gresource></gresources>', encoding="utf-8")
    resource = options.resource.resolve()
    run([options.glib_compile_resources, "--sourcedir", made, "--target", resource, table], "See above.")
    digest = hashlib.sha256(resource.read_bytes()).hexdigest()
    options.source.write_text(SOURCE.format(resource=resource, digest=digest), encoding="utf-8")
    needed = " ".join(str(path).replace(" ", "\\ ") for path in sources())
    pathlib.Path(options.depfile).write_text(f"{options.resource}: {needed}\n", encoding="utf-8")


main()
