// SPDX-License-Identifier: LGPL-2.1-or-later
// Replacement: what takes the place of a match, with pieces of it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace relevo::policy {

/// Text with references to what was matched, as JavaScript writes them: $1 to $99 and $<name> for groups, $&
/// for all of it, $$ for a dollar. A '$' before anything else stands for itself.
class Replacement {
 public:
  /// `groups`: how many the pattern has; of "$12" the 2 is text where it has fewer than twelve.
  Replacement(std::string_view text, unsigned groups);

  using Numbered = unsigned; // 0: the whole match
  struct Named {
    std::string name;
    bool operator==(const Named&) const = default;
  };
  using Piece = std::variant<std::string, Numbered, Named>;
  [[nodiscard]] const std::vector<Piece>& pieces() const noexcept { return pieces_; }

  /// The text for one match, whose groups these tell.
  [[nodiscard]] std::string expand(const std::function<std::string(Numbered)>& numbered,
                                   const std::function<std::string(const std::string&)>& named) const;

 private:
  void add(std::string_view text);

  std::vector<Piece> pieces_;
};

} // namespace relevo::policy
