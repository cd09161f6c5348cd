// SPDX-License-Identifier: LGPL-2.1-or-later
// A playlist as a listing.
#pragma once

#include "sources/listing.hpp"

namespace relevo::sources {

class M3uListing final : public Listing {
 public:
  /// The file may be packed. `base` is the URL it came from, if any: what is relative in it is taken from
  /// there.
  explicit M3uListing(std::string file, std::string base = {})
      : file_(std::move(file)), base_(std::move(base)) {}

  [[nodiscard]] Result<void> read(const Sink& sink, const gx::CancelToken& token) const override;

 private:
  std::string file_;
  std::string base_;
};

} // namespace relevo::sources
