// SPDX-License-Identifier: LGPL-2.1-or-later
// Channels in lists and pages, and where they play.
#include "base/text.hpp"
#include "calls.hpp"
#include "net/url.hpp"
#include "outputs/blocks.hpp"
#include "outputs/lineup.hpp"
#include "stalker/request.hpp"
#include "store/channel_groups.hpp"
#include "store/users.hpp"

#include <algorithm>
#include <memory>
#include <span>
#include <unordered_set>
#include <utility>

namespace relevo::portal {
namespace {

/// Numbers of genres begin behind those that mean something to boxes: one of the lowest is for adults, and
/// some players ask for it once more when they have everything.
constexpr std::int64_t kFirstGenre = 1000;

/// Counts up whenever the same channels are written in another way.
constexpr int kFormat = 1;

/// What the user sees.
class Listing {
 public:
  Listing(sqlite::Database& database, const model::User& user) : lineup_(load_lineup(database, user)) {
    const auto groups = store::load_group_numbers(database);
    for (const auto& one : lineup_) {
      const auto group = groups.find(std::string(one.channel.group));
      rows_.push_back(
          {.id = one.channel.id.value,
           .name = one.channel.name,
           .group = one.channel.group,
           .genre = group == groups.end() ? "" : std::to_string(kFirstGenre + group->second.value),
           .logo = one.channel.logo,
           .guide = one.id});
      wished_.push_back(one.channel.number ? one.channel.number->major : 0);
    }
    number();
  }

  struct Row {
    std::int64_t id;
    std::int64_t number = 0;
    std::string_view name;
    std::string_view group;
    std::string genre; // its id; "": none
    std::string_view logo;
    std::string_view guide;
  };
  [[nodiscard]] const std::vector<Row>& rows() const noexcept { return rows_; }
  [[nodiscard]] std::string state() const { return concat(kFormat, ' ', state_of(lineup_)); }

 private:
  /// Boxes know whole numbers, each once: the first channel that has one keeps it, and the others stand
  /// behind all of them.
  void number() {
    std::unordered_set<std::int64_t> taken{0};
    std::int64_t last = 0;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (taken.insert(wished_[i]).second) rows_[i].number = wished_[i];
      last = std::max(last, wished_[i]);
    }
    for (auto& row : rows_)
      if (row.number == 0) row.number = ++last;
  }

  outputs::Lineup lineup_;
  std::vector<Row> rows_; // views of it
  std::vector<std::int64_t> wished_;
};

void write_channel(std::string& out, const Listing::Row& row) {
  write_row(out, stalker::Channel{row.id, row.number, row.name, row.genre, row.logo, row.guide});
}

void write_channels(const Listing& listing, const outputs::Sink& sink) {
  outputs::Blocks blocks(sink);
  blocks.text() += stalker::write_list_head(listing.rows().size(), kPageItems, {});
  std::string row, comma;
  for (const auto& one : listing.rows()) {
    row.clear();
    write_channel(row, one);
    blocks.text().append(std::exchange(comma, ",")).append(row);
    blocks.pass_on_if_full();
  }
  blocks.text() += stalker::list_tail();
  blocks.pass_on();
}

bool contains_nocase(std::string_view text, std::string_view part) {
  const auto same = [](char a, char b) { return to_lower(a) == to_lower(b); };
  return std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end() || part.empty();
}

/// Those of a genre, of a name, in an order. Favourites are not kept.
std::vector<const Listing::Row*> choose(const Listing& listing, const Call& call) {
  const auto genre = call.value("genre"), search = call.value("search");
  std::vector<const Listing::Row*> chosen;
  if (call.value("fav") == "1") return chosen;
  for (const auto& row : listing.rows())
    if ((genre.empty() || genre == "*" || row.genre == genre) && contains_nocase(row.name, search))
      chosen.push_back(&row);
  if (call.value("sortby") == "name")
    std::ranges::stable_sort(chosen, [](const auto* a, const auto* b) {
      return std::ranges::lexicographical_compare(a->name, b->name, {}, to_lower, to_lower);
    });
  return chosen;
}

} // namespace

std::string list_genres(const Call& call) {
  const Listing listing(call.database, call.user);
  std::string js = "[";
  write_row(js, stalker::Genre{"*", "All", 0});
  std::unordered_set<std::string_view> written{""};
  for (const auto& row : listing.rows())
    if (written.insert(row.genre).second)
      write_row(js, stalker::Genre{row.genre, row.group, static_cast<std::int64_t>(written.size()) - 1});
  return stalker::write_answer(js + "]");
}

LongAnswer list_all_channels(const Call& call) {
  return {"channels", [&user = call.user](sqlite::Database& database) {
            const auto listing = std::make_shared<const Listing>(database, user);
            return outputs::Edition{
                listing->state(),
                [listing](sqlite::Database&, const outputs::Sink& sink) { write_channels(*listing, sink); }};
          }};
}

std::string list_channels(const Call& call) {
  const Listing listing(call.database, call.user);
  const auto chosen = choose(listing, call);
  const auto page = stalker::cut_page(call.value("p"), chosen.size(), kPageItems);
  auto text = stalker::write_list_head(chosen.size(), kPageItems, page);
  for (const auto* row : std::span(chosen).subspan(page.first, page.size))
    write_channel(text, *row);
  return text.append(stalker::list_tail());
}

outputs::Lineup load_lineup(sqlite::Database& database, const model::User& user) {
  return outputs::load_lineup(database, {.only = user.profiles}).value(); // without a wish it is always there
}

std::string make_link(const Call& call) {
  const auto id = stalker::parse_command(call.value("cmd"));
  const auto channel = store::find_seen_channel(call.database, call.user, id);
  if (!channel) return stalker::write_link(id.value_or(0), {}, "nothing_to_play");
  return stalker::write_link(*id, concat(call.base, "/stream/", net::percent_encode(channel->uuid),
                                         ".ts?token=", net::percent_encode(call.request.asker.stream_token)));
}

} // namespace relevo::portal
