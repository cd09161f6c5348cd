// SPDX-License-Identifier: LGPL-2.1-or-later
// Guides, from a file of XMLTV to values.
#pragma once

#include "model/guide.hpp"
#include "sources/listing.hpp"

namespace relevo::sources {

/// Views, which are there during the call.
struct FoundGuideChannel {
  std::string_view channel{}; // its id
  const std::vector<std::string>& names;
  std::string_view icon{};
};

struct GuideSink {
  std::function<void(const FoundGuideChannel&)> on_channel{};
  /// A programme without an end ends where it begins.
  std::function<void(std::string_view channel, const model::Programme&)> on_programme{};
  std::function<void(const Fault&)> on_fault{};
};

/// The file may be packed. An error says why it is no guide. The result is where and why the document breaks
/// off; nothing behind that place was read.
[[nodiscard]] Result<std::optional<Fault>> read_guide(const std::string& file, const GuideSink& sink,
                                                      const gx::CancelToken& token);

} // namespace relevo::sources
