// SPDX-License-Identifier: LGPL-2.1-or-later
// Reading guides as their bytes arrive.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "xmltv/guide.hpp"
#include "xmltv/time.hpp"

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace relevo::xmltv {

inline constexpr std::size_t kMaxText = 1 << 20;    // bytes: the texts of a channel or programme, together
inline constexpr std::size_t kMaxParts = 4096;      // elements in a channel or programme
inline constexpr std::size_t kMaxDepth = 64;        // of elements in one another
inline constexpr std::size_t kMaxToken = 256 << 10; // bytes of a tag, comment or instruction

inline constexpr std::size_t kMaxBlockSize = 64 << 10;

/// What is wrong, and where. The message may quote the input.
struct Fault {
  std::size_t line = 0;
  std::string message;

  bool operator==(const Fault&) const = default;
};

/// Called in the order of the input. What a Channel or a Programme shows is only there during the call.
struct Events {
  std::function<void(const Channel&)> on_channel{};
  std::function<void(const Programme&)> on_programme{};
  std::function<void(const Fault&)> on_fault{}; // what cost a channel or programme
};

/// The code point of each byte of an encoding, -1 where it has none; empty for what is not known or needs
/// several bytes for a character. The name is as the document writes it.
using EncodingTable = std::function<std::optional<std::array<int, 256>>(std::string_view name)>;

struct Options {
  DefaultOffset default_offset{};    // of times without a zone; empty: they are UTC
  EncodingTable encoding_table{};    // for what is neither Unicode nor Latin-1 nor Windows-1252
  std::size_t block_size = 16 << 10; // bytes that are parsed at a time: 1 to kMaxBlockSize
};

struct Counts {
  std::size_t channels = 0;
  std::size_t programmes = 0;
  std::size_t faults = 0;
  std::optional<Fault> broken{}; // where the document is not well-formed; nothing behind it was read

  bool operator==(const Counts&) const = default;
};

/// The same bytes give the same events, however they are cut into blocks. Memory is reused from one programme
/// to the next and stays under a few MiB, whatever comes. Nothing outside the document is loaded.
///
/// Repaired is what can be: bytes that are not the UTF-8 they should be are Windows-1252, control characters
/// are blanks, references without a meaning and a lone '&' are text. Elements that are not of the format are
/// skipped. A channel needs its id, a programme its channel, its start, and a stop that is a time where it
/// has one; a stop that is not after the start is dropped, and so are other values that are nonsense.
class Reader {
 public:
  explicit Reader(Events events, Options options = {});
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;
  ~Reader();

  /// False: no more of it is wanted, finish() says why. Passes on what the events throw; then the reader can
  /// only be destroyed.
  [[nodiscard]] bool push(Bytes block);

  /// The input has ended. Refused is what is no guide (a web page, a playlist, compressed data);
  /// Error::offset is then the line.
  [[nodiscard]] Result<Counts> finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

} // namespace relevo::xmltv
