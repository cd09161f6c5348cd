// SPDX-License-Identifier: LGPL-2.1-or-later
// Playlists of channels as values that own their text.
#pragma once

#include "m3u/parse.hpp"
#include "m3u/write.hpp"

#include <string>
#include <utility>
#include <vector>

namespace relevo::m3u {

using Pairs = std::vector<std::pair<std::string, std::string>>;

inline Pairs copy(const Attributes& attributes) {
  Pairs pairs;
  for (const auto& [name, value] : attributes)
    pairs.emplace_back(name, value);
  return pairs;
}
inline Attributes view(const Pairs& pairs) {
  Attributes attributes;
  for (const auto& [name, value] : pairs)
    attributes.push_back({name, value});
  return attributes;
}

struct AddressCopy {
  std::string url;
  Pairs headers;

  AddressCopy(std::string u, Pairs h = {}) : url(std::move(u)), headers(std::move(h)) {}
  explicit AddressCopy(const Address& address) : url(address.url), headers(copy(address.headers)) {}
  [[nodiscard]] Address view() const { return {url, m3u::view(headers)}; }
  bool operator==(const AddressCopy&) const = default;
};

struct EntryCopy {
  std::string name;
  std::optional<std::chrono::milliseconds> duration;
  Pairs attributes;
  Pairs tags;
  AddressCopy address;
  std::vector<AddressCopy> backups;

  explicit EntryCopy(AddressCopy a) : address(std::move(a)) {}
  explicit EntryCopy(const Entry& entry)
      : name(entry.name),
        duration(entry.duration),
        attributes(copy(entry.attributes)),
        tags(copy(entry.tags)),
        address(entry.address),
        backups(entry.backups.begin(), entry.backups.end()) {}

  [[nodiscard]] Entry view() const {
    Entry entry{0, name, duration, m3u::view(attributes), m3u::view(tags), address.view(), {}};
    for (const auto& backup : backups)
      entry.backups.push_back(backup.view());
    return entry;
  }
  bool operator==(const EntryCopy&) const = default;
};

/// All that a parser told.
struct PlaylistCopy {
  std::vector<Pairs> heads;
  std::vector<EntryCopy> entries;
  std::vector<std::size_t> lines; // of the entries
  std::vector<Fault> faults;
  bool refused = false;
  Error error; // where it was refused
  Counts counts;

  [[nodiscard]] Events listen() {
    return {.on_head = [this](const Head& head) { heads.push_back(copy(head.attributes)); },
            .on_entry =
                [this](const Entry& entry) {
                  entries.emplace_back(entry);
                  lines.push_back(entry.line);
                },
            .on_fault = [this](const Fault& fault) { faults.push_back(fault); }};
  }
  void finish(Parser& parser) {
    auto result = parser.finish();
    refused = !result;
    if (result)
      counts = *result;
    else
      error = std::move(result.error());
  }
  [[nodiscard]] std::string write() const {
    std::string text;
    for (const auto& head : heads)
      write_head(text, {view(head)});
    for (const auto& entry : entries)
      write_entry(text, entry.view());
    return text;
  }
  bool operator==(const PlaylistCopy& other) const {
    return heads == other.heads && entries == other.entries && lines == other.lines &&
           faults == other.faults && refused == other.refused && error.message == other.error.message &&
           error.offset == other.error.offset && counts == other.counts;
  }
};

/// Reads `text`, cut into blocks of `size` bytes.
inline PlaylistCopy read_playlist(std::string_view text, std::size_t size = std::string_view::npos) {
  PlaylistCopy playlist;
  Parser parser(playlist.listen());
  while (!text.empty()) {
    // A copy with an end of its own, so that reading past it is seen.
    const std::string block(text.substr(0, size));
    static_cast<void>(parser.push(as_bytes(block)));
    text.remove_prefix(block.size());
  }
  playlist.finish(parser);
  return playlist;
}

} // namespace relevo::m3u
