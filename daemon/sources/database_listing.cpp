// SPDX-License-Identifier: LGPL-2.1-or-later
// From the rows of a table LiveStreams to streams.
#include "sources/database_listing.hpp"

#include "base/json_text.hpp"
#include "base/text.hpp"
#include "sqlite/database.hpp"

#include <array>
#include <vector>

namespace relevo::sources {
namespace {

// In the order of Column. Their names have hyphens.
enum Column { kUrl, kName, kGroup, kLogo, kGuideName, kGuideId, kChannel, kKnownColumns };
constexpr std::array<std::string_view, kKnownColumns> kColumns = {
    "stream-url", "Stream-name", "Group-title", "TV-Logo", "TV-guide-name", "TV-guide-id", "Channel-id"};

/// The columns that this table has, by name and number.
std::vector<std::string> columns_of(sqlite::Database& database) {
  sqlite::Statement row(database, "SELECT name FROM pragma_table_info('LiveStreams')");
  std::vector<std::string> columns;
  while (row.step())
    columns.push_back(row.column<std::string>(0));
  return columns;
}

class Translation {
 public:
  explicit Translation(std::vector<std::string> columns) : columns_(std::move(columns)) {
    places_.fill(-1);
    for (std::size_t known = 0; known < kColumns.size(); ++known)
      for (std::size_t i = 0; i < columns_.size(); ++i)
        if (equal_nocase(columns_[i], kColumns[known])) places_[known] = static_cast<int>(i);
  }

  [[nodiscard]] bool has(Column column) const { return places_[column] >= 0; }

  const model::Found& operator()(const sqlite::Statement& row) {
    found_ = model::Found{};
    found_.url = text(row, kUrl);
    found_.name = text(row, kName);
    found_.group = text(row, kGroup);
    found_.logo = text(row, kLogo);
    found_.tvg_id =
        has(kGuideName) && !text(row, kGuideName).empty() ? text(row, kGuideName) : text(row, kGuideId);
    found_.number = text(row, kChannel);
    details_.clear();
    JsonText json(details_);
    json.begin('{').name("attributes").begin('{');
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const auto value = row.column<std::string_view>(static_cast<int>(i));
      if (!value.empty() && !is_kept(i)) json.name(columns_[i]).text(value);
    }
    json.end('}').end('}');
    found_.details = details_;
    return found_;
  }

 private:
  [[nodiscard]] std::string_view text(const sqlite::Statement& row, Column column) const {
    return has(column) ? row.column<std::string_view>(places_[column]) : std::string_view{};
  }
  /// In a field of its own.
  [[nodiscard]] bool is_kept(std::size_t column) const {
    return static_cast<int>(column) == places_[kUrl] || static_cast<int>(column) == places_[kName] ||
           static_cast<int>(column) == places_[kGroup] || static_cast<int>(column) == places_[kLogo];
  }

  std::vector<std::string> columns_;
  std::array<int, kKnownColumns> places_{};
  model::Found found_;
  std::string details_;
};

} // namespace

Result<void> DatabaseListing::read(const Sink& sink, const gx::CancelToken& token) const {
  auto database = sqlite::Database::open_foreign(file_);
  if (!database) return tl::unexpected(database.error());
  try {
    Translation translate(columns_of(*database));
    if (!translate.has(kUrl))
      return fail(concat(file_, " has no table LiveStreams with a column stream-url"));
    sqlite::Statement row(*database, "SELECT * FROM LiveStreams ORDER BY rowid");
    for (std::size_t number = 1; row.step(); ++number) {
      if (token.cancelled()) return fail("cancelled");
      const auto& found = translate(row);
      if (found.url.empty() || found.name.empty())
        sink.on_fault(
            {number, concat("row ", number, " has no ", found.url.empty() ? "stream-url" : "Stream-name")});
      else
        sink.on_found(found);
    }
    return {};
  } catch (const sqlite::Failure& failure) {
    return fail(failure.what());
  }
}

} // namespace relevo::sources
