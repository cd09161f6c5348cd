// SPDX-License-Identifier: LGPL-2.1-or-later
// URLs as providers write them, and what a redirect may carry from one to the next.
#pragma once

#include "gx/ref.hpp"
#include "http/message.hpp"

#include <string>
#include <string_view>

namespace relevo::http {

using Uri = gx::Ref<GUri>;

/// Empty unless `text` is an http(s) URL with a host. Spaces and bytes outside ASCII, which playlists are
/// full of, are percent-encoded; control characters make it no URL. With `base`, `text` may be relative to
/// it.
[[nodiscard]] Uri parse_url(std::string_view text, const Uri& base = {});

[[nodiscard]] std::string to_string(const Uri& uri);

[[nodiscard]] Uri without_userinfo(const Uri& uri);

/// That a request to it goes to, without brackets.
[[nodiscard]] std::string host_of(const Uri& uri);

/// The one that it names, or its scheme's own.
[[nodiscard]] int port_of(const Uri& uri);

/// The URL's user and password as the value of an Authorization header; "" without a user.
[[nodiscard]] std::string basic_credentials(const Uri& uri);

/// Whether what was meant for `origin` may go to `target`: the same host and port, and not from https down to
/// http; or from http to https on their default ports.
[[nodiscard]] bool same_party(const Uri& origin, const Uri& target);

/// The request's headers that go to a host other than its own.
[[nodiscard]] Headers headers_for_stranger(const Headers& headers);

[[nodiscard]] bool is_redirect(unsigned status);

/// The method after a redirect: 303 turns all but HEAD into GET, 301 and 302 turn POST into GET, as browsers
/// do.
[[nodiscard]] Method method_after(unsigned status, Method method);

} // namespace relevo::http
