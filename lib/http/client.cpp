// SPDX-License-Identifier: LGPL-2.1-or-later
// The client: a session with its own context, and the walk along redirects.
#include "http/client.hpp"

#include "exchange.hpp"
#include "uri/redact.hpp"

#include <algorithm>
#include <utility>

namespace relevo::http {
namespace {

FetchError refuse(Failure kind, const std::string& detail) {
  return {kind, std::string(name_of(kind)) + ": " + detail};
}

bool is_token_char(char c) {
  return g_ascii_isalnum(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool can_be_sent(const Header& header) {
  const auto is_line_end = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
  return !header.name.empty() && std::all_of(header.name.begin(), header.name.end(), is_token_char) &&
         std::none_of(header.value.begin(), header.value.end(), is_line_end);
}

/// Where a request has got to along its redirects.
struct Walk {
  Uri origin;
  Uri at;
  Method method;
  std::vector<Hop> hops;

  /// What the request's host may know stays with it; a URL's own user and password go where it leads.
  [[nodiscard]] Headers headers(const Request& request) const {
    const bool at_home = same_party(origin, at);
    auto out = at_home ? request.headers : headers_for_stranger(request.headers);
    auto credentials = basic_credentials(at);
    if (credentials.empty() && at_home) credentials = basic_credentials(origin);
    if (!credentials.empty() && !find_header(out, "Authorization"))
      out.push_back({"Authorization", std::move(credentials)});
    return out;
  }

  [[nodiscard]] bool has_been_at(const std::string& url) const {
    return to_string(at) == url ||
           std::any_of(hops.begin(), hops.end(), [&](const Hop& h) { return h.url == url; });
  }

  /// Takes the step that the answer asks for; an error says why it is not taken.
  [[nodiscard]] std::optional<FetchError> follow(const Exchange& answer, const Request& request) {
    const auto headers = answer.headers();
    const auto location = find_header(headers, "Location");
    if (!location) return answer.failed(Failure::Redirect, "no target given");
    auto target = parse_url(*location, at);
    if (!target) return answer.failed(Failure::BadUrl, "redirected to " + uri::redact_url(*location));
    if (hops.size() >= request.max_redirects)
      return answer.failed(Failure::Redirect, "more than " + std::to_string(request.max_redirects));
    const auto next = method_after(answer.status(), method);
    if (next == method && has_been_at(to_string(target))) return answer.failed(Failure::Redirect, "a loop");
    if (has_body(next) && !same_party(origin, target))
      return answer.failed(Failure::Redirect, "would send the request's body to another host");
    hops.push_back({to_string(at), answer.status()});
    at = std::move(target);
    method = next;
    return {};
  }
};

} // namespace

/// One exchange that was opened, with all that it refers to.
class Download::Running {
 public:
  Running(const Line& line, const Request& request, Walk& walk, Packing packing,
          std::optional<Watch::Clock::time_point> total_end, const gx::CancelToken& token)
      : context_(line.context),
        request_(request),
        watch_(line.context, request.deadlines, total_end, token),
        exchange_(line, watch_, request_, walk.headers(request), walk.method, walk.at, packing) {}

  [[nodiscard]] Exchange& exchange() noexcept { return exchange_; }
  [[nodiscard]] GMainContext* context() const noexcept { return context_; }

  Response head;

 private:
  GMainContext* context_;
  Request request_;
  Watch watch_;
  Exchange exchange_;
};

Download::Download(std::unique_ptr<Running> running) : running_(std::move(running)) {}
Download::Download(Download&&) noexcept = default;
Download& Download::operator=(Download&&) noexcept = default;

Download::~Download() {
  if (!running_) return;
  const gx::ThreadDefault scope(running_->context());
  running_.reset();
}

const Response& Download::head() const noexcept {
  return running_->head;
}

Got Download::read(MutableBytes room) {
  const gx::ThreadDefault scope(running_->context());
  return running_->exchange().read(room);
}

std::optional<Got> Download::read_now(MutableBytes room) {
  return running_->exchange().read_now(room);
}

class Client::Impl {
 public:
  explicit Impl(ClientOptions options) : options_(std::move(options)) {
    const gx::ThreadDefault scope(context_.get());
    session_ = gx::Ref<SoupSession>::adopt(soup_session_new());
    // Its manager of credentials takes, in 3.2, the proxy's URL for that of the request once the proxy asked
    // for them, and repeats what was refused. Ours are sent unasked, and once.
    soup_session_remove_feature_by_type(session_.get(), SOUP_TYPE_AUTH_MANAGER);
    // libsoup's decoder hides where a packed body was cut; ours does not.
    soup_session_remove_feature_by_type(session_.get(), SOUP_TYPE_CONTENT_DECODER);
    // Deadlines are ours; its own, in whole seconds, would end some of them under another name.
    soup_session_set_timeout(session_.get(), 0);
    if (options_.reach) gate_.emplace(*options_.reach);
    set_proxy();
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  ~Impl() {
    const gx::ThreadDefault scope(context_.get());
    on_queued_.reset();
    session_ = {};
    settle();
  }

  FetchResult fetch(const Request& request, const gx::CancelToken& token, const Consumer& consumer) {
    const gx::ThreadDefault scope(context_.get());
    auto result = fetch_within(request, token, consumer);
    settle();
    return result;
  }

  tl::expected<Download, FetchError> open(const Request& request, const gx::CancelToken& token) {
    const gx::ThreadDefault scope(context_.get());
    auto running = walk(request, token, Packing::Refused);
    settle();
    if (!running) return tl::unexpected(std::move(running.error()));
    return Download(std::move(*running));
  }

 private:
  void set_proxy() {
    if (const auto url = parse_url(options_.proxy)) {
      proxy_authorization_ = basic_credentials(url);
      proxy_ = gx::Ref<GProxyResolver>::adopt(
          g_simple_proxy_resolver_new(to_string(without_userinfo(url)).c_str(), nullptr));
    }
    // Also without one: otherwise libsoup asks the environment.
    soup_session_set_proxy_resolver(session_.get(), proxy_.get());
    // libsoup makes the CONNECT of a tunnel itself; this is the one moment when it can be seen.
    const auto authorize = [this](SoupMessage* message) {
      if (!proxy_authorization_.empty() && soup_message_get_method(message) == SOUP_METHOD_CONNECT)
        soup_message_headers_replace(soup_message_get_request_headers(message), "Proxy-Authorization",
                                     proxy_authorization_.c_str());
    };
    on_queued_ =
        gx::SignalConnection::connect<void(SoupMessage*)>(session_.get(), "request-queued", authorize);
  }

  FetchResult fetch_within(const Request& request, const gx::CancelToken& token, const Consumer& consumer) {
    auto running = walk(request, token, Packing::Allowed);
    if (!running) return tl::unexpected(std::move(running.error()));
    Response& head = (*running)->head;
    if (auto error = (*running)->exchange().read_body([&](Bytes part) { return consumer(head, part); }))
      return tl::unexpected(*error);
    return std::move(head);
  }

  /// Follows redirects until an answer is none.
  tl::expected<std::unique_ptr<Download::Running>, FetchError>
  walk(const Request& request, const gx::CancelToken& token, Packing packing) {
    if (auto error = check(request)) return tl::unexpected(*error);
    std::optional<Watch::Clock::time_point> total_end;
    if (request.deadlines.total > std::chrono::milliseconds::zero())
      total_end = Watch::Clock::now() + request.deadlines.total;
    const auto start = parse_url(request.url);
    Walk walk{start, start, request.method, {}};
    const Line line{session_.get(),       context_.get(),      bool(proxy_),
                    proxy_authorization_, options_.strict_tls, gate_ ? &*gate_ : nullptr};
    for (;;) {
      auto running = std::make_unique<Download::Running>(line, request, walk, packing, total_end, token);
      Exchange& exchange = running->exchange();
      if (auto error = exchange.open()) {
        error->redirected = !walk.hops.empty();
        return tl::unexpected(*std::move(error));
      }
      if (!is_redirect(exchange.status()) || request.max_redirects == 0) {
        running->head = {exchange.status(), to_string(walk.at), exchange.headers(), std::move(walk.hops), {}};
        return running;
      }
      if (auto error = walk.follow(exchange, request)) return tl::unexpected(*error);
    }
  }

  [[nodiscard]] std::optional<FetchError> check(const Request& request) const {
    if (!parse_url(request.url)) return refuse(Failure::BadUrl, uri::redact_url(request.url));
    if (!options_.proxy.empty() && !proxy_) return refuse(Failure::Proxy, uri::redact_url(options_.proxy));
    if (!can_be_sent({"User-Agent", request.user_agent})) return refuse(Failure::BadHeader, "User-Agent");
    for (const auto& header : request.headers) {
      if (!can_be_sent(header)) return refuse(Failure::BadHeader, uri::redact_text(header.name));
    }
    return {};
  }

  /// Lets what was cancelled finish cancelling, so that it holds no descriptor until the next fetch.
  void settle() {
    while (g_main_context_iteration(context_.get(), FALSE)) {
    }
  }

  ClientOptions options_;
  std::optional<Gate> gate_;
  gx::Ref<GMainContext> context_ = gx::Ref<GMainContext>::adopt(g_main_context_new());
  gx::Ref<GProxyResolver> proxy_;
  std::string proxy_authorization_;
  gx::Ref<SoupSession> session_;
  gx::SignalConnection on_queued_;
};

Client::Client(ClientOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

FetchResult Client::fetch(const Request& request, const gx::CancelToken& token) {
  std::string body;
  auto result = impl_->fetch(request, token, [&body](const Response&, Bytes part) {
    body += as_text(part);
    return true;
  });
  if (result) result->body = std::move(body);
  return result;
}

FetchResult Client::fetch(const Request& request, const gx::CancelToken& token, const Consumer& consumer) {
  return impl_->fetch(request, token, consumer);
}

tl::expected<Download, FetchError> Client::open(const Request& request, const gx::CancelToken& token) {
  return impl_->open(request, token);
}

} // namespace relevo::http
