#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Installs what is missing, builds the release and starts relevod; the arguments go to relevod.
set -euo pipefail
started_in=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/common.sh

scripts/setup.sh
build build/release g++ -Dbuildtype=release -Dtests=false
relevod=$PWD/build/release/daemon/relevod
export GST_PLUGIN_PATH_1_0=$PWD/build/release/plugins${GST_PLUGIN_PATH_1_0:+:$GST_PLUGIN_PATH_1_0}
export RELEVO_WORKER=${RELEVO_WORKER:-$PWD/build/release/pipelines/worker/relevo-worker}
cd "$started_in"
exec "$relevod" "$@"
