// SPDX-License-Identifier: LGPL-2.1-or-later
// From requests to claims, and from decisions to answers.
#include "access/guard.hpp"

#include "access/password.hpp"
#include "access/secret.hpp"
#include "base/text.hpp"
#include "gx/context.hpp"
#include "model/names.hpp"
#include "net/guard.hpp"
#include "store/devices.hpp"
#include "store/store.hpp"
#include "store/users.hpp"

#include <utility>

namespace relevo::access {
namespace {

using net::Access;
using net::Admission;
using net::Request;

constexpr unsigned kUnauthorized = 401, kForbidden = 403, kTooMany = 429;
/// What is kept of a session's use may be so far behind.
constexpr std::chrono::minutes kUseStep{5};
/// A name is known to many: who wants to lock its user out must not be able to do so for long.
constexpr Throttle::Settings kNames{.free = 20, .longest = std::chrono::minutes(1)};

/// What is longer is nobody's, and need not be remembered.
constexpr std::size_t kLongestName = 600;

/// Of boxes that are not known, those that are known as such. More of them cost a guess each once more.
constexpr std::size_t kMostWrongDevices = 10'000;

/// Of what is told: a stranger may send thousands of bytes, and each event is kept.
constexpr std::size_t kLongestPath = 200;

model::Time wall_now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::string in_lower_case(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), to_lower);
  return out;
}

net::IpAddress address_of(const std::string& text) {
  return net::IpAddress::parse(text).value_or(net::IpAddress({}));
}

net::Networks networks_of(const model::User& user) {
  net::Networks networks;
  for (const auto& text : user.networks)
    if (auto network = net::Network::parse(text)) networks.push_back(*network);
  return networks;
}

Claim claim_of(Proof proof, const model::User& user) {
  return {proof, true, user.role, user.enabled, networks_of(user), false};
}

/// A MAC is no password: who shows one only watches, whoever its user is.
Claim claim_of(const model::Device& device, const model::User& user) {
  auto claim = claim_of(Proof::Device, user);
  claim.role = model::Role::Viewer;
  claim.enabled = user.enabled && device.enabled;
  return claim;
}

net::Asker asker_of(const model::User& user) {
  return {.user = user.id.value, .name = user.name, .priority = user.priority};
}

bool changes(const Request& request) noexcept {
  return request.method != net::Method::Get;
}

net::Response refusal_of(const Decision& decision, Access wanted) {
  auto response =
      net::error_response(decision.unknown ? kUnauthorized : kForbidden, decision.code, decision.why);
  // A page's own form is better than what a browser shows for Basic; players have nothing else.
  if (decision.unknown)
    response.headers.emplace_back("WWW-Authenticate", wanted == Access::Player
                                                          ? R"(Basic realm="Relevo", charset="UTF-8")"
                                                          : R"(Bearer realm="Relevo")");
  return response;
}

/// 128 bits in the form that boxes have always had.
std::string make_device_token() {
  auto token = hash_of(make_token()).substr(0, 32);
  std::ranges::transform(token, token.begin(),
                         [](char c) { return c >= 'a' ? static_cast<char>(c - 32) : c; });
  return token;
}

std::string_view name_of(Refused::Reason reason) noexcept {
  switch (reason) {
  case Refused::Reason::Wrong: return "wrong-credentials";
  case Refused::Reason::Disabled: return "disabled";
  case Refused::Reason::Network: return "network";
  case Refused::Reason::TooMany: return "too-many-tries";
  }
  return "";
}

} // namespace

net::Response answer_to(const Refused& refused) {
  const auto code = name_of(refused.reason);
  switch (refused.reason) {
  case Refused::Reason::Wrong: return net::error_response(kUnauthorized, code, "name or password is wrong");
  case Refused::Reason::Disabled: return net::error_response(kForbidden, code, "this user is disabled");
  case Refused::Reason::Network:
    return net::error_response(kForbidden, code, "this user may not come from your network");
  case Refused::Reason::TooMany: break;
  }
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(refused.wait).count();
  auto response =
      net::error_response(kTooMany, code, concat("too many tries; the next one in ", seconds, " s"));
  response.headers.emplace_back("Retry-After", std::to_string(seconds));
  return response;
}

Guard::Guard(const Log& log, std::string database, Rules rules, Tell tell)
    : log_(log),
      database_(std::move(database)),
      rules_(std::move(rules)),
      tell_(std::move(tell)),
      salt_(make_token()),
      throttles_(Throttle({}), Throttle(kNames)),
      pool_("passwords", 1) {
  auto opened = store::open_again(database_);
  const SessionRules rule;
  store::sweep_web_sessions(opened, wall_now() - rule.longest, wall_now() - rule.idle);
  reload(opened);
}

