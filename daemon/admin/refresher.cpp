// SPDX-License-Identifier: LGPL-2.1-or-later
// Starting, watching and ending refreshes.
#include "admin/refresher.hpp"

#include "base/text.hpp"
#include "catalog/due.hpp"
#include "catalog/report_json.hpp"
#include "channel_requests.hpp"
#include "gx/local_time.hpp"
#include "sources/fetch.hpp"
#include "store/guide.hpp"
#include "store/store.hpp"

#include <chrono>
#include <malloc.h>
#include <utility>

namespace relevo::admin {
namespace {

using model::AccountId;
using model::GuideSourceId;
using nlohmann::json;
using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

// Each may take all of the memory of a large list; more at once would gain little on one disk.
constexpr std::size_t kAtOnce = 2;
constexpr std::chrono::seconds kLook{30};
constexpr milliseconds kTellEvery{250};

model::Time now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::string_view name_of(catalog::AccountProgress::Phase phase) {
  switch (phase) {
  case catalog::AccountProgress::Phase::Download: return "download";
  case catalog::AccountProgress::Phase::Parse: return "parse";
  case catalog::AccountProgress::Phase::Apply: break;
  }
  return "apply";
}

template <class Report, class Figures>
json told(const Report& done, const Figures& figures) {
  json event = {{"outcome", catalog::name_of(done.outcome)},
                {"message", done.message},
                {"report", json::parse(catalog::write_json(figures))}};
  if (done.outcome == catalog::Outcome::Failed) {
    event["cause"] = sources::name_of(done.setback.cause);
    event["status"] = done.setback.status;
  }
  return event;
}

bool is_good(catalog::Outcome outcome) {
  return outcome == catalog::Outcome::Done || outcome == catalog::Outcome::Unchanged;
}

std::string find_name(sqlite::Database& database, const std::pair<char, std::int64_t>& subject) {
  if (subject.first == 'a') {
    const auto account = store::find_account(database, AccountId{subject.second});
    return account ? account->name : "";
  }
  const auto guide = store::find_guide_source(database, GuideSourceId{subject.second});
  return guide ? guide->name : "";
}

/// "done: 300 listed, 12 added", "failed: no connection …".
std::string summarise(const json& report) {
  auto text = concat("refresh ", report["outcome"].get<std::string>());
  const char* separator = ": ";
  const auto add = [&](const std::string& more) { text += concat(std::exchange(separator, ", "), more); };
  const auto message = report["message"].get<std::string>();
  if (!message.empty()) add(message);
  const auto figures = report.value("report", json::object());
  for (const char* name : {"listed", "added", "changed", "vanished", "channels", "programmes"}) {
    const auto figure = figures.find(name);
    if (figure != figures.end() && figure->is_number_integer() && *figure != 0)
      add(concat(figure->get<std::int64_t>(), ' ', name));
  }
  return text;
}

/// What the refresh did to channels, in figures; or why it could not.
template <class Report>
void follow(json& event, const Result<Report>& report, const char* name) {
  if (!report) {
    event["message"] = report.error().message;
    return;
  }
  event[name] = write(*report);
  event[name].erase("changes");
}

json refreshing(const catalog::AccountProgress& progress) {
  return {{"event", "refreshing"},
          {"phase", name_of(progress.phase)},
          {"done", progress.done},
          {"total", progress.total}};
}

} // namespace

Refresher::Refresher(std::string file, std::string folder, ip::Reach reach, Events& events, const Log& log,
                     std::function<void()> on_done)
    : file_(std::move(file)),
      folder_(std::move(folder)),
      reach_(std::move(reach)),
      events_(events),
      log_(log),
      on_done_(std::move(on_done)),
      pool_("refresh", kAtOnce, gx::WorkerPool::Priority::Low) {}

Refresher::~Refresher() {
  *alive_ = false;
  for (auto& [subject, token] : running_)
    token.cancel();
}

void Refresher::begin() {
  timer_ = gx::Source::every(nullptr, kLook, [this] { look_for_due(); });
  look_for_due();
}

bool Refresher::refresh(AccountId account, RefreshWish wish) {
  const Subject subject{'a', account.value};
  return start(subject, [=, this](sqlite::Database& database, const std::string& folder,
                                  const gx::CancelToken& token) {
    catalog::AccountRefresh task;
    task.account = account;
    task.accept_losses = wish.accept_losses;
    task.even_unchanged = wish.even_unchanged;
    task.now = now();
    task.folder = folder;
    task.reach = reach_;
    const auto done = catalog::refresh_account(database, task, progress_of(subject), token);
    auto event = told(done, done.report);
    if (is_good(done.outcome)) follow(event, catalog::sync_channels(database, {}, token), "channels");
    if (is_good(done.outcome)) follow(event, catalog::match_guides(database, {}, token), "guides");
    return event;
  });
}

bool Refresher::refresh(GuideSourceId guide, RefreshWish wish) {
  const Subject subject{'g', guide.value};
  return start(subject, [=, this](sqlite::Database& database, const std::string& folder,
                                  const gx::CancelToken& token) {
    const auto done = catalog::refresh_guide(
        database, {guide, wish.accept_losses, wish.even_unchanged, now(), folder, reach_},
        progress_of(subject), token);
    auto event = told(done, done);
    if (is_good(done.outcome)) follow(event, catalog::match_guides(database, {}, token), "guides");
    return event;
  });
}

bool Refresher::cancel(AccountId account) {
  return cancel(Subject{'a', account.value});
}

bool Refresher::cancel(GuideSourceId guide) {
  return cancel(Subject{'g', guide.value});
}

bool Refresher::cancel(Subject subject) {
  const auto found = running_.find(subject);
  if (found == running_.end()) return false;
  found->second.cancel();
  return true;
}

json Refresher::last_event(AccountId account) const {
  const auto found = last_.find({'a', account.value});
  return found == last_.end() ? json() : found->second;
}

json Refresher::last_event(GuideSourceId guide) const {
  const auto found = last_.find({'g', guide.value});
  return found == last_.end() ? json() : found->second;
}

void Refresher::tell(Subject subject, json event, const std::string& summary) {
  event[subject.first == 'a' ? "account" : "guide"] = subject.second;
  events_.publish(event, summary);
  if (!summary.empty()) event["summary"] = summary; // as listeners got it
  last_[subject] = std::move(event);
}

bool Refresher::start(Subject subject, Work work) {
  const auto [place, is_new] = running_.try_emplace(subject);
  if (!is_new) return false;
  tell(subject, refreshing({}));
  // The pool's own token is not looked at: it is cancelled after all of those that are running.
  pool_.submit([this, subject, work = std::move(work), token = place->second](const gx::CancelToken&) {
    perform(subject, work, token);
  });
  return true;
}

/// In a worker.
void Refresher::perform(Subject subject, const Work& work, const gx::CancelToken& token) {
  const auto folder = concat(folder_, "/", subject.first, subject.second);
  json report;
  try {
    auto database = store::open_again(file_);
    const auto name = find_name(database, subject);
    report = work(database, folder, token);
    report[subject.first == 'a' ? "account_name" : "guide_name"] = name;
  } catch (const std::exception& error) {
    report = {
        {"outcome", "failed"}, {"message", error.what()}, {"cause", sources::name_of(sources::Cause::Other)}};
  }
  malloc_trim(0); // a large list leaves much behind that is not needed again for a day
  gx::post(nullptr, [this, subject, report, alive = alive_] {
    if (*alive) finish(subject, report);
  });
}

void Refresher::finish(Subject subject, const json& report) {
  running_.erase(subject);
  const bool good = report["outcome"] == "done" || report["outcome"] == "unchanged";
  const auto message = report["message"].get<std::string>();
  json event = report;
  event["event"] = "refreshed";
  tell(subject, std::move(event), summarise(report));
  on_done_();
  log_.write(good && message.empty() ? LogLevel::Info : LogLevel::Warning,
             concat(subject.first == 'a' ? "account " : "guide ", subject.second, ": ",
                    report["outcome"].get<std::string>(), message.empty() ? "" : ": ", message));
}

/// In a worker: not every step is told.
std::function<void(const catalog::AccountProgress&)> Refresher::progress_of(Subject subject) {
  return [this, subject, alive = alive_,
          last = Steady::time_point{}](const catalog::AccountProgress& progress) mutable {
    if (Steady::now() - last < kTellEvery) return;
    last = Steady::now();
    gx::post(nullptr, [this, subject, progress, alive] {
      if (*alive) tell(subject, refreshing(progress));
    });
  };
}

void Refresher::look_for_due() {
  if (looking_) return;
  looking_ = true;
  pool_.submit([this](const gx::CancelToken&) {
    Due due;
    try {
      due = find_due();
    } catch (const sqlite::Failure& failure) {
      log_.write(LogLevel::Error, failure.what());
    }
    gx::post(nullptr, [this, due, alive = alive_] {
      if (!*alive) return;
      looking_ = false;
      for (const auto account : due.accounts)
        refresh(account, {});
      for (const auto guide : due.guides)
        refresh(guide, {});
    });
  });
}

/// In a worker.
Refresher::Due Refresher::find_due() const {
  Due found;
  auto database = store::open_again(file_);
  const auto is_due = [](const std::string& plan, const store::RefreshState& state,
                         std::optional<model::Time> changed) {
    const auto due = catalog::due(plan, state, changed, gx::utc_offset);
    return due && *due <= now();
  };
  for (const auto& account : store::load_accounts(database))
    if (account.enabled && account.kind != model::AccountKind::Manual &&
        is_due(account.refresh, store::load_account_state(database, account.id),
               sources::last_change(account.location)))
      found.accounts.push_back(account.id);
  for (const auto& guide : store::load_guide_sources(database))
    if (guide.enabled && is_due(guide.refresh, store::load_guide_state(database, guide.id),
                                sources::last_change(guide.location)))
      found.guides.push_back(guide.id);
  return found;
}

} // namespace relevo::admin
