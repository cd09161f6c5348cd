#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Installs what is missing, builds with sanitizers and runs every test; the fuzz targets run in a build of their own.
# The last line says "N passed, N failed, N skipped"; the exit status is 0 when tests ran and none failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/common.sh
export LC_ALL=C.UTF-8

scripts/setup.sh --test
# The sanitizers make compiling slow: without much optimization, and with line numbers alone, it takes half the time.
build build/test g++ -Dwerror=true -Db_sanitize=address,undefined -Doptimization=1 -Dcpp_args=-g1
configure build/fuzz clang++-14 -Dwerror=true -Db_sanitize=address -Db_lundef=false -Dfuzz=true

status=0
logs=()

# run FOLDER MESON-TEST-OPTION...: builds first what these tests need and is not there.
run() {
  local folder=$1 log=$1/meson-logs/testlog.json
  shift
  rm -f "$log"
  meson test -C "$folder" --print-errorlogs "$@" || status=1
  if [[ -f $log ]]; then logs+=("$log"); fi
}

run build/test
run build/fuzz --suite fuzz
python3 tests/tools/count_results.py ${logs[@]+"${logs[@]}"} || status=1
exit "$status"
