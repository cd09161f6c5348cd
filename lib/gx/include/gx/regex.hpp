// SPDX-License-Identifier: LGPL-2.1-or-later
// Regex: a regular expression of a user, with limits.
#pragma once

#include "base/result.hpp"
#include "gx/ref.hpp"

#include <functional>
#include <glib.h>
#include <optional>
#include <string>
#include <string_view>

namespace relevo::gx {

template <>
struct RefTraits<GRegex> : CountedBy<GRegex, g_regex_ref, g_regex_unref> {};

/// In the syntax of Perl. A match that would take too long is an error, so that no pattern can hang who uses
/// it. Any thread may use one at the same time.
class Regex {
 public:
  /// An error says what is wrong with the pattern, and where.
  [[nodiscard]] static Result<Regex> compile(const std::string& pattern);

  [[nodiscard]] unsigned groups() const noexcept; // without the whole match
  [[nodiscard]] bool has_group(const std::string& name) const noexcept;

  /// Whether it matches anywhere in the text, which is UTF-8.
  [[nodiscard]] Result<bool> found_in(const std::string& text) const;

  /// What was matched; a group that was not, or is none, is "".
  class Match {
   public:
    explicit Match(const GMatchInfo* info) : info_(info) {}
    [[nodiscard]] std::string group(unsigned number) const;
    [[nodiscard]] std::string group(const std::string& name) const;

   private:
    const GMatchInfo* info_;
  };
  using Replace = std::function<std::string(const Match&)>;
  /// The text with every match replaced; empty where there is none.
  [[nodiscard]] Result<std::optional<std::string>> replace_all(const std::string& text,
                                                               const Replace& replace) const;

 private:
  explicit Regex(Ref<GRegex> regex) noexcept : regex_(std::move(regex)) {}

  Ref<GRegex> regex_;
};

} // namespace relevo::gx
