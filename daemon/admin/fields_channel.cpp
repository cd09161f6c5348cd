// SPDX-License-Identifier: LGPL-2.1-or-later
// Channels, what is asked of them and what becomes of them in JSON.
#include "admin/fields_model.hpp"
#include "channel_requests.hpp"
#include "own_field.hpp"

namespace relevo::model {

template <>
std::span<const std::string_view> names<catalog::SyncChange::Action>() noexcept {
  static constexpr std::array<std::string_view, 4> kNames = {"created", "updated", "removed", "kept"};
  return kNames;
}

} // namespace relevo::model

namespace relevo::admin {
namespace {

template <class T>
Field<T> channels_field(std::string summary) {
  return own_field<T>("channels", &T::channels, std::move(summary));
}

template <class T>
Field<T> preview_field() {
  return own_field<T>("preview", &T::preview, "tells what would change, and changes nothing");
}

template <class T>
Field<T> first_field(std::string summary) {
  return own_field<T>("first", &T::first, std::move(summary));
}

template <class T>
Field<T> last_field() {
  return own_field<T>("last", &T::last, "number of the range");
}

} // namespace

using catalog::ChannelEdit;
using catalog::GuideMatchReport;
using catalog::NameChange;
using catalog::NumberChange;
using catalog::Reorder;
using catalog::SyncChange;
using catalog::SyncReport;
using lineup::Shift;
using model::Channel;
using model::ChannelProfile;
using model::ChannelStream;
using model::GuideLink;
using model::StreamProfile;
using model::SyncRule;

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
      field("settled", &Channel::settled,
            "fields that no list and no matching changes; one that is taken out is again what the list says"),
      json_field("custom", &Channel::custom, "properties of your own"),
      field("stream_profile", &Channel::stream_profile,
            "how its streams are read; null: as each of them says"),
      field("slate", &Channel::slate,
            "file on the server with a transport stream that is shown while no source works, from the next "
            "time it is opened; \"\": that of the settings"),
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
const Fields<ChannelProfile>& fields_of<ChannelProfile>() {
  static const Fields<ChannelProfile> kFields = {
      field("id", &ChannelProfile::id, "its number", Use::ReadOnly),
      field("name", &ChannelProfile::name, "unique"),
  };
  return kFields;
}

template <>
const Fields<StreamProfile>& fields_of<StreamProfile>() {
  static const Fields<StreamProfile> kFields = {
      field("id", &StreamProfile::id, "its number", Use::ReadOnly),
      field("name", &StreamProfile::name, "unique"),
      field("kind", &StreamProfile::kind,
            "proxy: read by the daemon; redirect: players are sent to the provider; command: read by a "
            "program"),
      field(
          "command", &StreamProfile::command,
          "a program and its arguments with {streamUrl}, {userAgent}, {channelId}, which writes a transport "
          "stream to its standard output; no shell runs it"),
      field("user_agent", &StreamProfile::user_agent, "\"\": that of the stream or its account"),
      field("stock", &StreamProfile::stock, "comes with the program, and stays as it is", Use::ReadOnly),
  };
  return kFields;
}

template <>
const Fields<SyncRule>& fields_of<SyncRule>() {
  static const Fields<SyncRule> kFields = {
      field("numbering", &SyncRule::numbering,
            "fixed: from the start of the range on; provider: the list's own numbers; next-free: behind the "
            "highest that is taken"),
      field("first", &SyncRule::first, "number of the range"),
      field("last", &SyncRule::last, "number of the range"),
      field("include", &SyncRule::include, "a regular expression of names that are taken; \"\": all"),
      field("exclude", &SyncRule::exclude, "a regular expression of names that are not taken; \"\": none"),
      field("search", &SyncRule::search, "a regular expression of what is replaced in names"),
      field("replacement", &SyncRule::replacement,
            "what stands there instead; $1, $<name>: what a group matched"),
      field("group", &SyncRule::group, "of the channels; \"\": named as the provider's"),
      field("merge", &SyncRule::merge, "with the streams of other accounts that are the same channel"),
  };
  return kFields;
}

template <>
const Fields<SyncChange>& fields_of<SyncChange>() {
  static const Fields<SyncChange> kFields = {
      field("action", &SyncChange::action, "kept: all its streams are gone, but you have put your hand to it",
            Use::ReadOnly),
      field("channel", &SyncChange::channel, "its number; 0: one that a preview would make", Use::ReadOnly),
      field("name", &SyncChange::name, "for viewers", Use::ReadOnly),
      field("number", &SyncChange::number, "for viewers", Use::ReadOnly),
      field("streams", &SyncChange::streams, "in the order in which they are tried", Use::ReadOnly),
  };
  return kFields;
}

template <>
const Fields<SyncReport>& fields_of<SyncReport>() {
  static const Fields<SyncReport> kFields = {
      field("streams", &SyncReport::streams, "that channels are made of", Use::ReadOnly),
      field("created", &SyncReport::created, "channels", Use::ReadOnly),
      field("updated", &SyncReport::updated, "channels", Use::ReadOnly),
      field("removed", &SyncReport::removed, "channels whose streams are all gone", Use::ReadOnly),
      field("kept", &SyncReport::kept, "likewise, but you have put your hand to them", Use::ReadOnly),
      field("unchanged", &SyncReport::unchanged, "channels", Use::ReadOnly),
      field("exhausted", &SyncReport::exhausted, "channels for which their range had no number left",
            Use::ReadOnly),
      field("changes", &SyncReport::changes, "the first hundred of each kind", Use::ReadOnly),
  };
  return kFields;
}

template <>
const Fields<GuideMatchReport>& fields_of<GuideMatchReport>() {
  static const Fields<GuideMatchReport> kFields = {
      field("channels", &GuideMatchReport::channels, "that were looked at", Use::ReadOnly),
      field("decided", &GuideMatchReport::decided, "by you, and left as they are", Use::ReadOnly),
      field("linked", &GuideMatchReport::linked, "that got a guide, or another one", Use::ReadOnly),
      field("unlinked", &GuideMatchReport::unlinked, "that lost theirs", Use::ReadOnly),
      field("unchanged", &GuideMatchReport::unchanged, "that keep theirs", Use::ReadOnly),
      field("review", &GuideMatchReport::review, "for which you should choose", Use::ReadOnly),
      field("none", &GuideMatchReport::none, "that nothing is like", Use::ReadOnly),
  };
  return kFields;
}

template <>
const Fields<SplitRequest>& fields_of<SplitRequest>() {
  static const Fields<SplitRequest> kFields = {
      field("streams", &SplitRequest::streams, "that become a channel of their own"),
      own_field<SplitRequest>("name", &catalog::Naming::name, "its name; null: as the other one"),
      own_field<SplitRequest>("number", &catalog::Naming::number,
                              "its number; null: an automatic channel gets one from the next sync"),
  };
  return kFields;
}

template <>
const Fields<ChannelsRequest>& fields_of<ChannelsRequest>() {
  static const Fields<ChannelsRequest> kFields = {channels_field<ChannelsRequest>("their numbers inside")};
  return kFields;
}

template <>
const Fields<SyncRequest>& fields_of<SyncRequest>() {
  static const Fields<SyncRequest> kFields = {preview_field<SyncRequest>()};
  return kFields;
}

template <>
const Fields<EditRequest>& fields_of<EditRequest>() {
  static const Fields<EditRequest> kFields = {
      channels_field<EditRequest>("that are changed; what automatic ones are given is settled"),
      own_field<EditRequest>("group", &ChannelEdit::group, "null: stays"),
      own_field<EditRequest>("logo", &ChannelEdit::logo, "null: stays"),
      own_field<EditRequest>("hidden", &ChannelEdit::hidden, "null: stays"),
      own_field<EditRequest>("guide_shift_minutes", &ChannelEdit::guide_shift_minutes, "null: stays"),
  };
  return kFields;
}

template <>
const Fields<RenameRequest>& fields_of<RenameRequest>() {
  static const Fields<RenameRequest> kFields = {
      channels_field<RenameRequest>("that are renamed"),
      field("search", &RenameRequest::search, "a regular expression of what is replaced in names"),
      field("replacement", &RenameRequest::replacement,
            "what stands there instead; $1, $<name>: what a group matched"),
      preview_field<RenameRequest>(),
  };
  return kFields;
}

template <>
const Fields<NumberRequest>& fields_of<NumberRequest>() {
  static const Fields<NumberRequest> kFields = {
      channels_field<NumberRequest>("that get the numbers of the range, in this order"),
      first_field<NumberRequest>("number of the range"),
      last_field<NumberRequest>(),
      preview_field<NumberRequest>(),
  };
  return kFields;
}

template <>
const Fields<CompactRequest>& fields_of<CompactRequest>() {
  static const Fields<CompactRequest> kFields = {
      first_field<CompactRequest>("number of the range"),
      last_field<CompactRequest>(),
      preview_field<CompactRequest>(),
  };
  return kFields;
}

template <>
const Fields<MoveRequest>& fields_of<MoveRequest>() {
  static const Fields<MoveRequest> kFields = {
      channels_field<MoveRequest>("that get the numbers from `first` on, in this order"),
      first_field<MoveRequest>("their first number; others move up"),
      preview_field<MoveRequest>(),
  };
  return kFields;
}

template <>
const Fields<PlaceRequest>& fields_of<PlaceRequest>() {
  static const Fields<PlaceRequest> kFields = {
      field("before", &PlaceRequest::before, "the channel that it shall stand before"),
      field("after", &PlaceRequest::after,
            "the channel that it shall stand behind; one of the two is needed"),
  };
  return kFields;
}

template <>
const Fields<Shift>& fields_of<Shift>() {
  static const Fields<Shift> kFields = {
      field("first", &Shift::first, "number that they had"),
      field("last", &Shift::last, "number that they had; a whole one has its minors with it"),
      field("by", &Shift::by, "by how much they moved: 1 or -1"),
  };
  return kFields;
}

template <>
const Fields<Reorder>& fields_of<Reorder>() {
  static const Fields<Reorder> kFields = {
      field("number", &Reorder::number, "that the channel has now"),
      field("before", &Reorder::before, "that it had; null: none"),
      field("was_settled", &Reorder::was_settled, "whether its number was settled before"),
      field("moved", &Reorder::moved, "how many others got another number"),
      field("others", &Reorder::others, "which those are; null: none"),
      field("state", &Reorder::state, "of all these numbers: tells whether one was changed since"),
  };
  return kFields;
}

template <>
const Fields<NumberChange>& fields_of<NumberChange>() {
  static const Fields<NumberChange> kFields = {
      field("channel", &NumberChange::channel, "its number inside", Use::ReadOnly),
      field("before", &NumberChange::before, "null: it had none", Use::ReadOnly),
      field("after", &NumberChange::after, "for viewers", Use::ReadOnly),
  };
  return kFields;
}

template <>
const Fields<NameChange>& fields_of<NameChange>() {
  static const Fields<NameChange> kFields = {
      field("channel", &NameChange::channel, "its number inside", Use::ReadOnly),
      field("before", &NameChange::before, "for viewers", Use::ReadOnly),
      field("after", &NameChange::after, "for viewers", Use::ReadOnly),
  };
  return kFields;
}

} // namespace relevo::admin
