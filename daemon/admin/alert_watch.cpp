// SPDX-License-Identifier: LGPL-2.1-or-later
#include "admin/alert_watch.hpp"

#include "base/text.hpp"
#include "store/accounts.hpp"
#include "store/alerts.hpp"
#include "store/store.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <utility>
#include <vector>

namespace relevo::admin {
namespace {

using model::Alert;
using nlohmann::json;

constexpr std::chrono::minutes kLook{1};
constexpr std::chrono::days kSoon{3};
constexpr const char* kNoSource = "no-source";

model::Time now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::string write_day(model::Time time) {
  const std::time_t seconds = time.time_since_epoch().count();
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  std::array<char, 16> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts)};
}

std::string write(const json& details) {
  return details.dump(-1, ' ', false, json::error_handler_t::replace);
}

/// What is to be told of a login; empty: nothing.
std::optional<Alert> judge(const model::Account& account, const model::Login& login, model::Time now) {
  if (!account.enabled || !login.enabled || !login.expires || *login.expires > now + kSoon)
    return std::nullopt;
  const bool over = *login.expires <= now;
  Alert alert;
  alert.raised = now;
  alert.kind = over ? "login-expired" : "login-expires";
  alert.account = account.id;
  alert.login = login.id;
  alert.message = concat(account.name, ": the login ", login.name, over ? " has expired on " : " expires on ",
                         write_day(*login.expires));
  alert.details = write({{"name", account.name},
                         {"login", login.name},
                         {"expires", login.expires->time_since_epoch().count()}});
  return alert;
}

bool is_about_login(const Alert& alert) {
  return alert.kind.starts_with("login-");
}

bool is_same(const Alert& a, const Alert& b) {
  return a.kind == b.kind && a.login == b.login && a.message == b.message;
}

std::map<model::AlertId, Alert> load_open(sqlite::Database& database) {
  std::map<model::AlertId, Alert> alerts;
  for (auto& alert : store::load_alerts(database, false))
    alerts.emplace(alert.id, std::move(alert));
  return alerts;
}

} // namespace

void check_logins(sqlite::Database& database, model::Time now) {
  auto open = store::load_alerts(database, false);
  std::erase_if(open, [](const Alert& alert) { return !is_about_login(alert); });
  for (const auto& account : store::load_accounts(database))
    for (const auto& login : store::load_logins(database, account.id)) {
      auto wanted = judge(account, login, now);
      if (!wanted) continue;
      // What was told stays as it was told.
      if (std::erase_if(open, [&](const Alert& alert) { return is_same(alert, *wanted); }) > 0) continue;
      store::raise_alert(database, *wanted);
      std::erase_if(open, [&](const Alert& alert) { return alert.id == wanted->id; });
    }
  for (const auto& alert : open)
    store::close_alert(database, alert.id, now);
}

AlertWatch::AlertWatch(std::string database, Events& events, const Log& log)
    : file_(std::move(database)), events_(events), log_(log), pool_("alerts", 1) {
  timer_ = gx::Source::every(nullptr, kLook, [this] { look(); });
  look();
}

AlertWatch::~AlertWatch() {
  *alive_ = false;
}

void AlertWatch::on_event(const sessions::Event& event) {
  switch (dark_.take(event)) {
  case DarkChannels::Change::None: break;
  case DarkChannels::Change::Dark: {
    Alert alert;
    alert.raised = now();
    alert.kind = kNoSource;
    alert.channel = event.channel;
    alert.message = concat(event.channel_name, ": no source has worked for more than a minute");
    alert.details = write({{"name", event.channel_name}});
    submit([alert](sqlite::Database& database) mutable { store::raise_alert(database, alert); });
    break;
  }
  case DarkChannels::Change::Light:
    submit([channel = event.channel](sqlite::Database& database) {
      store::close_alerts(database, kNoSource, channel, now());
    });
    break;
  }
}

void AlertWatch::look() {
  if (looking_) return;
  looking_ = true;
  submit({});
}

/// Does it in the worker, and looks how alerts are then.
void AlertWatch::submit(Work work) {
  pool_.submit([this, work = std::move(work)](const gx::CancelToken&) {
    gx::post(nullptr, [this, alive = alive_] {
      if (*alive) looking_ = false; // what changes from now on wants another look
    });
    try {
      auto database = store::open_again(file_);
      const auto before = load_open(database);
      if (work) work(database);
      check_logins(database, now());
      gx::post(nullptr, [this, before, after = load_open(database), alive = alive_] {
        if (*alive) compare(before, after);
      });
    } catch (const sqlite::Failure& failure) {
      log_.write(LogLevel::Error, concat("alerts: ", failure.what()));
    }
  });
}

/// What is open at the first look was told by an earlier daemon.
void AlertWatch::compare(const Alerts& before, const Alerts& after) {
  const Alerts known = std::exchange(known_, after).value_or(before);
  for (const auto& [id, alert] : after) {
    const auto found = known.find(id);
    if (found == known.end() || found->second.message != alert.message) tell("alert-raised", alert);
  }
  for (const auto& [id, alert] : known)
    if (!after.contains(id)) tell("alert-closed", alert);
}

void AlertWatch::tell(const char* what, const Alert& alert) {
  json event = {{"event", what},
                {"alert", alert.id.value},
                {"kind", alert.kind},
                {"message", alert.message},
                {"details", json::parse(alert.details, nullptr, false)}};
  if (alert.channel) event["channel"] = alert.channel->value;
  if (alert.account) event["account"] = alert.account->value;
  if (alert.guide_source) event["guide"] = alert.guide_source->value;
  const bool raised = what == std::string_view("alert-raised");
  log_.write(raised ? LogLevel::Warning : LogLevel::Info,
             concat("alert ", raised ? "raised: " : "closed: ", alert.message));
  events_.publish(std::move(event), concat(raised ? "alert: " : "over: ", alert.message));
}

} // namespace relevo::admin
