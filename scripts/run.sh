#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Installs what is missing, builds the release and starts relevod, with the sources of a demo channel beside it; the
# arguments go to relevod. --no-demo as the first of them: without the demo.
set -euo pipefail
started_in=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/.."
top=$PWD
source scripts/common.sh

demo=true
if [[ ${1-} == --no-demo ]]; then
  demo=false
  shift
fi
scripts/setup.sh
build build/release g++ -Dbuildtype=release -Dtests=false -Ddemo=true
export GST_PLUGIN_PATH_1_0=$top/build/release/plugins${GST_PLUGIN_PATH_1_0:+:$GST_PLUGIN_PATH_1_0}
export RELEVO_WORKER=${RELEVO_WORKER:-$top/build/release/pipelines/worker/relevo-worker}
export RELEVO_DATA=${RELEVO_DATA:-$top/data}
if $demo; then
  # Both end with relevod, which takes the place of this shell.
  setpriv --pdeathsig TERM build/release/tests/support/provider/relevo-testprovider --media data/demo --port 8384 > /dev/null &
  exec 2> >(scripts/demo.sh build/release/tools/relevoctl/relevoctl)
fi
cd "$started_in"
exec "$top/build/release/daemon/relevod" "$@"
