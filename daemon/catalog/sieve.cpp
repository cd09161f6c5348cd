// SPDX-License-Identifier: LGPL-2.1-or-later
// Filters in their order.
#include "catalog/sieve.hpp"

#include "base/text.hpp"

namespace relevo::catalog {
namespace {

std::string_view text_of(const model::Found& found, model::Filter::Field field) {
  switch (field) {
  case model::Filter::Field::Name: return found.name;
  case model::Filter::Field::Group: return found.group;
  case model::Filter::Field::Url: return found.url;
  }
  return {};
}

} // namespace

Result<Sieve> Sieve::compile(const std::vector<model::Filter>& filters) {
  Sieve sieve;
  for (const auto& filter : filters) {
    auto regex = gx::Regex::compile(filter.match_case ? filter.pattern : concat("(?i)", filter.pattern));
    if (!regex)
      return fail(concat("filter ", sieve.filters_.size() + 1, ": ", regex.error().message),
                  sieve.filters_.size());
    sieve.filters_.push_back({filter, *std::move(regex)});
  }
  return sieve;
}

Result<bool> Sieve::keeps(const model::Found& found) const {
  for (std::size_t i = 0; i < filters_.size(); ++i) {
    const auto& [filter, regex] = filters_[i];
    const auto matches = regex.found_in(std::string(text_of(found, filter.field)));
    if (!matches) return fail(concat("filter ", quote(filter.pattern), ": ", matches.error().message), i);
    if (*matches) return !filter.exclude;
  }
  return true;
}

} // namespace relevo::catalog
