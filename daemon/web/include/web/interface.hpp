// SPDX-License-Identifier: LGPL-2.1-or-later
// The web interface as files that the server gives out.
#pragma once

#include "net/server.hpp"

#include <cstddef>
#include <span>

namespace relevo::web {

/// What a GResource holds, as glib-compile-resources made it. Empty where the program was built without the
/// interface.
[[nodiscard]] std::span<const std::byte> built_in_resource() noexcept;

/// `/ui` and all below it is the one page of the interface, which finds out itself where it is, except for
/// the files in `/ui/assets`; `/` leads there. All of it is for anyone: what the page shows it asks of the
/// API. `resource` stays where it is while the server lives; empty: nothing is served. One that is malformed
/// is a mistake of the program.
void serve_interface(net::Server& server, std::span<const std::byte> resource);

} // namespace relevo::web
