#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Hands on the log of relevod from standard input to standard error. Once it listens, an empty catalogue gets the demo
# channel, and a few lines say what to do with it.
#
# Usage: relevod 2> >(scripts/demo.sh RELEVOCTL)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
relevoctl=$1
provider=http://127.0.0.1:8384
trap '' INT TERM # the log's end is the end

say() { printf 'demo: %s\n' "$1" >&2; }

# begin PORT
begin() {
  local server=http://127.0.0.1:$1 channels
  if ! channels=$("$relevoctl" --url "$server" channels list 2>&1); then
    say "no demo channel: $channels"
    return
  fi
  if (($(wc -l <<< "$channels") == 1)); then # its headings
    "$relevoctl" --url "$server" import data/demo/catalogue.json > /dev/null &&
      "$relevoctl" --url "$server" accounts refresh Demo > /dev/null || return
  elif ! grep -q 'Relevo Demo' <<< "$channels"; then
    return
  fi
  say "play          $server/stream/1"
  say "end a source  curl '$provider/control/channel/source1?fault=close'"
  say "mend it       curl '$provider/control/channel/source1'"
}

while IFS= read -r line; do
  printf '%s\n' "$line" >&2
  if [[ $line =~ 'listening on '.*:([0-9]+)$ ]]; then begin "${BASH_REMATCH[1]}" & fi
done
