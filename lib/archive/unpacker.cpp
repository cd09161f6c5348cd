// SPDX-License-Identifier: LGPL-2.1-or-later
// One stage after the other, until the bytes are plain.
#include "archive/unpacker.hpp"

#include "base/text.hpp"
#include "gunzip.hpp"
#include "reader.hpp"
#include "tap.hpp"
#include "unzip.hpp"

#include <algorithm>
#include <array>

namespace relevo::archive {
namespace {

constexpr int kMaxStages = 3; // a .gz in a .zip in a .gz

bool ends_with_nocase(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && equal_nocase(text.substr(text.size() - end.size()), end);
}

Read count(Read source, Budget& budget) {
  return [source = std::move(source), &budget](MutableBytes buffer) {
    auto size = source(buffer);
    budget.packed += size.value_or(0);
    return size;
  };
}

} // namespace

Unpacker::Unpacker(Open open, std::vector<std::string> endings, Limits limits)
    : open_(std::move(open)),
      endings_(std::move(endings)),
      budget_(std::make_unique<Budget>(Budget{limits})) {}

Unpacker::~Unpacker() = default;

Result<std::size_t> Unpacker::read(MutableBytes buffer) {
  if (!broken_) {
    const auto size = read_on(buffer);
    if (size) {
      given_ += *size;
      return size;
    }
    broken_ = Error{size.error().message, static_cast<std::size_t>(given_)};
  }
  return tl::unexpected(*broken_);
}

Result<std::size_t> Unpacker::read_on(MutableBytes buffer) {
  if (!plain_) {
    auto plain = open_plain();
    if (!plain) return tl::unexpected(plain.error());
    plain_ = *std::move(plain);
  }
  return plain_(buffer);
}

Result<Read> Unpacker::open_plain() {
  auto plain = open_plain(Choice::Wanted);
  if (plain && !*plain) plain = open_plain(Choice::First);
  if (plain && !*plain) return fail("the zip file holds no file");
  return plain;
}

Result<Read> Unpacker::open_plain(Choice choice) {
  const auto wants = [&](std::string_view name) {
    return choice == Choice::First ||
           std::ranges::any_of(endings_, [&](const auto& ending) { return ends_with_nocase(name, ending); });
  };
  auto stage = open_();
  if (!stage) return stage;
  budget_->packed = 0;
  stage = count(*std::move(stage), *budget_);
  for (int stages = 0;; ++stages) {
    const auto tap = std::make_shared<Tap>(*std::move(stage), *budget_);
    const auto form = tap->find_form();
    if (!form) return tl::unexpected(form.error());
    stage = [tap](MutableBytes buffer) { return tap->read(buffer); };
    if (*form == Form::Plain) return stage;
    if (stages == kMaxStages) return fail(concat("packed more than ", kMaxStages, " times"));
    switch (*form) {
    case Form::Gzip: stage = gunzip(*std::move(stage)); break;
    case Form::Zip: stage = unzip(*std::move(stage), wants, *budget_); break;
    default: stage = decompress(*std::move(stage), *form);
    }
    if (!stage || !*stage) return stage;
  }
}

} // namespace relevo::archive
