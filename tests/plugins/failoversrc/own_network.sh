#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Runs a test in a network of its own, in which multicast groups are reached over the loopback interface:
# own_network.sh TEST-BINARY.
set -eu
private='unshare --map-root-user --net'
if ! $private true; then
  echo 'No network namespace can be made here: skipped.'
  exit 77
fi
exec $private sh -euc '
  ip link set lo up multicast on
  ip route add 224.0.0.0/4 dev lo
  exec "$1"' sh "$1"
