// SPDX-License-Identifier: LGPL-2.1-or-later
// What automatic grouping was least sure of, in both ways: what it put together, and what it left apart.
#include "channel_reviews.hpp"

#include "admin/fields_model.hpp"
#include "answers.hpp"
#include "catalog/twins.hpp"
#include "lineup/grouping.hpp"
#include "own_field.hpp"
#include "store/channel_reviews.hpp"
#include "store/channels.hpp"

#include <algorithm>
#include <span>

namespace relevo::admin {
namespace {

using model::Channel;
using model::ChannelId;
using net::Response;
using store::NamedStream;

/// A channel with its streams.
struct Seen {
  Channel channel{};
  std::vector<NamedStream> streams{};
};

struct ChannelReview : Seen {
  int confidence = 0;
};

struct ChannelTwins {
  std::vector<Seen> channels{};
  int score = 0;
  std::vector<std::string> reasons{};
};

template <class T, class Base, class V>
Field<T> shown(std::string name, V Base::*member, std::string summary) {
  return own_field<T>(std::move(name), member, std::move(summary), Use::ReadOnly);
}

template <class T>
Fields<T> fields_of_seen() {
  return {shown<T>("channel", &Seen::channel, "as it is"),
          shown<T>("streams", &Seen::streams, "its streams, in the order in which they are tried")};
}

} // namespace

template <>
const Fields<NamedStream>& fields_of<NamedStream>() {
  static const Fields<NamedStream> kFields = {
      shown<NamedStream>("stream", &NamedStream::stream, "its number"),
      shown<NamedStream>("name", &NamedStream::name, "as the provider calls it"),
      shown<NamedStream>("group", &NamedStream::group, "that the provider puts it into"),
      shown<NamedStream>("account", &NamedStream::account, "whose list has it"),
      shown<NamedStream>("manual", &NamedStream::manual, "put there by you"),
      shown<NamedStream>("confidence", &NamedStream::confidence, "that it is this channel, up to 100"),
      shown<NamedStream>("reason", &NamedStream::reason, "why it was put there"),
  };
  return kFields;
}

template <>
const Fields<Seen>& fields_of<Seen>() {
  static const auto kFields = fields_of_seen<Seen>();
  return kFields;
}

template <>
const Fields<ChannelReview>& fields_of<ChannelReview>() {
  static const auto kFields = [] {
    auto fields = fields_of_seen<ChannelReview>();
    fields.push_back(
        shown<ChannelReview>("confidence", &ChannelReview::confidence, "of the least sure stream"));
    return fields;
  }();
  return kFields;
}

template <>
const Fields<ChannelTwins>& fields_of<ChannelTwins>() {
  static const Fields<ChannelTwins> kFields = {
      shown<ChannelTwins>("channels", &ChannelTwins::channels, "the two"),
      shown<ChannelTwins>("score", &ChannelTwins::score, "how alike they are, up to 100"),
      shown<ChannelTwins>("reasons", &ChannelTwins::reasons, "why, the heaviest first"),
  };
  return kFields;
}

namespace {

/// Nobody needs to look at streams that have the same name.
constexpr int kSure = lineup::confidence_of(lineup::Evidence::Name);

Seen see(sqlite::Database& database, ChannelId id) {
  return {*store::find_channel(database, id), store::load_named_streams(database, id)};
}

Response list_reviews(const Call& call) {
  const sqlite::Snapshot one_moment(call.database);
  const auto found = store::list_doubtful_channels(call.database, kSure, read_page(call.request, {}));
  store::Slice<ChannelReview> slice{{}, found.total};
  for (const auto& [channel, confidence] : found.items)
    slice.items.push_back({see(call.database, channel), confidence});
  return answer(write_slice(slice));
}

Response list_twins(const Call& call) {
  const sqlite::Snapshot one_moment(call.database);
  const auto page = read_page(call.request, {});
  const sqlite::Interrupter interrupter(call.database, call.token); // nobody may wait for it any more
  const auto all = catalog::find_twins(call.database);
  store::Slice<ChannelTwins> slice{{}, std::ssize(all)};
  const auto first = std::min(static_cast<std::size_t>(page.offset), all.size());
  const auto rows = std::min(static_cast<std::size_t>(page.limit), all.size() - first);
  for (const auto& twins : std::span(all).subspan(first, rows))
    slice.items.push_back(
        {{see(call.database, twins.first), see(call.database, twins.second)}, twins.score, twins.reasons});
  return answer(write_slice(slice));
}

} // namespace

void add_channel_reviews(Operations& operations) {
  operations.push_back({net::Method::Get,
                        "/api/v1/channel-reviews",
                        "channels with streams that may be another channel, the least sure first",
                        page_parameters({}),
                        {},
                        slice_schema(Codec<ChannelReview>::schema()),
                        list_reviews});
  operations.push_back({net::Method::Get,
                        "/api/v1/channel-twins",
                        "pairs of channels that may be the same one, the most alike first",
                        page_parameters({}),
                        {},
                        slice_schema(Codec<ChannelTwins>::schema()),
                        list_twins});
}

} // namespace relevo::admin
