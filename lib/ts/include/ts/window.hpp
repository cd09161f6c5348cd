// SPDX-License-Identifier: LGPL-2.1-or-later
// A queue whose elements keep their running number from the first to the last day.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace relevo::ts {

/// Grows when it is full and never shrinks: in steady state nothing is allocated. References are valid until
/// the next push.
template <class T>
class Window {
 public:
  [[nodiscard]] std::uint64_t begin() const noexcept { return begin_; }
  [[nodiscard]] std::uint64_t end() const noexcept { return end_; }
  [[nodiscard]] std::size_t size() const noexcept { return end_ - begin_; }
  [[nodiscard]] bool empty() const noexcept { return begin_ == end_; }
  [[nodiscard]] bool holds(std::uint64_t number) const noexcept { return number >= begin_ && number < end_; }

  [[nodiscard]] T& operator[](std::uint64_t number) noexcept {
    assert(holds(number));
    return ring_[number & (ring_.size() - 1)];
  }
  [[nodiscard]] const T& operator[](std::uint64_t number) const noexcept {
    assert(holds(number));
    return ring_[number & (ring_.size() - 1)];
  }
  [[nodiscard]] T& back() noexcept { return (*this)[end_ - 1]; }

  /// Makes room for one more and returns it; it holds what the slot held before.
  T& push() {
    if (size() == ring_.size()) grow();
    return ring_[end_++ & (ring_.size() - 1)];
  }
  void pop() noexcept {
    assert(!empty());
    ++begin_;
  }
  void clear() noexcept { begin_ = end_; }

 private:
  void grow() {
    std::vector<T> larger(ring_.empty() ? 64 : 2 * ring_.size());
    for (std::uint64_t n = begin_; n != end_; ++n)
      larger[n & (larger.size() - 1)] = (*this)[n];
    ring_.swap(larger);
  }
  std::vector<T> ring_; // its size is a power of two
  std::uint64_t begin_ = 0;
  std::uint64_t end_ = 0;
};

} // namespace relevo::ts
