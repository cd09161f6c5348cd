#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# What takes too long for scripts/test.sh: builds everything with clang as well, runs the fuzz targets
# 200,000 times, looks for races in what threads share, joins clips at 1,000 random places, lets the sources of a
# channel fail for ten minutes, and those of many at random, zaps at random, is rude to the daemon, and kills it.
# The exit status is 0 when nothing failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/common.sh
export LC_ALL=C.UTF-8

scripts/setup.sh --test
build build/nightly clang++-14 -Dwerror=true -Db_sanitize=address -Db_lundef=false -Dfuzz=true -Dfuzz_runs=200000 -Dweb=false
configure build/tsan g++ -Db_sanitize=thread -Doptimization=1 -Dcpp_args=-g1 -Dweb=false
build build/soak g++ -Dwerror=true -Dbuildtype=release

status=0

# run FOLDER MESON-TEST-OPTION...
run() {
  local folder=$1
  shift
  meson test -C "$folder" --print-errorlogs --timeout-multiplier 10 "$@" || status=1
}

run build/nightly --suite fuzz
# Not what shares things through GLib, which is not instrumented: its locks are not seen, and all it guards is reported.
run build/tsan fanout policy slots
python3 tests/e2e/splice_test.py build/soak/tools/relevo-ts/relevo-ts build/media --cases 1000 --seed "$RANDOM" || status=1
RELEVO_SOAK_SECONDS=600 run build/soak failoversrc-soak

# daemon TEST.py ARGUMENT...: with seeds of its own, against the release.
daemon() {
  local test=$1
  shift
  GST_PLUGIN_PATH_1_0=$PWD/build/soak/plugins GST_REGISTRY=$PWD/build/soak/registry \
    python3 "tests/daemon/$test" build/soak/daemon/relevod build/soak/tools/relevo-ts/relevo-ts \
    build/soak/tests/support/provider/relevo-testprovider build/media "$@" || status=1
}

for ((round = 0; round < 10; round++)); do
  daemon faults_test.py "$RANDOM"
  daemon zaps_test.py "$RANDOM"
  daemon rude_clients_test.py "$RANDOM"
  daemon kill_test.py "$RANDOM"
done
exit "$status"
