#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Installs the Debian packages that are missing, and nothing else.
set -euo pipefail

packages=(
  ccache curl g++ meson ninja-build pkg-config python3
  glib-networking libarchive-dev libcrypt-dev libexpat1-dev libexpected-dev libglib2.0-dev libgstreamer1.0-dev
  libsoup-3.0-dev libsqlite3-dev libssl-dev nettle-dev nlohmann-json3-dev zlib1g-dev
)
test_packages=(
  chromium clang-14 doctest-dev ffmpeg gupnp-tools hdhomerun-config iproute2 libclang-rt-14-dev libxml2-utils mpv xmltv-util
  gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-bad gstreamer1.0-plugins-good gstreamer1.0-tools python3-gi sqlite3
  kodi kodi-pvr-hdhomerun kodi-pvr-iptvsimple kodi-pvr-stalker libgl1-mesa-dri pulseaudio xvfb
  streamlink vlc-bin vlc-plugin-base
)
bench_packages=(nginx-light)
# Where npm is not Debian's own, it came with a Node of its own too.
if ! command -v npm > /dev/null; then packages+=(nodejs npm); fi

usage() {
  cat << 'END'
Usage: scripts/setup.sh [--test] [--bench]

Installs what is missing of the Debian packages that building and running Relevo needs, as root or through sudo.
Does nothing when all are there.

  --test   also what the tests need
  --bench  also what the benchmarks compare with
  --help   this text
END
}

while (($#)); do
  case $1 in
    --test) packages+=("${test_packages[@]}") ;;
    --bench) packages+=("${bench_packages[@]}") ;;
    --help)
      usage
      exit 0
      ;;
    *)
      printf 'error: unknown option %s; see scripts/setup.sh --help\n' "$1" >&2
      exit 2
      ;;
  esac
  shift
done

if ! command -v dpkg-query > /dev/null; then
  printf 'error: this is no Debian; install the counterparts of these packages yourself:\n  %s\n' "${packages[*]}" >&2
  exit 1
fi

installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${packages[@]}" 2> /dev/null | sed -n 's/^installed //p') || true
missing=()
for package in "${packages[@]}"; do
  grep -qxF "$package" <<< "$installed" || missing+=("$package")
done
if ((${#missing[@]} == 0)); then exit 0; fi

as_root=()
if (($(id -u) != 0)); then
  if ! command -v sudo > /dev/null; then
    printf 'error: these packages are missing; install them as root:\n  apt-get install %s\n' "${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi
printf 'Installing from Debian: %s\n' "${missing[*]}"
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q update
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "${missing[@]}"
