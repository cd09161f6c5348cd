// SPDX-License-Identifier: LGPL-2.1-or-later
// Book-keeping of sessions.
#include "provider/ace_sessions.hpp"

namespace relevo::provider {

std::string fake_hash(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::uint64_t state = 14695981039346656037u; // FNV-1a
  for (const unsigned char c : text)
    state = (state ^ c) * 1099511628211u;
  std::string hash;
  while (hash.size() < 40) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    hash += digits[state >> 60];
  }
  return hash;
}

AceSessions::Session AceSessions::open(const std::string& infohash, const std::string& pid,
                                       Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  expire(now);
  for (auto& [id, entry] : entries_) {
    if (entry.session.infohash != infohash || entry.state != State::Open) continue;
    if (pid.empty()) return entry.session;
    entry.state = State::Superseded;
    ++counters_.superseded;
  }
  const std::string id = fake_hash(infohash + std::to_string(++counters_.opened));
  const Session session{infohash, id, pid, fake_hash(id).substr(0, 32), now};
  entries_[id] = {session, State::Open, 0, now};
  return session;
}

AceSessions::State AceSessions::state(const std::string& infohash, const std::string& id,
                                      Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  expire(now);
  const auto found = entries_.find(id);
  return found == entries_.end() || found->second.session.infohash != infohash ? State::Unknown
                                                                               : found->second.state;
}

template <class Matches>
std::optional<AceSessions::Session> AceSessions::find_open(Clock::time_point now, Matches matches) {
  const std::lock_guard lock(mutex_);
  expire(now);
  for (const auto& [id, entry] : entries_)
    if (entry.state == State::Open && matches(entry.session)) return entry.session;
  return std::nullopt;
}

std::optional<AceSessions::Session> AceSessions::find(const std::string& infohash, const std::string& id,
                                                      Clock::time_point now) {
  return find_open(now, [&](const Session& s) { return s.infohash == infohash && s.id == id; });
}

std::optional<AceSessions::Session> AceSessions::find_token(const std::string& token, Clock::time_point now) {
  return find_open(now, [&](const Session& s) { return s.token == token; });
}

std::optional<AceSessions::Session> AceSessions::find_content(const std::string& infohash,
                                                              Clock::time_point now) {
  return find_open(now, [&](const Session& s) { return s.infohash == infohash; });
}

bool AceSessions::begin_read(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(id);
  if (found == entries_.end() || found->second.readers > 0) {
    ++counters_.second_readers;
    return false;
  }
  ++found->second.readers;
  ++counters_.readers;
  return true;
}

void AceSessions::end_read(const std::string& id, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  --counters_.readers;
  const auto found = entries_.find(id);
  if (found == entries_.end()) return; // the engine restarted meanwhile
  --found->second.readers;
  found->second.used = now;
}

void AceSessions::touch(const std::string& id, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  if (const auto found = entries_.find(id); found != entries_.end()) found->second.used = now;
}

bool AceSessions::stop(const std::string& infohash, const std::string& id, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  expire(now);
  const auto found = entries_.find(id);
  const bool open = found != entries_.end() && found->second.session.infohash == infohash &&
                    found->second.state == State::Open;
  ++(open ? counters_.stopped : counters_.unknown_stops);
  if (open) found->second.state = State::Stopped;
  return open;
}

void AceSessions::lose_all() {
  const std::lock_guard lock(mutex_);
  for (const auto& [id, entry] : entries_)
    counters_.lost += entry.state == State::Open;
  entries_.clear();
}

AceCounters AceSessions::counters(Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  expire(now);
  AceCounters counters = counters_;
  for (const auto& [id, entry] : entries_)
    counters.open += entry.state == State::Open;
  return counters;
}

void AceSessions::expire(Clock::time_point now) {
  for (auto& [id, entry] : entries_) {
    if (entry.state != State::Open || entry.readers > 0 || now - entry.used < expiry_) continue;
    entry.state = State::Unknown;
    ++counters_.expired;
  }
}

} // namespace relevo::provider
