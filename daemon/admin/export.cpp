// SPDX-License-Identifier: LGPL-2.1-or-later
// The whole configuration out of the database and back.
#include "export.hpp"

#include "admin/operations.hpp"
#include "admin/web_hooks.hpp"
#include "answers.hpp"
#include "catalog/references.hpp"
#include "checks.hpp"
#include "store/accounts.hpp"
#include "store/channels.hpp"
#include "store/dummy_rules.hpp"
#include "store/guide.hpp"
#include "store/profiles.hpp"
#include "store/stream_profiles.hpp"
#include "store/streams.hpp"
#include "store/web_hooks.hpp"

namespace relevo::admin {
namespace {

using catalog::StreamReference;

/// What an import could not do, for people; the first of it.
constexpr std::size_t kMostProblems = 100;
constexpr std::uint64_t kLargest = 64 << 20;

class Exporting {
 public:
  explicit Exporting(sqlite::Database& database) : database_(database) {}

  Export run() {
    Export made;
    made.version = kExportVersion;
    for (auto& account : store::load_accounts(database_))
      made.accounts.push_back(take(std::move(account)));
    for (auto& guide : store::load_guide_sources(database_)) {
      guides_[guide.id] = guide.name;
      made.guides.push_back({std::move(guide)});
    }
    for (auto& profile : store::load_stream_profiles(database_)) {
      profiles_[profile.id] = profile.name;
      if (!profile.stock) made.stream_profiles.push_back({std::move(profile)});
    }
    for (const auto& [channel, stream] : store::load_separations(database_))
      separations_[channel].push_back(stream);
    for (auto& channel : store::load_channels(database_)) {
      uuids_[channel.id] = channel.uuid;
      made.channels.push_back(take(std::move(channel)));
    }
    for (const auto& profile : store::load_profiles(database_))
      made.profiles.push_back(take(profile));
    for (auto& rule : store::load_dummy_rules(database_))
      made.dummy_rules.push_back({std::move(rule)});
    for (auto& stream : store::load_custom_streams(database_))
      made.properties.push_back(
          {reference_of(stream), std::move(stream.custom), name_of(stream.stream_profile)});
    for (auto& hook : store::load_web_hooks(database_))
      made.web_hooks.push_back({std::move(hook)});
    return made;
  }

 private:
  ExportedAccount take(model::Account account) {
    accounts_[account.id] = account.name;
    ExportedAccount made{std::move(account), {}, {}};
    for (auto& login : store::load_logins(database_, made.id))
      made.logins.push_back({std::move(login)});
    for (auto& group : store::load_groups(database_, made.id))
      made.groups.push_back({std::move(group)});
    return made;
  }

  ExportedChannel take(model::Channel channel) {
    ExportedChannel made{std::move(channel), {}, {}, {}, {}};
    made.profile = name_of(made.stream_profile);
    if (const auto& guide = made.guide)
      made.link = {guides_.at(guide->source), guide->channel, guide->manual, guide->score, guide->reason};
    for (auto& one : store::load_channel_streams(database_, made.id))
      made.streams.push_back({reference_of(one.stream), one.manual, one.confidence, std::move(one.reason)});
    for (const auto stream : separations_[made.id])
      made.separated.push_back(reference_of(stream));
    return made;
  }

  std::string name_of(std::optional<model::StreamProfileId> profile) const {
    return profile ? profiles_.at(*profile) : std::string();
  }

  ExportedProfile take(const model::ChannelProfile& profile) {
    ExportedProfile made{profile.name, {}};
    for (const auto channel : store::load_profile_channels(database_, profile.id))
      made.channels.push_back(uuids_.at(channel));
    return made;
  }

  /// Of one that is there.
  ExportedStream reference_of(model::StreamId id) { return reference_of(*store::find_stream(database_, id)); }

  ExportedStream reference_of(const model::Stream& stream) {
    return {accounts_.at(stream.account), stream.kind,  stream.name,  stream.url,
            stream.provider_id,           stream.group, stream.tvg_id};
  }

  sqlite::Database& database_;
  std::map<model::AccountId, std::string> accounts_; // names
  std::map<model::GuideSourceId, std::string> guides_;
  std::map<model::StreamProfileId, std::string> profiles_;
  std::map<model::ChannelId, std::string> uuids_;
  std::map<model::ChannelId, std::vector<model::StreamId>> separations_;
};

/// Where in the file something is, for what is refused.
template <class F>
void at(std::string_view list, const std::string& name, F&& work) {
  try {
    work();
  } catch (const Refusal& refusal) {
    refuse_invalid(concat(list, ", ", quote(name), ": ", refusal.what()));
  }
}

/// What the file names takes the place of what is there under that name (a channel: under its uuid, a
/// web-hook: its URL); all else stays.
class Importing {
 public:
  Importing(sqlite::Database& database, model::Time now) : database_(database), now_(now) {}

