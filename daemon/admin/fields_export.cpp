// SPDX-License-Identifier: LGPL-2.1-or-later
// The exported configuration in JSON: the tables of the model, with what they hide and without what a
// database counts.
#include "admin/web_hooks.hpp"
#include "export.hpp"

namespace relevo::admin {
namespace {

/// A field of a type, as one of what is derived of it.
template <class T, class Base>
Field<T> inherit(const Field<Base>& base) {
  return {base.name, base.summary, base.schema, base.write, base.read};
}

/// The fields of a type that are shown and can be set, but for those in `own`, which come last.
template <class T, class Base>
Fields<T> extend(const Fields<Base>& fields, Fields<T> own) {
  Fields<T> made;
  for (const auto& one : fields) {
    const auto same = [&one](const Field<T>& other) { return other.name == one.name; };
    if (one.write && one.read && std::ranges::none_of(own, same)) made.push_back(inherit<T>(one));
  }
  made.insert(made.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
  return made;
}

} // namespace

template <>
const Fields<ExportedLogin>& fields_of<ExportedLogin>() {
  static const auto kFields = extend<ExportedLogin>(
      fields_of<model::Login>(),
      {inherit<ExportedLogin>(field("password", &model::Login::password, "as it was entered"))});
  return kFields;
}

template <>
const Fields<ExportedGroup>& fields_of<ExportedGroup>() {
  static const auto kFields = extend<ExportedGroup>(
      fields_of<model::Group>(),
      {inherit<ExportedGroup>(field("kind", &model::Group::kind, "of its streams")),
       inherit<ExportedGroup>(field("name", &model::Group::name, "as the provider calls it"))});
  return kFields;
}

template <>
const Fields<ExportedAccount>& fields_of<ExportedAccount>() {
  static const auto kFields = extend<ExportedAccount>(
      fields_of<model::Account>(),
      {field("logins", &ExportedAccount::logins, "in the order in which they are tried"),
       field("groups", &ExportedAccount::groups, "that its lists had, and which of them are wanted")});
  return kFields;
}

template <>
const Fields<ExportedGuide>& fields_of<ExportedGuide>() {
  static const auto kFields = extend<ExportedGuide>(fields_of<model::GuideSource>(), {});
  return kFields;
}

template <>
const Fields<ExportedGuideLink>& fields_of<ExportedGuideLink>() {
  static const Fields<ExportedGuideLink> kFields = {
      field("guide", &ExportedGuideLink::guide, "its name"),
      field("channel", &ExportedGuideLink::channel, "the id of the channel in that guide"),
      field("manual", &ExportedGuideLink::manual, "chosen by you"),
      field("score", &ExportedGuideLink::score, "how sure the match is, up to 100"),
      field("reason", &ExportedGuideLink::reason, "why it was taken"),
  };
  return kFields;
}

template <>
const Fields<ExportedStream>& fields_of<ExportedStream>() {
  static const Fields<ExportedStream> kFields = {
      field("account", &ExportedStream::account, "the name of the account whose list has it"),
      field("kind", &ExportedStream::kind, "what it is"),
      field("name", &ExportedStream::name, "as the provider calls it"),
      field("url", &ExportedStream::url, "where it is"),
      field("provider_id", &ExportedStream::provider_id, "the provider's number"),
      field("group", &ExportedStream::group, "that the provider puts it into"),
      field("tvg_id", &ExportedStream::tvg_id, "its id for a guide, as the provider says"),
  };
  return kFields;
}

template <>
const Fields<ExportedMember>& fields_of<ExportedMember>() {
  static const auto kFields = extend<ExportedMember>(
      fields_of<ExportedStream>(),
      {field("manual", &ExportedMember::manual, "put there by you"),
       field("confidence", &ExportedMember::confidence, "that it is this channel, up to 100"),
       field("reason", &ExportedMember::reason, "why it was put there")});
  return kFields;
}

template <>
const Fields<ExportedProperties>& fields_of<ExportedProperties>() {
  static const auto kFields = extend<ExportedProperties>(
      fields_of<ExportedStream>(),
      {json_field("custom", &ExportedProperties::custom, "properties of your own"),
       field("stream_profile", &ExportedProperties::profile, "its name; \"\": none was chosen")});
  return kFields;
}

template <>
const Fields<ExportedDummyRule>& fields_of<ExportedDummyRule>() {
  static const auto kFields = extend<ExportedDummyRule>(fields_of<model::DummyRule>(), {});
  return kFields;
}

template <>
const Fields<ExportedStreamProfile>& fields_of<ExportedStreamProfile>() {
  static const auto kFields = extend<ExportedStreamProfile>(fields_of<model::StreamProfile>(), {});
  return kFields;
}

template <>
const Fields<ExportedProfile>& fields_of<ExportedProfile>() {
  static const Fields<ExportedProfile> kFields = {
      field("name", &ExportedProfile::name, "unique"),
      field("channels", &ExportedProfile::channels, "the uuids of its channels, in its order"),
  };
  return kFields;
}

template <>
const Fields<model::Provided>& fields_of<model::Provided>() {
  using model::Provided;
  static const Fields<Provided> kFields = {
      field("name", &Provided::name, "as the list says"),
      field("group", &Provided::group, "as the list says"),
      field("logo", &Provided::logo, "as the list says"),
      field("tvg_id", &Provided::tvg_id, "as the list says"),
  };
  return kFields;
}

template <>
const Fields<ExportedChannel>& fields_of<ExportedChannel>() {
  static const auto kFields = extend<ExportedChannel>(
      fields_of<model::Channel>(),
      {inherit<ExportedChannel>(field("uuid", &model::Channel::uuid, "of its public address")),
       inherit<ExportedChannel>(field("automatic", &model::Channel::automatic, "made of a provider's list")),
       inherit<ExportedChannel>(
           field("provided", &model::Channel::provided, "what fields become that are settled no more")),
       field("stream_profile", &ExportedChannel::profile, "its name; \"\": none was chosen"),
       field("guide", &ExportedChannel::link, "where its programmes come from"),
       field("streams", &ExportedChannel::streams, "in the order in which they are tried"),
       field("separated", &ExportedChannel::separated, "streams that you took out")});
  return kFields;
}

template <>
const Fields<ExportedWebHook>& fields_of<ExportedWebHook>() {
  static const auto kFields = extend<ExportedWebHook>(
      fields_of<model::WebHook>(),
      {inherit<ExportedWebHook>(field("secret", &model::WebHook::secret, "as it was entered"))});
  return kFields;
}

template <>
const Fields<Export>& fields_of<Export>() {
  static const Fields<Export> kFields = {
      field("relevo_export", &Export::version, "the version of this form: 1"),
      field("accounts", &Export::accounts, "by name"),
      field("guides", &Export::guides, "by name"),
      field("channels", &Export::channels, "in the order of their ids"),
      field("profiles", &Export::profiles, "by name"),
      field("stream_profiles", &Export::stream_profiles, "your own, by name"),
      field("dummy_rules", &Export::dummy_rules, "in the order in which they are tried"),
      field("properties", &Export::properties, "streams with properties of your own, or a stream profile"),
      field("web_hooks", &Export::web_hooks, "by age"),
  };
  return kFields;
}

} // namespace relevo::admin
