// SPDX-License-Identifier: LGPL-2.1-or-later
// The first bytes of packed files.
#include "form.hpp"

#include <array>

namespace relevo::archive {
namespace {

using namespace std::string_view_literals;

struct Magic {
  std::string_view bytes;
  Form form;
};
constexpr std::array kMagics = {
    Magic{"\x1f\x8b\x08"sv, Form::Gzip},
    Magic{"\xfd\x37zXZ\0"sv, Form::Xz},
    Magic{"\x28\xb5\x2f\xfd"sv, Form::Zstd},
    Magic{"PK\3\4"sv, Form::Zip},
    Magic{"PK\5\6"sv, Form::Zip},     // without a file
    Magic{"PK00PK\3\4"sv, Form::Zip}, // that might have had several parts
};

/// "BZh", the size of its blocks, and then a block or the end.
bool is_bzip2(std::string_view head) noexcept {
  if (head.size() < 10 || !head.starts_with("BZh") || head[3] < '1' || head[3] > '9') return false;
  return head.substr(4, 6) == "\x31\x41\x59\x26\x53\x59"sv ||
         head.substr(4, 6) == "\x17\x72\x45\x38\x50\x90"sv;
}

} // namespace

Form form_of(Bytes head) noexcept {
  const auto text = as_text(head);
  for (const Magic& magic : kMagics)
    if (text.starts_with(magic.bytes)) return magic.form;
  return is_bzip2(text) ? Form::Bzip2 : Form::Plain;
}

std::string_view name_of(Form form) noexcept {
  switch (form) {
  case Form::Plain: return "plain";
  case Form::Gzip: return "gzip";
  case Form::Bzip2: return "bzip2";
  case Form::Xz: return "xz";
  case Form::Zstd: return "zstd";
  case Form::Zip: return "zip";
  }
  return "unknown";
}

} // namespace relevo::archive