  Json run(Export& file) {
    for (auto& account : file.accounts)
      at("accounts", account.name, [&] { put(account); });
    for (auto& guide : file.guides)
      at("guides", guide.name, [&] { put(guide); });
    for (auto& profile : file.stream_profiles)
      at("stream_profiles", profile.name, [&] { put(profile); });
    resolve(file);
    for (auto& channel : file.channels)
      at("channels", channel.name, [&] { put(channel); });
    for (const auto& profile : file.profiles)
      at("profiles", profile.name, [&] { put(profile); });
    for (auto& rule : file.dummy_rules)
      at("dummy_rules", rule.name, [&] { put(rule); });
    for (auto& hook : file.web_hooks)
      at("web_hooks", hook.url, [&] { put(hook); });
    for (const auto& stream : file.properties)
      put(stream);
    return {{"accounts", file.accounts.size()},
            {"guides", file.guides.size()},
            {"channels", file.channels.size()},
            {"streams", linked_},
            {"waiting", waiting_},
            {"problems", problems_}};
  }

 private:
  void put(ExportedAccount& account) {
    check(account);
    if (const auto before = store::find_account(database_, account.name)) {
      if (before->kind != account.kind) refuse_invalid("there is an account of another kind with this name");
      account.id = before->id;
    }
    store::save_account(database_, account);
    const auto logins = store::load_logins(database_, account.id);
    for (auto& login : account.logins) {
      check(login);
      login.account = account.id;
      const auto same = std::ranges::find(logins, login.name, &model::Login::name);
      if (same != logins.end()) login.id = same->id;
      store::save_login(database_, login);
    }
    const auto groups = store::load_groups(database_, account.id);
    for (auto& group : account.groups) {
      at("groups", group.name, [&] { check(group); });
      group.account = account.id;
      const auto same = std::ranges::find_if(
          groups, [&](const auto& other) { return other.kind == group.kind && other.name == group.name; });
      if (same == groups.end()) {
        store::insert_group(database_, group);
        continue;
      }
      if (same->wanted != group.wanted) store::set_group_wanted(database_, same->id, group.wanted);
      store::set_group_sync(database_, same->id, group.sync);
    }
  }

  void put(ExportedGuide& guide) {
    check(guide);
    if (const auto before = find_guide(guide.name)) guide.id = *before;
    store::save_guide_source(database_, guide);
  }

  [[nodiscard]] std::optional<model::GuideSourceId> find_guide(const std::string& name) const {
    const auto guides = store::load_guide_sources(database_);
    const auto found = std::ranges::find(guides, name, &model::GuideSource::name);
    return found == guides.end() ? std::nullopt : std::optional(found->id);
  }

  static StreamReference reference_of(const ExportedStream& stream) {
    return {stream.kind, stream.name, stream.url, stream.provider_id, stream.group, stream.tvg_id};
  }

  /// All streams of an account at once: so each finds the one that is nearest to it.
  void resolve(const Export& file) {
    std::map<std::string, std::set<StreamReference>> references;
    const auto add = [&references](const auto& streams) {
      for (const auto& stream : streams)
        references[stream.account].insert(reference_of(stream));
    };
    for (const auto& channel : file.channels) {
      add(channel.streams);
      add(channel.separated);
    }
    add(file.properties);
    for (const auto& [name, streams] : references) {
      const auto account = store::find_account(database_, name);
      if (!account) continue;
      auto resolved = catalog::resolve(database_, *account, streams, now_);
      waiting_ += resolved.waiting;
      streams_[name] = std::move(resolved.streams);
    }
  }

  void put(ExportedChannel& channel) {
    check_name(channel.name);
    if (!channel.uuid.empty())
      if (const auto before = store::find_channel(database_, channel.uuid)) channel.id = before->id;
    const auto where = concat("channel ", quote(channel.name));
    channel.stream_profile = find_profile(channel.profile, where);
    channel.guide.reset();
    if (const auto& link = channel.link) {
      if (const auto source = find_guide(link->guide))
        channel.guide = {*source, link->channel, link->manual, link->score, link->reason};
      else
        report(where, concat("there is no guide ", quote(link->guide)));
    }
    store::save_channel(database_, channel);
    std::vector<model::ChannelStream> streams;
    std::set<model::StreamId> seen;
    for (const auto& stream : channel.streams)
      if (const auto id = find(stream, where); id && seen.insert(*id).second)
        streams.push_back({*id, stream.manual, stream.confidence, stream.reason});
    store::save_channel_streams(database_, channel.id, streams);
    linked_ += streams.size();
    std::vector<model::Separation> separations;
    for (const auto& stream : channel.separated)
      if (const auto id = find(stream, where)) separations.push_back({channel.id, *id});
    store::add_separations(database_, separations);
  }

  /// Empty, and told, where there is no such account.
  std::optional<model::StreamId> find(const ExportedStream& stream, const std::string& where) {
    const auto account = streams_.find(stream.account);
    if (account != streams_.end()) return account->second.at(reference_of(stream));
    report(where,
           concat("there is no account ", quote(stream.account), " for the stream ", quote(stream.name)));
    return std::nullopt;
  }

