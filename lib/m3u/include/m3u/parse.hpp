// SPDX-License-Identifier: LGPL-2.1-or-later
// Reading playlists of channels, in every dialect we know, as their bytes arrive.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "m3u/entry.hpp"

#include <functional>
#include <memory>

namespace relevo::m3u {

inline constexpr std::size_t kMaxLineSize = 256 << 10; // bytes; logos may be written out in them
inline constexpr std::size_t kMaxEntrySize = 1 << 20;
inline constexpr std::size_t kMaxAttributes = 128; // of an entry; likewise tags, headers and backups

/// What cost an entry. The message may quote the input, so it needs redaction before it is shown.
struct Fault {
  std::size_t line = 0;
  std::string message;

  bool operator==(const Fault&) const = default;
};

/// Called in the order of the input. What the views in a Head or an Entry show is only there during the call.
struct Events {
  std::function<void(const Head&)> on_head{};
  std::function<void(const Entry&)> on_entry{};
  std::function<void(const Fault&)> on_fault{};
};

struct Counts {
  std::size_t entries = 0;
  std::size_t faults = 0;
  bool cut = false; // it ended inside an entry

  bool operator==(const Counts&) const = default;
};

/// The same bytes give the same events, however they are cut into blocks. Text becomes UTF-8 without control
/// characters: bytes that are none are taken as Windows-1252. Values lose the blanks at their ends, and '"'
/// inside them becomes '\''. Needs a few times kMaxEntrySize of memory, whatever comes.
class Parser {
 public:
  explicit Parser(Events events);
  Parser(Parser&&) noexcept;
  Parser& operator=(Parser&&) noexcept;
  ~Parser();

  /// False: this is no playlist of channels, finish() says why, and no more of it is wanted.
  [[nodiscard]] bool push(Bytes block);

  /// The input has ended. Refused is what is no playlist of channels (a web page, an HLS playlist, compressed
  /// data) or holds no entry that can be used; Error::offset is then the line.
  [[nodiscard]] Result<Counts> finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

} // namespace relevo::m3u
