// SPDX-License-Identifier: LGPL-2.1-or-later
// From routes to operations, in workers.
#include "admin/api.hpp"

#include "admin/log.hpp"
#include "admin/operations.hpp"
#include "admin/ranks.hpp"
#include "admin/sessions_json.hpp"
#include "admin/settings.hpp"
#include "admin/web_hooks.hpp"
#include "answers.hpp"
#include "base/text.hpp"
#include "catalog/report_json.hpp"
#include "channel_reviews.hpp"
#include "logo_routes.hpp"
#include "net/json.hpp"
#include "net/work.hpp"
#include "secrets.hpp"
#include "store/accounts.hpp"
#include "store/store.hpp"
#include "uploads.hpp"

#include <atomic>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <utility>

namespace relevo::admin {
namespace {

using net::Method;
using net::Request;
using net::Response;

constexpr std::size_t kThreads = 3;
constexpr std::uint64_t kLargestUpload = std::uint64_t{1} << 30;
constexpr unsigned kAccepted = 202, kConflict = 409;

const std::string kSessions = "/api/v1/sessions", kSession = kSessions + "/{session}",
                  kNext = kSession + "/next", kSwitch = kSession + "/switch",
                  kViewer = "/api/v1/viewers/{viewer}", kLeases = "/api/v1/leases";

std::string read_candidate(const Request& request) {
  const auto body = net::parse_json(request.body);
  if (!body || !body->is_object() || !body->contains("candidate") || !body->at("candidate").is_string())
    refuse_invalid("is needed: the id of a candidate of the session", "candidate");
  return body->at("candidate").get<std::string>();
}

RefreshWish read_wish(const Request& request) {
  RefreshWish wish;
  if (trim(request.body).empty()) return wish;
  const auto body = net::parse_json(request.body);
  if (!body || !body->is_object()) refuse_invalid("the body must be a JSON object");
  for (const auto& [name, value] : body->items()) {
    bool* flag = name == "accept_losses"    ? &wish.accept_losses
                 : name == "even_unchanged" ? &wish.even_unchanged
                                            : nullptr;
    if (!flag) refuse_invalid("there is no such member", name);
    if (!value.is_boolean()) refuse_invalid("must be true or false", name);
    *flag = value.get<bool>();
  }
  return wish;
}

template <class F>
Response guarded(F&& work) {
  try {
    return work();
  } catch (const Refusal& refusal) {
    return refusal.response();
  }
}

/// What is not answered by a worker with a connection: described here, served by Api.
Operations special_operations() {
  const Json flag = {{"type", "boolean"}};
  const Json wish = {{"type", "object"}, {"properties", {{"accept_losses", flag}, {"even_unchanged", flag}}}};
  const std::string account = "/api/v1/accounts/{id}/refresh", guide = "/api/v1/guides/{id}/refresh";
  Operations operations;
  operations.push_back(
      {Method::Post, account, "refreshes the account; events tell how it goes", {}, wish, {}, {}});
  operations.push_back(
      {Method::Get, account, "the last event about a refresh of the account, or null", {}, {}, {}, {}});
  operations.push_back({Method::Delete, account, "ends the refresh of the account", {}, {}, {}, {}});
  operations.push_back(
      {Method::Post, guide, "refreshes the guide; events tell how it goes", {}, wish, {}, {}});
  operations.push_back(
      {Method::Get, guide, "the last event about a refresh of the guide, or null", {}, {}, {}, {}});
  operations.push_back({Method::Delete, guide, "ends the refresh of the guide", {}, {}, {}, {}});
  operations.push_back(
      {Method::Post, "/api/v1/accounts/{account}/dry-run", "what a refresh would change", {}, {}, {}, {}});
  operations.push_back({Method::Put,
                        "/api/v1/accounts/{account}/list",
                        "uploads the playlist of an account, packed or not; a refresh then reads it",
                        {},
                        {},
                        Codec<model::Account>::schema(),
                        {}});
  operations.push_back(
      {Method::Get, "/api/v1/backup", "the database as it is now, as a file", {}, {}, {}, {}});
  operations.push_back({Method::Get,
                        kSessions,
                        "what plays now, and who watches it",
                        {},
                        {},
                        list_schema(session_schema()),
                        {}});
  operations.push_back({Method::Get,
                        kLeases,
                        "the connections to providers, and who holds them",
                        {},
                        {},
                        list_schema(lease_schema()),
                        {}});
  operations.push_back({Method::Delete, kSession, "ends a session; its viewers go", {}, {}, {}, {}});
  operations.push_back({Method::Post, kNext, "on to the next source that works", {}, {}, {}, {}});
  operations.push_back({Method::Post,
                        kSwitch,
                        "on to one of its candidates",
                        {},
                        {{"type", "object"}, {"properties", {{"candidate", {{"type", "string"}}}}}},
                        {},
                        {}});
  operations.push_back({Method::Delete, kViewer, "a viewer has to go", {}, {}, {}, {}});
  operations.push_back({Method::Get,
                        "/api/v1/log",
                        "recent lines of the log, the newest first",
                        {{"level", "only of that level and graver", {{"type", "string"}}},
                         {"limit", "how many at most; 1000 is the most", {{"type", "integer"}}},
                         {"after", "only those with a greater number", {{"type", "integer"}}}},
                        {},
                        {{"type", "object"}, {"properties", {{"items", list_schema(log_line_schema())}}}},
                        {}});
  const Json level = {{"type", "object"}, {"properties", {{"level", {{"type", "string"}}}}}};
  operations.push_back({Method::Get, "/api/v1/log/level", "which lines are written", {}, {}, level, {}});
  operations.push_back(
      {Method::Put, "/api/v1/log/level", "other lines are written from now on", {}, level, level, {}});
  operations.push_back({Method::Get,
                        "/api/v1/settings",
                        "settings, as they were when the daemon started",
                        {},
                        {},
                        settings_schema(),
                        {}});
  for (auto& route : logo_routes())
    operations.push_back(std::move(route.operation));
  operations.push_back({Method::Get, "/api/v1/events", "what happens, by WebSocket", {}, {}, {}, {}});
  operations.push_back({Method::Get, "/api/v1/openapi.json", "the description of all this", {}, {}, {}, {}});
  return operations;
}

net::BodyRule body_of(const Operation& operation) {
  return operation.takes.is_null() ? net::BodyRule{} : net::json_body(operation.body_limit);
}

} // namespace

Operations all_operations() {
  Operations operations;
  add_accounts(operations);
  add_streams(operations);
  add_channels(operations);
  add_channels_many(operations);
  add_channel_reviews(operations);
  add_profiles(operations);
  add_stream_profiles(operations);
  add_programmes(operations);
  add_guides(operations);
  add_alerts(operations);
  add_history(operations);
  add_web_hooks(operations);
  add_export(operations);
  return operations;
}

Api::Api(net::Server& server, const Log& log, Events& events, sessions::Sessions& sessions,
         access::Guard& guard, logos::Logos& logos, const FigureBook& figures, ApiSettings settings)
    : server_(server),
      log_(log),
      settings_(std::move(settings)),
      operations_(all_operations()),
      events_(events),
      sessions_(sessions),
      logos_(logos),
      refresher_(settings_.database, concat(settings_.folder, "/refresh"), settings_.reach, events_, log,
                 [this] { settings_.on_change(); }),
      pool_("api", kThreads) {
  add_users(operations_, guard);
  add_keys(operations_, guard);
  add_devices(operations_, guard);
  add_logins(operations_, guard, settings_.secure_cookies);
  add_figures(operations_, figures);
  for (const auto& operation : operations_)
    serve(operation);
  serve_refreshes();
  serve_dry_run();
  serve_backup();
  serve_upload();
  serve_sessions();
  serve_logos();
  serve_old_addresses();
  auto described = special_operations();
  described.insert(described.begin(), operations_.begin(), operations_.end());
  description_ = describe(described, settings_.version);
  server_.serve({Method::Get, "/api/v1/openapi.json", "the description of all this",
                 [this](const Request&) { return answer(description_); },
                 access_for(Method::Get, "/api/v1/openapi.json")});
  server_.serve(
      {Method::Get, "/api/v1/events", "what happens, by WebSocket",
       [this](const Request&, std::shared_ptr<net::WebSocket> listener) { events_.add(std::move(listener)); },
       access_for(Method::Get, "/api/v1/events")});
}

void Api::serve(const Operation& operation) {
  const auto access = access_for(operation.method, operation.path);
  server_.serve({operation.method, operation.path, operation.summary,
                 net::answer_in(pool_,
                                [this, &operation, access](const net::Asked& asked) {
                                  auto response =
                                      perform(operation, asked.request, settings_.database, asked.gone, log_);
                                  if (operation.changes && access >= net::Access::Operator)
                                    gx::post(nullptr, settings_.on_change);
                                  return response;
                                }),
                 access, body_of(operation)});
}

template <class I>
void Api::serve_refresh(const std::string& path, const std::string& what) {
  server_.serve({Method::Post, path + "/refresh", concat("refreshes the ", what, "; events tell how it goes"),
                 [this](const Request& request) {
                   return guarded([&] {
                     const auto id = parse_number<std::int64_t>(request.parameter("id"));
                     const auto wish = read_wish(request);
                     if (!id || !refresher_.refresh(I{*id}, wish))
                       throw Refusal(kConflict, "running", "it is being refreshed already");
                     return answer({{"refreshing", true}}, kAccepted);
                   });
                 },
                 access_for(Method::Post, path + "/refresh"),
                 net::BodyRule{net::BodyRule::Keep::InMemory, 1 << 16}});
  server_.serve({Method::Get, path + "/refresh",
                 concat("the last event about a refresh of the ", what, ", or null"),
                 [this](const Request& request) {
                   const auto id = parse_number<std::int64_t>(request.parameter("id"));
                   return answer(id ? refresher_.last_event(I{*id}) : Json());
                 },
                 access_for(Method::Get, path + "/refresh")});
  server_.serve({Method::Delete, path + "/refresh", concat("ends the refresh of the ", what),
                 [this](const Request& request) {
                   return guarded([&] {
                     const auto id = parse_number<std::int64_t>(request.parameter("id"));
                     if (!id || !refresher_.cancel(I{*id})) refuse_unknown("refresh");
                     return nothing();
                   });
                 },
                 access_for(Method::Delete, path + "/refresh")});
}

void Api::serve_refreshes() {
  serve_refresh<model::AccountId>("/api/v1/accounts/{id}", "account");
  serve_refresh<model::GuideSourceId>("/api/v1/guides/{id}", "guide");
}

void Api::serve_dry_run() {
  const auto work = [this](const net::Asked& asked) {
    Operation dry_run;
    dry_run.method = Method::Post;
    dry_run.path = "/api/v1/accounts/{account}/dry-run";
    dry_run.run = [this](const Call& call) {
      static std::atomic<unsigned> number = 0;
      catalog::AccountRefresh task;
      task.account = call.id<model::AccountId>("account");
      task.dry_run = true;
      task.now = call.now;
      task.folder = concat(settings_.folder, "/dry-run-", ++number);
      task.reach = settings_.reach;
      const auto done = catalog::refresh_account(
          call.database, task, [](const auto&) {}, call.token);
      return answer({{"outcome", catalog::name_of(done.outcome)},
                     {"message", done.message},
                     {"report", Json::parse(catalog::write_json(done.report))}});
    };
    return perform(dry_run, asked.request, settings_.database, asked.gone, log_);
  };
  server_.serve({Method::Post, "/api/v1/accounts/{account}/dry-run", "what a refresh would change",
                 net::answer_in(pool_, work),
                 access_for(Method::Post, "/api/v1/accounts/{account}/dry-run")});
}

void Api::serve_backup() {
  const auto work = [this](const net::Asked& asked) {
    Operation backup;
    backup.path = "/api/v1/backup";
    backup.run = [this](const Call& call) {
      static std::atomic<unsigned> number = 0;
      const auto file = concat(settings_.folder, "/backup-", ++number);
      call.database.back_up(file, call.token);
      gx::Descriptor open(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
      struct stat status {};
      const bool good = open.get() >= 0 && ::fstat(open.get(), &status) == 0;
      for (const char* end : {"", "-wal", "-shm"})
        std::filesystem::remove(file + end); // what is open can be read to its end
      if (!good) throw std::runtime_error(concat("cannot read ", file));
      Response response;
      response.content_type = "application/vnd.sqlite3";
      response.headers = {{"Content-Disposition", "attachment; filename=\"relevo.db\""}};
      response.file = net::FileBody{std::move(open), static_cast<std::uint64_t>(status.st_size)};
      return response;
    };
    return perform(backup, asked.request, settings_.database, asked.gone, log_);
  };
  server_.serve({Method::Get, "/api/v1/backup", "the database as it is now, as a file",
                 net::answer_in(pool_, work), access_for(Method::Get, "/api/v1/backup")});
}

void Api::serve_upload() {
  const auto work = [this](const net::Asked& asked) {
    Operation upload;
    upload.method = Method::Put;
    upload.path = "/api/v1/accounts/{account}/list";
    upload.run = [this](const Call& call) {
      auto account = store::find_account(call.database, call.id<model::AccountId>("account"));
      if (!account) refuse_unknown("account");
      if (account->kind != model::AccountKind::M3u) refuse_invalid("only a playlist can be uploaded", "kind");
      sweep_uploads(settings_.uploads, call.database);
      account->location = keep_upload(settings_.uploads, account->id, call.request.file);
      store::save_account(call.database, *account);
      return answer(show(*account));
    };
    return perform(upload, asked.request, settings_.database, asked.gone, log_);
  };
  server_.serve({Method::Put, "/api/v1/accounts/{account}/list", "uploads the playlist of an account",
                 net::answer_in(pool_, work), access_for(Method::Put, "/api/v1/accounts/{account}/list"),
                 net::file_body(kLargestUpload)});
}

/// Sessions live in the main thread, and so do these.
void Api::serve_sessions() {
  server_.serve({Method::Get, kSessions, "what plays now, and who watches it",
                 [this](const Request&) {
                   Json all = Json::array();
                   for (const auto& session : sessions_.view())
                     all.push_back(write_session(session));
                   return answer(all);
                 },
                 access_for(Method::Get, kSessions)});
  server_.serve({Method::Get, kLeases, "the connections to providers, and who holds them",
                 [this](const Request&) {
                   Json all = Json::array();
                   for (const auto& lease : sessions_.leases())
                     all.push_back(write_lease(lease, slots::Time::clock::now()));
                   return answer(all);
                 },
                 access_for(Method::Get, kLeases)});
  serve_wish(Method::Delete, kSession, "ends a session; its viewers go",
             [this](std::uint64_t id, const Request&) { return sessions_.stop(id); });
  serve_wish(Method::Post, kNext, "on to the next source that works",
             [this](std::uint64_t id, const Request&) { return sessions_.next(id); });
  serve_wish(Method::Post, kSwitch, "on to one of its candidates",
             [this](std::uint64_t id, const Request& request) {
               return sessions_.switch_to(id, read_candidate(request));
             });
  serve_wish(Method::Delete, kViewer, "a viewer has to go",
             [this](std::uint64_t id, const Request&) { return sessions_.kick(id); });
}

/// `wish` is told the number in the path, and tells whether that is there.
void Api::serve_wish(Method method, const std::string& path, const std::string& summary,
                     std::function<bool(std::uint64_t, const Request&)> wish) {
  server_.serve({method, path, summary,
                 [wish = std::move(wish)](const Request& request) {
                   return guarded([&] {
                     const auto& [what, text] = request.parameters.front();
                     const auto id = parse_number<std::uint64_t>(text);
                     if (!id || !wish(*id, request)) refuse_unknown(what);
                     return nothing();
                   });
                 },
                 access_for(method, path), net::BodyRule{net::BodyRule::Keep::InMemory, 1 << 16}});
}

} // namespace relevo::admin
