// SPDX-License-Identifier: LGPL-2.1-or-later
// Everything about a row is made of its index and the seed.
#include "provider/catalogue.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace relevo::provider {
namespace {

using namespace std::string_view_literals;

constexpr std::array kCountries{"US"sv, "UK"sv, "DE"sv, "FR"sv, "ES"sv,
                                "IT"sv, "PT"sv, "TR"sv, "AR"sv, "PL"sv};
constexpr std::array kSubjects{"News"sv,   "Sport"sv,   "Cinema"sv,  "Kids"sv,  "Music"sv,   "Nature"sv,
                               "Travel"sv, "History"sv, "Cuisine"sv, "Drama"sv, "Señorita"sv};
constexpr std::array kQualities{"SD"sv, "HD"sv, "FHD"sv, "4K"sv, "HEVC"sv, ""sv};

/// SplitMix64.
std::uint64_t scramble(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15;
  value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9;
  value = (value ^ value >> 27) * 0x94d049bb133111eb;
  return value ^ value >> 31;
}

template <class Words>
std::string_view pick(const Words& words, std::uint64_t noise) {
  return words[noise % words.size()];
}

/// A step that leads through all of `size` positions, far from one to the next.
std::size_t step_through(std::size_t size) {
  auto step = size * 5 / 8 + 1;
  while (std::gcd(step, size) != 1)
    ++step;
  return step;
}

} // namespace

Catalogue::Catalogue(const CatalogueSettings& settings, std::vector<std::string> channels)
    : settings_(settings),
      channels_(std::move(channels)),
      size_(settings.half ? (settings.rows + 1) / 2 : settings.rows),
      step_(settings.reordered && size_ > 0 ? step_through(size_) : 1) {}

Catalogue::Row Catalogue::row(std::size_t position) const {
  const auto place = position * step_ % size_;
  const auto index = settings_.half ? 2 * place : place;
  const auto noise = scramble(scramble(settings_.seed) + index);
  const auto category = index * categories() / settings_.rows;
  const std::string guide_id = index % 4 == 3 ? "" : concat("channel", index + 1, ".test");
  return {index, kFirstId + index, name_of(index, noise), category, guide_id, noise};
}

std::size_t Catalogue::categories() const {
  return std::clamp<std::size_t>(settings_.rows / 50, 1, 200);
}

std::string Catalogue::category_name(std::size_t category) const {
  return concat(pick(kCountries, category), " ", pick(kSubjects, scramble(settings_.seed) + category), " ",
                category + 1);
}

std::string Catalogue::name_of(std::size_t index, std::uint64_t noise) const {
  std::string name;
  if (index < channels_.size())
    name = channels_[index];
  else
    name = concat(pick(kCountries, noise), "| ", pick(kSubjects, noise >> 8), " ", index + 1, " ",
                  pick(kQualities, noise >> 16));
  const auto chance = static_cast<double>(scramble(noise) >> 11) / static_cast<double>(1ULL << 53);
  return chance < settings_.renamed ? concat("VIP ", trim(name), " (new)") : std::string(trim(name));
}

} // namespace relevo::provider
