#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Runs the test of the full disk: small_disk.sh TEST-BINARY. The disk is 6 MB of memory that nobody else sees.
set -eu
private='unshare --map-root-user --mount'
if ! $private true; then
  echo 'No mount namespace can be made here: skipped.'
  exit 77
fi
folder=$(mktemp -d)
trap 'rmdir "$folder"' EXIT
$private sh -c '
  mount -t tmpfs -o size=6m none "$1"
  RELEVO_SMALL_DISK=$1 "$2" --test-case="on a full disk*"' sh "$folder" "$1"
