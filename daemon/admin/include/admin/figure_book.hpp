// SPDX-License-Identifier: LGPL-2.1-or-later
// FigureBook: what the daemon needed and moved in the last hour, day and week. It begins empty with each
// start.
#pragma once

#include "admin/figures.hpp"
#include "admin/operation.hpp"
#include "admin/tally.hpp"
#include "gx/context.hpp"
#include "gx/guarded.hpp"
#include "sessions/sessions.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace relevo::admin {

/// Lives in the main thread, and looks there every few seconds.
class FigureBook {
 public:
  /// All of it must outlive this.
  FigureBook(const Tally& tally, const sessions::Sessions& sessions);

  /// "now", "hour", "day" and "week".
  [[nodiscard]] static std::vector<std::string_view> spans();
  /// Empty: there is no such span. From any thread.
  [[nodiscard]] std::optional<FigureHistory> read(std::string_view span) const;

 private:
  struct Kept {
    std::optional<Figures> now{};
    std::vector<Course> courses{}; // of the spans
  };

  [[nodiscard]] Reading look() const;
  void take();

  const Tally& tally_;
  const sessions::Sessions& sessions_;
  Reading last_;
  mutable gx::Guarded<Kept> kept_;
  gx::Source timer_;
};

/// The book must outlive them.
void add_figures(Operations& operations, const FigureBook& book);

} // namespace relevo::admin
