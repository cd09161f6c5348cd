// SPDX-License-Identifier: LGPL-2.1-or-later
// A search and its replacement at work.
#include "catalog/renaming.hpp"

#include "base/text.hpp"

namespace relevo::catalog {

Result<Renaming> Renaming::compile(const std::string& search, const std::string& replacement) {
  Renaming renaming;
  if (search.empty()) return renaming;
  auto regex = gx::Regex::compile(search);
  if (!regex) return fail(concat("search: ", regex.error().message));
  const auto groups = regex->groups();
  renaming.compiled_.emplace(Compiled{search, *std::move(regex), policy::Replacement(replacement, groups)});
  return renaming;
}

Result<std::string> Renaming::apply(const std::string& name) const {
  if (!compiled_) return name;
  const auto replaced = compiled_->regex.replace_all(name, [this](const gx::Regex::Match& match) {
    return compiled_->replacement.expand([&](unsigned number) { return match.group(number); },
                                         [&](const std::string& group) { return match.group(group); });
  });
  if (!replaced) return fail(concat("search ", quote(compiled_->search), ": ", replaced.error().message));
  const auto text = *replaced ? trim(**replaced) : std::string_view(name);
  return std::string(text.empty() ? name : text);
}

} // namespace relevo::catalog
