// SPDX-License-Identifier: LGPL-2.1-or-later
// Opening, then pieces, then a row of each.
#include "xtream/list_reader.hpp"

#include "base/text.hpp"
#include "opening.hpp"
#include "pieces.hpp"
#include "read_row.hpp"
#include "verdict.hpp"

#include <utility>

namespace relevo::xtream {
namespace {

constexpr std::size_t kMostOfStrangers = 64 << 10;

struct Member {
  std::string_view key; // with its quotes
  std::string_view value;
};

/// The two sides of the colon behind a key. Empty where there is none.
std::optional<Member> read_member(std::string_view text) {
  const auto end = text.find('"', 1);
  if (!text.starts_with('"') || end == std::string_view::npos) return std::nullopt;
  const auto rest = trim(text.substr(end + 1));
  if (!rest.starts_with(':')) return std::nullopt;
  return Member{text.substr(0, end + 1), trim(rest.substr(1))};
}

bool is_number(std::string_view key) {
  return parse_number<std::uint64_t>(key.substr(1, key.size() - 2)).has_value();
}

} // namespace

template <class Row>
struct ListReader<Row>::Impl {
  explicit Impl(Events e) : events(std::move(e)) {}

  void on_piece(std::string_view text, bool whole);
  void on_stranger(std::string_view text);
  void report(std::string message);
  [[nodiscard]] std::optional<Refusal> judge() const;

  Events events;
  Opening opening;
  PieceReader pieces{[this](std::string_view text, bool whole) { on_piece(text, whole); }};
  Counts counts;
  bool strange = false;  // an object whose first member is no row
  std::string strangers; // the members that are none; only small ones
  Row row;
};

template <class Row>
void ListReader<Row>::Impl::on_piece(std::string_view text, bool whole) {
  if (pieces.of_object()) {
    const auto member = read_member(text);
    if (!member || !is_number(member->key)) return on_stranger(text);
    text = member->value;
  }
  if (!whole) return report(concat("a row of more than ", kMaxRowSize, " bytes"));
  if (auto problem = read_row(text, row); !problem.empty()) return report(std::move(problem));
  ++counts.rows;
  if (events.on_row) events.on_row(row);
}

/// An object that begins with others than rows is not a list. Among rows they are faults.
template <class Row>
void ListReader<Row>::Impl::on_stranger(std::string_view text) {
  if (counts.rows + counts.faults > 0) return report("its key is no number");
  strange = true;
  if (strangers.size() + text.size() > kMostOfStrangers) return;
  if (!strangers.empty()) strangers += ',';
  strangers += text;
}

template <class Row>
void ListReader<Row>::Impl::report(std::string message) {
  const auto index = counts.rows + counts.faults++;
  if (events.on_fault) events.on_fault({index, std::move(message)});
}

template <class Row>
std::optional<Refusal> ListReader<Row>::Impl::judge() const {
  using enum Refusal::Kind;
  if (opening.state() != Opening::State::Found) return opening.refusal();
  const auto& [rows, faults] = counts;
  if (strange && rows + faults == 0)
    return strangers.empty() ? Refusal{Malformed, "a large object that is no list"}
                             : refusal_of_object(strangers, "a list");
  if (!pieces.ended())
    return Refusal{Truncated, concat("the list breaks off after ", rows + faults, " rows")};
  if (rows == 0 && faults > 0) return Refusal{Malformed, concat("none of the ", faults, " rows can be used")};
  return std::nullopt;
}

template <class Row>
ListReader<Row>::ListReader(Events events) : impl_(std::make_unique<Impl>(std::move(events))) {}
template <class Row>
ListReader<Row>::ListReader(ListReader&&) noexcept = default;
template <class Row>
ListReader<Row>& ListReader<Row>::operator=(ListReader&&) noexcept = default;
template <class Row>
ListReader<Row>::~ListReader() = default;

template <class Row>
bool ListReader<Row>::push(Bytes block) {
  auto text = as_text(block);
  if (impl_->opening.state() == Opening::State::Looking) {
    text = impl_->opening.push(text);
    if (impl_->opening.state() == Opening::State::Found) impl_->pieces.push(impl_->opening.begin());
  }
  if (impl_->opening.state() == Opening::State::Found) impl_->pieces.push(text);
  return impl_->opening.state() != Opening::State::Refused && !impl_->pieces.ended();
}

template <class Row>
Reply<Counts> ListReader<Row>::finish() {
  if (auto refusal = impl_->judge()) return tl::unexpected(std::move(*refusal));
  return impl_->counts;
}

template class ListReader<Category>;
template class ListReader<LiveStream>;
template class ListReader<VodTitle>;
template class ListReader<Series>;

} // namespace relevo::xtream
