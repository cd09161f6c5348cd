// SPDX-License-Identifier: LGPL-2.1-or-later
// The conductor's thread: events in, actions performed.
#include "conductor.hpp"

#include "gstx/contract.hpp"

namespace relevo::failoversrc {
namespace {

namespace event = policy::event;

/// Signs that nobody waits for are looked at so often.
constexpr policy::Duration kLook = std::chrono::seconds{1};

constexpr std::pair<policy::Ailment, bool ts::Vitals::*> kAilments[] = {
    {policy::Ailment::Scrambled, &ts::Vitals::scrambled},
    {policy::Ailment::NotTransportStream, &ts::Vitals::no_packets},
    {policy::Ailment::NoVideo, &ts::Vitals::no_video},
};

} // namespace

Conductor::Conductor(const Settings& settings, Output& output, GstBin* bin, Host& host)
    : output_(output),
      bin_(bin),
      host_(host),
      connect_timeout_(settings.connect_timeout),
      first_byte_timeout_(settings.first_byte_timeout),
      machine_(make_policy(settings)),
      slate_(output) {
  const std::string failed = slate_.load(settings.slate);
  if (!failed.empty()) GST_ELEMENT_WARNING(bin, RESOURCE, OPEN_READ, ("%s", failed.c_str()), (nullptr));
  set_list(settings.candidates, settings.slots);
  post(Told{event::Start{}});
}

void Conductor::start() {
  thread_ = std::thread([this] { gx::call_from_c("conductor", [this] { run(); }); });
}

void Conductor::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    wake_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
}

void Conductor::set_list(std::vector<CandidateSpec> candidates, std::vector<policy::SlotLimit> slots) {
  post(List{std::move(candidates), std::move(slots)});
}

void Conductor::switch_to(std::string id) {
  post(SwitchTo{std::move(id)});
}

void Conductor::next() {
  post(Told{event::Next{}});
}

void Conductor::on_message(FeedId feed, GstMessage* message) {
  const policy::AttemptId attempt = feed.attempt;
  if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR) {
    post(Heard{feed, SourceFailed{attempt, gstx::read_failure(message)}});
  } else if (gst_message_has_name(message, contract::kOpened)) {
    post(Heard{feed, Told{event::Opened{attempt}}});
  } else if (gst_message_has_name(message, contract::kRhythm)) {
    guint64 silence = 0;
    gst_structure_get_uint64(gst_message_get_structure(message), contract::kSilence, &silence);
    const auto duration = std::chrono::duration_cast<policy::Duration>(
        std::chrono::nanoseconds{static_cast<std::int64_t>(silence)});
    post(Heard{feed, Told{event::Rhythm{attempt, duration}}});
  }
}

gstx::Structure Conductor::stats() {
  return statistics_.lock()->write(output_.counters());
}

void Conductor::run() {
  for (;;) {
    const auto messages = wait();
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) break;
    }
    const policy::Time by = now(); // all that happened until then is in `messages` and in what is seen
    for (const Seen& seen : look())
      tell(seen, by);
    for (const Message& message : messages)
      std::visit([&](const auto& what) { handle(what, message.at); }, message.what);
    if (timer_ && *timer_ <= by) {
      timer_.reset(); // rings once
      step(event::Timer{}, by);
    }
  }
  step(event::Stop{}, now());
}

std::deque<Conductor::Message> Conductor::wait() {
  policy::Time until = openings_.empty() ? policy::Time::max() : now() + kLook;
  if (timer_) until = std::min(until, *timer_);
  const auto due = [this] { return stopping_ || !inbox_.empty(); };
  std::unique_lock lock(mutex_);
  if (until == policy::Time::max())
    wake_.wait(lock, due);
  else
    wake_.wait_for(lock, until - now(), due);
  return std::exchange(inbox_, {});
}

void Conductor::handle(const Told& told, policy::Time at) {
  measure(told.event, at);
  step(told.event, at);
}

void Conductor::handle(const SourceFailed& failed, policy::Time at) {
  if (const auto found = openings_.find(failed.attempt); found != openings_.end()) {
    Opening& opening = found->second;
    const auto form = failed.failure.form;
    const bool showed_nothing = opening.feed && !opening.feed->signs().seen.programme;
    if (showed_nothing && form > opening.form) return read_as(*form, failed.attempt, opening);
    opening.failure = failed.failure.message;
  }
  step(event::Failed{failed.attempt, failed.failure.kind, failed.failure.status}, at);
}

/// What a feed said that has made room for another counts no more.
void Conductor::handle(const Heard& heard, policy::Time at) {
  const auto opening = openings_.find(heard.feed.attempt);
  if (opening == openings_.end() || !opening->second.feed || opening->second.feed->id() != heard.feed) return;
  std::visit([&](const auto& what) { handle(what, at); }, heard.what);
}

void Conductor::handle(const List& list, policy::Time at) {
  book_.take(list.candidates);
  step(event::CandidatesChanged{book_.candidates(), list.slots}, at);
}

void Conductor::handle(const SwitchTo& wish, policy::Time at) {
  if (const auto number = book_.number_of(wish.id))
    step(event::SwitchTo{*number}, at);
  else
    refuse(wish.id);
}

void Conductor::step(const policy::Event& event, policy::Time at) {
  for (const policy::Action& action : machine_.step(event, at))
    std::visit([this](const auto& what) { perform(what); }, action);
}

void Conductor::measure(const policy::Event& event, policy::Time at) {
  const auto id_of = [this](policy::AttemptId attempt) -> const std::string* {
    const auto opening = openings_.find(attempt);
    return opening == openings_.end() ? nullptr : &opening->second.candidate.id;
  };
  if (const auto* entry = std::get_if<event::RandomAccess>(&event)) {
    if (const auto* id = id_of(entry->attempt)) statistics_.lock()->on_entry(*id, at);
  } else if (const auto* bytes = std::get_if<event::Bytes>(&event)) {
    if (const auto* id = id_of(bytes->attempt)) statistics_.lock()->on_first_byte(*id, at);
  }
}

/// Of all feeds at once, before a step takes its time.
std::vector<Conductor::Seen> Conductor::look() {
  std::vector<Seen> seen;
  for (const auto& [attempt, opening] : openings_)
    if (opening.feed) seen.push_back({attempt, opening.feed->signs()});
  return seen;
}

/// Tells the machine what a feed has seen since the last time.
void Conductor::tell(const Seen& seen, policy::Time at) {
  const auto [attempt, signs] = seen;
  const auto found = openings_.find(attempt);
  if (found == openings_.end()) return; // an earlier step closed it
  Opening& opening = found->second;
  const Signs told = std::exchange(opening.told, signs);
  std::vector<policy::Event> events;
  if (signs.held != told.held) events.push_back(event::Held{attempt, signs.held - told.held});
  if (signs.last_byte != told.last_byte) {
    statistics_.lock()->on_signs(opening.candidate.id, signs, at);
    events.push_back(event::Bytes{attempt});
    if (signs.seen.ready || signs.seen.media != told.seen.media)
      events.push_back(event::MediaTime{attempt, signs.seen.media});
    for (const auto& [ailment, member] : kAilments)
      if (signs.seen.vitals.*member != told.seen.vitals.*member)
        events.push_back(event::Hint{attempt, ailment, signs.seen.vitals.*member});
  }
  for (const policy::Event& event : events)
    step(event, signs.last_byte.value_or(at));
}

} // namespace relevo::failoversrc
