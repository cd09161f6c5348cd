// SPDX-License-Identifier: LGPL-2.1-or-later
// What a portal answers, as text: values in, JSON out. All text has to be UTF-8.
#pragma once

#include "stalker/request.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace relevo::stalker {

/// {"js":…}, of JSON that is written already.
[[nodiscard]] std::string write_answer(std::string_view js);

/// A box takes text that is no JSON for a refusal: of its token, or of itself.
inline constexpr std::string_view kUnauthorised = "Authorization failed.";
inline constexpr std::string_view kDenied = "Access denied.";

/// An answer that is a list, or a page of one, of rows that the functions below write.
class ListWriter {
 public:
  /// `items`: of the whole list; `of_a_page`: at most.
  ListWriter(std::size_t items, std::size_t of_a_page, const Page& page);

  /// For the next row.
  [[nodiscard]] std::string& text() noexcept { return text_; }
  [[nodiscard]] std::string finish() &&;

 private:
  std::string text_;
};

struct Genre {
  std::string_view id{}; // "*": all of them
  std::string_view title{};
  std::int64_t number = 0; // its place
};
void write_row(std::string& out, const Genre& genre);

struct Channel {
  std::int64_t id = 0;
  std::int64_t number = 0;
  std::string_view name{};
  std::string_view genre{}; // id; "": none
  std::string_view logo{};  // URL; "": none
  std::string_view guide{}; // id in XMLTV
};
void write_row(std::string& out, const Channel& channel);

struct Event {
  std::int64_t channel = 0;
  std::int64_t start = 0; // seconds since 1970
  std::int64_t stop = 0;
  std::int64_t utc_offset = 0; // seconds, of the times that are told as text
  std::string_view name{};
  std::string_view description{};
  std::string_view category{};
  std::string_view director{};
  std::string_view actor{};
};
void write_row(std::string& out, const Event& event);

/// An address to play, as an answer; else `error`, one of the words that boxes know: "nothing_to_play",
/// "limit", "access_denied".
[[nodiscard]] std::string write_link(std::int64_t channel, std::string_view address,
                                     std::string_view error = {});

} // namespace relevo::stalker
