// SPDX-License-Identifier: LGPL-2.1-or-later
// The sieve of a refresh, at streams that are kept already.
#include "catalog/filter_preview.hpp"

#include "catalog/sieve.hpp"
#include "store/listed_streams.hpp"

#include <optional>

namespace relevo::catalog {
namespace {

constexpr std::size_t kMostExamples = 50;

void count(std::int64_t& number, std::vector<std::string>& examples, const model::Found& found) {
  ++number;
  if (examples.size() < kMostExamples) examples.emplace_back(found.name);
}

} // namespace

Result<FilterPreview> preview_filters(const sqlite::Database& database, model::AccountId account,
                                      const std::vector<model::Filter>& filters,
                                      const gx::CancelToken& token) {
  const auto sieve = Sieve::compile(filters);
  if (!sieve) return tl::unexpected(sieve.error());
  FilterPreview preview;
  std::optional<Error> problem;
  store::visit_streams(database, account, [&](const model::Found& found) {
    const auto keeps = sieve->keeps(found);
    if (!keeps)
      problem = keeps.error();
    else if (*keeps)
      count(preview.kept, preview.examples_kept, found);
    else
      count(preview.left_out, preview.examples_left_out, found);
    return !problem && !token.cancelled();
  });
  if (problem) return tl::unexpected(*std::move(problem));
  return preview;
}

} // namespace relevo::catalog
