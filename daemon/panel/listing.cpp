// SPDX-License-Identifier: LGPL-2.1-or-later
// A row after the other, in blocks of text.
#include "panel/listing.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <unordered_set>

namespace relevo::panel {
namespace {

using outputs::Blocks;
using outputs::LineupChannel;

std::int64_t category_of(const Listing& listing, std::string_view group) {
  const auto found = listing.groups.find(group);
  return found == listing.groups.end() ? kNoGroup : found->second.value;
}

std::string_view name_of_category(std::string_view group) {
  return group.empty() ? "Other" : group;
}

bool has_whole_number(const LineupChannel& one) {
  return one.channel.number && one.channel.number->minor == 0;
}

/// Calls `visit` with the row of each channel.
template <class Visit>
void visit_streams(const Listing& listing, Visit visit) {
  std::int64_t next = 0;
  for (const auto& one : listing.lineup)
    if (has_whole_number(one)) next = std::max<std::int64_t>(next, one.channel.number->major);
  for (const auto& one : listing.lineup) {
    const auto& channel = one.channel;
    LiveStream stream;
    stream.num = has_whole_number(one) ? channel.number->major : ++next;
    stream.id = channel.id.value;
    stream.name = channel.name;
    stream.icon = channel.logo;
    stream.guide_id = one.id;
    stream.category = category_of(listing, channel.group);
    visit(stream, channel.group);
  }
}

/// What stands between one item and the next.
class Comma {
 public:
  void write(std::string& out) {
    if (!first_) out += ',';
    first_ = false;
  }

 private:
  bool first_ = true;
};

void append_categories(std::string& out, const Listing& listing) {
  Comma comma;
  for (const auto& category : categories_of(listing)) {
    comma.write(out);
    append_category(out, category);
  }
}

} // namespace

std::vector<Category> categories_of(const Listing& listing) {
  std::vector<Category> categories;
  std::unordered_set<std::string_view> seen;
  for (const auto& one : listing.lineup)
    if (const auto group = one.channel.group; seen.insert(group).second)
      categories.push_back({category_of(listing, group), std::string(name_of_category(group))});
  return categories;
}

void write_categories(const Listing& listing, const outputs::Sink& sink) {
  std::string out = "[";
  append_categories(out, listing);
  sink(out += ']');
}

void write_streams(const Listing& listing, std::optional<std::int64_t> category, const outputs::Sink& sink) {
  Blocks blocks(sink);
  Comma comma;
  blocks.text() += '[';
  visit_streams(listing, [&](const LiveStream& stream, std::string_view) {
    if (category && stream.category != *category) return;
    comma.write(blocks.text());
    append_stream(blocks.text(), stream);
    blocks.pass_on_if_full();
  });
  blocks.text() += ']';
  blocks.pass_on();
}

void write_everything(const Listing& listing, std::string_view account, const outputs::Sink& sink) {
  Blocks blocks(sink);
  Comma comma;
  blocks.text() += account.substr(0, account.size() - 1);
  blocks.text() += R"(,"categories":{"movie":[],"live":[)";
  append_categories(blocks.text(), listing);
  blocks.text() += R"(],"series":[]},"available_channels":{)";
  visit_streams(listing, [&](const LiveStream& stream, std::string_view group) {
    comma.write(blocks.text());
    append_available(blocks.text(), stream, name_of_category(group));
    blocks.pass_on_if_full();
  });
  blocks.text() += "}}";
  blocks.pass_on();
}

} // namespace relevo::panel
