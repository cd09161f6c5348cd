// SPDX-License-Identifier: LGPL-2.1-or-later
// Many channels at once: made, matched, changed.
#include "admin/operations.hpp"
#include "answers.hpp"
#include "channel_requests.hpp"
#include "checks.hpp"
#include "store/channels.hpp"
#include "store/guide_reviews.hpp"

namespace relevo::admin {
namespace {

using net::Response;

constexpr unsigned kConflict = 409;
const std::vector<std::string> kReviewOrders = {"number", "name"};

template <class T>
T read(const Call& call) {
  T request;
  apply(request, call.body);
  return request;
}

/// What was done, or why not.
template <class T>
T taken(Result<T> result) {
  if (!result) refuse_invalid(result.error().message);
  return *std::move(result);
}

catalog::Mode mode_of(bool preview) {
  return preview ? catalog::Mode::Preview : catalog::Mode::Apply;
}

template <class T>
Response changes(Result<std::vector<T>> result) {
  return answer({{"changes", write(taken(std::move(result)))}});
}

template <class T>
Json changes_schema() {
  return {{"type", "object"}, {"properties", {{"changes", Codec<std::vector<T>>::schema()}}}};
}

Response synchronise(const Call& call) {
  const auto request = read<SyncRequest>(call);
  return answer(write(taken(catalog::sync_channels(call.database, {request.preview}, call.token))));
}

Response match(const Call& call) {
  const auto request = read<ChannelsRequest>(call);
  return answer(write(taken(catalog::match_guides(call.database, request.channels, call.token))));
}

Response list_reviews(const Call& call) {
  return answer(
      write_slice(store::list_guide_reviews(call.database, read_page(call.request, kReviewOrders))));
}

Response split(const Call& call) {
  const auto request = read<SplitRequest>(call);
  const auto id = call.id<model::ChannelId>("channel");
  if (!store::find_channel(call.database, id)) refuse_unknown("channel");
  if (request.name) check_name(*request.name);
  return answer(write(taken(catalog::split(call.database, id, request.streams, request))), kCreated);
}

Response merge(const Call& call) {
  return answer(write(taken(catalog::merge(call.database, read<ChannelsRequest>(call).channels))));
}

Response confirm(const Call& call) {
  if (const auto done = catalog::confirm(call.database, read<ChannelsRequest>(call).channels); !done)
    refuse_invalid(done.error().message);
  return nothing();
}

Response separate(const Call& call) {
  if (const auto done = catalog::keep_apart(call.database, read<ChannelsRequest>(call).channels); !done)
    refuse_invalid(done.error().message);
  return nothing();
}

Response erase(const Call& call) {
  const auto erased = catalog::erase_channels(call.database, read<ChannelsRequest>(call).channels);
  return answer({{"deleted", erased}});
}

Response edit(const Call& call) {
  const auto request = read<EditRequest>(call);
  return answer({{"changed", taken(catalog::edit_channels(call.database, request.channels, request))}});
}

Response rename(const Call& call) {
  const auto request = read<RenameRequest>(call);
  return changes(catalog::rename_channels(call.database, request.channels, request.search,
                                          request.replacement, mode_of(request.preview)));
}

Response renumber(const Call& call) {
  const auto request = read<NumberRequest>(call);
  return changes(catalog::renumber(call.database, request.channels, {request.first, request.last},
                                   mode_of(request.preview)));
}

Response compact(const Call& call) {
  const auto request = read<CompactRequest>(call);
  return changes(catalog::compact(call.database, {request.first, request.last}, mode_of(request.preview)));
}

Response move(const Call& call) {
  const auto request = read<MoveRequest>(call);
  return changes(
      catalog::move_block(call.database, request.channels, request.first, mode_of(request.preview)));
}

Response move_one(const Call& call) {
  const auto request = read<PlaceRequest>(call);
  const auto id = call.id<model::ChannelId>("channel");
  if (!store::find_channel(call.database, id)) refuse_unknown("channel");
  if (request.before.has_value() == request.after.has_value())
    refuse_invalid("either the channel before it is needed or the one behind it");
  const auto side = request.before ? catalog::Side::Before : catalog::Side::After;
  const auto other = request.before ? *request.before : *request.after;
  if (!store::find_channel(call.database, other))
    refuse_invalid(Flaw::NotThere, "there is no such channel", request.before ? "before" : "after");
  return answer(write(taken(catalog::move_channel(call.database, id, side, other))));
}

Response move_back(const Call& call) {
  const auto request = read<catalog::Reorder>(call);
  const auto id = call.id<model::ChannelId>("channel");
  if (!store::find_channel(call.database, id)) refuse_unknown("channel");
  if (!taken(catalog::move_back(call.database, id, request)))
    throw Refusal(kConflict, "numbers-changed", "numbers were changed since: they stay as they are");
  return nothing();
}

Json count_schema(const std::string& name) {
  return {{"type", "object"}, {"properties", {{name, {{"type", "integer"}}}}}};
}

template <class T>
void add(Operations& operations, const std::string& path, const std::string& summary, const Json& gives,
         Response (*run)(const Call&)) {
  operations.push_back({net::Method::Post, "/api/v1/" + path, summary, {}, Codec<T>::schema(), gives, run});
}

} // namespace

void add_channels_many(Operations& operations) {
  const Json channel = Codec<model::Channel>::schema();
  const Json numbers = changes_schema<catalog::NumberChange>(), names = changes_schema<catalog::NameChange>();
  add<SyncRequest>(operations, "channels/sync",
                   "makes channels of the groups that have a rule, and keeps them as their lists",
                   Codec<catalog::SyncReport>::schema(), synchronise);
  add<SplitRequest>(operations, "channels/{channel}/split",
                    "streams of a channel become a channel of their own, for ever", channel, split);
  add<ChannelsRequest>(operations, "channels/merge",
                       "all streams go into the first channel; the others are gone", channel, merge);
  add<ChannelsRequest>(operations, "channels/confirm",
                       "what streams they have is right: it stays, and is no more to be reviewed", {},
                       confirm);
  add<ChannelsRequest>(operations, "channels/separate",
                       "they, 50 at most, are different: no stream of one comes into another by itself", {},
                       separate);
  add<ChannelsRequest>(operations, "channels/delete", "takes many channels away; tells how many were there",
                       count_schema("deleted"), erase);
  add<EditRequest>(operations, "channels/edit", "the same change of many channels; tells how many it changed",
                   count_schema("changed"), edit);
  add<RenameRequest>(operations, "channels/rename", "replaces a pattern in names", names, rename);
  add<NumberRequest>(operations, "channels/renumber", "numbers without a hole, in the order that is given",
                     numbers, renumber);
  add<CompactRequest>(operations, "channels/compact", "closes the holes between the numbers of a range",
                      numbers, compact);
  add<MoveRequest>(operations, "channels/move", "channels to a number; those that are in the way move up",
                   numbers, move);
  const Json reorder = Codec<catalog::Reorder>::schema();
  add<PlaceRequest>(operations, "channels/{channel}/move",
                    "a channel to another place among all; others make room where there is none", reorder,
                    move_one);
  add<catalog::Reorder>(operations, "channels/{channel}/move-back",
                        "takes such a move back, of which it is told the answer; refused where one of the "
                        "numbers was changed since",
                        {}, move_back);
  add<ChannelsRequest>(operations, "guides/match", "finds guides for channels; for all where none is named",
                       Codec<catalog::GuideMatchReport>::schema(), match);
  operations.push_back({net::Method::Get,
                        "/api/v1/guide-reviews",
                        "channels whose guide you should choose, a page at a time",
                        page_parameters(kReviewOrders),
                        {},
                        slice_schema(Codec<model::GuideReview>::schema()),
                        list_reviews});
}

} // namespace relevo::admin
