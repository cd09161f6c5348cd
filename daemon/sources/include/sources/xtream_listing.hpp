// SPDX-License-Identifier: LGPL-2.1-or-later
// The lists of a panel as one listing.
#pragma once

#include "sources/listing.hpp"

namespace relevo::sources {

class XtreamListing final : public Listing {
 public:
  /// The files in the folder have the names of the panel's actions (get_live_streams and its sisters).
  explicit XtreamListing(std::string folder) : folder_(std::move(folder)) {}

  [[nodiscard]] Result<void> read(const Sink& sink, const gx::CancelToken& token) const override;

 private:
  std::string folder_;
};

} // namespace relevo::sources
