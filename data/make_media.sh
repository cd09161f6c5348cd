#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Makes the clips in this folder again: the slate, and the sources of the demo channel. Needs ffmpeg and fonts-dejavu-core.
#
# Each lasts 8 s, a whole number of frames of picture and sound, so that it can be looped without a gap.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
seconds=8
background=0x14181f
text="fontfile=/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf:fontcolor=white"
bold="fontfile=/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf:fontcolor=white"

# make FILE NAME SOUND PICTURE-FILTERS...
make() {
  local file=$1 name=$2 sound=$3 filters
  shift 3
  filters=$(IFS=,; printf '%s' "$*")
  ffmpeg -nostdin -v error -y -f lavfi -i "color=c=$background:size=1280x720:rate=25:duration=$seconds,$filters,format=yuv420p" \
    -f lavfi -i "$sound,atrim=end_sample=$((48000 * seconds - 1024))" \
    -c:v libx264 -profile:v main -preset veryslow -threads 1 -crf 26 -g 50 -keyint_min 50 -sc_threshold 0 -bf 2 \
    -c:a aac -b:a 64k -ac 2 -metadata service_provider=Relevo -metadata "service_name=$name" \
    -muxpreload 0 -muxdelay 0.5 -pes_payload_size 1200 -f mpegts "$file"
  printf '%s: %d bytes\n' "$file" "$(stat -c %s "$file")"
}

# A mark that goes round once in a loop, on a track; so that one sees that the picture moves.
track="drawbox=x=240:y=560:w=800:h=6:color=white@0.25:t=fill"
marks() {
  local i comma=""
  for ((i = 0; i < 20; i++)); do
    printf "%sdrawbox=x=240+%d*40:y=552:w=40:h=22:color=%s:t=fill:enable='eq(floor(mod(t+0.01,2)*10),%d)'" \
      "$comma" "$i" "$1" "$i"
    comma=,
  done
}

make slate.ts "Relevo" "anullsrc=sample_rate=48000:channel_layout=stereo" "$track" "$(marks 0x8fa3bf)" \
  "drawtext=$bold:fontsize=64:text='One moment':x=(w-tw)/2:y=250" \
  "drawtext=$text:fontsize=34:fontcolor=0xc8d2e0:text='Looking for a source that works':x=(w-tw)/2:y=350"

# demo SOURCE COLOUR FREQUENCY: its number, and a soft ping every second.
demo() {
  make "demo/source$1.ts" "Relevo Demo" "aevalsrc=0.12*sin(2*PI*$3*t)*exp(-5*mod(t\,1)):s=48000" "$track" "$(marks "$2")" \
    "drawbox=x=0:y=0:w=1280:h=12:color=$2:t=fill" \
    "drawtext=$bold:fontsize=260:fontcolor=$2:text='$1':x=(w-tw)/2:y=150" \
    "drawtext=$text:fontsize=40:text='Source $1 of 3':x=(w-tw)/2:y=440"
}
demo 1 0x3fb68b 440
demo 2 0xf0a63c 554
demo 3 0x9a7bf0 659
