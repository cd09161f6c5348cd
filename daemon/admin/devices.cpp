// SPDX-License-Identifier: LGPL-2.1-or-later
// Boxes, as administrators register them.
#include "store/devices.hpp"
#include "admin/fields_model.hpp"
#include "admin/operations.hpp"
#include "answers.hpp"
#include "checks.hpp"
#include "stalker/mac.hpp"
#include "store/users.hpp"

namespace relevo::admin {
namespace {

using access::Guard;
using model::Device;
using model::DeviceId;
using net::Response;

constexpr unsigned kConflict = 409;

Device find(const Call& call) {
  auto device = store::find_device(call.database, call.id<DeviceId>("device"));
  if (!device) refuse_unknown("device");
  return *std::move(device);
}

Json audit(const Call& call, const char* event, const std::string& device) {
  return {
      {"event", event}, {"device", device}, {"by", call.request.asker.name}, {"address", call.request.peer}};
}

void check(sqlite::Database& database, Device& device) {
  check_name(device.name);
  const auto mac = stalker::parse_mac(device.mac);
  if (!mac) refuse_invalid(Flaw::Mac, mac.error().message, "mac", {{"value", device.mac}});
  device.mac = *mac;
  if (!store::find_user(database, device.user))
    refuse_invalid(Flaw::NotThere, "there is no such user", "user");
}

/// The database cannot tell: there they are sealed.
void keep_macs_apart(sqlite::Database& database, const Device& device) {
  for (const auto& other : store::load_devices(database))
    if (other.id != device.id && other.mac == device.mac)
      throw Refusal(kConflict, "conflict", concat("the box ", quote(other.name), " has this MAC"), "mac",
                    Flaw::Taken, {{"name", other.name}});
}

Response save(const Call& call, Guard& guard, Device device, unsigned status) {
  apply(device, call.body);
  sqlite::Transaction transaction(call.database);
  check(call.database, device);
  keep_macs_apart(call.database, device);
  store::save_device(call.database, device);
  transaction.commit();
  guard.reload(call.database);
  guard.tell(audit(call, status == kCreated ? "device-added" : "device-changed", device.name));
  return answer(write(device), status);
}

Response erase(const Call& call, Guard& guard) {
  const auto device = find(call);
  store::erase_device(call.database, device.id);
  guard.reload(call.database);
  guard.tell(audit(call, "device-removed", device.name));
  return nothing();
}

} // namespace

void add_devices(Operations& operations, Guard& guard) {
  using net::Method;
  const Json device = Codec<Device>::schema();
  const std::string base = "/api/v1/devices", one = base + "/{device}";
  operations.push_back(
      {Method::Get, base, "boxes, by name", {}, {}, list_schema(device), [](const Call& call) {
         return answer(write(store::load_devices(call.database)));
       }});
  operations.push_back({Method::Post,
                        base,
                        "a new box, that watches as a user",
                        {},
                        device,
                        device,
                        [&guard](const Call& call) { return save(call, guard, {}, kCreated); }});
  operations.push_back({Method::Get, one, "a box", {}, {}, device, [](const Call& call) {
                          return answer(write(find(call)));
                        }});
  operations.push_back({Method::Patch, one, "changes a box", {}, device, device, [&guard](const Call& call) {
                          return save(call, guard, find(call), 200);
                        }});
  operations.push_back({Method::Delete,
                        one,
                        "takes a box away; what it watches goes on",
                        {},
                        {},
                        {},
                        [&guard](const Call& call) { return erase(call, guard); }});
}

} // namespace relevo::admin
