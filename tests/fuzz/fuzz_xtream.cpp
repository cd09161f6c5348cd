// SPDX-License-Identifier: LGPL-2.1-or-later
// Answers of a panel and addresses of any text: any split of a list gives the same events, what is read is
// inside its bounds, what is refused says why, and URLs read as what they were made of. Input: split pattern,
// texts with CUT! between them, each read as everything.
#include "base/text.hpp"
#include "fuzz.hpp"
#include "xtream/account.hpp"
#include "xtream/panel.hpp"
#include "xtream_copy.hpp"

using namespace relevo;
using namespace relevo::xtream;
using relevo::fuzz::require;

namespace {

template <class Row>
ListCopy<Row> read_split(Bytes input, std::uint8_t seed) {
  ListCopy<Row> list;
  ListReader<Row> reader(list.listen());
  fuzz::Splitter splitter{seed};
  splitter(input, [&](Bytes chunk) { list.push(reader, as_text(chunk)); });
  list.finish(reader);
  return list;
}

void check_text(std::string_view text) {
  for (const char c : text)
    require(static_cast<unsigned char>(c) >= ' ' && c != '\x7f');
  require(text.empty() || (text.front() != ' ' && text.back() != ' '));
}

template <class Row>
void read_lists(std::string_view text, std::uint8_t seed) {
  const auto list = read_list<Row>(text);
  require(list == read_split<Row>(as_bytes(text), seed));
  require(list.refusal || list.counts == Counts{list.rows.size(), list.faults.size()});
  require(!list.refusal || !list.refusal->text.empty());
  for (const auto& row : list.rows) {
    require(row.id >= 0);
    check_text(row.name);
  }
  for (std::size_t i = 0; i < list.faults.size(); ++i)
    require(list.faults[i].index >= i && !list.faults[i].message.empty());
}

void read_account(std::string_view text) {
  const auto account = parse_account(text);
  if (!account) return require(!account.error().text.empty());
  check_text(account->user);
  check_text(account->status);
  require(account->max_connections.value_or(0) >= 0);
}

void read_addresses(std::string_view text) {
  const auto pasted = parse_panel(text);
  if (pasted) {
    const auto& base = pasted->panel.base;
    require(base.starts_with("http://") || base.starts_with("https://"));
    require(!base.ends_with('/') && base.find_first_of("?# \n") == std::string::npos);
  }
  const auto stream = identify(text);
  require(!stream || stream->id >= 0);
  // Whatever a login is, its URLs are read as it.
  const auto half = text.size() / 2;
  const Login login{concat("u", text.substr(0, half)), concat("p", text.substr(half))};
  const Panel panel{"http://h:1/sub"};
  require(parse_panel(live_url(panel, login, 7, "ts")) == Pasted{panel, login});
  require(parse_panel(api_url(panel, login)) == Pasted{panel, login});
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes input = std::as_bytes(std::span{data, size});
  const auto seed = fuzz::take_byte(input);
  while (!input.empty()) {
    const auto text = as_text(fuzz::take_packet(input));
    read_lists<LiveStream>(text, seed);
    read_lists<Category>(text, seed);
    read_lists<VodTitle>(text, seed);
    read_lists<Series>(text, seed);
    read_account(text);
    read_addresses(text);
  }
  return 0;
}
