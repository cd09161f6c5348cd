// SPDX-License-Identifier: LGPL-2.1-or-later
// Streams, guides and alerts in JSON.
#include "admin/fields_model.hpp"

namespace relevo::admin {

using lineup::EventTemplates;
using model::Alert;
using model::DummyRule;
using model::GuideChannel;
using model::GuideReview;
using model::GuideSource;
using model::PastEvent;
using model::Programme;
using model::Stream;
using store::RefreshState;

template <>
const Fields<Stream>& fields_of<Stream>() {
  static const Fields<Stream> kFields = {
      field("id", &Stream::id, "its number; it stays the same whatever the provider does", Use::ReadOnly),
      field("account", &Stream::account, "whose list has it", Use::ReadOnly),
      field("kind", &Stream::kind, "what it is", Use::ReadOnly),
      field("name", &Stream::name, "as the provider calls it", Use::ReadOnly),
      field("url", &Stream::url,
            "where it is, with *** for what is secret; \"\": made of the login when it is played",
            Use::ReadOnly),
      field("provider_id", &Stream::provider_id, "the provider's number", Use::ReadOnly),
      field("group", &Stream::group, "that the provider puts it into", Use::ReadOnly),
      field("tvg_id", &Stream::tvg_id, "its id for a guide, as the provider says", Use::ReadOnly),
      field("logo", &Stream::logo, "URL of a picture", Use::ReadOnly),
      field("number", &Stream::number, "as the provider counts", Use::ReadOnly),
      field("archive_days", &Stream::archive_days, "of past programmes that can be had", Use::ReadOnly),
      field("adult", &Stream::adult, "not for children, the provider says", Use::ReadOnly),
      json_field("details", &Stream::details, "all else that the list told, with *** for what is secret",
                 Use::ReadOnly),
      json_field("custom", &Stream::custom, "properties of your own"),
      field("stream_profile", &Stream::stream_profile,
            "how it is read, where its channel does not say; null: as the settings say"),
      field("score", &Stream::score, "of its measured quality", Use::ReadOnly),
      field("missing_since", &Stream::missing_since, "its list no longer has it", Use::ReadOnly),
  };
  return kFields;
}

template <>
const Fields<GuideSource>& fields_of<GuideSource>() {
  static const Fields<GuideSource> kFields = {
      field("id", &GuideSource::id, "its number", Use::ReadOnly),
      field("name", &GuideSource::name, "unique"),
      field("location", &GuideSource::location,
            "URL or path of the XMLTV; shown with *** for what is secret"),
      field("enabled", &GuideSource::enabled, "whether it is refreshed and used"),
      field("requests", &GuideSource::requests, "how requests to it look"),
      field("refresh", &GuideSource::refresh, "as of an account"),
      field("priority", &GuideSource::priority, "higher: preferred"),
      field("past_days", &GuideSource::past_days, "how long programmes are kept that are over"),
      field("future_days", &GuideSource::future_days, "how far ahead they are kept"),
  };
  return kFields;
}

template <>
const Fields<GuideChannel>& fields_of<GuideChannel>() {
  static const Fields<GuideChannel> kFields = {
      field("source", &GuideChannel::source, "the guide's number", Use::ReadOnly),
      field("channel", &GuideChannel::channel, "its id in that guide", Use::ReadOnly),
      field("names", &GuideChannel::names, "as the guide calls it", Use::ReadOnly),
      field("icon", &GuideChannel::icon, "URL of a picture", Use::ReadOnly),
  };
  return kFields;
}

template <>
const Fields<Programme>& fields_of<Programme>() {
  static const Fields<Programme> kFields = {
      field("start", &Programme::start, "when it begins", Use::ReadOnly),
      field("stop", &Programme::stop, "when it ends", Use::ReadOnly),
      field("title", &Programme::title, "", Use::ReadOnly),
      field("subtitle", &Programme::subtitle, "", Use::ReadOnly),
      field("description", &Programme::description, "", Use::ReadOnly),
      json_field("details", &Programme::details, "all else, under the names of XMLTV", Use::ReadOnly),
  };
  return kFields;
}

template <>
const Fields<GuideReview>& fields_of<GuideReview>() {
  static const Fields<GuideReview> kFields = {
      field("channel", &GuideReview::channel, "whose guide you should choose", Use::ReadOnly),
      field("reason", &GuideReview::reason, "why none was taken", Use::ReadOnly),
      field("candidates", &GuideReview::candidates, "the best first", Use::ReadOnly),
  };
  return kFields;
}

template <>
const Fields<EventTemplates>& fields_of<EventTemplates>() {
  static const Fields<EventTemplates> kFields = {
      field("title", &EventTemplates::title,
            "of the event; {title} and other groups of the pattern, {starttime24}, {date} …"),
      field("description", &EventTemplates::description, "of the event"),
      field("upcoming_title", &EventTemplates::upcoming_title, "before it"),
      field("upcoming_description", &EventTemplates::upcoming_description, "before it"),
      field("ended_title", &EventTemplates::ended_title, "after it"),
      field("ended_description", &EventTemplates::ended_description, "after it"),
  };
  return kFields;
}

template <>
const Fields<DummyRule>& fields_of<DummyRule>() {
  static const Fields<DummyRule> kFields = {
      field("id", &DummyRule::id, "its number", Use::ReadOnly),
      field("name", &DummyRule::name, "unique"),
      field("pattern", &DummyRule::pattern,
            "a regular expression, found in the name of a channel; its groups title, date, time (or day, "
            "month, year, "
            "hour, minute, ampm) tell of the event"),
      field("zone_minutes", &DummyRule::zone, "by how much the hours that are told are ahead of UTC"),
      field("length_minutes", &DummyRule::length, "of an event"),
      field("templates", &DummyRule::templates, "what is shown"),
  };
  return kFields;
}

template <>
const Fields<Alert>& fields_of<Alert>() {
  static const Fields<Alert> kFields = {
      field("id", &Alert::id, "its number", Use::ReadOnly),
      field("raised", &Alert::raised, "when", Use::ReadOnly),
      field("kind", &Alert::kind,
            "\"losses\": a refresh would have lost too much; \"failed\": it came to nothing; \"no-source\": "
            "nothing "
            "works that the channel is played from; \"login-expires\"; \"login-expired\"",
            Use::ReadOnly),
      field("account", &Alert::account, "that it is about", Use::ReadOnly),
      field("guide_source", &Alert::guide_source, "that it is about", Use::ReadOnly),
      field("message", &Alert::message, "for people", Use::ReadOnly),
      json_field("details", &Alert::details, "figures and examples", Use::ReadOnly),
      field("channel", &Alert::channel, "that it is about", Use::ReadOnly),
      field("login", &Alert::login, "that it is about", Use::ReadOnly),
      field("acknowledged", &Alert::acknowledged, "when somebody said that he has seen it", Use::ReadOnly),
      field("closed", &Alert::closed, "when it was over", Use::ReadOnly),
  };
  return kFields;
}

template <>
const Fields<PastEvent>& fields_of<PastEvent>() {
  static const Fields<PastEvent> kFields = {
      field("id", &PastEvent::id, "its number; later events have higher ones", Use::ReadOnly),
      field("at_ms", &PastEvent::at, "when", Use::ReadOnly),
      field("kind", &PastEvent::kind, "\"switched\", \"candidate-failed\", \"refreshed\" …", Use::ReadOnly),
      field("channel", &PastEvent::channel, "that it is about; it may have gone, as the next ones",
            Use::ReadOnly),
      field("account", &PastEvent::account, "that it is about", Use::ReadOnly),
      field("stream", &PastEvent::stream, "that it is about", Use::ReadOnly),
      field("session", &PastEvent::session, "that it is about; 0: none", Use::ReadOnly),
      field("subject", &PastEvent::subject, "the name of the channel, account or guide", Use::ReadOnly),
      field("summary", &PastEvent::summary, "what happened and why, for people", Use::ReadOnly),
      json_field("evidence", &PastEvent::evidence, "all that is known", Use::ReadOnly),
  };
  return kFields;
}

template <>
const Fields<RefreshState>& fields_of<RefreshState>() {
  static const Fields<RefreshState> kFields = {
      field("state", &RefreshState::state, "new, good, objected or failed", Use::ReadOnly),
      field("message", &RefreshState::message, "of what is wrong", Use::ReadOnly),
      json_field("counts", &RefreshState::counts, "of the last refresh that changed something",
                 Use::ReadOnly),
      field("tried", &RefreshState::tried, "when it was refreshed last, well or not", Use::ReadOnly),
      field("refreshed", &RefreshState::refreshed, "when it was refreshed well", Use::ReadOnly),
      field("failures", &RefreshState::failures, "in a row: the next try waits longer each time",
            Use::ReadOnly),
  };
  return kFields;
}

} // namespace relevo::admin
