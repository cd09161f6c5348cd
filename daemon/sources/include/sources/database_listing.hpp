// SPDX-License-Identifier: LGPL-2.1-or-later
// A database with a table LiveStreams as a listing.
#pragma once

#include "sources/listing.hpp"

namespace relevo::sources {

/// The file belongs to another program, which may be writing to it: it is opened for reading alone.
class DatabaseListing final : public Listing {
 public:
  explicit DatabaseListing(std::string file) : file_(std::move(file)) {}

  [[nodiscard]] Result<void> read(const Sink& sink, const gx::CancelToken& token) const override;

 private:
  std::string file_;
};

} // namespace relevo::sources
