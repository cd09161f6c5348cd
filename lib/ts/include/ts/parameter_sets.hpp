// SPDX-License-Identifier: LGPL-2.1-or-later
// The newest parameter sets of a video stream, kept as the bytes that a joining decoder needs first.
#pragma once

#include "base/bytes.hpp"

#include <array>
#include <cstdint>

namespace relevo::ts {

/// Sets are told apart by kind and id, and lie in the order of their kinds (VPS before SPS before PPS). At
/// most kCapacity bytes and kMaxSets sets are kept: where a new one finds no room, those of earlier access
/// units go.
class ParameterSets {
 public:
  static constexpr std::size_t kCapacity = 4096;
  static constexpr std::size_t kMaxSets = 64;

  enum class Put : std::uint8_t { Unchanged, Changed, NoRoom };

  /// A new access unit begins: what is kept is no longer in_unit().
  void begin_unit() noexcept;
  /// Keeps a set, without its start code, in place of the one with this kind and id.
  Put put(std::uint8_t kind, std::uint8_t id, Bytes unit) noexcept;
  /// Forgets a set unless the current access unit carried it.
  void drop_stale(std::uint8_t kind, std::uint8_t id) noexcept;

  [[nodiscard]] bool has(std::uint8_t kind, std::uint8_t id) const noexcept {
    return find(kind, id) < count_;
  }
  [[nodiscard]] bool in_unit(std::uint8_t kind, std::uint8_t id) const noexcept;
  /// All sets as Annex B bytes, each behind a start code of four bytes. Valid until the next put() or
  /// drop_stale().
  [[nodiscard]] Bytes bytes() const noexcept { return {bytes_.data(), size_}; }

 private:
  struct Entry {
    std::uint16_t offset = 0; // of the start code
    std::uint16_t size = 0;   // with the start code
    std::uint8_t kind = 0;
    std::uint8_t id = 0;
    bool in_unit = false;
  };

  [[nodiscard]] std::size_t find(std::uint8_t kind, std::uint8_t id) const noexcept; // count_ without one
  [[nodiscard]] bool fits(std::size_t size) const noexcept {
    return count_ < kMaxSets && size <= kCapacity - size_;
  }
  void insert(std::uint8_t kind, std::uint8_t id, Bytes unit) noexcept;
  void erase(std::size_t index) noexcept;
  void drop_all_stale() noexcept;

  std::array<Entry, kMaxSets> entries_{};
  std::array<std::byte, kCapacity> bytes_{};
  std::size_t count_ = 0;
  std::size_t size_ = 0;
};

} // namespace relevo::ts
