// SPDX-License-Identifier: LGPL-2.1-or-later
// One entry, one login after the other.
#include "player.hpp"

#include "base/text.hpp"
#include "gx/trampoline.hpp"
#include "uri/redact.hpp"

#include <algorithm>

namespace relevo::m3uprofilesel {
namespace {

using policy::Failure;

/// Headers of the entry and of the login, which knows better.
gstx::Pairs merge(const std::vector<m3u::Header>& of_entry, const gstx::Pairs& of_login) {
  gstx::Pairs headers = of_login;
  for (const auto& [name, value] : of_entry) {
    const auto same = [&wanted = name](const auto& header) { return equal_nocase(header.first, wanted); };
    if (std::ranges::none_of(of_login, same)) headers.emplace_back(name, value);
  }
  return headers;
}

/// Takes the User-Agent out of the headers; "" where there is none.
std::string take_user_agent(gstx::Pairs& headers) {
  const auto named = [](const auto& header) { return equal_nocase(header.first, "User-Agent"); };
  const auto found = std::ranges::find_if(headers, named);
  if (found == headers.end()) return {};
  std::string value = std::move(found->second);
  headers.erase(found);
  return value;
}

gstx::SourceFailure failure(Failure kind, std::string message) {
  return {kind, 0, std::move(message), {}};
}

} // namespace

Player::Player(Plan plan, GstBin* bin, gstx::Outlet& outlet, Host& host)
    : plan_(std::move(plan)), bin_(bin), outlet_(outlet), host_(host) {
  thread_ = std::thread([this] { gx::call_from_c("player", [this] { run(); }); });
}

void Player::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    wake_.notify_one();
  }
  token_.cancel();
  if (thread_.joinable()) thread_.join();
}

void Player::end() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    wake_.notify_one();
  }
  token_.cancel();
}

void Player::on_error(GstMessage* error) {
  post(gstx::read_failure(error));
}

void Player::run() {
  const Failed failed = play();
  bool stopping = false, ending = false;
  {
    const std::lock_guard lock(mutex_);
    stopping = stopping_;
    ending = ending_;
  }
  if (stopping) return;
  if (failed && !ending) gstx::post_failure(GST_ELEMENT_CAST(bin_), *failed);
  outlet_.push_end();
}

Player::Failed Player::play() {
  auto found = find_entry(plan_, token_);
  if (!found) return found.error();
  found_ = std::move(*found);
  host_.on_entry(found_);
  Failed told;
  std::string reasons;
  for (const Login& login : plan_.logins) {
    Outcome outcome = play_through(login);
    if (outcome.played || !outcome.failed || token_.cancelled()) return outcome.failed;
    host_.on_pass_over(login.spec(), *outcome.failed);
    reasons += concat(reasons.empty() ? "" : "; ", login.spec().name, ": ", outcome.failed->message);
    // What a provider says is worth more than that a login is in use.
    if (!told || outcome.failed->kind != Failure::SlotRefused) told = std::move(outcome.failed);
  }
  if (plan_.logins.size() > 1) told->message = concat("No login plays ", quote(found_.name), ": ", reasons);
  return told;
}

/// The lease outlives the feed: a slot is given back when its connection is closed.
Player::Outcome Player::play_through(const Login& login) {
  const std::string& name = login.spec().name;
  const auto url = login.rewrite(found_.url);
  if (!url) return {false, failure(Failure::Other, concat("Login ", quote(name), ": ", url.error().message))};
  if (!*url)
    return {false, failure(Failure::Other,
                           concat("The pattern of login ", quote(name), " does not match the address"))};
  const auto lease = host_.request_slot(login.spec());
  if (!lease)
    return {false, failure(Failure::SlotRefused, concat("Login ", quote(name), " has no free connection"))};
  gstx::SourceRequest request = make_request(login, **url);
  Outcome outcome = read(login, request);
  while (outcome.failed && outcome.failed->form > request.form) {
    request.form = outcome.failed->form;
    outcome = read(login, request);
  }
  return outcome;
}

Player::Outcome Player::read(const Login& login, const gstx::SourceRequest& request) {
  auto source = gstx::make_source(request);
  if (!source) return {false, std::move(source.error())};
  host_.on_open(login.spec(), uri::redact_url(request.uri));
  {
    const std::lock_guard lock(mutex_);
    inbox_.clear(); // what was said of the one before
  }
  Feed feed(bin_, outlet_, [this](Feed::Sign sign) { post(sign); });
  return follow(login, feed.run(std::move(*source)));
}

gstx::SourceRequest Player::make_request(const Login& login, std::string url) const {
  const Settings& settings = plan_.settings;
  gstx::Pairs headers = merge(found_.headers, login.spec().headers);
  std::string agent = take_user_agent(headers);
  if (!login.spec().user_agent.empty()) agent = login.spec().user_agent;
  return {.uri = std::move(url),
          .command = {},
          .form = {},
          .user_agent = agent.empty() ? settings.user_agent : agent,
          .headers = std::move(headers),
          .proxy = settings.proxy,
          .connect_timeout = settings.connect_timeout,
          .first_byte_timeout = settings.first_byte_timeout,
          .silence_timeout = settings.silence_timeout};
}

Player::Outcome Player::follow(const Login& login, bool runs) {
  bool played = false;
  while (auto message = wait(!runs)) {
    if (auto* failed = std::get_if<gstx::SourceFailure>(&*message)) return {played, std::move(*failed)};
    if (std::get<Feed::Sign>(*message) == Feed::Sign::Ended)
      return {played, played ? Failed{} : failure(Failure::Ended, "The stream ended before its first byte")};
    played = true;
    host_.on_play(login.spec());
  }
  return {played, runs ? Failed{} : failure(Failure::Other, "The source could not be started")};
}

void Player::post(Message message) {
  const std::lock_guard lock(mutex_);
  inbox_.push_back(std::move(message));
  wake_.notify_one();
}

/// Empty when this is to stop or end, or when there is none and it was wanted at once.
std::optional<Player::Message> Player::wait(bool at_once) {
  const auto over = [this] { return stopping_ || ending_; };
  std::unique_lock lock(mutex_);
  if (!at_once) wake_.wait(lock, [&] { return over() || !inbox_.empty(); });
  if (over() || inbox_.empty()) return std::nullopt;
  Message message = std::move(inbox_.front());
  inbox_.pop_front();
  return message;
}

} // namespace relevo::m3uprofilesel
