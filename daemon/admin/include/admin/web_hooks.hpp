// SPDX-License-Identifier: LGPL-2.1-or-later
// WebHooks: tells others, by HTTP, of what happens.
#pragma once

#include "admin/operation.hpp"
#include "gx/context.hpp"
#include "gx/worker_pool.hpp"
#include "model/past_event.hpp"
#include "model/web_hook.hpp"

#include <chrono>
#include <list>
#include <memory>
#include <vector>

namespace relevo::admin {

/// The body that is posted: a JSON object with kind, at_ms, subject, summary and evidence.
[[nodiscard]] std::string write_delivery(const model::PastEvent& event);

/// Posts it, once; blocks. The error says for people what was wrong. The headers tell the kind
/// (X-Relevo-Event) and, where the hook has a secret, X-Relevo-Signature: "sha256=" and the HMAC of the body.
[[nodiscard]] Result<void> deliver(const model::WebHook& hook, const std::string& kind,
                                   const std::string& body, const gx::CancelToken& token);

template <>
const Fields<model::WebHook>& fields_of<model::WebHook>();
/// Refuses what cannot be posted to.
void check(const model::WebHook& hook);

/// Whether it wants to be told of it.
[[nodiscard]] bool wants(const model::WebHook& hook, const std::string& kind);

/// In the main thread. What a hook does not take is tried again a few times, ever later; then it is lost.
class WebHooks {
 public:
  /// `log` must outlive it; `database`: its file.
  WebHooks(std::string database, const Log& log);
  WebHooks(const WebHooks&) = delete;
  WebHooks& operator=(const WebHooks&) = delete;
  ~WebHooks();

  void on_event(const model::PastEvent& event);
  /// The hooks may be others now.
  void look();

 private:
  struct Job {
    model::WebHook hook;
    std::string kind;
    std::string body;
    std::size_t failures = 0;
  };

  void tell(const model::PastEvent& event);
  void submit(const Job& job);
  void perform(Job job, const gx::CancelToken& token);
  void finish(const Job& job, const std::string& failure);

  const std::string file_;
  const Log& log_;
  std::vector<model::WebHook> hooks_;       // that are enabled
  unsigned looks_ = 0;                      // that are under way
  std::vector<model::PastEvent> undecided_; // what happened meanwhile
  std::size_t pending_ = 0;
  std::list<gx::Source> later_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true); // for what was posted and comes too late
  gx::WorkerPool pool_;                                        // last: its threads use the others
};

/// Of hooks: kept, changed, tried.
void add_web_hooks(Operations& operations);

} // namespace relevo::admin