void Guard::reload(sqlite::Database& database) {
  Roll roll;
  for (auto& user : store::load_users(database)) {
    auto name = in_lower_case(user.name);
    roll.tokens.emplace(hash_of(user.stream_token), name);
    roll.users.emplace(std::move(name), std::move(user));
  }
  for (auto& key : store::load_api_keys(database))
    roll.keys.emplace(key.hash, std::move(key));
  for (auto& session : store::load_web_sessions(database))
    roll.sessions.emplace(session.hash, std::move(session));
  for (auto& device : store::load_devices(database))
    roll.devices.emplace(hash_of(device.mac), std::move(device));
  const auto kept = roll_.lock();
  roll.passwords = std::move(kept->passwords);
  for (auto& [hash, session] : roll.sessions)
    if (const auto known = kept->sessions.find(hash); known != kept->sessions.end())
      session.used = std::max(session.used, known->second.used);
  for (auto& [hash, device] : roll.devices)
    if (const auto known = kept->devices.find(hash); known != kept->devices.end())
      device.seen = std::max(device.seen, known->second.seen);
  *kept = std::move(roll);
}

bool Guard::has_users() {
  return !roll_.lock()->users.empty();
}

// ---- who asks ----

Guard::Found Guard::find_key(std::string_view key) {
  const auto roll = roll_.lock();
  const auto found = roll->keys.find(hash_of(key));
  if (found == roll->keys.end()) return {{Proof::Key}, {}};
  return {{Proof::Key, true, found->second.role}, {.name = found->second.name}};
}

Guard::Found Guard::find_token(std::string_view token) {
  if (auto of_device = find_device_token(token)) return *std::move(of_device);
  const auto roll = roll_.lock();
  const auto found = roll->tokens.find(hash_of(token));
  if (found == roll->tokens.end()) return {{Proof::StreamToken}, {}};
  const auto& user = roll->users.at(found->second);
  Found known{claim_of(Proof::StreamToken, user), asker_of(user)};
  known.asker.stream_token = token;
  return known;
}

/// A cookie that is nobody's is none: browsers keep them for long.
Guard::Found Guard::find_session(const Request& request) {
  const auto token = find_cookie(request.header("Cookie"), kSessionCookie);
  if (token.empty()) return {};
  const auto hash = hash_of(token);
  const auto now = wall_now();
  const auto roll = roll_.lock();
  const auto found = roll->sessions.find(hash);
  if (found == roll->sessions.end() || is_over(found->second, now)) return {};
  const auto of_him = [&](const auto& one) { return one.second.id == found->second.user; };
  const auto user = std::ranges::find_if(roll->users, of_him);
  if (user == roll->users.end()) return {};
  if (now - std::exchange(found->second.used, now) >= kUseStep) keep_used(hash, now);
  Found known{claim_of(Proof::Session, user->second), asker_of(user->second)};
  known.claim.csrf = same_secret(request.header("X-CSRF-Token"), csrf_token_of(token));
  known.asker.session = hash;
  return known;
}

void Guard::keep_used(const std::string& hash, model::Time now) {
  pool_.submit([this, hash, now](const gx::CancelToken&) {
    try {
      auto database = store::open_again(database_);
      store::use_web_session(database, hash, now);
    } catch (const sqlite::Failure& failure) {
      log_.write(LogLevel::Warning, concat("that a session was used is not kept: ", failure.what()));
    }
  });
}

/// `key`: the hash of its MAC.
Guard::Found Guard::find_device_claim(const std::string& key) {
  const auto now = wall_now();
  const auto roll = roll_.lock();
  const auto found = roll->devices.find(key);
  if (found == roll->devices.end()) return {{Proof::Device}, {}};
  auto& device = found->second;
  const auto of_it = [&](const auto& one) { return one.second.id == device.user; };
  const auto user = std::ranges::find_if(roll->users, of_it);
  if (user == roll->users.end()) return {{Proof::Device}, {}};
  if (!device.seen || now - *device.seen >= kUseStep) {
    device.seen = now;
    keep_seen(device.id, now);
  }
  return {claim_of(device, user->second), asker_of(user->second)};
}

/// Empty: it is no token of a box.
std::optional<Guard::Found> Guard::find_device_token(std::string_view token) {
  const auto key = device_tokens_.lock()->use(hash_of(token), std::chrono::steady_clock::now());
  if (!key) return std::nullopt;
  auto found = find_device_claim(*key);
  found.asker.stream_token = token;
  return found;
}

void Guard::keep_seen(model::DeviceId device, model::Time now) {
  pool_.submit([this, device, now](const gx::CancelToken&) {
    try {
      auto database = store::open_again(database_);
      store::use_device(database, device, now);
    } catch (const sqlite::Failure& failure) {
      log_.write(LogLevel::Warning, concat("that a box was seen is not kept: ", failure.what()));
    }
  });
}

