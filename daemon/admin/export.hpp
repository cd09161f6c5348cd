// SPDX-License-Identifier: LGPL-2.1-or-later
// The whole configuration as one value: what a person entered, with its secrets, without the numbers of a
// database.
#pragma once

#include "admin/fields_model.hpp"
#include "model/web_hook.hpp"

namespace relevo::admin {

inline constexpr int kExportVersion = 1;

/// With its password.
struct ExportedLogin : model::Login {};

struct ExportedGroup : model::Group {};

struct ExportedAccount : model::Account {
  std::vector<ExportedLogin> logins{};
  std::vector<ExportedGroup> groups{};
};

struct ExportedStream {
  std::string account{}; // its name
  model::StreamKind kind = model::StreamKind::Live;
  std::string name{};
  std::string url{};
  std::string provider_id{};
  std::string group{};
  std::string tvg_id{};
};

/// A stream with properties of the user's own, or read in a way of its own.
struct ExportedProperties : ExportedStream {
  std::string custom = "{}";
  std::string profile{}; // name of its stream profile; "": none was chosen
};

struct ExportedGuide : model::GuideSource {};

struct ExportedGuideLink {
  std::string guide{}; // its name
  std::string channel{};
  bool manual = true;
  int score = 100;
  std::string reason{};
};

/// Of a channel.
struct ExportedMember : ExportedStream {
  bool manual = true;
  int confidence = 100;
  std::string reason{};
};

struct ExportedChannel : model::Channel {
  std::string profile{};                   // as of ExportedProperties
  std::optional<ExportedGuideLink> link{}; // in the place of `guide`
  std::vector<ExportedMember> streams{};
  std::vector<ExportedStream> separated{}; // that the user took out
};

struct ExportedDummyRule : model::DummyRule {};

/// None of those that come with the program.
struct ExportedStreamProfile : model::StreamProfile {};

/// With its secret.
struct ExportedWebHook : model::WebHook {};

struct ExportedProfile {
  std::string name{};
  std::vector<std::string> channels{}; // their uuids
};

struct Export {
  int version = 0;
  std::vector<ExportedAccount> accounts{};
  std::vector<ExportedGuide> guides{};
  std::vector<ExportedChannel> channels{};
  std::vector<ExportedProfile> profiles{};
  std::vector<ExportedStreamProfile> stream_profiles{};
  std::vector<ExportedDummyRule> dummy_rules{};
  std::vector<ExportedProperties> properties{};
  std::vector<ExportedWebHook> web_hooks{};
};

template <>
const Fields<ExportedLogin>& fields_of<ExportedLogin>();
template <>
const Fields<ExportedGroup>& fields_of<ExportedGroup>();
template <>
const Fields<ExportedAccount>& fields_of<ExportedAccount>();
template <>
const Fields<ExportedGuide>& fields_of<ExportedGuide>();
template <>
const Fields<ExportedGuideLink>& fields_of<ExportedGuideLink>();
template <>
const Fields<ExportedStream>& fields_of<ExportedStream>();
template <>
const Fields<ExportedMember>& fields_of<ExportedMember>();
template <>
const Fields<ExportedProperties>& fields_of<ExportedProperties>();
template <>
const Fields<ExportedDummyRule>& fields_of<ExportedDummyRule>();
template <>
const Fields<ExportedStreamProfile>& fields_of<ExportedStreamProfile>();
template <>
const Fields<ExportedWebHook>& fields_of<ExportedWebHook>();
template <>
const Fields<ExportedProfile>& fields_of<ExportedProfile>();
template <>
const Fields<model::Provided>& fields_of<model::Provided>();
template <>
const Fields<ExportedChannel>& fields_of<ExportedChannel>();
template <>
const Fields<Export>& fields_of<Export>();

} // namespace relevo::admin
