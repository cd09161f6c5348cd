// SPDX-License-Identifier: LGPL-2.1-or-later
// A table for each kind of row says which member goes where; values go there as the parser meets them.
#include "base/text.hpp"
#include "read_row.hpp"
#include "values.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <span>

namespace relevo::xtream {
namespace {

using Json = nlohmann::json;
using Texts = std::vector<std::string>;
using Ids = std::vector<Id>;

constexpr std::size_t kMostOfAList = 64; // categories, pictures: of one row

template <class Row>
struct Field {
  std::string_view key;
  std::variant<Id Row::*, std::string Row::*, std::optional<std::int64_t> Row::*,
               std::optional<double> Row::*, std::optional<Moment> Row::*, bool Row::*, Texts Row::*,
               Ids Row::*>
      target;
};

constexpr Field<Category> kCategory[] = {
    {"category_id", &Category::id},
    {"category_name", &Category::name},
    {"parent_id", &Category::parent},
};
constexpr Field<LiveStream> kLiveStream[] = {
    {"stream_id", &LiveStream::id},
    {"num", &LiveStream::number},
    {"name", &LiveStream::name},
    {"stream_type", &LiveStream::type},
    {"stream_icon", &LiveStream::icon},
    {"epg_channel_id", &LiveStream::guide_id},
    {"category_id", &LiveStream::categories},
    {"category_ids", &LiveStream::categories},
    {"added", &LiveStream::added},
    {"is_adult", &LiveStream::adult},
    {"tv_archive", &LiveStream::archive},
    {"tv_archive_duration", &LiveStream::archive_days},
    {"custom_sid", &LiveStream::custom_sid},
    {"direct_source", &LiveStream::direct_source},
};
constexpr Field<VodTitle> kVodTitle[] = {
    {"stream_id", &VodTitle::id},
    {"num", &VodTitle::number},
    {"name", &VodTitle::name},
    {"title", &VodTitle::title},
    {"year", &VodTitle::year},
    {"stream_icon", &VodTitle::icon},
    {"container_extension", &VodTitle::extension},
    {"category_id", &VodTitle::categories},
    {"category_ids", &VodTitle::categories},
    {"added", &VodTitle::added},
    {"rating", &VodTitle::rating},
    {"rating_5based", &VodTitle::rating_of_five},
    {"is_adult", &VodTitle::adult},
    {"plot", &VodTitle::plot},
    {"cast", &VodTitle::cast},
    {"director", &VodTitle::director},
    {"genre", &VodTitle::genre},
    {"release_date", &VodTitle::release_date},
    {"youtube_trailer", &VodTitle::trailer},
    {"episode_run_time", &VodTitle::minutes},
    {"custom_sid", &VodTitle::custom_sid},
    {"direct_source", &VodTitle::direct_source},
};
constexpr Field<Series> kSeries[] = {
    {"series_id", &Series::id},
    {"num", &Series::number},
    {"name", &Series::name},
    {"cover", &Series::cover},
    {"backdrop_path", &Series::backdrops},
    {"category_id", &Series::categories},
    {"category_ids", &Series::categories},
    {"last_modified", &Series::modified},
    {"rating", &Series::rating},
    {"rating_5based", &Series::rating_of_five},
    {"plot", &Series::plot},
    {"cast", &Series::cast},
    {"director", &Series::director},
    {"genre", &Series::genre},
    {"releaseDate", &Series::release_date},
    {"release_date", &Series::release_date},
    {"youtube_trailer", &Series::trailer},
    {"episode_run_time", &Series::minutes},
};

/// The first is the id, which a row must have.
template <class Row>
std::span<const Field<Row>> fields_of() {
  if constexpr (std::is_same_v<Row, Category>) return kCategory;
  if constexpr (std::is_same_v<Row, LiveStream>) return kLiveStream;
  if constexpr (std::is_same_v<Row, VodTitle>) return kVodTitle;
  if constexpr (std::is_same_v<Row, Series>) return kSeries;
}

// Nothing told, for each type of a field. Texts keep their memory.
void reset(Id& id) {
  id = -1;
}
void reset(bool& flag) {
  flag = false;
}
template <class T>
void reset(std::optional<T>& value) {
  value.reset();
}
template <class Container>
void reset(Container& container) {
  container.clear();
}

void take(Id& id, const Value& value) {
  id = to_id(value);
}
void take(bool& flag, const Value& value) {
  flag = to_flag(value);
}
void take(std::optional<std::int64_t>& number, const Value& value) {
  number = to_integer(value);
}
void take(std::optional<double>& number, const Value& value) {
  number = to_real(value);
}
void take(std::optional<Moment>& moment, const Value& value) {
  moment = to_moment(value);
}
/// Of two names for one field, the first that says something counts.
void take(std::string& text, const Value& value) {
  if (text.empty()) to_text(value, text);
}
void take(Ids& ids, const Value& value) {
  const Id id = to_id(value);
  if (id >= 0 && ids.size() < kMostOfAList && std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
}
void take(Texts& texts, const Value& value) {
  if (texts.size() == kMostOfAList) return;
  to_text(value, texts.emplace_back());
  if (texts.back().empty()) texts.pop_back();
}

template <class Row>
void reset(Row& row, std::span<const Field<Row>> fields) {
  for (const auto& field : fields)
    std::visit([&row](const auto member) { reset(row.*member); }, field.target);
}

/// Whether several values in an array mean this field.
template <class Row>
bool is_list(const Field<Row>& field) {
  return std::holds_alternative<Ids Row::*>(field.target) ||
         std::holds_alternative<Texts Row::*>(field.target);
}

/// What nlohmann's parser tells, of one row.
template <class Row>
class Sink {
 public:
  explicit Sink(Row& row) : row_(row) {}

  std::string problem; // "" while there is none

  bool null() { return take_value({}); }
  bool boolean(bool value) { return take_value(value); }
  bool number_integer(std::int64_t value) { return take_value(value); }
  bool number_unsigned(std::uint64_t value) {
    if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return take_value({});
    return take_value(static_cast<std::int64_t>(value));
  }
  bool number_float(double value, const std::string&) { return take_value(value); }
  bool string(std::string& text) { return take_value(std::string_view(text)); }
  bool binary(Json::binary_t&) { return false; }

  bool start_object(std::size_t) { return enter(false); }
  bool end_object() { return leave(); }
  bool start_array(std::size_t) { return enter(true); }
  bool end_array() { return leave(); }
  bool key(std::string& name) {
    if (depth_ == 1) {
      const auto fields = fields_of<Row>();
      const auto found = std::ranges::find(fields, std::string_view(name), &Field<Row>::key);
      field_ = found == fields.end() ? nullptr : &*found;
    }
    return true;
  }
  bool parse_error(std::size_t at, const std::string& token, const Json::exception&) {
    problem = concat("malformed at byte ", at, ": ", quote(token));
    return false;
  }

 private:
  bool enter(bool array) {
    if (depth_ == 0 && array) return no_row();
    ++depth_;
    in_list_ = depth_ == 2 && array && field_ && is_list(*field_);
    return true;
  }
  bool leave() {
    --depth_;
    in_list_ = false;
    return true;
  }
  bool take_value(const Value& value) {
    if (depth_ == 0) return no_row();
    if (field_ && (depth_ == 1 || in_list_))
      std::visit([&](const auto member) { take(row_.*member, value); }, field_->target);
    return true;
  }
  bool no_row() {
    problem = "no object";
    return false;
  }

  Row& row_;
  const Field<Row>* field_ = nullptr; // whose value comes; null: of none that we know
  std::size_t depth_ = 0;
  bool in_list_ = false; // in the array that is the field's value
};

} // namespace

template <class Row>
std::string read_row(std::string_view json, Row& row) {
  const auto fields = fields_of<Row>();
  reset(row, fields);
  Sink<Row> sink(row);
  static_cast<void>(Json::sax_parse(json.begin(), json.end(), &sink));
  if (sink.problem.empty() && row.id < 0) sink.problem = concat("no usable ", fields.front().key);
  return std::move(sink.problem);
}

template std::string read_row(std::string_view, Category&);
template std::string read_row(std::string_view, LiveStream&);
template std::string read_row(std::string_view, VodTitle&);
template std::string read_row(std::string_view, Series&);

} // namespace relevo::xtream