Guard::Found Guard::find_claim(const Request& request, Access wanted) {
  constexpr std::string_view kBearer = "Bearer ";
  const auto authorization = request.header("Authorization");
  if (starts_with_nocase(authorization, kBearer)) return find_key(trim(authorization.substr(kBearer.size())));
  if (wanted == Access::Player)
    if (const auto token = request.query_value("token")) return find_token(*token);
  return find_session(request);
}

// ---- what becomes of it ----

Admission Guard::check(const Request& request, Access wanted) {
  if (wanted == Access::Player)
    if (auto login = find_login(request)) return check_login(request, *std::move(login));
  return judge(request, wanted, find_claim(request, wanted));
}

Admission Guard::check_login(const Request& request, Login login) {
  const auto found = find_token(login.password);
  if (found.claim.good && in_lower_case(found.asker.name) == in_lower_case(login.name))
    return judge(request, Access::Player, found);
  return {.later = check_later(request, std::move(login))};
}

Decision Guard::decide_for(const Request& request, Access wanted, const Claim& claim) const {
  const auto caller = net::caller_of(request);
  const Asking asking{address_of(request.peer),    request.veiled,   net::refuse_stranger(caller, {}).empty(),
                      net::is_same_origin(caller), changes(request), claim};
  return decide(asking, wanted, rules_);
}

void Guard::tell_refusal(const Request& request, std::string_view code, const std::string& user) {
  if (!refusals_.pass(concat(request.peer, ' ', code), std::chrono::steady_clock::now())) return;
  tell({{"event", "refused"},
        {"address", request.peer},
        {"path", request.path.substr(0, kLongestPath)},
        {"reason", code},
        {"user", user},
        {"untold", refusals_.take_dropped()}});
}

Admission Guard::judge(const Request& request, Access wanted, const Found& found) {
  const auto decision = decide_for(request, wanted, found.claim);
  Admission admission;
  admission.asker = found.asker;
  admission.asker.rank = decision.rank;
  if (decision.welcome()) return admission;
  // Local callers are told more: what is not right about them.
  if (wanted == Access::Local)
    admission.refusal =
        net::error_response(kForbidden, decision.code, net::refuse_stranger(net::caller_of(request), {}));
  else
    admission.refusal = refusal_of(decision, wanted);
  tell_refusal(request, decision.code, found.asker.name);
  return admission;
}

std::function<void(Admission::Then)> Guard::check_later(const Request& request, Login login) {
  // What the judge looks at: the request itself goes its way.
  Request seen;
  seen.path = request.path;
  seen.headers = request.headers;
  seen.peer = request.peer;
  seen.veiled = request.veiled;
  return [this, seen = std::make_shared<Request>(std::move(seen)),
          login = std::move(login)](Admission::Then then) {
    pool_.submit([this, seen, login, then = std::move(then)](const gx::CancelToken&) {
      auto user = check_password(login.name, login.password, seen->peer);
      gx::post(nullptr, [this, seen, user = std::move(user), then] {
        if (!user && user.error().reason == Refused::Reason::TooMany)
          return then({.refusal = answer_to(user.error())});
        Found found{{Proof::Password}, {}};
        if (user) found = {claim_of(Proof::Password, *user), asker_of(*user)};
        if (user) found.asker.stream_token = user->stream_token;
        then(judge(*seen, Access::Player, found));
      });
    });
  };
}

// ---- passwords ----

tl::expected<model::User, Refused> Guard::check_password(const std::string& name, const std::string& password,
                                                         const std::string& address) {
  const auto key = in_lower_case(name.substr(0, kLongestName));
  model::User user;
  {
    const auto roll = roll_.lock();
    if (const auto found = roll->users.find(key); found != roll->users.end()) user = found->second;
    // Players ask again and again: what was right a moment ago needs no slow hash.
    const auto quick = roll->passwords.find(key);
    if (quick != roll->passwords.end() && user.id && !user.password.empty() &&
        same_secret(quick->second, hash_of(concat(salt_, user.password, password))))
      return user;
  }
  const auto now = std::chrono::steady_clock::now();
  const auto site = net::Network::site_of(address_of(address)).text();
  {
    const auto throttles = throttles_.lock();
    const auto wait = std::max(throttles->addresses.wait(site, now), throttles->names.wait(key, now));
    if (wait.count() > 0) return tl::unexpected(Refused{Refused::Reason::TooMany, wait});
    throttles->addresses.fail(site, now);
    throttles->names.fail(key, now);
  }
  if (!is_password(password, user.password)) return tl::unexpected(Refused{});
  const auto throttles = throttles_.lock();
  throttles->addresses.undo(site);
  throttles->names.forget(key);
  roll_.lock()->passwords[key] = hash_of(concat(salt_, user.password, password));
  return user;
}

