// SPDX-License-Identifier: LGPL-2.1-or-later
// Playlists of channels of any text: any split of the same bytes gives the same events, what is read is clean
// and inside its bounds, and can be written and read again. Input: split pattern, playlist.
#include "fuzz.hpp"
#include "m3u_copy.hpp"

using namespace relevo;
using namespace relevo::m3u;
using relevo::fuzz::require;

namespace {

PlaylistCopy read_split(Bytes input, std::uint8_t seed) {
  PlaylistCopy playlist;
  Parser parser(playlist.listen());
  fuzz::Splitter splitter{seed};
  splitter(input, [&](Bytes chunk) {
    const std::string block(as_text(chunk)); // with an end of its own
    static_cast<void>(parser.push(as_bytes(block)));
  });
  playlist.finish(parser);
  return playlist;
}

void check_text(std::string_view text) {
  require(text.find_first_of("\r\n\t") == std::string_view::npos &&
          text.find('\0') == std::string_view::npos);
  require(text.empty() || (text.front() != ' ' && text.back() != ' '));
}

void check_pairs(const Pairs& pairs) {
  require(pairs.size() <= kMaxAttributes);
  for (const auto& [name, value] : pairs) {
    require(!name.empty());
    check_text(value);
  }
}

void check_address(const AddressCopy& address) {
  require(!address.url.empty());
  check_text(address.url);
  check_pairs(address.headers);
}

void check_entry(const EntryCopy& entry) {
  check_text(entry.name);
  require(!entry.duration || entry.duration->count() > 0);
  check_pairs(entry.attributes);
  check_pairs(entry.tags);
  check_address(entry.address);
  require(entry.backups.size() <= kMaxAttributes);
  for (const auto& backup : entry.backups)
    check_address(backup);
  const auto view = entry.view();
  for (const auto& header : request_headers(view))
    require(!header.name.empty() && !header.value.empty());
  for (const auto group : groups(view))
    require(!group.empty());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes input = std::as_bytes(std::span{data, size});
  const auto seed = fuzz::take_byte(input);
  const auto playlist = read_playlist(as_text(input));
  require(playlist == read_split(input, seed));
  const auto& counts = playlist.counts;
  require(playlist.refused ||
          (counts.entries == playlist.entries.size() && counts.faults == playlist.faults.size()));
  require(!counts.cut || counts.faults > 0); // what was cut is a fault as well
  for (std::size_t i = 0; i < playlist.entries.size(); ++i) {
    check_entry(playlist.entries[i]);
    require(playlist.lines[i] > (i > 0 ? playlist.lines[i - 1] : 0));
  }
  for (const auto& head : playlist.heads)
    check_pairs(head);
  if (playlist.refused) return 0;
  const auto again = read_playlist(playlist.write());
  require(!again.refused && again.faults.empty() && !again.counts.cut);
  require(again.heads == playlist.heads && again.entries == playlist.entries);
  return 0;
}
