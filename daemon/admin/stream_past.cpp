// SPDX-License-Identifier: LGPL-2.1-or-later
#include "stream_past.hpp"

#include "policy/penalty.hpp"
#include "sessions/settings.hpp"

#include <algorithm>

namespace relevo::admin {

using model::Measured;
using model::MeasuredAudio;
using model::MeasuredVideo;
using model::StreamFailure;

template <>
const Fields<MeasuredVideo>& fields_of<MeasuredVideo>() {
  static const Fields<MeasuredVideo> kFields = {
      field("codec", &MeasuredVideo::codec, "\"H.264\", \"H.265\" …", Use::ReadOnly),
      field("profile", &MeasuredVideo::profile, "\"High\" …; \"\": not known", Use::ReadOnly),
      field("width", &MeasuredVideo::width, "0: not known", Use::ReadOnly),
      field("height", &MeasuredVideo::height, "0: not known", Use::ReadOnly),
      field("interlaced", &MeasuredVideo::interlaced, "", Use::ReadOnly),
      field("frames_per_second", &MeasuredVideo::frames_per_second,
            "by their time stamps; two fields are one frame; 0: not known", Use::ReadOnly),
  };
  return kFields;
}

template <>
const Fields<MeasuredAudio>& fields_of<MeasuredAudio>() {
  static const Fields<MeasuredAudio> kFields = {
      field("codec", &MeasuredAudio::codec, "", Use::ReadOnly),
      field("language", &MeasuredAudio::language, "ISO 639-2; \"\": not told", Use::ReadOnly),
      field("sample_rate", &MeasuredAudio::sample_rate, "0: not known", Use::ReadOnly),
      field("channels", &MeasuredAudio::channels, "0: not known", Use::ReadOnly),
  };
  return kFields;
}

template <>
const Fields<Measured>& fields_of<Measured>() {
  static const Fields<Measured> kFields = {
      field("at_ms", &Measured::at, "when", Use::ReadOnly),
      field("bits_per_second", &Measured::bits_per_second, "of all of it", Use::ReadOnly),
      field("video", &Measured::video, "null: it has none", Use::ReadOnly),
      field("audio", &Measured::audio, "", Use::ReadOnly),
  };
  return kFields;
}

template <>
const Fields<StreamFailure>& fields_of<StreamFailure>() {
  static const Fields<StreamFailure> kFields = {
      field("at_ms", &StreamFailure::at, "when", Use::ReadOnly),
      field("failure", &StreamFailure::kind, "\"ended\", \"status\", \"first-byte-timeout\" …",
            Use::ReadOnly),
      field("reason", &StreamFailure::reason, "for people", Use::ReadOnly),
  };
  return kFields;
}

namespace {

double points_left(const std::optional<model::StreamPenalty>& penalty, model::Moment now) {
  if (!penalty) return 0;
  const auto age = std::max(now - penalty->at, std::chrono::milliseconds::zero());
  const double left =
      policy::Penalty(penalty_half_life(), penalty->points, policy::Time()).points(policy::Time(age));
  return left < kLeastPenalty ? 0 : left;
}

template <class T>
Json described(const char* text) {
  auto schema = Codec<T>::schema();
  schema.update({{"readOnly", true}, {"description", text}});
  return schema;
}

} // namespace

/// Nothing sets it otherwise.
std::chrono::minutes penalty_half_life() {
  return sessions::Settings().penalty_half_life;
}

void add_past(Json& stream, const store::StreamPast& past, model::Moment now) {
  stream["measured"] = write(past.measured);
  stream["last_failure"] = write(past.failure);
  stream["penalty"] = points_left(past.penalty, now);
}

void add_past_schema(Json& schema) {
  auto& members = schema["properties"];
  members["measured"] =
      described<std::optional<Measured>>("what was found out when it played last; null: it never has");
  members["last_failure"] = described<std::optional<StreamFailure>>("why it was given up last; null: never");
  members["penalty"] = described<double>("points for its failures, which fade; 0: none");
}

} // namespace relevo::admin
