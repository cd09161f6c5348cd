// SPDX-License-Identifier: LGPL-2.1-or-later
// Reading the lists of a panel as their bytes arrive.
#pragma once

#include "base/bytes.hpp"
#include "xtream/refusal.hpp"
#include "xtream/rows.hpp"

#include <functional>
#include <memory>

namespace relevo::xtream {

inline constexpr std::size_t kMaxRowSize = 1 << 20;      // bytes, as it is written
inline constexpr std::size_t kMaxOpeningSize = 64 << 10; // of what stands in front of the list

/// What cost a row. The message may quote the input, so it needs redaction before it is shown.
struct Fault {
  std::size_t index = 0; // of the row; 0 is the first
  std::string message;

  bool operator==(const Fault&) const = default;
};

struct Counts {
  std::size_t rows = 0;
  std::size_t faults = 0;

  bool operator==(const Counts&) const = default;
};

/// Row: Category, LiveStream, VodTitle or Series. The same bytes give the same events, however they are cut
/// into blocks. A list is an array or an object whose keys are numbers; what stands in front of it (a byte
/// order mark, warnings of PHP) is passed over. A malformed row costs only itself. Needs a few times
/// kMaxRowSize of memory, whatever comes.
template <class Row>
class ListReader {
 public:
  /// Called in the order of the input. The row is only there during the call.
  struct Events {
    std::function<void(const Row&)> on_row{};
    std::function<void(const Fault&)> on_fault{};
  };

  explicit ListReader(Events events);
  ListReader(ListReader&&) noexcept;
  ListReader& operator=(ListReader&&) noexcept;
  ~ListReader();

  /// False: no more is wanted, as the list has ended or this is none; finish() says which.
  [[nodiscard]] bool push(Bytes block);

  /// The input has ended. An empty list is one; refused is what is no list, what breaks off, and a list none
  /// of whose rows can be used.
  [[nodiscard]] Reply<Counts> finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

} // namespace relevo::xtream
