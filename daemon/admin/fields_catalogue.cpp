// SPDX-License-Identifier: LGPL-2.1-or-later
// Streams, channels, guides and alerts in JSON.
#include "admin/fields_model.hpp"

namespace relevo::admin {

using model::Alert;
using model::Channel;
using model::ChannelStream;
using model::GuideChannel;
using model::GuideLink;
using model::GuideSource;
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
      field("url", &Stream::url, "where it is; \"\": made of the login when it is played", Use::ReadOnly),
      field("provider_id", &Stream::provider_id, "the provider's number", Use::ReadOnly),
      field("group", &Stream::group, "that the provider puts it into", Use::ReadOnly),
      field("tvg_id", &Stream::tvg_id, "its id for a guide, as the provider says", Use::ReadOnly),
      field("logo", &Stream::logo, "URL of a picture", Use::ReadOnly),
      field("number", &Stream::number, "as the provider counts", Use::ReadOnly),
      field("archive_days", &Stream::archive_days, "of past programmes that can be had", Use::ReadOnly),
      field("adult", &Stream::adult, "not for children, the provider says", Use::ReadOnly),
      json_field("details", &Stream::details, "all else that the list told", Use::ReadOnly),
      json_field("custom", &Stream::custom, "properties of your own"),
      field("score", &Stream::score, "of its measured quality", Use::ReadOnly),
      field("missing_since", &Stream::missing_since, "its list no longer has it", Use::ReadOnly),
  };
  return kFields;
}

template <>
const Fields<GuideLink>& fields_of<GuideLink>() {
  static const Fields<GuideLink> kFields = {
      field("source", &GuideLink::source, "the guide's number"),
      field("channel", &GuideLink::channel, "the id of the channel in that guide"),
      field("manual", &GuideLink::manual, "chosen by you: matching never changes it", Use::ReadOnly),
      field("score", &GuideLink::score, "how sure the match is, up to 100", Use::ReadOnly),
      field("reason", &GuideLink::reason, "why it was taken", Use::ReadOnly),
  };
  return kFields;
}

template <>
const Fields<Channel>& fields_of<Channel>() {
  static const Fields<Channel> kFields = {
      field("id", &Channel::id, "its number inside", Use::ReadOnly),
      field("uuid", &Channel::uuid, "of its public address", Use::ReadOnly),
      field("number", &Channel::number, "for viewers"),
      field("name", &Channel::name, "for viewers"),
      field("group", &Channel::group, "\"\": none"),
      field("logo", &Channel::logo, "URL of a picture"),
      field("tvg_id", &Channel::tvg_id, "its id in playlists and guides that are given out"),
      field("guide", &Channel::guide, "where its programmes come from"),
      field("guide_shift_minutes", &Channel::guide_shift_minutes, "by how much they are moved"),
      field("hidden", &Channel::hidden, "not given out"),
      field("automatic", &Channel::automatic, "made of a provider's list", Use::ReadOnly),
      field("settled", &Channel::settled, "fields that no refresh changes"),
      json_field("custom", &Channel::custom, "properties of your own"),
  };
  return kFields;
}

template <>
const Fields<ChannelStream>& fields_of<ChannelStream>() {
  static const Fields<ChannelStream> kFields = {
      field("stream", &ChannelStream::stream, "its number"),
      field("manual", &ChannelStream::manual, "put there by you", Use::ReadOnly),
      field("confidence", &ChannelStream::confidence, "that it is this channel, up to 100", Use::ReadOnly),
      field("reason", &ChannelStream::reason, "why it was put there", Use::ReadOnly),
  };
  return kFields;
}

template <>
const Fields<GuideSource>& fields_of<GuideSource>() {
  static const Fields<GuideSource> kFields = {
      field("id", &GuideSource::id, "its number", Use::ReadOnly),
      field("name", &GuideSource::name, "unique"),
      field("location", &GuideSource::location, "URL or path of the XMLTV"),
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
const Fields<Alert>& fields_of<Alert>() {
  static const Fields<Alert> kFields = {
      field("id", &Alert::id, "its number", Use::ReadOnly),
      field("raised", &Alert::raised, "when", Use::ReadOnly),
      field("kind", &Alert::kind,
            "\"losses\": a refresh would have lost too much; \"failed\": it came to nothing", Use::ReadOnly),
      field("account", &Alert::account, "that it is about", Use::ReadOnly),
      field("guide_source", &Alert::guide_source, "that it is about", Use::ReadOnly),
      field("message", &Alert::message, "for people", Use::ReadOnly),
      json_field("details", &Alert::details, "figures and examples", Use::ReadOnly),
      field("closed", &Alert::closed, "when it was over", Use::ReadOnly),
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
  };
  return kFields;
}

} // namespace relevo::admin
