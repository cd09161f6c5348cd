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
configure build/fuzz clang++-14 -Dwerror=true -Db_sanitize=address -Db_lundef=false -Dfuzz=true -Dweb=false

status=0
logs=()
rm -f build/test/meson-logs/testlog.json build/fuzz/meson-logs/testlog.json

# A test that hangs is ended, but not one for which a busy machine has little time.
patience=(--timeout-multiplier 5)

# Tests wait a lot; the fuzz targets never do, and take what is left of the machine meanwhile. What they need and is not
# there is built first.
nice -n 19 meson test "${patience[@]}" -C build/fuzz --suite fuzz --print-errorlogs > build/fuzz/output.txt 2>&1 &
fuzzing=$!
trap 'kill "$fuzzing" 2> /dev/null || true' EXIT
meson test "${patience[@]}" -C build/test --print-errorlogs || status=1
printf 'Waiting for the fuzz targets ...\n'
wait "$fuzzing" || status=1
trap - EXIT
cat build/fuzz/output.txt

for folder in build/test build/fuzz; do
  if [[ -f $folder/meson-logs/testlog.json ]]; then logs+=("$folder/meson-logs/testlog.json"); fi
done
python3 tests/tools/count_results.py ${logs[@]+"${logs[@]}"} || status=1
exit "$status"
