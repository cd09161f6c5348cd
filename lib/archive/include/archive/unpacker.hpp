// SPDX-License-Identifier: LGPL-2.1-or-later
// Unpacker: the plain bytes of what may be packed, pulled.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace relevo::archive {

struct Budget;

/// Fills the beginning of a buffer and says how far; 0: the bytes have ended. The buffer is never empty.
using Read = std::function<Result<std::size_t>(MutableBytes)>;
/// Makes a Read from the beginning of the packed bytes.
using Open = std::function<Result<Read>()>;

struct Limits {
  std::uint64_t max_bytes; // of what comes out
  std::uint64_t max_ratio; // of what comes out to what went in, where it is more than a few MiB
};

/// Takes off gzip, bzip2, xz, zstd and zip, known by how the bytes begin, also one inside the other; other
/// bytes pass as they are. Of a zip file it gives the first file whose name ends in one of `endings` (upper
/// and lower case are the same), or the first of all where none does.
///
/// Belongs to one thread at a time; blocks as its source does. What is kept in memory is a few
/// blocks and the window of the format.
class Unpacker {
 public:
  /// `open` is called by the first read, and once more where a zip file has no file with a wanted name.
  Unpacker(Open open, std::vector<std::string> endings, Limits limits);
  Unpacker(const Unpacker&) = delete;
  Unpacker& operator=(const Unpacker&) = delete;
  ~Unpacker();

  /// As Read. What came before a break is given before its error (where it is no gzip, up to 256 KiB of it
  /// may be lost), which then stays; its offset is the number of plain bytes given. An error of the source is
  /// passed on.
  [[nodiscard]] Result<std::size_t> read(MutableBytes buffer);

 private:
  enum class Choice { Wanted, First };

  [[nodiscard]] Result<std::size_t> read_on(MutableBytes buffer);
  [[nodiscard]] Result<Read> open_plain();
  /// An empty Read: a zip file holds none that is wanted.
  [[nodiscard]] Result<Read> open_plain(Choice choice);

  Open open_;
  std::vector<std::string> endings_;
  std::unique_ptr<Budget> budget_;
  Read plain_; // empty before the first read
  std::uint64_t given_ = 0;
  std::optional<Error> broken_;
};

} // namespace relevo::archive
