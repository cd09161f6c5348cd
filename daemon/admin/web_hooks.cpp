// SPDX-License-Identifier: LGPL-2.1-or-later
// Deliveries, and trying again.
#include "admin/web_hooks.hpp"

#include "gx/hmac.hpp"
#include "http/client.hpp"
#include "store/store.hpp"
#include "store/web_hooks.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace relevo::admin {
namespace {

using model::WebHook;
using std::chrono::seconds;

constexpr std::size_t kThreads = 2;
constexpr std::size_t kMostPending = 500;
constexpr std::array kPauses = {seconds(1), seconds(10), seconds(60), seconds(300)};

model::Time now() {
  return std::chrono::floor<seconds>(std::chrono::system_clock::now());
}

} // namespace

std::string write_delivery(const model::PastEvent& event) {
  const Json json = {{"kind", event.kind},
                     {"at_ms", event.at.time_since_epoch().count()},
                     {"subject", event.subject},
                     {"summary", event.summary},
                     {"evidence", Json::parse(event.evidence, nullptr, false)}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<void> deliver(const WebHook& hook, const std::string& kind, const std::string& body,
                     const gx::CancelToken& token) {
  http::Request request{.url = hook.url, .method = http::Method::Post};
  request.user_agent = "relevo";
  request.headers = {{"Content-Type", "application/json"}, {"X-Relevo-Event", kind}};
  if (!hook.secret.empty())
    request.headers.push_back({"X-Relevo-Signature", concat("sha256=", gx::hmac_sha256(hook.secret, body))});
  request.body = body;
  request.max_body_bytes = std::size_t{1} << 20;
  request.max_redirects = 0;
  request.deadlines.total = seconds(10);
  ip::Reach reach;
  reach.own_host = ip::host_of(hook.url);
  http::Client client({.reach = std::move(reach)});
  const auto answer = client.fetch(request, token);
  if (!answer) return fail(answer.error().message);
  if (answer->status < 200 || answer->status > 299) return fail(concat("HTTP status ", answer->status));
  return {};
}

bool wants(const WebHook& hook, const std::string& kind) {
  if (hook.kinds.empty()) return kind.starts_with("alert-");
  return std::ranges::find(hook.kinds, kind) != hook.kinds.end();
}

WebHooks::WebHooks(std::string database, const Log& log)
    : file_(std::move(database)), log_(log), pool_("web-hooks", kThreads) {
  look();
}

WebHooks::~WebHooks() {
  *alive_ = false;
}

void WebHooks::look() {
  ++looks_;
  pool_.submit([this](const gx::CancelToken&) {
    std::vector<WebHook> hooks;
    try {
      auto database = store::open_again(file_);
      hooks = store::load_web_hooks(database);
    } catch (const sqlite::Failure& failure) {
      log_.write(LogLevel::Error, concat("web-hooks: ", failure.what()));
    }
    std::erase_if(hooks, [](const WebHook& hook) { return !hook.enabled; });
    gx::post(nullptr, [this, hooks, alive = alive_] {
      if (!*alive) return;
      hooks_ = hooks;
      if (--looks_ > 0) return;
      for (const auto& event : std::exchange(undecided_, {}))
        tell(event);
    });
  });
}

void WebHooks::on_event(const model::PastEvent& event) {
  if (looks_ == 0)
    tell(event);
  else if (undecided_.size() < kMostPending)
    undecided_.push_back(event);
}

void WebHooks::tell(const model::PastEvent& event) {
  for (const auto& hook : hooks_) {
    if (!wants(hook, event.kind)) continue;
    if (pending_ >= kMostPending) {
      log_.write(LogLevel::Warning, concat("too much waits for web-hooks; one is not told: ", event.summary));
      continue;
    }
    ++pending_;
    submit({hook, event.kind, write_delivery(event), 0});
  }
}

void WebHooks::submit(const Job& job) {
  pool_.submit([this, job](const gx::CancelToken& token) { perform(job, token); });
}

/// In a worker.
void WebHooks::perform(Job job, const gx::CancelToken& token) {
  const auto delivered = deliver(job.hook, job.kind, job.body, token);
  const auto failure = delivered ? std::string() : delivered.error().message;
  if (token.cancelled()) return;
  try {
    auto database = store::open_again(file_);
    store::save_delivery(database, job.hook.id, failure, now());
  } catch (const sqlite::Failure& problem) {
    log_.write(LogLevel::Error, problem.what());
  }
  gx::post(nullptr, [this, job = std::move(job), failure, alive = alive_] {
    if (*alive) finish(job, failure);
  });
}

void WebHooks::finish(const Job& job, const std::string& failure) {
  std::erase_if(later_, [](const gx::Source& timer) { return !timer.active(); });
  if (failure.empty() || job.failures >= kPauses.size()) {
    --pending_;
    if (!failure.empty())
      log_.write(LogLevel::Warning,
                 concat("web-hook ", job.hook.id.value, " was not told (", job.kind, "): ", failure));
    return;
  }
  Job again = job;
  ++again.failures;
  later_.push_back(gx::Source::after(nullptr, kPauses.at(job.failures), [this, again] { submit(again); }));
}

} // namespace relevo::admin
