// SPDX-License-Identifier: LGPL-2.1-or-later
// Headers of real audio frames with what the audio probe must say about them.
#pragma once

#include "ts/audio.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relevo::test {

struct AudioStream {
  struct Frame {
    const char* head; // hexadecimal; the frame is filled up to its size with bytes that begin no header
    std::size_t size;
  };

  std::string name;
  ts::AudioFormat format;
  std::uint32_t bitrate;
  std::uint64_t ticks; // of 90 kHz, of a hundred frames
  std::vector<Frame> frames;

  [[nodiscard]] std::vector<std::byte> bytes() const; // of all frames
};

const std::vector<AudioStream>& audio_streams();
const AudioStream& audio_stream(std::string_view name);

} // namespace relevo::test