tl::expected<Guard::LoggedIn, Refused> Guard::log_in(sqlite::Database& database, const std::string& name,
                                                     const std::string& password, const Request& request,
                                                     model::Time now) {
  auto user = check_password(name, password, request.peer);
  std::optional<Refused> refused;
  if (!user) {
    refused = user.error();
  } else {
    const Asking asking{address_of(request.peer),       request.veiled, false, true, false,
                        claim_of(Proof::Session, *user)};
    const auto decision = decide(asking, Access::Viewer, rules_);
    if (!decision.welcome())
      refused = Refused{user->enabled ? Refused::Reason::Network : Refused::Reason::Disabled, {}};
  }
  if (refused) {
    // People type passwords where the name belongs: only names that there are get written down.
    const auto roll = roll_.lock();
    const auto known = roll->users.find(in_lower_case(name));
    tell({{"event", "login-failed"},
          {"address", request.peer},
          {"reason", name_of(refused->reason)},
          {"user", known == roll->users.end() ? "" : known->second.name}});
    return tl::unexpected(*refused);
  }
  auto token = make_token();
  const SessionRules rule;
  store::sweep_web_sessions(database, now - rule.longest, now - rule.idle);
  store::add_web_session(database, {hash_of(token), user->id, now, now});
  reload(database);
  tell({{"event", "login"}, {"address", request.peer}, {"user", user->name}});
  return LoggedIn{*std::move(user), std::move(token)};
}

// ---- boxes ----

std::optional<Refused> Guard::judge_device(const Request& request, const Found& found) {
  const auto decision = decide_for(request, Access::Player, found.claim);
  if (decision.welcome()) return std::nullopt;
  tell_refusal(request, decision.code, found.asker.name);
  if (!found.claim.good) return Refused{};
  return Refused{found.claim.enabled ? Refused::Reason::Network : Refused::Reason::Disabled, {}};
}

tl::expected<Guard::Found, Refused> Guard::try_device(const Request& request, const std::string& key) {
  const auto now = std::chrono::steady_clock::now();
  const auto site = net::Network::site_of(address_of(request.peer)).text();
  const auto guess = concat(site, ' ', key);
  const auto throttles = throttles_.lock();
  const bool told_before = throttles->wrong_devices.erase(guess) != 0;
  if (!told_before) {
    if (const auto wait = throttles->addresses.wait(site, now); wait.count() > 0)
      return tl::unexpected(Refused{Refused::Reason::TooMany, wait});
    throttles->addresses.fail(site, now);
  }
  auto found = find_device_claim(key);
  if (found.claim.good) {
    if (!told_before) throttles->addresses.undo(site);
    return found;
  }
  if (throttles->wrong_devices.size() >= kMostWrongDevices) throttles->wrong_devices.clear();
  throttles->wrong_devices.insert(guess);
  return found;
}

std::optional<Refused> Guard::check_device(const Request& request, const std::string& mac) {
  const auto found = try_device(request, hash_of(mac));
  return found ? judge_device(request, *found) : found.error();
}

tl::expected<Guard::AdmittedDevice, Refused>
Guard::admit_device(const Request& request, const std::string& mac, const std::string& had) {
  if (const auto refused = check_device(request, mac)) return tl::unexpected(*refused);
  const auto key = hash_of(mac);
  const auto now = std::chrono::steady_clock::now();
  const auto tokens = device_tokens_.lock();
  if (tokens->use(hash_of(had), now) == key) return AdmittedDevice{had, false};
  auto token = make_device_token();
  tokens->add(hash_of(token), key, now);
  return AdmittedDevice{std::move(token), true};
}

tl::expected<net::Asker, Refused> Guard::find_device(const Request& request, std::string_view token) {
  auto found = find_device_token(token).value_or(Found{{Proof::Device}, {}});
  if (const auto refused = judge_device(request, found)) return tl::unexpected(*refused);
  found.asker.rank = rank_of(found.claim.role);
  return std::move(found.asker);
}

void Guard::forget_device(std::string_view token) {
  device_tokens_.lock()->erase(hash_of(token));
}

// ---- what is told ----

void Guard::tell(nlohmann::json event) {
  std::string line = event.at("event").get<std::string>();
  for (const auto& [name, value] : event.items())
    if (name != "event" && value != "" && value != 0)
      line += concat(", ", name, " ", value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  log_.write(LogLevel::Info, line);
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  event["at_ms"] = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  gx::post(nullptr, [tell = tell_, event = std::move(event)] { tell(event); });
}

} // namespace relevo::access
