// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gx/hmac.hpp"

#include "gx/handle.hpp"

#include <glib.h>

namespace relevo::gx {
namespace {

const guchar* as_guchar(std::string_view text) {
  return reinterpret_cast<const guchar*>(text.data());
}

} // namespace

std::string hmac_sha256(std::string_view key, std::string_view text) {
  const CString digits(
      g_compute_hmac_for_data(G_CHECKSUM_SHA256, as_guchar(key), key.size(), as_guchar(text), text.size()));
  return digits.get();
}

} // namespace relevo::gx
