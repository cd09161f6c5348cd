// SPDX-License-Identifier: LGPL-2.1-or-later
// What a provider offers: as many rows as asked for, made from a seed, always the same.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace relevo::provider {

struct CatalogueSettings {
  std::size_t rows = 0;
  std::uint32_t seed = 1;
  bool half = false;      // every second row is left out
  double renamed = 0;     // share of the rows that have other names
  bool reordered = false; // the same rows in another order
};

class Catalogue {
 public:
  static constexpr std::uint64_t kFirstId = 1001;

  struct Row {
    std::size_t index = 0; // what stays: id and channel follow from it
    std::uint64_t id = 0;
    std::string name;
    std::size_t category = 0; // below categories()
    std::string guide_id;     // "" for some
    std::uint64_t noise = 0;  // for whatever else there is to make up
  };

  /// The first rows are the channels, under their names; then come others, which play them in turn.
  Catalogue(const CatalogueSettings& settings, std::vector<std::string> channels);

  [[nodiscard]] std::size_t size() const { return size_; }
  /// At a position in the list.
  [[nodiscard]] Row row(std::size_t position) const;
  [[nodiscard]] std::size_t categories() const;
  [[nodiscard]] std::string category_name(std::size_t category) const;

 private:
  [[nodiscard]] std::string name_of(std::size_t index, std::uint64_t noise) const;

  CatalogueSettings settings_;
  std::vector<std::string> channels_;
  std::size_t size_;
  std::size_t step_; // between neighbours of the list
};

} // namespace relevo::provider
