// SPDX-License-Identifier: LGPL-2.1-or-later
// Looks at the head of each access unit of a video stream: picture type, random access, format, parameter
// sets.
#pragma once

#include "base/bytes.hpp"
#include "ts/h264.hpp"
#include "ts/h265.hpp"
#include "ts/mpeg2.hpp"
#include "ts/picture.hpp"

#include <array>
#include <optional>
#include <variant>

namespace relevo::ts {

/// Fed with the elementary stream bytes of one access unit after another, cut anywhere: the answer does not
/// depend on where. Reads no further than the first slice; allocates nothing. About 10 kB: belongs in a
/// long-lived object. A PES packet that holds several access units is judged by its first.
class PictureProbe {
 public:
  /// Of a codec that it does not know, the probe decides nothing: every head stays as begin() left it.
  explicit PictureProbe(Codec codec) noexcept;

  /// A new access unit begins, at the PES packet that carries it.
  void begin() noexcept;
  /// True when the head is decided, or will not be; further bytes of this unit are not looked at.
  bool push(Bytes payload) noexcept;
  /// The access unit is over: decides by what there was.
  void end() noexcept;

  [[nodiscard]] const PictureHead& head() const noexcept { return context_.head; }
  /// By the newest sequence parameter set or sequence header; none before the first.
  [[nodiscard]] const std::optional<VideoFormat>& format() const noexcept { return context_.format; }
  /// The newest parameter sets as Annex B bytes. Valid until the next push() or end().
  [[nodiscard]] Bytes parameter_sets() const noexcept { return context_.sets.bytes(); }

 private:
  struct NoReader {
    [[nodiscard]] std::size_t wanted(std::uint8_t) const noexcept { return 0; }
    void begin() noexcept {}
    bool take(Bytes, PictureContext&) noexcept { return true; }
  };

  void take_byte(std::byte value) noexcept;
  void start_unit(std::uint8_t first_byte) noexcept;
  void collect(std::byte value) noexcept;
  void finish_unit(std::size_t size) noexcept;

  std::variant<NoReader, h264::HeadReader, h265::HeadReader, mpeg2::HeadReader> reader_;
  PictureContext context_;

  std::array<std::byte, kMaxUnitSize> unit_{}; // the unit under way, from behind its start code
  std::size_t unit_size_ = 0;
  std::size_t wanted_ = 0;     // bytes of the unit to collect; 0 when it is of no use, or was handed over
  std::size_t scanned_ = 0;    // bytes of the access unit looked at
  std::uint8_t zeros_ = 0;     // zero bytes in a row, up to the two of a start code
  bool at_unit_start_ = false; // a start code has just ended
  bool done_ = true;
};

} // namespace relevo::ts
