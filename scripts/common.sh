# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# What the other scripts share: configuring a build folder and building it. Sourced with the source tree as cwd.

die() {
  printf 'error: %s\n' "$1" >&2
  exit 1
}

# configure FOLDER COMPILER MESON-OPTION...: only when the folder is new or its options changed.
configure() {
  local folder=$1 compiler=$2 wanted
  shift 2
  if command -v ccache > /dev/null; then compiler="ccache $compiler"; fi
  wanted="$compiler $*"
  if [[ ! -f $folder/build.ninja || $(cat "$folder/options.txt" 2> /dev/null) != "$wanted" ]]; then
    rm -rf "$folder"
    CXX=$compiler LC_ALL=C.UTF-8 meson setup "$folder" "$@" || die "$folder: the configuration failed, see above"
    printf '%s\n' "$wanted" > "$folder/options.txt"
  fi
}

# build FOLDER COMPILER MESON-OPTION...: configured, and everything up to date.
build() {
  configure "$@"
  LC_ALL=C.UTF-8 ninja -C "$1" || die "$1: the build failed, see above"
}
