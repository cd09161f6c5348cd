// SPDX-License-Identifier: LGPL-2.1-or-later
// The tables "stream_measured" and "stream_failure".
#include "store/stream_past.hpp"

#include "rows.hpp"

namespace relevo::store {
namespace {

std::int64_t to_column(model::Moment moment) {
  return moment.time_since_epoch().count();
}

model::Moment to_moment(std::int64_t milliseconds) {
  return model::Moment(std::chrono::milliseconds(milliseconds));
}

std::string write_audio(const std::vector<model::MeasuredAudio>& audio) {
  Json json = Json::array();
  for (const auto& one : audio)
    json.push_back({{"codec", one.codec},
                    {"language", one.language},
                    {"sample_rate", one.sample_rate},
                    {"channels", one.channels}});
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::vector<model::MeasuredAudio> read_audio(const std::string& text) {
  std::vector<model::MeasuredAudio> audio;
  for (const auto& one : Json::parse(text))
    audio.push_back({one.at("codec").get<std::string>(), one.at("language").get<std::string>(),
                     one.at("sample_rate").get<unsigned>(), one.at("channels").get<unsigned>()});
  return audio;
}

std::optional<model::MeasuredVideo> read_video(const sqlite::Statement& row) {
  auto codec = row.column<std::optional<std::string>>(2);
  if (!codec) return std::nullopt;
  return model::MeasuredVideo{*std::move(codec),
                              row.column<std::string>(3),
                              row.column<std::uint32_t>(4),
                              row.column<std::uint32_t>(5),
                              row.column<bool>(6),
                              row.column<double>(7)};
}

} // namespace

void save_measured(sqlite::Database& database, const model::Measured& measured) {
  const auto video = measured.video.value_or(model::MeasuredVideo{});
  sqlite::Statement(database, "INSERT OR REPLACE INTO stream_measured (stream, at_ms, bits_per_second, "
                              "codec, profile, width, height, interlaced, frames_per_second, audio) "
                              "SELECT id, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM stream WHERE id = ?")
      .run(to_column(measured.at), static_cast<std::int64_t>(measured.bits_per_second),
           measured.video ? std::optional(video.codec) : std::nullopt, video.profile, video.width,
           video.height, video.interlaced, video.frames_per_second, write_audio(measured.audio),
           measured.stream.value);
}

void save_failure(sqlite::Database& database, const model::StreamFailure& failure) {
  sqlite::Statement(database, "INSERT OR REPLACE INTO stream_failure (stream, at_ms, kind, reason) "
                              "SELECT id, ?, ?, ? FROM stream WHERE id = ?")
      .run(to_column(failure.at), failure.kind, failure.reason, failure.stream.value);
}

StreamPasts::StreamPasts(const sqlite::Database& database)
    : row_(database,
           "SELECT m.at_ms, m.bits_per_second, m.codec, m.profile, m.width, m.height, m.interlaced, "
           "m.frames_per_second, m.audio, f.at_ms, f.kind, f.reason, p.points, p.at_ms "
           "FROM (SELECT ? AS id) s LEFT JOIN stream_measured m ON m.stream = s.id "
           "LEFT JOIN stream_failure f ON f.stream = s.id LEFT JOIN stream_penalty p ON p.stream = s.id") {}

StreamPast StreamPasts::find(model::StreamId stream) {
  row_.start(stream.value);
  row_.step();
  StreamPast past;
  if (const auto at = row_.column<std::optional<std::int64_t>>(0))
    past.measured = {stream, to_moment(*at), static_cast<std::uint64_t>(row_.column<std::int64_t>(1)),
                     read_video(row_), read_audio(row_.column<std::string>(8))};
  if (const auto at = row_.column<std::optional<std::int64_t>>(9))
    past.failure = {stream, to_moment(*at), row_.column<std::string>(10), row_.column<std::string>(11)};
  if (const auto at = row_.column<std::optional<std::int64_t>>(13))
    past.penalty = {stream, row_.column<double>(12), to_moment(*at)};
  return past;
}

} // namespace relevo::store
