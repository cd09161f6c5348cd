// SPDX-License-Identifier: LGPL-2.1-or-later
// Lists as text, a row at a time: JSON of a panel, M3U, XMLTV.
#pragma once

#include "provider/catalogue.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string_view>

namespace relevo::provider {

/// head, rows with separators between them, tail.
struct ListText {
  std::string type; // of the content
  std::string head;
  std::size_t rows = 0;
  std::function<std::string(std::size_t)> row; // "": left out
  std::string separator;
  std::string tail;
};

/// How a panel writes the values of its JSON.
enum class Types {
  Classic, // as most do: some numbers as such, others as text
  Strings, // all numbers as text
  Ints,    // all as such
  Null,    // classic; what may be missing is null
  Blank,   // classic; what may be missing is ""
};

/// The members of one JSON object.
class JsonObject {
 public:
  explicit JsonObject(Types types) : types_(types) {}

  void integer(std::string_view name, std::uint64_t value);
  void numeric_text(std::string_view name, std::uint64_t value);
  void text(std::string_view name, std::string_view value);
  void optional_text(std::string_view name, std::string_view value); // may be missing
  void raw(std::string_view name, std::string_view value);
  [[nodiscard]] std::string write() const { return "{" + out_ + "}"; }

 private:
  Types types_;
  std::string out_;
};

enum class PanelList { LiveCategories, VodCategories, SeriesCategories, Live, Vod, Series };

struct PanelListSettings {
  PanelList list = PanelList::Live;
  Types types = Types::Classic;
  bool keyed = false;                  // an object with numbers for keys instead of an array
  bool warning = false;                // of PHP, in front
  std::optional<std::size_t> category; // only its rows
  std::string logos;                   // where they are: "http://host/logos/"
};
[[nodiscard]] ListText panel_list(const Catalogue& catalogue, const PanelListSettings& settings);

struct M3uSettings {
  std::string before_id; // of the URLs: "http://host/live/user/password/"
  std::string after_id;  // ".ts?token=x"
  std::string guide;     // its URL; "" for none
  std::string logos;     // where they are
  bool plus = true;      // with attributes
};
[[nodiscard]] ListText m3u_list(const Catalogue& catalogue, M3uSettings settings);

struct GuideSettings {
  std::chrono::sys_seconds start;
  std::size_t programmes = 6; // of each channel, of an hour
};
[[nodiscard]] ListText guide_text(const Catalogue& catalogue, const GuideSettings& settings);

} // namespace relevo::provider