  void put(const ExportedProperties& stream) {
    const std::string where = "properties";
    const auto id = find(stream, where);
    if (!id) return;
    store::set_custom(database_, *id, stream.custom);
    store::set_stream_profile(database_, *id, find_profile(stream.profile, where));
  }

  void put(model::StreamProfile& profile) {
    check(profile);
    const auto profiles = store::load_stream_profiles(database_);
    const auto same = std::ranges::find(profiles, profile.name, &model::StreamProfile::name);
    if (same != profiles.end()) {
      if (same->stock) refuse_invalid("a profile with this name comes with Relevo, and stays as it is");
      profile.id = same->id;
    }
    store::save_stream_profile(database_, profile);
  }

  /// Empty for "", and, told, where there is none with that name.
  std::optional<model::StreamProfileId> find_profile(const std::string& name, const std::string& where) {
    if (name.empty()) return std::nullopt;
    const auto profiles = store::load_stream_profiles(database_);
    const auto found = std::ranges::find(profiles, name, &model::StreamProfile::name);
    if (found != profiles.end()) return found->id;
    report(where, concat("there is no stream profile ", quote(name)));
    return std::nullopt;
  }

  void put(const ExportedProfile& file) {
    check_name(file.name);
    const auto profiles = store::load_profiles(database_);
    const auto same = std::ranges::find(profiles, file.name, &model::ChannelProfile::name);
    model::ChannelProfile profile{same == profiles.end() ? model::ProfileId{} : same->id, file.name};
    store::save_profile(database_, profile);
    std::vector<model::ChannelId> channels;
    for (const auto& uuid : file.channels) {
      const auto channel = store::find_channel(database_, uuid);
      if (!channel)
        report(concat("profile ", quote(file.name)), concat("there is no channel ", quote(uuid)));
      else if (std::ranges::find(channels, channel->id) == channels.end())
        channels.push_back(channel->id);
    }
    store::save_profile_channels(database_, profile.id, channels);
  }

  void put(model::DummyRule& rule) {
    check(rule);
    const auto rules = store::load_dummy_rules(database_);
    const auto same = std::ranges::find(rules, rule.name, &model::DummyRule::name);
    if (same != rules.end()) rule.id = same->id;
    store::save_dummy_rule(database_, rule);
  }

  void put(model::WebHook& hook) {
    check(hook);
    const auto hooks = store::load_web_hooks(database_);
    const auto same = std::ranges::find(hooks, hook.url, &model::WebHook::url);
    if (same != hooks.end()) hook.id = same->id;
    store::save_web_hook(database_, hook);
  }

  void report(const std::string& where, const std::string& what) {
    if (problems_.size() < kMostProblems) problems_.push_back(concat(where, ": ", what));
  }

  sqlite::Database& database_;
  model::Time now_;
  std::map<std::string, std::map<StreamReference, model::StreamId>> streams_; // by the name of their account
  std::size_t linked_ = 0;
  std::size_t waiting_ = 0;
  Json problems_ = Json::array();
};

net::Response give(const Call& call) {
  sqlite::Transaction snapshot(call.database);
  auto response = answer(write(Exporting(call.database).run()));
  response.headers = {{"Cache-Control", "no-store"}}; // there are passwords in it
  return response;
}

net::Response take(const Call& call) {
  if (!call.body.is_object() || !call.body.contains("relevo_export"))
    refuse_invalid("this is no exported configuration", "relevo_export");
  if (call.body["relevo_export"] != kExportVersion)
    refuse_invalid("was exported by another version of Relevo", "relevo_export");
  auto file = Codec<Export>::read(call.body);
  if (!file) refuse_invalid(file.error().message);
  sqlite::Transaction transaction(call.database);
  const auto done = Importing(call.database, call.now).run(*file);
  transaction.commit();
  return answer(done);
}

Json result_schema() {
  const Json whole = {{"type", "integer"}};
  return {
      {"type", "object"},
      {"properties",
       {{"accounts", whole},
        {"guides", whole},
        {"channels", whole},
        {"streams", whole},
        {"waiting",
         {{"type", "integer"}, {"description", "streams that a refresh of their account has yet to find"}}},
        {"problems", list_schema({{"type", "string"}})}}}};
}

} // namespace

void add_export(Operations& operations) {
  const Json file = Codec<Export>::schema();
  operations.push_back({net::Method::Get,
                        "/api/v1/export",
                        "the whole configuration, with its passwords",
                        {},
                        {},
                        file,
                        give});
  operations.push_back(
      {net::Method::Post,
       "/api/v1/import",
       "takes over an exported configuration: all of it, or nothing where something is wrong",
       {},
       file,
       result_schema(),
       take,
       kLargest});
}

} // namespace relevo::admin
