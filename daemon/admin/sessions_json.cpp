// SPDX-License-Identifier: LGPL-2.1-or-later
#include "admin/sessions_json.hpp"

namespace relevo::admin {
namespace {

using sessions::SessionView;
using sessions::Viewer;
using sessions::WallTime;

std::int64_t milliseconds(WallTime time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

std::int64_t milliseconds(std::chrono::nanoseconds time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
}

/// Adds what says something.
class Members {
 public:
  explicit Members(Json& json) : json_(json) {}

  Members& add(const char* name, const std::string& text) {
    if (!text.empty()) json_[name] = text;
    return *this;
  }
  Members& add(const char* name, std::int64_t number) {
    if (number != 0) json_[name] = number;
    return *this;
  }

 private:
  Json& json_;
};

Json write_obstacle(const sessions::Obstacle& obstacle) {
  Json json = {{"candidate", obstacle.candidate}};
  if (!obstacle.what) return json;
  json["level"] = name_of(obstacle.what->level);
  json["taken"] = obstacle.what->taken;
  json["limit"] = obstacle.what->limit;
  json["holders"] = obstacle.what->holders;
  return json;
}

Json write_candidate(const SessionView::Candidate& candidate) {
  const auto& stats = candidate.stats;
  return {{"id", stats.id},
          {"label", candidate.label},
          {"stream", candidate.stream.value},
          {"login", candidate.login.value},
          {"attempts", stats.attempts},
          {"failures", stats.failures},
          {"last_failure", stats.last_failure},
          {"penalty", stats.penalty},
          {"bits_per_second", stats.bitrate},
          {"continuity_errors", stats.continuity_errors}};
}

Json write_facts(const channel::Facts& facts) {
  Json json = {{"bits_per_second", facts.bits_per_second}, {"audio", Json::array()}};
  if (facts.video)
    json["video"] = {
        {"codec", facts.video->codec},           {"profile", facts.video->profile},
        {"width", facts.video->width},           {"height", facts.video->height},
        {"interlaced", facts.video->interlaced}, {"frames_per_second", facts.video->frames_per_second}};
  for (const auto& audio : facts.audio)
    json["audio"].push_back({{"codec", audio.codec},
                             {"language", audio.language},
                             {"sample_rate", audio.sample_rate},
                             {"channels", audio.channels}});
  return json;
}

Json write_viewer(const sessions::ViewerView& viewer) {
  return {{"id", viewer.stats.id},
          {"kind", name_of(viewer.kind)},
          {"connections", viewer.connections},
          {"address", viewer.who.address},
          {"agent", viewer.who.agent},
          {"user", viewer.who.user},
          {"since_ms", milliseconds(viewer.since)},
          {"bytes", viewer.stats.bytes},
          {"skips", viewer.stats.skips},
          {"lag_bytes", viewer.stats.lag_bytes},
          {"lag_ms", milliseconds(viewer.stats.lag)}};
}

Json object_of(std::initializer_list<std::pair<const char*, const char*>> members) {
  Json properties = Json::object();
  for (const auto& [name, type] : members)
    properties[name] = {{"type", type}};
  return {{"type", "object"}, {"properties", std::move(properties)}};
}

Json array_of(Json item) {
  return {{"type", "array"}, {"items", std::move(item)}};
}

/// What the session waits for; null: nothing.
Json obstacle_schema() {
  Json schema =
      object_of({{"candidate", "string"}, {"level", "string"}, {"taken", "integer"}, {"limit", "integer"}});
  schema["properties"]["holders"] = array_of({{"type", "string"}});
  schema["required"] = {"candidate"};
  schema["nullable"] = true;
  return schema;
}

} // namespace

Json write_event(const sessions::Event& event) {
  Json json = {{"event", name_of(event.what)},
               {"at_ms", milliseconds(event.at)},
               {"session", event.session},
               {"channel", event.channel.value},
               {"channel_name", event.channel_name}};
  Members(json)
      .add("stream", event.stream.value)
      .add("candidate", event.candidate)
      .add("from", event.from)
      .add("reason", event.reason)
      .add("failure", event.failure)
      .add("status", event.status)
      .add("text", event.text)
      .add("cause", std::string(name_of(event.cause)))
      .add("measured_ms", milliseconds(event.measured))
      .add("limit_ms", milliseconds(event.limit))
      .add("gap_ms", milliseconds(event.gap))
      .add("wait_ms", milliseconds(event.wait))
      .add("viewer", static_cast<std::int64_t>(event.viewer))
      .add("address", event.who.address)
      .add("agent", event.who.agent)
      .add("user", event.who.user)
      .add("kind", event.kind)
      .add("bytes", static_cast<std::int64_t>(event.bytes))
      .add("skips", static_cast<std::int64_t>(event.skips));
  if (event.obstacle) json["obstacle"] = write_obstacle(*event.obstacle);
  return json;
}

Json write_session(const SessionView& session) {
  Json candidates = Json::array(), viewers = Json::array(), waiting = Json::array();
  for (const auto& candidate : session.candidates)
    candidates.push_back(write_candidate(candidate));
  for (const auto& viewer : session.viewers)
    viewers.push_back(write_viewer(viewer));
  for (const Viewer& who : session.waiting)
    waiting.push_back({{"address", who.address}, {"agent", who.agent}, {"user", who.user}});
  return {{"id", session.id},
          {"channel", session.channel.value},
          {"channel_uuid", session.channel_uuid},
          {"channel_name", session.channel_name},
          {"state", name_of(session.state)},
          {"since_ms", milliseconds(session.since)},
          {"waits_for", session.waits_for ? describe(*session.waits_for) : ""},
          {"obstacle", session.waits_for ? write_obstacle(*session.waits_for) : Json()},
          {"current", session.current},
          {"switches", session.switches},
          {"facts", write_facts(session.facts)},
          {"candidates", std::move(candidates)},
          {"viewers", std::move(viewers)},
          {"waiting", std::move(waiting)}};
}

Json session_schema() {
  Json schema = object_of({{"id", "integer"},
                           {"channel", "integer"},
                           {"channel_uuid", "string"},
                           {"channel_name", "string"},
                           {"state", "string"},
                           {"since_ms", "integer"},
                           {"waits_for", "string"},
                           {"current", "string"},
                           {"switches", "integer"}});
  auto& properties = schema["properties"];
  properties["obstacle"] = obstacle_schema();
  properties["facts"] = object_of({{"bits_per_second", "integer"}});
  properties["facts"]["required"] = {"bits_per_second", "audio"};
  properties["facts"]["properties"]["video"] = object_of({{"codec", "string"},
                                                          {"profile", "string"},
                                                          {"width", "integer"},
                                                          {"height", "integer"},
                                                          {"interlaced", "boolean"},
                                                          {"frames_per_second", "number"}});
  properties["facts"]["properties"]["audio"] = array_of(object_of(
      {{"codec", "string"}, {"language", "string"}, {"sample_rate", "integer"}, {"channels", "integer"}}));
  properties["candidates"] = array_of(object_of({{"id", "string"},
                                                 {"label", "string"},
                                                 {"stream", "integer"},
                                                 {"login", "integer"},
                                                 {"attempts", "integer"},
                                                 {"failures", "integer"},
                                                 {"last_failure", "string"},
                                                 {"penalty", "number"},
                                                 {"bits_per_second", "number"},
                                                 {"continuity_errors", "integer"}}));
  properties["viewers"] = array_of(object_of({{"id", "integer"},
                                              {"kind", "string"},
                                              {"connections", "integer"},
                                              {"address", "string"},
                                              {"agent", "string"},
                                              {"user", "string"},
                                              {"since_ms", "integer"},
                                              {"bytes", "integer"},
                                              {"skips", "integer"},
                                              {"lag_bytes", "integer"},
                                              {"lag_ms", "integer"}}));
  properties["waiting"] =
      array_of(object_of({{"address", "string"}, {"agent", "string"}, {"user", "string"}}));
  return schema;
}

Json write_lease(const slots::Ledger::Entry& lease, slots::Time now) {
  return {{"account", lease.claim.account.value},
          {"login", lease.claim.login.value},
          {"holder", lease.claim.holder},
          {"age_ms", milliseconds(now - lease.since)}};
}

Json lease_schema() {
  return object_of(
      {{"account", "integer"}, {"login", "integer"}, {"holder", "string"}, {"age_ms", "integer"}});
}

} // namespace relevo::admin
