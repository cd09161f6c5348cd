// SPDX-License-Identifier: LGPL-2.1-or-later
#include "hdhr/messages.hpp"

#include "base/text.hpp"

namespace relevo::hdhr {
namespace {

constexpr std::uint32_t kTuner = 1, kAnything = 0xffffffff;
constexpr std::size_t kNumberSize = 4;

bool names_tuners(Bytes types) noexcept {
  for (; types.size() >= kNumberSize; types = types.subspan(kNumberSize)) {
    const auto type = load_be32(types.data());
    if (type == kTuner || type == kAnything) return true;
  }
  return false;
}

} // namespace

Result<DiscoverRequest> parse_discover_request(Bytes payload) {
  const auto fields = parse_fields(payload);
  if (!fields) return tl::unexpected(fields.error());
  DiscoverRequest request;
  for (const Field& field : *fields) {
    if (field.tag == Tag::DeviceType || field.tag == Tag::DeviceTypes)
      request.tuners = names_tuners(field.value);
    if (field.tag == Tag::DeviceId && field.value.size() == kNumberSize) {
      const auto id = load_be32(field.value.data());
      if (id != kAnything) request.id = DeviceId{id};
    }
  }
  return request;
}

std::string write_discover_reply(const DiscoverReply& reply) {
  PacketWriter packet(PacketType::DiscoverReply);
  packet.add_u32(Tag::DeviceType, kTuner).add_u32(Tag::DeviceId, reply.id.value);
  packet.add_u8(Tag::TunerCount, reply.tuners);
  packet.add_text(Tag::BaseUrl, reply.base_url).add_text(Tag::LineupUrl, reply.lineup_url);
  packet.add_text(Tag::DeviceAuth, reply.auth);
  return packet.finish();
}

Result<GetSet> parse_get_set(Bytes payload) {
  const auto fields = parse_fields(payload);
  if (!fields) return tl::unexpected(fields.error());
  GetSet request;
  for (const Field& field : *fields) {
    if (field.tag == Tag::Name) request.name = text_of(field);
    if (field.tag == Tag::Value) request.value = text_of(field);
    if (field.tag == Tag::LockKey && field.value.size() == kNumberSize)
      request.lock_key = load_be32(field.value.data());
  }
  if (request.name.empty()) return fail("no variable is named");
  return request;
}

std::string write_get_set_reply(std::string_view name, std::string_view value) {
  PacketWriter packet(PacketType::GetSetReply);
  packet.add_closed_text(Tag::Name, name).add_closed_text(Tag::Value, value);
  return packet.finish();
}

std::string write_get_set_error(std::string_view message) {
  PacketWriter packet(PacketType::GetSetReply);
  packet.add_closed_text(Tag::ErrorMessage, concat("ERROR: ", message));
  return packet.finish();
}

} // namespace relevo::hdhr
