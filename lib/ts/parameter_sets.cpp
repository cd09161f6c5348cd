// SPDX-License-Identifier: LGPL-2.1-or-later
// The store of parameter sets: one buffer in the order of kinds, edited in place when a set changes.
#include "ts/parameter_sets.hpp"

#include <algorithm>
#include <cstring>

namespace relevo::ts {
namespace {

constexpr std::size_t kStartCodeSize = 4;

} // namespace

void ParameterSets::begin_unit() noexcept {
  for (std::size_t i = 0; i < count_; ++i)
    entries_[i].in_unit = false;
}

ParameterSets::Put ParameterSets::put(std::uint8_t kind, std::uint8_t id, Bytes unit) noexcept {
  if (const std::size_t at = find(kind, id); at < count_) {
    Entry& entry = entries_[at];
    const std::byte* kept = bytes_.data() + entry.offset + kStartCodeSize;
    if (std::ranges::equal(Bytes{kept, entry.size - kStartCodeSize}, unit)) {
      entry.in_unit = true;
      return Put::Unchanged;
    }
    erase(at);
  }
  if (!fits(unit.size() + kStartCodeSize)) drop_all_stale();
  if (!fits(unit.size() + kStartCodeSize)) return Put::NoRoom;
  insert(kind, id, unit);
  return Put::Changed;
}

void ParameterSets::drop_stale(std::uint8_t kind, std::uint8_t id) noexcept {
  if (const std::size_t at = find(kind, id); at < count_ && !entries_[at].in_unit) erase(at);
}

bool ParameterSets::in_unit(std::uint8_t kind, std::uint8_t id) const noexcept {
  const std::size_t at = find(kind, id);
  return at < count_ && entries_[at].in_unit;
}

std::size_t ParameterSets::find(std::uint8_t kind, std::uint8_t id) const noexcept {
  std::size_t i = 0;
  while (i < count_ && (entries_[i].kind != kind || entries_[i].id != id))
    ++i;
  return i;
}

void ParameterSets::insert(std::uint8_t kind, std::uint8_t id, Bytes unit) noexcept {
  std::size_t at = 0;
  while (at < count_ && entries_[at].kind <= kind)
    ++at;
  const std::size_t offset = at < count_ ? entries_[at].offset : size_;
  const std::size_t size = unit.size() + kStartCodeSize;

  std::memmove(bytes_.data() + offset + size, bytes_.data() + offset, size_ - offset);
  store_be32(bytes_.data() + offset, 1);
  std::ranges::copy(unit, bytes_.data() + offset + kStartCodeSize);
  for (std::size_t i = count_; i > at; --i) {
    entries_[i] = entries_[i - 1];
    entries_[i].offset = static_cast<std::uint16_t>(entries_[i].offset + size);
  }
  entries_[at] = {static_cast<std::uint16_t>(offset), static_cast<std::uint16_t>(size), kind, id, true};
  ++count_;
  size_ += size;
}

void ParameterSets::erase(std::size_t index) noexcept {
  const Entry gone = entries_[index];
  std::byte* hole = bytes_.data() + gone.offset;
  std::memmove(hole, hole + gone.size, size_ - gone.offset - gone.size);
  for (std::size_t i = index; i + 1 < count_; ++i) {
    entries_[i] = entries_[i + 1];
    entries_[i].offset = static_cast<std::uint16_t>(entries_[i].offset - gone.size);
  }
  --count_;
  size_ -= gone.size;
}

void ParameterSets::drop_all_stale() noexcept {
  for (std::size_t i = count_; i > 0; --i) {
    if (!entries_[i - 1].in_unit) erase(i - 1);
  }
}

} // namespace relevo::ts
