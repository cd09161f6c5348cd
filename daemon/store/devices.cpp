// SPDX-License-Identifier: LGPL-2.1-or-later
// The table "device".
#include "store/devices.hpp"

#include "base/text.hpp"
#include "rows.hpp"
#include "sealing.hpp"

namespace relevo::store {
namespace {

using model::Device;

constexpr std::string_view kSelect =
    "SELECT id, name, unseal(mac, 'device.mac', id), user, enabled, seen_at FROM device";

Device read_device(const sqlite::Statement& row) {
  return {{row.column<std::int64_t>(0)}, row.column<std::string>(1),
          row.column<std::string>(2),    {row.column<std::int64_t>(3)},
          row.column<bool>(4),           to_time(row.column<std::optional<std::int64_t>>(5))};
}

} // namespace

std::vector<Device> load_devices(sqlite::Database& database) {
  sqlite::Statement row(database, concat(kSelect, " ORDER BY name"));
  std::vector<Device> devices;
  while (row.step())
    devices.push_back(read_device(row));
  return devices;
}

std::optional<Device> find_device(sqlite::Database& database, model::DeviceId id) {
  sqlite::Statement row(database, concat(kSelect, " WHERE id = ?"));
  row.start(id.value);
  if (!row.step()) return std::nullopt;
  return read_device(row);
}

void save_device(sqlite::Database& database, Device& device) {
  if (!device.id) {
    // What is sealed is bound to the id, so that comes first.
    sqlite::Statement(database, "INSERT INTO device (name, mac, user, enabled) VALUES (?, x'', ?, 0)")
        .run(device.name, device.user.value);
    device.id = {database.last_insert_id()};
  }
  sqlite::Statement(database,
                    "UPDATE device SET name = ?, mac = seal(?, 'device.mac', id), user = ?, enabled = ? "
                    "WHERE id = ?")
      .run(device.name, device.mac, device.user.value, device.enabled, device.id.value);
}

void use_device(sqlite::Database& database, model::DeviceId id, model::Time now) {
  sqlite::Statement(database, "UPDATE device SET seen_at = ? WHERE id = ?").run(to_column(now), id.value);
}

bool erase_device(sqlite::Database& database, model::DeviceId id) {
  sqlite::Statement(database, "DELETE FROM device WHERE id = ?").run(id.value);
  return database.changes() != 0;
}

} // namespace relevo::store
