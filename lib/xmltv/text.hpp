// SPDX-License-Identifier: LGPL-2.1-or-later
// Texts of a document made into texts of a guide: on one line, with their references resolved.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace relevo::xmltv {

/// What stands for the '&' of the document from the decoder to here: expat resolves no reference, so that it
/// refuses none and expands none. No decoded text holds it otherwise.
inline constexpr char kAmpersand = '\x7f';

inline constexpr std::size_t kMaxEntities = 256;       // that a document declares
inline constexpr std::size_t kMaxEntityText = 1 << 10; // bytes

/// The entities that a document declares itself, on top of those that HTML has.
class Entities {
 public:
  /// False where they are too many, or the text is too long. The first declaration of a name counts.
  [[nodiscard]] bool declare(std::string_view name, std::string_view text);

  /// Appends what a reference, without its '&' and ';', stands for. False: nothing, it is none.
  [[nodiscard]] bool resolve(std::string& out, std::string_view reference) const;

 private:
  std::map<std::string, std::string, std::less<>> declared_;
};

/// Appends `raw` with every run of blanks and control characters as one blank, none at its ends, and its
/// references resolved; what is none is kept as it is written. False when more than `limit` bytes are there:
/// then a part of the text is missing, and at most kMaxEntityText more than `limit` have been written.
[[nodiscard]] bool append_tidy(std::string& out, std::string_view raw, const Entities& entities,
                               std::size_t limit);

} // namespace relevo::xmltv
