// SPDX-License-Identifier: LGPL-2.1-or-later
#include "hdhr/ssdp.hpp"

#include "base/text.hpp"

namespace relevo::hdhr {
namespace {

constexpr std::string_view kRootDevice = "upnp:rootdevice";

/// Takes a line with its end.
std::string_view take_line(std::string_view& text) noexcept {
  const auto end = text.find('\n');
  const auto line = trim(text.substr(0, end));
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

/// The unique name under which it is this.
std::string write_usn(const SsdpDevice& device, std::string_view type) {
  const auto uuid = concat("uuid:", device.uuid);
  return type == uuid ? uuid : concat(uuid, "::", type);
}

std::string write_notice_head(std::string_view notice, const SsdpDevice& device, std::string_view type) {
  return concat("NOTIFY * HTTP/1.1\r\nHOST: ", kSsdpGroup, ":", kSsdpPort, "\r\nNT: ", type,
                "\r\nNTS: ssdp:", notice, "\r\nUSN: ", write_usn(device, type), "\r\n");
}

std::string write_where(const SsdpDevice& device) {
  return concat("CACHE-CONTROL: max-age=", kSsdpAge, "\r\nLOCATION: ", device.location,
                "\r\nSERVER: ", device.server, "\r\n");
}

} // namespace

Result<SsdpSearch> parse_ssdp_search(std::string_view datagram) {
  if (take_line(datagram) != "M-SEARCH * HTTP/1.1") return fail("no search");
  SsdpSearch search;
  bool discovers = false;
  while (!datagram.empty()) {
    const auto line = take_line(datagram);
    if (line.empty()) break;
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return fail(concat("no header: ", quote(line)));
    const auto name = trim(line.substr(0, colon)), value = trim(line.substr(colon + 1));
    if (equal_nocase(name, "MAN")) discovers = value == "\"ssdp:discover\"";
    if (equal_nocase(name, "ST")) search.target = value;
  }
  if (!discovers || search.target.empty()) return fail("a search for nothing");
  return search;
}

std::array<std::string, 3> ssdp_types(std::string_view uuid) {
  return {std::string(kRootDevice), concat("uuid:", uuid), std::string(kSsdpDeviceType)};
}

std::string write_ssdp_answer(const SsdpDevice& device, std::string_view type) {
  return concat("HTTP/1.1 200 OK\r\n", write_where(device), "EXT:\r\nST: ", type,
                "\r\nUSN: ", write_usn(device, type), "\r\n\r\n");
}

std::string write_ssdp_alive(const SsdpDevice& device, std::string_view type) {
  return concat(write_notice_head("alive", device, type), write_where(device), "\r\n");
}

std::string write_ssdp_byebye(const SsdpDevice& device, std::string_view type) {
  return concat(write_notice_head("byebye", device, type), "\r\n");
}

} // namespace relevo::hdhr
