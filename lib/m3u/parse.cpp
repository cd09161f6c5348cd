// SPDX-License-Identifier: LGPL-2.1-or-later
// Lines gather in one record until the address that closes it. Then the record is read as a whole, so that
// its values can be views of one text.
#include "m3u/parse.hpp"

#include "address.hpp"
#include "attributes.hpp"
#include "base/encoding.hpp"
#include "base/text.hpp"
#include "lines.hpp"
#include "refusal.hpp"

#include <algorithm>
#include <utility>

namespace relevo::m3u {
namespace {

/// Of a line that begins with '#'.
struct Tag {
  std::string_view name; // as written
  std::string_view value;
};

Tag read_tag(std::string_view line) {
  line.remove_prefix(1);
  const auto end = std::min(line.find_first_of(": "), line.size());
  return {line.substr(0, end), trim(line.substr(std::min(end + 1, line.size())))};
}

constexpr std::string_view kHeadTag = "#EXTM3U";
constexpr std::string_view kGroup = "group-title";
constexpr std::size_t kMaxLines = 3 * kMaxAttributes; // of an entry
constexpr std::string_view kTooMany = "too many attributes, tags, headers or backups";

/// Others are comments.
bool is_known(std::string_view line) {
  const auto name = read_tag(line).name;
  return starts_with_nocase(name, "EXT") || equal_nocase(name, "KODIPROP") || equal_nocase(name, "WEBPROP") ||
         equal_nocase(name, "PLAYLIST");
}

/// Tags of HLS that no list of channels has.
bool is_hls(std::string_view name) {
  return equal_nocase(name, "EXT-X-TARGETDURATION") || equal_nocase(name, "EXT-X-STREAM-INF") ||
         equal_nocase(name, "EXT-X-MEDIA-SEQUENCE");
}

} // namespace

struct Parser::Impl {
  explicit Impl(Events e) : events(std::move(e)) {}

  void on_line(Line line);
  bool on_first_line(std::string_view line);
  void on_tag(const Line& line);
  void on_head(std::string_view line);
  void on_address(const Line& line, bool damaged);

  void keep(const Line& line);
  void finish_record();
  [[nodiscard]] std::optional<Fault> read_record();
  [[nodiscard]] std::string_view read_tag_line(Text text);
  [[nodiscard]] std::string_view read_address_line(Text text);
  void take_group();
  void drop_open_record();
  void clear_record();
  void spoil(std::string message);
  void report(std::size_t line, std::string message);

  struct Piece {
    std::size_t begin, size; // in record
    std::size_t line;
  };
  struct Group {
    std::string name;
    std::size_t line = 0;
  };

  Events events;
  LineReader lines;
  std::size_t line_number = 0;
  bool begun = false; // it is a playlist
  std::optional<Error> refused;
  Counts counts;
  Group group; // of EXTGRP, in force until another group is named in any way

  std::string cleaned; // the line, where it was not clean
  std::string record;  // the lines since the last address
  std::vector<Piece> pieces;
  std::size_t extinf_line = 0; // in the record; 0: none yet
  bool spoilt = false;         // the record, which has been reported

