// SPDX-License-Identifier: LGPL-2.1-or-later
// Refreshes of accounts and guides: when they are due, one at a time for each, in workers.
#pragma once

#include "admin/events.hpp"
#include "base/log.hpp"
#include "catalog/refresh_guide.hpp"
#include "gx/context.hpp"
#include "gx/worker_pool.hpp"

#include <functional>
#include <map>
#include <string>
#include <utility>

namespace relevo::admin {

struct RefreshWish {
  bool accept_losses = false;
  bool even_unchanged = false;
};

/// In the main thread; what it tells is published there.
class Refresher {
 public:
  /// `file`: the database. `folder`: for downloads, which may lead to what is in `reach`. `on_done` is called
  /// after each refresh, in the main thread.
  Refresher(std::string file, std::string folder, ip::Reach reach, Events& events, const Log& log,
            std::function<void()> on_done);
  Refresher(const Refresher&) = delete;
  Refresher& operator=(const Refresher&) = delete;
  /// Cancels what runs, and waits for it.
  ~Refresher();

  /// From now on what is due is refreshed.
  void begin();

  /// False: it is being refreshed already.
  bool refresh(model::AccountId account, RefreshWish wish);
  bool refresh(model::GuideSourceId guide, RefreshWish wish);
  /// False: it is not being refreshed.
  bool cancel(model::AccountId account);
  bool cancel(model::GuideSourceId guide);
  /// What was told of it last: the event "refreshing" while it is being refreshed, then "refreshed". Null: it
  /// was not refreshed since the program began.
  [[nodiscard]] nlohmann::json last_event(model::AccountId account) const;
  [[nodiscard]] nlohmann::json last_event(model::GuideSourceId guide) const;

 private:
  /// What is refreshed: 'a' an account, 'g' a guide, and its number.
  using Subject = std::pair<char, std::int64_t>;
  struct Due {
    std::vector<model::AccountId> accounts;
    std::vector<model::GuideSourceId> guides;
  };
  using Work =
      std::function<nlohmann::json(sqlite::Database&, const std::string& folder, const gx::CancelToken&)>;

  bool start(Subject subject, Work work);
  void perform(Subject subject, const Work& work, const gx::CancelToken& token);
  void finish(Subject subject, const nlohmann::json& report);
  [[nodiscard]] std::function<void(const catalog::AccountProgress&)> progress_of(Subject subject);
  bool cancel(Subject subject);
  void tell(Subject subject, nlohmann::json event, const std::string& summary = {});
  void look_for_due();
  [[nodiscard]] Due find_due() const;

  std::string file_;
  std::string folder_;
  ip::Reach reach_;
  Events& events_;
  const Log& log_;
  const std::function<void()> on_done_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true); // for what was posted and comes too late
  std::map<Subject, gx::CancelToken> running_;
  std::map<Subject, nlohmann::json> last_; // event of each
  gx::Source timer_;
  bool looking_ = false;
  gx::WorkerPool pool_; // last: its threads use the others
};

} // namespace relevo::admin
