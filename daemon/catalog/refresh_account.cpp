// SPDX-License-Identifier: LGPL-2.1-or-later
// Fetch, refresh, and the account's own story of it.
#include "catalog/refresh_account.hpp"

#include "base/text.hpp"
#include "catalog/report_json.hpp"
#include "note.hpp"
#include "sources/fetch.hpp"
#include "store/accounts.hpp"
#include "store/alerts.hpp"

#include <filesystem>

namespace relevo::catalog {
namespace {

using OnProgress = std::function<void(const AccountProgress&)>;

std::string describe(const RefreshReport& report) {
  if (report.objection == Objection::Empty)
    return concat("the list has nothing of a kind of which ", report.present,
                  " streams are known: nothing was changed");
  return concat(report.objection == Objection::Cut ? "the list breaks off inside an entry, and lacks "
                                                   : "the list lacks ",
                report.vanished, " of ", report.present, " streams: nothing was changed");
}

class Task {
 public:
  Task(sqlite::Database& database, const AccountRefresh& task, const OnProgress& on_progress,
       const gx::CancelToken& token)
      : database_(database), task_(task), on_progress_(on_progress), token_(token) {}

  AccountReport run() {
    auto account = store::find_account(database_, task_.account);
    if (!account) return {Outcome::Failed, "there is no such account", {}};
    account_ = *std::move(account);
    state_ = store::load_account_state(database_, account_.id);
    AccountReport done = perform();
    if (!task_.dry_run) write_down(done);
    return done;
  }

 private:
  AccountReport perform() {
    const DownloadFolder folder(task_.folder);
    try {
      auto fetched = sources::fetch(
          {account_, store::load_logins(database_, account_.id),
           task_.even_unchanged || task_.dry_run || task_.accept_losses ? "" : state_.validator, task_.folder,
           task_.reach},
          [this](std::uint64_t done, std::uint64_t total) {
            on_progress_({AccountProgress::Phase::Download, done, total});
          },
          token_);
      if (!fetched)
        return {
            Outcome::Failed, fetched.error().message, {}, {fetched.error().cause, fetched.error().status}};
      if (!task_.dry_run) take_news(fetched->logins);
      if (!fetched->listing) return {Outcome::Unchanged, "", {}};
      return apply(*fetched);
    } catch (const sqlite::Failure& failure) {
      return {Outcome::Failed, failure.what(), {}, {sources::Cause::Database}};
    }
  }

  AccountReport apply(const sources::Fetched& fetched) {
    const auto report = refresh(
        database_, account_, *fetched.listing, {task_.dry_run, task_.accept_losses, task_.now},
        [this](const Progress& progress) {
          on_progress_(
              {progress.phase == Phase::Parse ? AccountProgress::Phase::Parse : AccountProgress::Phase::Apply,
               progress.done, progress.total});
        },
        token_);
    if (!report) return {Outcome::Failed, report.error().message, {}, {report.error().cause}};
    if (report->objection != Objection::Nothing) return {Outcome::Objected, describe(*report), *report};
    state_.validator = fetched.validator;
    return {Outcome::Done, "", *report};
  }

  /// What the provider says counts, but for a limit that the user has set lower.
  void take_news(const std::vector<sources::LoginNews>& news) {
    for (const auto& one : news) {
      auto login = store::find_login(database_, one.login);
      if (!login) continue;
      if (one.expires) login->expires = one.expires;
      if (one.connections && (login->connections == 0 || *one.connections < login->connections))
        login->connections = *one.connections;
      store::save_login(database_, *login);
    }
  }

  void write_down(const AccountReport& done) {
    note(state_, done.outcome, done.message, task_.now);
    if (done.outcome == Outcome::Done) state_.counts = write_json(done.report);
    sqlite::Transaction transaction(database_);
    // What was taken of the list was taken by other rules: it has to be read again.
    if (store::find_account(database_, account_.id) != account_) state_.validator.clear();
    store::save_account_state(database_, account_.id, state_);
    if (is_good(done.outcome)) {
      store::close_alerts(database_, account_.id, task_.now);
    } else if (!token_.cancelled()) {
      model::Alert alert;
      alert.raised = task_.now;
      alert.kind = done.outcome == Outcome::Objected ? "losses" : "failed";
      alert.account = account_.id;
      alert.message = concat(account_.name, ": ", done.message);
      alert.details = write_details(account_.name, done);
      store::raise_alert(database_, alert);
    }
    transaction.commit();
  }

  sqlite::Database& database_;
  const AccountRefresh& task_;
  const OnProgress& on_progress_;
  const gx::CancelToken& token_;
  model::Account account_;
  store::RefreshState state_;
};

} // namespace

DownloadFolder::DownloadFolder(std::string path) : path_(std::move(path)) {
  std::error_code ignored; // whoever writes into it gets the error, and tells it
  std::filesystem::remove_all(path_, ignored);
  std::filesystem::create_directories(path_, ignored);
}

DownloadFolder::~DownloadFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

AccountReport refresh_account(sqlite::Database& database, const AccountRefresh& task,
                              const OnProgress& on_progress, const gx::CancelToken& token) {
  return Task(database, task, on_progress, token).run();
}

} // namespace relevo::catalog
