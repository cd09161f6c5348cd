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

void Conductor::on_message(policy::AttemptId attempt, GstMessage* message) {
  if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR) {
    post(SourceFailed{attempt, gstx::read_failure(message)});
  } else if (gst_message_has_name(message, contract::kOpened)) {
    post(Told{event::Opened{attempt}});
  } else if (gst_message_has_name(message, contract::kRhythm)) {
    guint64 silence = 0;
    gst_structure_get_uint64(gst_message_get_structure(message), contract::kSilence, &silence);
    const auto duration = std::chrono::duration_cast<policy::Duration>(
        std::chrono::nanoseconds{static_cast<std::int64_t>(silence)});
    post(Told{event::Rhythm{attempt, duration}});
  }
}

gstx::Structure Conductor::stats() {
  return statistics_.lock()->write(output_.counters());
}

void Conductor::post(Message message) {
  const std::lock_guard lock(mutex_);
  inbox_.push_back(std::move(message));
  wake_.notify_one();
}

void Conductor::run() {
  for (;;) {
    const auto messages = wait();
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) break;
    }
    take_signs();
    for (const Message& message : messages)
      handle(message);
    if (timer_ && *timer_ <= now()) step(event::Timer{}, now());
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

void Conductor::handle(const Message& message) {
  if (const auto* told = std::get_if<Told>(&message)) {
    step(told->event, now());
  } else if (const auto* failed = std::get_if<SourceFailed>(&message)) {
    if (const auto opening = openings_.find(failed->attempt); opening != openings_.end())
      opening->second.failure = failed->failure.message;
    step(event::Failed{failed->attempt, failed->failure.kind, failed->failure.status}, now());
  } else if (const auto* list = std::get_if<List>(&message)) {
    book_.take(list->candidates);
    step(event::CandidatesChanged{book_.candidates(), list->slots}, now());
  } else if (const auto* wish = std::get_if<SwitchTo>(&message)) {
    if (const auto number = book_.number_of(wish->id))
      step(event::SwitchTo{*number}, now());
    else
      refuse(wish->id);
  }
}

void Conductor::step(const policy::Event& event, policy::Time at) {
  measure(event, at);
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
    const auto opening = openings_.find(bytes->attempt);
    if (opening != openings_.end() && !opening->second.told.last_byte)
      statistics_.lock()->on_first_byte(opening->second.candidate.id, at);
  }
}

/// Tells the machine what the feeds have seen since the last time.
void Conductor::take_signs() {
  std::vector<policy::AttemptId> attempts;
  for (const auto& [attempt, opening] : openings_)
    attempts.push_back(attempt);
  for (const policy::AttemptId attempt : attempts) {
    const auto found = openings_.find(attempt); // a step may close it
    if (found == openings_.end() || !found->second.feed) continue;
    Opening& opening = found->second;
    const Signs signs = opening.feed->signs();
    if (signs.last_byte == opening.told.last_byte) continue;
    statistics_.lock()->on_signs(opening.candidate.id, signs, now());
    std::vector<policy::Event> events{event::Bytes{attempt}};
    if (signs.seen.ready || signs.seen.media != opening.told.seen.media)
      events.push_back(event::MediaTime{attempt, signs.seen.media});
    for (const auto& [ailment, member] : kAilments)
      if (signs.seen.vitals.*member != opening.told.seen.vitals.*member)
        events.push_back(event::Hint{attempt, ailment, signs.seen.vitals.*member});
    opening.told = signs;
    for (const policy::Event& event : events)
      step(event, *signs.last_byte);
  }
}

} // namespace relevo::failoversrc
