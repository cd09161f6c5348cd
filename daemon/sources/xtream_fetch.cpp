// SPDX-License-Identifier: LGPL-2.1-or-later
// One request after the other: panels take a client that asks for several things at once for several.
#include "xtream_fetch.hpp"

#include "base/text.hpp"
#include "packed_file.hpp"
#include "sources/download.hpp"
#include "sources/xtream_listing.hpp"
#include "uri/redact.hpp"
#include "xtream/account.hpp"
#include "xtream/panel.hpp"

#include <algorithm>
#include <array>

namespace relevo::sources {
namespace {

using OnBytes = std::function<void(std::uint64_t, std::uint64_t)>;

constexpr std::array<std::string_view, 6> kActions = {"get_live_categories",   "get_live_streams",
                                                      "get_vod_categories",    "get_vod_streams",
                                                      "get_series_categories", "get_series"};

Cause cause_of(xtream::Refusal::Kind kind) {
  switch (kind) {
  case xtream::Refusal::Kind::BadLogin: return Cause::Login;
  case xtream::Refusal::Kind::Unavailable: return Cause::Unavailable;
  case xtream::Refusal::Kind::NoPanel:
  case xtream::Refusal::Kind::Empty:
  case xtream::Refusal::Kind::Truncated:
  case xtream::Refusal::Kind::Malformed: break;
  }
  return Cause::Unreadable;
}

class Asking {
 public:
  Asking(const FetchPlan& plan, const OnBytes& on_bytes, const gx::CancelToken& token)
      : plan_(plan), on_bytes_(on_bytes), token_(token) {}

  Got<Fetched> run() {
    auto pasted = xtream::parse_panel(plan_.account.location);
    if (!pasted) return fail(Cause::Address, uri::redact_text(pasted.error().message));
    panel_ = std::move(pasted->panel);
    const auto* good = ask_for_logins();
    if (!good)
      return tl::unexpected(trouble_.value_or(Trouble({"the account has no login"}, Cause::NoLogin)));
    for (const auto action : kActions)
      if (auto done = get(*good, action, concat(plan_.folder, "/", action)); !done)
        return fail(done.error().cause, concat(action, ": ", done.error().message), done.error().status);
    fetched_.listing = std::make_unique<XtreamListing>(plan_.folder);
    return std::move(fetched_);
  }

 private:
  /// The first that the panel knows; null: none.
  const model::Login* ask_for_logins() {
    const model::Login* good = nullptr;
    for (const auto& login : plan_.logins) {
      if (!login.enabled) continue;
      if (const auto info = ask_for(login)) {
        take_news(login, *info);
        if (!good) good = &login;
      } else {
        complain(login, info.error());
      }
    }
    return good;
  }

  /// All are told; the word is that of the first.
  void complain(const model::Login& login, Trouble trouble) {
    trouble.message = concat(login.name, ": ", trouble.message);
    if (trouble_)
      trouble_->message += concat("; ", trouble.message);
    else
      trouble_ = std::move(trouble);
  }

  Got<xtream::AccountInfo> ask_for(const model::Login& login) {
    const auto file = concat(plan_.folder, "/account");
    if (auto done = get(login, "", file); !done) return tl::unexpected(done.error());
    std::string text;
    constexpr std::size_t kMost = 1 << 20;
    const auto read = read_packed(file, {}, token_, [&text](Bytes block) {
      text += as_text(block);
      return text.size() < kMost;
    });
    if (!read) return tl::unexpected(read.error());
    auto info = xtream::parse_account(text);
    if (!info) return fail(cause_of(info.error().kind), uri::redact_text(info.error().text));
    return *std::move(info);
  }

  void take_news(const model::Login& login, const xtream::AccountInfo& info) {
    LoginNews news;
    news.login = login.id;
    news.expires = info.expires;
    constexpr std::int64_t kMost = 10'000;
    if (info.max_connections && *info.max_connections > 0)
      news.connections = static_cast<int>(std::min(*info.max_connections, kMost));
    fetched_.logins.push_back(news);
  }

  Got<Downloaded> get(const model::Login& login, std::string_view action, const std::string& file) {
    DownloadPlan download_plan;
    download_plan.url = xtream::api_url(panel_, {login.username, login.password}, action);
    download_plan.requests = plan_.account.requests;
    download_plan.file = file;
    download_plan.reach = plan_.reach;
    return download(download_plan, on_bytes_, token_);
  }

  const FetchPlan& plan_;
  const OnBytes& on_bytes_;
  const gx::CancelToken& token_;
  xtream::Panel panel_;
  std::optional<Trouble> trouble_; // of the logins
  Fetched fetched_;
};

} // namespace

Got<Fetched> fetch_xtream(const FetchPlan& plan, const OnBytes& on_bytes, const gx::CancelToken& token) {
  return Asking(plan, on_bytes, token).run();
}

} // namespace relevo::sources
