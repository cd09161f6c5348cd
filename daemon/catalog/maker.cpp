// SPDX-License-Identifier: LGPL-2.1-or-later
// Which names a rule takes, and what it makes of them.
#include "maker.hpp"

#include "base/text.hpp"
#include "catalog/sync.hpp"

namespace relevo::catalog {
namespace {

tl::unexpected<Error> in_group(const model::Group& group, const std::string& message) {
  return fail(group.name.empty() ? message : concat("group ", quote(group.name), ": ", message));
}

Result<std::optional<gx::Regex>> compile_if_any(std::string_view what, const std::string& pattern) {
  if (pattern.empty()) return std::optional<gx::Regex>();
  auto regex = gx::Regex::compile(pattern);
  if (!regex) return fail(concat(what, ": ", regex.error().message));
  return std::optional(*std::move(regex));
}

} // namespace

Result<Maker> Maker::compile(const model::Group& group) {
  const auto& rule = *group.sync;
  if (rule.first == 0 || rule.last > lineup::kMostMajor || rule.first > rule.last)
    return in_group(group, concat("there are no numbers from ", rule.first, " to ", rule.last));
  auto renaming = Renaming::compile(rule.search, rule.replacement);
  if (!renaming) return in_group(group, renaming.error().message);
  auto include = compile_if_any("include", rule.include), exclude = compile_if_any("exclude", rule.exclude);
  for (const auto* one : {&include, &exclude})
    if (!*one) return in_group(group, one->error().message);
  Maker maker(group, *std::move(renaming));
  maker.include_ = *std::move(include);
  maker.exclude_ = *std::move(exclude);
  return maker;
}

Result<bool> Maker::takes(const std::string& name) const {
  for (const auto* regex : {&include_, &exclude_}) {
    if (!*regex) continue;
    const auto found = (*regex)->found_in(name);
    if (!found) return in_group(group_, found.error().message);
    if (*found != (regex == &include_)) return false;
  }
  return true;
}

Result<model::Provided> Maker::describe(const store::SyncStream& stream) const {
  const auto name = renaming_.apply(stream.name);
  if (!name) return in_group(group_, name.error().message);
  return model::Provided{*name, rule().group.empty() ? group_.name : rule().group, stream.logo,
                         stream.tvg_id};
}

Result<void> check(const model::SyncRule& rule) {
  model::Group group;
  group.sync = rule;
  return Maker::compile(group).map([](const Maker&) {});
}

} // namespace relevo::catalog
