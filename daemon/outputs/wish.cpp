// SPDX-License-Identifier: LGPL-2.1-or-later
// The parameters of lists and guides, ours and those of other servers.
#include "outputs/wish.hpp"

#include "base/text.hpp"
#include "net/url.hpp"

#include <algorithm>

namespace relevo::outputs {
namespace {

using net::Request;

constexpr int kMostDays = 31; // no guide reaches further
constexpr int kMostSaid = 365;

tl::unexpected<Mistake> refuse(std::string message, std::string_view where) {
  return tl::unexpected(Mistake{std::move(message), std::string(where)});
}

using Days = tl::expected<std::chrono::days, Mistake>;

/// `none`: what 0 means.
Days read_days(const Request& request, std::string_view name, std::chrono::days usual, int none) {
  const auto text = request.query_value(name);
  if (!text) return usual;
  const auto number = parse_number<int>(*text);
  if (!number || *number < 0 || *number > kMostSaid)
    return refuse(concat("must be a number of days from 0 to ", kMostSaid), name);
  return std::chrono::days(*number == 0 ? none : std::min(*number, kMostDays));
}

tl::expected<StreamFormat, Mistake> read_format(const Request& request) {
  const auto output = request.query_value("output").value_or("ts");
  // Who asks a panel for RTMP, which is not here, plays the other as well.
  if (output == "ts" || output == "mpegts" || output == "rtmp") return StreamFormat::Ts;
  if (output == "m3u8" || output == "hls") return StreamFormat::Hls;
  return refuse("must be ts or m3u8", "output");
}

tl::expected<const Dialect*, Mistake> read_dialect(const Request& request) {
  const auto name = request.query_value("dialect");
  if (!name) return &dialects().front();
  if (const auto* dialect = find_dialect(*name)) return dialect;
  std::string names;
  for (const auto& dialect : dialects())
    names += concat(names.empty() ? "" : ", ", dialect.name);
  return refuse(concat("must be one of ", names), "dialect");
}

std::string text_of(const Request& request, std::string_view name) {
  return std::string(request.query_value(name).value_or(""));
}

Part read_part(const Request& request) {
  Part part{text_of(request, "profile"), text_of(request, "group"), {}};
  for (const auto& [name, value] : request.parameters)
    if (name == "profile") part.profile = value;
  return part;
}

} // namespace

tl::expected<Wish, Mistake> read_wish(const Request& request) {
  Wish wish;
  wish.part = read_part(request);
  if (request.query_value("tvg_id_source") == "channel_number") wish.ids = IdSource::Number;
  const auto future = read_days(request, "days", wish.future, kMostDays);
  if (!future) return tl::unexpected(future.error());
  wish.future = *future;
  const auto past = read_days(request, "prev_days", wish.past, 0);
  if (!past) return tl::unexpected(past.error());
  wish.past = *past;
  const auto format = read_format(request);
  if (!format) return tl::unexpected(format.error());
  wish.format = *format;
  const auto dialect = read_dialect(request);
  if (!dialect) return tl::unexpected(dialect.error());
  wish.dialect = *dialect;
  return wish;
}

tl::expected<Wish, Mistake> read_panel_wish(const Request& request) {
  auto wish = read_wish(request);
  if (!wish || request.query_value("dialect")) return wish;
  auto type = text_of(request, "type");
  for (const auto& [name, value] : request.parameters)
    if (name == "type") type = value;
  wish->dialect = find_dialect(type == "m3u" ? "m3u" : "m3u_plus");
  return wish;
}

std::string write_guide_url(const std::string& base, const Wish& wish, const std::string& token) {
  const Wish usual;
  const auto said = [](std::chrono::days days, std::chrono::days unsaid) {
    return days == unsaid ? std::string() : std::to_string(days.count());
  };
  const std::pair<const char*, std::string> fields[] = {
      {"profile", wish.part.profile},
      {"group", wish.part.group},
      {"tvg_id_source", wish.ids == IdSource::Number ? "channel_number" : ""},
      {"days", said(wish.future, usual.future)},
      {"prev_days", said(wish.past, usual.past)},
      {"token", token}};
  auto url = concat(base, "/guide.xml");
  char separator = '?';
  for (const auto& [name, value] : fields) {
    if (value.empty()) continue;
    url += concat(separator, name, '=', net::percent_encode(value));
    separator = '&';
  }
  return url;
}

} // namespace relevo::outputs
