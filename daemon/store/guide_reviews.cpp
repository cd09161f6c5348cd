// SPDX-License-Identifier: LGPL-2.1-or-later
// The table "guide_review".
#include "store/guide_reviews.hpp"

#include "query.hpp"
#include "rows.hpp"

namespace relevo::store {
namespace {

using model::GuideReview;

std::string write_candidates(const std::vector<model::GuideLink>& candidates) {
  Json json = Json::array();
  for (const auto& one : candidates)
    json.push_back({{"source", one.source.value},
                    {"channel", one.channel},
                    {"score", one.score},
                    {"reason", one.reason}});
  return json.dump();
}

GuideReview read_review(const sqlite::Statement& row) {
  GuideReview review = {{row.column<std::int64_t>(0)}, row.column<std::string>(1), {}};
  for (const auto& json : Json::parse(row.column<std::string>(2)))
    review.candidates.push_back({{json.at("source").get<std::int64_t>()},
                                 json.at("channel").get<std::string>(),
                                 false,
                                 json.at("score").get<int>(),
                                 json.at("reason").get<std::string>()});
  return review;
}

} // namespace

void save_guide_review(sqlite::Database& database, const GuideReview& review) {
  sqlite::Statement(database,
                    "INSERT OR REPLACE INTO guide_review (channel, reason, candidates) VALUES (?,?,?)")
      .run(review.channel.value, review.reason, write_candidates(review.candidates));
}

void erase_guide_review(sqlite::Database& database, model::ChannelId channel) {
  sqlite::Statement(database, "DELETE FROM guide_review WHERE channel = ?").run(channel.value);
}

std::optional<GuideReview> find_guide_review(sqlite::Database& database, model::ChannelId channel) {
  sqlite::Statement row(database, "SELECT channel, reason, candidates FROM guide_review WHERE channel = ?");
  row.start(channel.value);
  if (!row.step()) return std::nullopt;
  return read_review(row);
}

Slice<GuideReview> list_guide_reviews(const sqlite::Database& database, const Page& page) {
  static constexpr std::pair<std::string_view, std::string_view> kOrders[] = {
      {"number", "coalesce(c.major, 1e9) + c.minor / 1e4"}, {"name", "c.name COLLATE NOCASE"}};
  Query sql("r.channel, r.reason, r.candidates", "guide_review r JOIN channel c ON c.id = r.channel");
  sql.where("c.guide_source IS NULL");
  // A list of names in JSON.
  sql.where(R"(c.settled NOT LIKE '%"guide"%')");
  auto rows = sql.select(database, page, kOrders);
  Slice<GuideReview> slice;
  while (rows.step())
    slice.items.push_back(read_review(rows));
  slice.total = sql.count(database);
  return slice;
}

} // namespace relevo::store
