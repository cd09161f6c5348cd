// SPDX-License-Identifier: LGPL-2.1-or-later
// Book-keeping of channels and logins.
#include "provider/station.hpp"

namespace relevo::provider {
namespace {

std::string members_of(const Counters& counters) {
  return "\"opens\":" + std::to_string(counters.opens) + ",\"open\":" + std::to_string(counters.open) +
         ",\"highest\":" + std::to_string(counters.highest) +
         ",\"refused\":" + std::to_string(counters.refused);
}

template <class Map, class More>
std::string object_of(const Map& entries, More&& more) {
  std::string out = "{";
  for (const auto& [name, entry] : entries) {
    if (out.size() > 1) out += ',';
    out += json_string(name) + ":{" + members_of(entry.counters) + more(entry) + "}";
  }
  return out + "}";
}

} // namespace

void Lease::give_back() noexcept {
  if (auto* station = std::exchange(station_, nullptr)) station->give_back(channel_, user_);
}

void Station::add_channel(const std::string& name, const std::string& clip) {
  const std::lock_guard lock(mutex_);
  clips_.load(clip);
  channels_[name].clip = clip;
}

void Station::set_login(const Credentials& login, std::uint64_t max_connections) {
  const std::lock_guard lock(mutex_);
  Login& entry = logins_[login.user];
  entry.password = login.password;
  entry.max = max_connections;
}

std::optional<Station::LoginState> Station::login(const Credentials& credentials) const {
  const std::lock_guard lock(mutex_);
  const auto entry = logins_.find(credentials.user);
  if (entry == logins_.end() || entry->second.password != credentials.password) return std::nullopt;
  return LoginState{entry->second.counters.open, entry->second.max};
}

tl::expected<Lease, Station::Denial> Station::open(const std::string& channel, const Credentials* login) {
  const std::lock_guard lock(mutex_);
  const auto channel_entry = channels_.find(channel);
  if (login) {
    const auto entry = logins_.find(login->user);
    if (entry == logins_.end() || entry->second.password != login->password)
      return tl::unexpected(Denial::WrongLogin);
    if (channel_entry == channels_.end()) return tl::unexpected(Denial::UnknownChannel);
    Counters& counters = entry->second.counters;
    if (counters.open >= entry->second.max) {
      ++counters.refused;
      return tl::unexpected(Denial::LimitReached);
    }
    counters.on_open();
  }
  if (channel_entry == channels_.end()) return tl::unexpected(Denial::UnknownChannel);
  channel_entry->second.counters.on_open();
  return Lease{*this, channel, login ? login->user : std::string{}};
}

void Station::give_back(const std::string& channel, const std::string& user) noexcept {
  const std::lock_guard lock(mutex_);
  channels_.at(channel).counters.on_close();
  if (!user.empty()) logins_.at(user).counters.on_close();
}

Result<FaultPlan> Station::plan(const std::vector<std::string_view>& faults) const {
  FaultPlan plan;
  for (const std::string_view text : faults) {
    auto fault = parse_fault(text);
    if (!fault) return tl::unexpected<Error>(fault.error());
    const auto needed = clip_needed(*fault);
    if (!needed.empty() && !clips_.has(needed)) return fail("there is no clip '" + needed + "'");
    plan.add(std::move(*fault));
  }
  return plan;
}

bool Station::set_faults(const std::string& channel, FaultPlan plan) {
  const std::lock_guard lock(mutex_);
  const auto entry = channels_.find(channel);
  if (entry == channels_.end()) return false;
  entry->second.faults = std::move(plan);
  entry->second.faults_since = Clock::now();
  return true;
}

std::optional<Fault> Station::active_fault(const std::string& channel, FaultKind kind,
                                           Clock::time_point now) const {
  const std::lock_guard lock(mutex_);
  const Channel& entry = channels_.at(channel);
  const Fault* fault = entry.faults.active(kind, now - entry.faults_since);
  return fault ? std::optional{*fault} : std::nullopt;
}

std::shared_ptr<const Clip> Station::clip(const std::string& name) {
  const std::lock_guard lock(mutex_);
  return clips_.load(name);
}

std::shared_ptr<const Clip> Station::clip_of_channel(const std::string& channel) {
  const std::lock_guard lock(mutex_);
  return clips_.load(channels_.at(channel).clip);
}

std::vector<std::string> Station::channels() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> names;
  for (const auto& [name, channel] : channels_)
    names.push_back(name);
  return names;
}

void Station::count_bytes(const std::string& channel, std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  channels_.at(channel).bytes += bytes;
}

void Station::note_entry(const std::string& channel, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  channels_.at(channel).first_entry = now;
}

Counters Station::login_counters(const std::string& user) const {
  const std::lock_guard lock(mutex_);
  const auto entry = logins_.find(user);
  return entry == logins_.end() ? Counters{} : entry->second.counters;
}

Counters Station::channel_counters(const std::string& channel) const {
  const std::lock_guard lock(mutex_);
  const auto entry = channels_.find(channel);
  return entry == channels_.end() ? Counters{} : entry->second.counters;
}

std::string Station::json(const Counters& connections) const {
  const std::lock_guard lock(mutex_);
  const auto bytes = [](const Channel& channel) {
    const std::chrono::nanoseconds first_entry = channel.first_entry.time_since_epoch();
    return ",\"bytes\":" + std::to_string(channel.bytes) +
           ",\"first_entry_ns\":" + std::to_string(first_entry.count());
  };
  const auto max = [](const Login& login) { return ",\"max\":" + std::to_string(login.max); };
  return "{\"connections\":{" + members_of(connections) + "},\"channels\":" + object_of(channels_, bytes) +
         ",\"logins\":" + object_of(logins_, max) + "}\n";
}

} // namespace relevo::provider
