// SPDX-License-Identifier: LGPL-2.1-or-later
// A new edition of a guide, written beside the one that is in use.
#include "catalog/refresh_guide.hpp"

#include "base/text.hpp"
#include "catalog/report_json.hpp"
#include "note.hpp"
#include "sources/fetch.hpp"
#include "sources/guide.hpp"
#include "store/alerts.hpp"
#include "store/guide.hpp"

namespace relevo::catalog {
namespace {

using OnProgress = std::function<void(const AccountProgress&)>;

// A guide that has less than two thirds of the programmes of the one in use is taken for broken.
constexpr std::int64_t kLeastThirds = 2;

class Task {
 public:
  Task(sqlite::Database& database, const GuideRefresh& task, const OnProgress& on_progress,
       const gx::CancelToken& token)
      : database_(database), task_(task), on_progress_(on_progress), token_(token) {}

  GuideReport run() {
    auto source = store::find_guide_source(database_, task_.source);
    if (!source) {
      report_.message = "there is no such guide";
      return report_;
    }
    source_ = *std::move(source);
    state_ = store::load_guide_state(database_, source_.id);
    try {
      perform();
    } catch (const sqlite::Failure& failure) {
      fail_with(failure.what(), {sources::Cause::Database});
    }
    write_down();
    while (!token_.cancelled() && store::sweep_editions(database_, source_.id)) {
    }
    return report_;
  }

 private:
  void perform() {
    const DownloadFolder folder(task_.folder);
    const bool anyway = task_.even_unchanged || task_.accept_losses;
    auto file = sources::fetch_file(
        {source_.location, source_.requests, anyway ? "" : state_.validator, concat(task_.folder, "/guide"),
         task_.reach},
        [this](std::uint64_t done, std::uint64_t total) {
          on_progress_({AccountProgress::Phase::Download, done, total});
        },
        token_);
    if (!file) return fail_with(file.error().message, {file.error().cause, file.error().status});
    if (file->unchanged) {
      report_.outcome = Outcome::Unchanged;
      return;
    }
    store::EditionWriter writer(database_, source_.id);
    const auto broken = read(file->file, writer);
    if (!broken) return fail_with(broken.error().message, {unread(broken.error(), token_).cause});
    writer.finish();
    report_.programmes = writer.programmes();
    report_.before = store::count_programmes(database_, source_.id);
    judge(*broken);
    if (report_.outcome != Outcome::Done) return;
    state_.validator = file->validator;
    writer.publish();
  }

  Result<std::optional<sources::Fault>> read(const std::string& file, store::EditionWriter& writer) {
    const auto earliest = task_.now - std::chrono::days(source_.past_days);
    const auto latest = task_.now + std::chrono::days(source_.future_days);
    return sources::read_guide(file,
                               {
                                   .on_channel =
                                       [&](const sources::FoundGuideChannel& channel) {
                                         ++report_.channels;
                                         writer.add_channel(channel.channel, channel.names, channel.icon);
                                       },
                                   .on_programme =
                                       [&](std::string_view channel, const model::Programme& programme) {
                                         if (programme.stop < earliest || programme.start > latest) {
                                           ++report_.outside;
                                           return;
                                         }
                                         writer.add_programme(channel, programme);
                                         if (writer.programmes() % 1000 == 0)
                                           on_progress_({AccountProgress::Phase::Apply,
                                                         static_cast<std::uint64_t>(writer.programmes()), 0});
                                       },
                                   .on_fault =
                                       [&](const sources::Fault& fault) {
                                         if (++report_.faults <= kMaxNotes) report_.notes.push_back(fault);
                                       },
                               },
                               token_);
  }

  void judge(const std::optional<sources::Fault>& broken) {
    report_.outcome = Outcome::Done;
    if (broken) report_.breaks_at = broken->where;
    if (broken)
      report_.message = concat("the guide breaks off in line ", broken->where, ": ", broken->message);
    if (task_.accept_losses || report_.programmes * 3 >= report_.before * kLeastThirds) return;
    report_.outcome = Outcome::Objected;
    report_.message = concat(broken ? concat(report_.message, "; ") : "", "it has ", report_.programmes,
                             " programmes, the one in use has ", report_.before, ": that one stays");
  }

  void fail_with(const std::string& message, Setback setback) {
    report_.outcome = Outcome::Failed;
    report_.message = message;
    report_.setback = setback;
  }

  void write_down() {
    note(state_, report_.outcome, report_.message, task_.now);
    if (report_.outcome == Outcome::Done) state_.counts = write_json(report_);
    sqlite::Transaction transaction(database_);
    store::save_guide_state(database_, source_.id, state_);
    if (is_good(report_.outcome)) {
      store::close_alerts(database_, source_.id, task_.now);
    } else if (!token_.cancelled()) {
      model::Alert alert;
      alert.raised = task_.now;
      alert.kind = report_.outcome == Outcome::Objected ? "losses" : "failed";
      alert.guide_source = source_.id;
      alert.message = concat(source_.name, ": ", report_.message);
      alert.details = write_details(source_.name, report_);
      store::raise_alert(database_, alert);
    }
    transaction.commit();
  }

  sqlite::Database& database_;
  const GuideRefresh& task_;
  const OnProgress& on_progress_;
  const gx::CancelToken& token_;
  model::GuideSource source_;
  store::RefreshState state_;
  GuideReport report_;
};

} // namespace

GuideReport refresh_guide(sqlite::Database& database, const GuideRefresh& task, const OnProgress& on_progress,
                          const gx::CancelToken& token) {
  return Task(database, task, on_progress, token).run();
}

} // namespace relevo::catalog
