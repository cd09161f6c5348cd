// SPDX-License-Identifier: LGPL-2.1-or-later
// The rule of a group, ready to make channels.
#pragma once

#include "catalog/renaming.hpp"
#include "model/channel.hpp"
#include "store/streams.hpp"

namespace relevo::catalog {

class Maker {
 public:
  /// Of a group that has a rule. An error names the pattern that is wrong, and the group; likewise below.
  [[nodiscard]] static Result<Maker> compile(const model::Group& group);

  [[nodiscard]] Result<bool> takes(const std::string& name) const;
  /// What a channel is whose first stream this is.
  [[nodiscard]] Result<model::Provided> describe(const store::SyncStream& stream) const;

  [[nodiscard]] const model::Group& group() const noexcept { return group_; }
  [[nodiscard]] const model::SyncRule& rule() const noexcept { return *group_.sync; }

 private:
  Maker(const model::Group& group, Renaming renaming) : group_(group), renaming_(std::move(renaming)) {}

  model::Group group_;
  Renaming renaming_;
  std::optional<gx::Regex> include_;
  std::optional<gx::Regex> exclude_;
};

} // namespace relevo::catalog
