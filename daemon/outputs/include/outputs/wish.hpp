// SPDX-License-Identifier: LGPL-2.1-or-later
// Wish: what a request for a playlist or a guide says.
#pragma once

#include "net/request.hpp"
#include "outputs/lineup.hpp"
#include "outputs/playlist.hpp"

#include <chrono>
#include <string>
#include <tl/expected.hpp>

namespace relevo::outputs {

struct Wish {
  Part part{}; // as far as the request says
  IdSource ids = IdSource::TvgId;
  const Dialect* dialect = &dialects().front();
  StreamFormat format = StreamFormat::Ts;
  std::chrono::days past{1}; // of the guide
  std::chrono::days future{7};
};

/// What cannot be wished for.
struct Mistake {
  std::string message;
  std::string where; // the parameter
};

/// Players and people have written these addresses for other servers, too, so that what is unknown here is no
/// mistake. The profile may stand in the path.
[[nodiscard]] tl::expected<Wish, Mistake> read_wish(const net::Request& request);

/// The same of a request to a panel, whose parameter `type` names the dialect.
[[nodiscard]] tl::expected<Wish, Mistake> read_panel_wish(const net::Request& request);

/// Where the guide is whose ids and time are wished for along with a playlist. `token`: of the asker.
[[nodiscard]] std::string write_guide_url(const std::string& base, const Wish& wish,
                                          const std::string& token);

} // namespace relevo::outputs
