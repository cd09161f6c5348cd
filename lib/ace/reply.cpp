// SPDX-License-Identifier: LGPL-2.1-or-later
// Reading of replies, in the spelling of every engine that we know.
#include "ace/reply.hpp"

#include "ace/content.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

namespace relevo::ace {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostText = 200;
constexpr std::size_t kMostParameters = 32;

tl::unexpected<ReplyError> refuse(ReplyError::Kind kind, std::string text) {
  return tl::unexpected(ReplyError{kind, std::move(text)});
}

/// One line without markup: engines send pages and tracebacks in their texts.
std::string plain(std::string_view text) {
  std::string out;
  bool in_tag = false;
  for (const char c : text) {
    if (c == '<') in_tag = true;
    const bool blank = static_cast<unsigned char>(c) <= ' ' || c == '\x7f' || in_tag;
    if (c == '>') in_tag = false;
    if (!blank && out.size() < kMostText) out += c;
    if (blank && !out.empty() && out.back() != ' ') out += ' ';
  }
  return std::string(trim(out));
}

const Json* find(const Json& object, const char* name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

std::optional<double> float_of(const Json& value) {
  if (value.is_number()) return value.get<double>();
  if (value.is_boolean()) return value.get<bool>() ? 1 : 0;
  if (const auto* text = value.get_ptr<const Json::string_t*>())
    if (const auto number = parse_number<std::int64_t>(trim(*text))) return static_cast<double>(*number);
  return std::nullopt;
}

/// Numbers come as numbers, as strings and as true and false. What is no number is none; what does not fit is
/// cut.
template <class T>
T number(const Json& object, const char* name, T otherwise = 0) {
  constexpr double kMost = std::min(9e15, static_cast<double>(std::numeric_limits<T>::max()));
  const Json* value = find(object, name);
  const auto read = value ? float_of(*value) : std::nullopt;
  if (!read || std::isnan(*read)) return otherwise;
  return static_cast<T>(std::clamp(*read, std::is_signed_v<T> ? -kMost : 0.0, kMost));
}

std::string text_of(const Json& value) {
  if (const auto* text = value.get_ptr<const Json::string_t*>()) return *text;
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string text(const Json& object, const char* name) {
  const Json* value = find(object, name);
  return value && value->is_string() ? text_of(*value) : std::string();
}

/// The inner value of either envelope: what the engine answers, or why it does not.
Reply<Json> open_envelope(std::string_view body) {
  using enum ReplyError::Kind;
  Json whole = Json::parse(body.begin(), body.end(), nullptr, false);
  if (whole.is_discarded()) {
    const auto seen = plain(body);
    return refuse(NotJson, seen.empty() ? "an empty answer" : "no JSON: " + seen.substr(0, 80));
  }
  if (const Json* error = find(whole, "error"); error && !error->is_null()) {
    const Json* message = find(*error, "message");
    auto words = plain(text_of(message ? *message : *error));
    return refuse(Refused, words.empty() ? "an error without words" : std::move(words));
  }
  for (const char* name : {"response", "result"})
    if (const Json* inner = find(whole, name)) return *inner;
  return refuse(Incomplete, "neither response nor result");
}

Reply<Json> open_object(std::string_view body) {
  auto inner = open_envelope(body);
  if (inner && !inner->is_object()) return refuse(ReplyError::Kind::Incomplete, "the response is no object");
  return inner;
}

tl::unexpected<ReplyError> missing(const char* name) {
  return refuse(ReplyError::Kind::Incomplete, concat("no usable ", name));
}

Phase phase_of(std::string_view status) {
  static constexpr std::array<std::pair<std::string_view, Phase>, 10> kPhases{{
      {"idle", Phase::Idle},
      {"prebuf", Phase::Prebuffering},
      {"seekprebuf", Phase::Prebuffering},
      {"dl", Phase::Downloading},
      {"buf", Phase::Buffering},
      {"wait", Phase::Waiting},
      {"check", Phase::Checking},
      {"checking", Phase::Checking},
      {"err", Phase::Failed},
      {"error", Phase::Failed},
  }};
  const auto* found =
      std::find_if(kPhases.begin(), kPhases.end(), [&](const auto& row) { return row.first == status; });
  return found == kPhases.end() ? Phase::Unknown : found->second;
}

std::chrono::seconds moment(const Json& object, const char* name, const char* other) {
  const auto at = number<std::int64_t>(object, name, -1);
  return std::chrono::seconds{at >= 0 ? at : number<std::int64_t>(object, other, -1)};
}

std::optional<LivePosition> live_position(const Json& reply) {
  const Json* live = find(reply, "livepos");
  if (!live) return std::nullopt;
  const LivePosition position{moment(*live, "pos", "position"), moment(*live, "live_first", "first_ts"),
                              moment(*live, "live_last", "last"),
                              number<std::uint32_t>(*live, "buffer_pieces")};
  // Without all three it says nothing about a delay.
  const bool known =
      position.position.count() >= 0 && position.first.count() >= 0 && position.last.count() >= 0;
  return known ? std::optional(position) : std::nullopt;
}

std::uint64_t rate(const Json& reply, const char* name, const char* other) {
  constexpr std::uint64_t kUnit = 1024;
  return kUnit * number<std::uint32_t>(reply, name, number<std::uint32_t>(reply, other));
}

} // namespace

bool is_unknown_session(const ReplyError& error) {
  return error.kind == ReplyError::Kind::Refused &&
         error.text.find("unknown playback session") != std::string::npos;
}

Reply<Opened> read_opened(std::string_view body) {
  const auto reply = open_object(body);
  if (!reply) return tl::unexpected(reply.error());
  Opened opened{normalise_hash(text(*reply, "infohash")),
                text(*reply, "playback_url"),
                text(*reply, "command_url"),
                text(*reply, "stat_url"),
                text(*reply, "event_url"),
                number<int>(*reply, "is_live", 1) != 0};
  if (opened.infohash.empty()) return missing("infohash");
  if (opened.playback_url.empty()) return missing("playback_url");
  if (opened.command_url.empty()) return missing("command_url");
  return opened;
}

Reply<std::string> read_infohash(std::string_view body) {
  const auto reply = open_object(body);
  if (!reply) return tl::unexpected(reply.error());
  auto hash = normalise_hash(text(*reply, "infohash"));
  if (hash.empty()) return missing("infohash");
  return hash;
}

Reply<bool> read_done(std::string_view body) {
  const auto reply = open_envelope(body);
  if (!reply) return tl::unexpected(reply.error());
  return true;
}

std::string_view name_of(Phase phase) noexcept {
  switch (phase) {
  case Phase::Idle: return "idle";
  case Phase::Prebuffering: return "prebuffering";
  case Phase::Downloading: return "downloading";
  case Phase::Buffering: return "buffering";
  case Phase::Waiting: return "waiting";
  case Phase::Checking: return "checking";
  case Phase::Failed: return "failed";
  case Phase::Unknown: return "unknown";
  }
  return "unknown";
}

Reply<Statistics> read_statistics(std::string_view body) {
  const auto reply = open_object(body);
  if (!reply) return tl::unexpected(reply.error());
  Statistics s;
  s.phase = phase_of(text(*reply, "status"));
  s.progress = number<std::uint32_t>(*reply, "progress", number<std::uint32_t>(*reply, "immediate_progress"));
  s.progress = std::min(s.progress, 100u);
  s.peers = number<std::uint32_t>(*reply, "peers");
  s.download_rate = rate(*reply, "speed_down", "speedDown");
  s.upload_rate = rate(*reply, "speed_up", "speedUp");
  s.downloaded = number<std::uint64_t>(*reply, "downloaded");
  s.uploaded = number<std::uint64_t>(*reply, "uploaded");
  s.live = live_position(*reply);
  return s;
}

Reply<Notice> read_notice(std::string_view body) {
  const auto reply = open_envelope(body);
  if (!reply) return tl::unexpected(reply.error());
  if (reply->is_null()) return Notice{};
  Notice notice{plain(text(*reply, "name")), {}};
  if (notice.name.empty()) return missing("name");
  if (const Json* parameters = find(*reply, "params"); parameters && parameters->is_object())
    for (const auto& [name, value] : parameters->items())
      if (value.is_primitive() && notice.parameters.size() < kMostParameters)
        notice.parameters.emplace_back(plain(name), plain(text_of(value)));
  return notice;
}

bool ends_playback(const Notice& notice) {
  return notice.name == "download_stopped";
}

std::string describe(const Notice& notice) {
  std::string out = notice.name;
  for (const auto& [name, value] : notice.parameters)
    out += concat(&name == &notice.parameters.front().first ? " (" : ", ", name, ": ", value);
  return notice.parameters.empty() ? out : out + ')';
}

} // namespace relevo::ace
