// SPDX-License-Identifier: LGPL-2.1-or-later
#include "hdhr/ssdp.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::hdhr;

namespace {

const SsdpDevice kDevice{"01234567-89ab-cdef-0123-456789abcdef", "http://192.0.2.10:8383/device.xml",
                         "Linux/1 UPnP/1.0 Relevo/1"};

} // namespace

TEST_CASE("searches are understood") {
  struct {
    const char* datagram;
    const char* target; // null: refused
  } const cases[] = {
      {"M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nMX: 3\r\nST: "
       "ssdp:all\r\n\r\n",
       "ssdp:all"},
      {"M-SEARCH * HTTP/1.1\nst:upnp:rootdevice\nman:\"ssdp:discover\"\n", "upnp:rootdevice"},
      {"M-SEARCH * HTTP/1.1\r\nMAN: \"ssdp:discover\"\r\n\r\nST: ssdp:all\r\n", nullptr},
      {"M-SEARCH * HTTP/1.1\r\nST: ssdp:all\r\n\r\n", nullptr},
      {"M-SEARCH * HTTP/1.1\r\nMAN: \"ssdp:discover\"\r\nnothing\r\nST: ssdp:all\r\n\r\n", nullptr},
      {"NOTIFY * HTTP/1.1\r\nMAN: \"ssdp:discover\"\r\nST: ssdp:all\r\n\r\n", nullptr},
      {"", nullptr},
  };
  for (const auto& c : cases) {
    CAPTURE(c.datagram);
    const auto search = parse_ssdp_search(c.datagram);
    REQUIRE(search.has_value() == (c.target != nullptr));
    if (search) CHECK(search->target == c.target);
  }
}

TEST_CASE("answers and notices say what UPnP wants of them") {
  const auto types = ssdp_types(kDevice.uuid);
  CHECK(write_ssdp_answer(kDevice, types[0]) ==
        "HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=1800\r\nLOCATION: http://192.0.2.10:8383/device.xml\r\n"
        "SERVER: Linux/1 UPnP/1.0 Relevo/1\r\nEXT:\r\nST: upnp:rootdevice\r\n"
        "USN: uuid:01234567-89ab-cdef-0123-456789abcdef::upnp:rootdevice\r\n\r\n");
  CHECK(write_ssdp_alive(kDevice, types[1]) ==
        "NOTIFY * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nNT: uuid:01234567-89ab-cdef-0123-456789abcdef\r\n"
        "NTS: ssdp:alive\r\nUSN: uuid:01234567-89ab-cdef-0123-456789abcdef\r\n"
        "CACHE-CONTROL: max-age=1800\r\nLOCATION: http://192.0.2.10:8383/device.xml\r\n"
        "SERVER: Linux/1 UPnP/1.0 Relevo/1\r\n\r\n");
  CHECK(write_ssdp_byebye(kDevice, types[2]) ==
        "NOTIFY * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nNT: urn:schemas-upnp-org:device:MediaServer:1\r\n"
        "NTS: ssdp:byebye\r\n"
        "USN: uuid:01234567-89ab-cdef-0123-456789abcdef::urn:schemas-upnp-org:device:MediaServer:1\r\n\r\n");
}
