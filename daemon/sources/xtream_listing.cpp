// SPDX-License-Identifier: LGPL-2.1-or-later
// From the rows of a panel to streams.
#include "sources/xtream_listing.hpp"

#include "base/json_text.hpp"
#include "base/text.hpp"
#include "packed_file.hpp"
#include "uri/redact.hpp"
#include "xtream/list_reader.hpp"

#include <unordered_map>

namespace relevo::sources {
namespace {

using model::Found;
using model::StreamKind;

using Categories = std::unordered_map<xtream::Id, std::string>;

/// Reads one list; an error says which, and why it is none.
template <class Row, class OnRow>
Result<void> read_list(const std::string& folder, std::string_view action, const Sink& sink,
                       const gx::CancelToken& token, OnRow&& on_row) {
  xtream::ListReader<Row> reader({
      .on_row = on_row,
      .on_fault =
          [&](const xtream::Fault& fault) {
            sink.on_fault({fault.index + 1, concat(action, ": ", uri::redact_text(fault.message))});
          },
  });
  const auto read =
      read_packed(concat(folder, "/", action), {}, token, [&](Bytes block) { return reader.push(block); });
  if (!read) return tl::unexpected(read.error());
  if (const auto counts = reader.finish(); !counts)
    return fail(concat(action, ": ", uri::redact_text(counts.error().text)));
  return {};
}

/// Turns rows into what they say of a stream, with memory that is used again.
class Translation {
 public:
  explicit Translation(const Categories& categories) : categories_(categories) {}

  const Found& operator()(const xtream::LiveStream& row) {
    begin(StreamKind::Live, row.id, row.name, row.categories);
    found_.tvg_id = row.guide_id;
    found_.logo = row.icon;
    if (row.number) number_ = std::to_string(*row.number);
    found_.number = row.number ? std::string_view(number_) : std::string_view();
    found_.adult = row.adult;
    if (row.archive)
      found_.archive_days = static_cast<int>(std::clamp<std::int64_t>(row.archive_days.value_or(0), 0, 365));
    JsonText json = begin_details(row.categories);
    text(json, "type", row.type == "live" ? "" : row.type);
    text(json, "custom_sid", row.custom_sid);
    text(json, "direct_source", row.direct_source);
    return end(json);
  }

  const Found& operator()(const xtream::VodTitle& row) {
    begin(StreamKind::Movie, row.id, row.name, row.categories);
    found_.logo = row.icon;
    found_.adult = row.adult;
    JsonText json = begin_details(row.categories);
    text(json, "extension", row.extension);
    text(json, "year", row.year);
    text(json, "direct_source", row.direct_source);
    write_facts(json, row);
    return end(json);
  }

  const Found& operator()(const xtream::Series& row) {
    begin(StreamKind::Series, row.id, row.name, row.categories);
    found_.logo = row.cover;
    JsonText json = begin_details(row.categories);
    write_facts(json, row);
    return end(json);
  }

 private:
  void begin(StreamKind kind, xtream::Id id, const std::string& name,
             const std::vector<xtream::Id>& categories) {
    found_ = Found{};
    found_.kind = kind;
    found_.name = name;
    provider_id_ = std::to_string(id);
    found_.provider_id = provider_id_;
    if (!categories.empty()) found_.group = name_of(categories.front());
  }

  [[nodiscard]] std::string_view name_of(xtream::Id category) const {
    const auto found = categories_.find(category);
    return found == categories_.end() ? std::string_view{} : std::string_view(found->second);
  }

  /// A stream has one group here, the first; the others are told.
  JsonText begin_details(const std::vector<xtream::Id>& categories) {
    details_.clear();
    JsonText json(details_);
    json.begin('{');
    if (categories.size() < 2) return json;
    json.name("groups").begin('[');
    for (const auto category : categories)
      json.text(name_of(category));
    json.end(']');
    return json;
  }

  template <class Row>
  static void write_facts(JsonText& json, const Row& row) {
    text(json, "plot", row.plot);
    text(json, "cast", row.cast);
    text(json, "director", row.director);
    text(json, "genre", row.genre);
    text(json, "release_date", row.release_date);
    text(json, "trailer", row.trailer);
    if (row.rating) json.name("rating").raw(concat(*row.rating));
    if (row.minutes) json.name("minutes").raw(std::to_string(*row.minutes));
  }

  static void text(JsonText& json, std::string_view name, std::string_view value) {
    if (!value.empty()) json.name(name).text(value);
  }

  const Found& end(JsonText& json) {
    json.end('}');
    found_.details = details_;
    return found_;
  }

  const Categories& categories_;
  Found found_;
  std::string provider_id_;
  std::string number_;
  std::string details_;
};

template <class Row>
Result<void> read_kind(const std::string& folder, std::string_view categories_action, std::string_view action,
                       const Sink& sink, const gx::CancelToken& token) {
  Categories categories;
  auto done =
      read_list<xtream::Category>(folder, categories_action, sink, token, [&](const xtream::Category& row) {
        categories.insert_or_assign(row.id, row.name);
      });
  Translation translate(categories);
  if (done)
    done =
        read_list<Row>(folder, action, sink, token, [&](const Row& row) { sink.on_found(translate(row)); });
  return done;
}

} // namespace

Result<void> XtreamListing::read(const Sink& sink, const gx::CancelToken& token) const {
  auto done = read_kind<xtream::LiveStream>(folder_, "get_live_categories", "get_live_streams", sink, token);
  if (done) done = read_kind<xtream::VodTitle>(folder_, "get_vod_categories", "get_vod_streams", sink, token);
  if (done) done = read_kind<xtream::Series>(folder_, "get_series_categories", "get_series", sink, token);
  return done;
}

} // namespace relevo::sources
