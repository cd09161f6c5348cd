// SPDX-License-Identifier: LGPL-2.1-or-later
// The columns "major" and "minor" of the table "channel".
#include "store/channel_numbers.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"

namespace relevo::store {

using model::ChannelId;
using model::ChannelNumber;

std::vector<ChannelNumber> load_other_numbers(sqlite::Database& database, ChannelId channel) {
  sqlite::Statement row(database, "SELECT major, minor FROM channel WHERE major IS NOT NULL AND id <> ? "
                                  "ORDER BY major, minor");
  row.start(channel.value);
  std::vector<ChannelNumber> numbers;
  while (row.step())
    numbers.push_back({row.column<std::uint32_t>(0), row.column<std::uint32_t>(1)});
  return numbers;
}

std::int64_t shift_other_numbers(sqlite::Database& database, ChannelId channel, const lineup::Shift& shift) {
  const auto& [first, last, by] = shift;
  if (shift.is_of_minors())
    sqlite::Statement(database,
                      "UPDATE channel SET minor = minor + ? WHERE major = ? AND minor BETWEEN ? AND "
                      "? AND id <> ?")
        .run(by, first.major, first.minor, last.minor, channel.value);
  else
    sqlite::Statement(database,
                      "UPDATE channel SET major = major + ? WHERE major BETWEEN ? AND ? AND id <> ?")
        .run(by, first.major, last.major, channel.value);
  return database.changes();
}

std::string describe_numbers(sqlite::Database& database, ChannelNumber first, ChannelNumber last,
                             std::optional<ChannelNumber> also) {
  sqlite::Statement row(database,
                        "SELECT id, major, minor FROM channel WHERE (major, minor) BETWEEN (?,?) AND "
                        "(?,?) UNION SELECT id, major, minor FROM channel WHERE (major, minor) = "
                        "(?,?) ORDER BY id");
  const auto other = also.value_or(ChannelNumber{});
  row.start(first.major, first.minor, last.major, last.minor, other.major, other.minor);
  Hash hash;
  while (row.step())
    for (int column = 0; column < 3; ++column)
      hash.add(row.column<std::string_view>(column));
  return std::to_string(hash.value());
}

} // namespace relevo::store
