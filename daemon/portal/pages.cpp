// SPDX-License-Identifier: LGPL-2.1-or-later
#include "pages.hpp"

#include <array>

namespace relevo::portal {
namespace {

constexpr std::string_view kIndex = R"html(<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Relevo</title><script src="version.js"></script><script src="xpcom.common.js"></script></head>
<body>
<h1>Relevo</h1>
<p>This is the address of a portal. Type it into a player that asks portals, as it stands in the address bar; its MAC address
has to be registered with Relevo.</p>
</body>
</html>
)html";

/// Some players ask for it to see that this is a portal.
constexpr std::string_view kVersion = "var ver = '5.3.0';\n";

/// Players read out of it, line by line, how the address of the questions is made of the address of the
/// portal: the pattern, which of its groups is what, and the order of the three.
constexpr std::string_view kLoader = R"js(function common_xpcom() {
    this.get_server_params = function () {
        var pattern = /(https?):\/\/([^\/]*)\/(.*)c\//;
        var parts = document.URL.match(pattern);

        this.portal_protocol = parts[1];
        this.portal_ip = parts[2];
        this.portal_path = parts[3];
        this.ajax_loader = this.portal_protocol + '://' + this.portal_ip + '/' + this.portal_path + 'server/load.php';
    };
}
)js";

constexpr std::array kPages = {
    Page{"", "text/html; charset=utf-8", kIndex},
    Page{"index.html", "text/html; charset=utf-8", kIndex},
    Page{"version.js", "text/javascript; charset=utf-8", kVersion},
    Page{"xpcom.common.js", "text/javascript; charset=utf-8", kLoader},
};

} // namespace

std::span<const Page> pages() noexcept {
  return kPages;
}

} // namespace relevo::portal