  Head head; // the values that are handed out keep their memory
  Entry entry;
  std::vector<Address> addresses; // of one line
};

void Parser::Impl::on_line(Line line) {
  ++line_number;
  if (refused) return;
  if (line_number == 1 && line.text.starts_with("\xef\xbb\xbf")) line.text.remove_prefix(3);
  line.text = trim(line.text);
  if (line.text.empty()) return;
  if (!begun && !on_first_line(line.text)) return;
  const bool plain = is_plain(line.text);
  const bool damaged = !plain && has_controls(line.text);
  if (!plain) {
    cleaned.clear();
    append_clean(cleaned, line.text);
    line.text = trim(cleaned);
  }
  if (!line.text.starts_with('#'))
    on_address(line, damaged);
  else if (is_known(line.text))
    on_tag(line);
}

/// Sees the line as it came. False: there is nothing to read on it.
bool Parser::Impl::on_first_line(std::string_view line) {
  const bool comment = line.front() == '#' && !is_known(line);
  begun = !comment && (line.front() == '#' || has_scheme(line));
  if (!begun && !comment) refused = Error{refusal_of(line), line_number};
  return begun;
}

void Parser::Impl::on_tag(const Line& line) {
  if (starts_with_nocase(line.text, kHeadTag)) return on_head(line.text);
  const auto [name, value] = read_tag(line.text);
  if (is_hls(name) && counts.entries == 0) {
    refused = Error{"this is an HLS playlist, which is one stream and not a list of them", line_number};
    return;
  }
  if (equal_nocase(name, "EXTINF")) {
    drop_open_record();
    extinf_line = line_number;
  }
  if (!equal_nocase(name, "EXTGRP") || !line.whole) return keep(line);
  group = {std::string(value), line_number};
  std::ranges::replace(group.name, '"', '\''); // it becomes an attribute
}

void Parser::Impl::on_head(std::string_view line) {
  drop_open_record();
  std::string text(line.substr(kHeadTag.size()));
  head.attributes.clear();
  if (!read_attributes(text, head.attributes)) head.attributes.resize(kMaxAttributes);
  if (events.on_head) events.on_head(head);
}

void Parser::Impl::on_address(const Line& line, bool damaged) {
  if (line.text.starts_with('<'))
    spoil("markup where an address should be");
  else if (damaged)
    spoil("an address with control characters");
  else if (extinf_line == 0 && !has_scheme(line.text))
    spoil("text that belongs to no entry: " + quote(line.text));
  keep(line);
  finish_record();
}

void Parser::Impl::keep(const Line& line) {
  if (!line.whole) return spoil(concat("a line of more than ", kMaxLineSize, " bytes"));
  if (spoilt) return;
  const auto begin = record.size();
  if (begin + line.text.size() > kMaxEntrySize)
    return spoil(concat("an entry of more than ", kMaxEntrySize, " bytes"));
  if (pieces.size() == kMaxLines) return spoil(concat("an entry of more than ", kMaxLines, " lines"));
  record += line.text;
  pieces.push_back({begin, line.text.size(), line_number});
}

void Parser::Impl::finish_record() {
  if (!spoilt) {
    if (auto fault = read_record()) {
      report(fault->line, std::move(fault->message));
    } else {
      ++counts.entries;
      if (events.on_entry) events.on_entry(entry);
    }
  }
  clear_record();
}

std::optional<Fault> Parser::Impl::read_record() {
  entry.line = extinf_line != 0 ? extinf_line : pieces.back().line;
  entry.name = {};
  entry.duration.reset();
  entry.attributes.clear();
  entry.tags.clear();
  entry.backups.clear();
  for (const auto& [begin, size, line] : pieces) {
    const auto text = Text(record).subspan(begin, size);
    const auto what = text.front() == '#' ? read_tag_line(text) : read_address_line(text);
    if (!what.empty()) return Fault{line, std::string(what)};
  }
  const auto most = std::max({entry.attributes.size(), entry.tags.size(), entry.backups.size()});
  if (most > kMaxAttributes) return Fault{entry.line, std::string(kTooMany)};
  take_group();
  return std::nullopt;
}

/// Says what is wrong; "": nothing.
std::string_view Parser::Impl::read_tag_line(Text text) {
  const auto [name, value] = read_tag(view(text));
  if (equal_nocase(name, "EXTINF"))
    return read_extinf(text.subspan(std::min(name.size() + 2, text.size())), entry) ? "" : kTooMany;
  if (!equal_nocase(name, "EXTBACKUP")) {
    entry.tags.push_back({name, value});
    return {};
  }
  if (value.empty()) return {};
  addresses.clear();
  const auto at = static_cast<std::size_t>(value.data() - text.data());
  if (!read_addresses(text.subspan(at, value.size()), addresses)) return kTooMany;
  if (addresses.front().url.empty()) addresses.erase(addresses.begin()); // costs no entry
  entry.backups.insert(entry.backups.end(), addresses.begin(), addresses.end());
  return {};
}

/// Likewise.
std::string_view Parser::Impl::read_address_line(Text text) {
  addresses.clear();
  if (!read_addresses(text, addresses)) return kTooMany;
  if (addresses.front().url.empty()) return "headers without an address";
  entry.address = std::move(addresses.front());
  entry.backups.insert(entry.backups.end(), addresses.begin() + 1, addresses.end());
  return {};
}

/// The entry's own group ends one that EXTGRP named before it.
void Parser::Impl::take_group() {
  auto& attributes = entry.attributes;
  if (!find(attributes, kGroup).empty()) {
    if (group.line < extinf_line) group = {};
    return;
  }
  if (group.name.empty()) return;
  const auto is_group = [](const Attribute& attribute) { return equal_nocase(attribute.name, kGroup); };
  const auto own = std::ranges::find_if(attributes, is_group);
  if (own != attributes.end())
    own->value = group.name;
  else if (attributes.size() < kMaxAttributes)
    attributes.push_back({kGroup, group.name});
}

void Parser::Impl::drop_open_record() {
  if (extinf_line == 0) return;
  if (!spoilt) report(extinf_line, "an entry without an address");
  clear_record();
}

void Parser::Impl::clear_record() {
  record.clear();
  pieces.clear();
  extinf_line = 0;
  spoilt = false;
}

/// The entry that is being gathered is lost; its other lines will be passed over.
void Parser::Impl::spoil(std::string message) {
  if (!std::exchange(spoilt, true)) report(line_number, std::move(message));
}

void Parser::Impl::report(std::size_t line, std::string message) {
  ++counts.faults;
  if (events.on_fault) events.on_fault({line, std::move(message)});
}

Parser::Parser(Events events) : impl_(std::make_unique<Impl>(std::move(events))) {}
Parser::Parser(Parser&&) noexcept = default;
Parser& Parser::operator=(Parser&&) noexcept = default;
Parser::~Parser() = default;

bool Parser::push(Bytes block) {
  impl_->lines.push(as_text(block), [this](const Line& line) { impl_->on_line(line); });
  return !impl_->refused;
}

Result<Counts> Parser::finish() {
  impl_->lines.finish([this](const Line& line) { impl_->on_line(line); });
  impl_->counts.cut = impl_->extinf_line != 0;
  impl_->drop_open_record();
  const auto entries = impl_->counts.entries, faults = impl_->counts.faults;
  const auto line = std::max<std::size_t>(impl_->line_number, 1);
  if (impl_->refused) return tl::unexpected(*impl_->refused);
  if (!impl_->begun) return fail("the playlist is empty", line);
  if (entries == 0 && faults == 0) return fail("the playlist has no entry", line);
  if (entries == 0) return fail(concat("none of the entries can be used, ", faults, " are malformed"), line);
  return impl_->counts;
}

} // namespace relevo::m3u
