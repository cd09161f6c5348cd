#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Runs a program in a network of its own with a private address, 10.77.0.1, that broadcasts reach: own_network.sh PROGRAM ...
set -eu
private='unshare --map-root-user --net'
if ! $private true; then
  echo 'No network namespace can be made here: skipped.'
  exit 77
fi
exec $private sh -euc '
  ip link add house type veth peer name outside
  ip address add 10.77.0.1/24 dev house
  for device in lo house outside; do ip link set "$device" up; done
  exec "$@"' sh "$@"
