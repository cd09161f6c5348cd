// SPDX-License-Identifier: LGPL-2.1-or-later
// From the entries of a playlist to streams.
#include "sources/m3u_listing.hpp"

#include "base/json_text.hpp"
#include "base/text.hpp"
#include "m3u/parse.hpp"
#include "packed_file.hpp"
#include "uri/redact.hpp"
#include "uri/resolve.hpp"
#include "xtream/panel.hpp"

#include <utility>

namespace relevo::sources {
namespace {

using model::Found;
using model::StreamKind;

bool ends_like_a_film(std::string_view url) {
  const auto path = url.substr(0, url.find_first_of("?#"));
  for (const std::string_view end : {".mp4", ".mkv", ".avi"})
    if (path.size() > end.size() && equal_nocase(path.substr(path.size() - end.size()), end)) return true;
  return false;
}

/// Turns entries into what they say of a stream, with memory that is used again.
class Translation {
 public:
  explicit Translation(const std::string& base) : base_(base) {}

  const Found& operator()(const m3u::Entry& entry) {
    found_ = Found{};
    found_.name = entry.name;
    found_.url = resolve(entry.address.url);
    found_.tvg_id = m3u::tvg_id(entry);
    found_.logo = m3u::logo(entry);
    found_.number = m3u::channel_number(entry);
    found_.archive_days = m3u::archive_days(entry);
    found_.adult = m3u::find(entry.attributes, "is_adult") == "1";
    if (const auto groups = m3u::groups(entry); !groups.empty()) found_.group = groups.front();
    identify(entry);
    write_details(entry);
    return found_;
  }

 private:
  std::string_view resolve(std::string_view url) {
    if (base_.empty() || url.find(':') != std::string_view::npos) return url;
    url_ = uri::resolve_reference(base_, url);
    return url_;
  }

  void identify(const m3u::Entry& entry) {
    if (const auto address = xtream::identify(found_.url)) {
      provider_id_ = std::to_string(address->id);
      found_.provider_id = provider_id_;
      if (address->kind == xtream::StreamKind::Movie) found_.kind = StreamKind::Movie;
      if (address->kind == xtream::StreamKind::Episode) found_.kind = StreamKind::Series;
    } else if (entry.duration && ends_like_a_film(found_.url)) {
      found_.kind = StreamKind::Movie;
    }
  }

  void write_details(const m3u::Entry& entry) {
    details_.clear();
    JsonText json(details_);
    json.begin('{');
    write_headers(json, entry);
    write_attributes(json, entry);
    write_tags(json, entry);
    write_backups(json, entry);
    json.end('}');
    found_.details = details_;
  }

  static void write_headers(JsonText& json, const m3u::Entry& entry) {
    const auto headers = m3u::request_headers(entry);
    if (headers.empty()) return;
    json.name("headers").begin('{');
    for (const auto& [name, value] : headers)
      json.name(name).text(value);
    json.end('}');
  }

  /// Without those that are kept elsewhere.
  void write_attributes(JsonText& json, const m3u::Entry& entry) const {
    bool any = false;
    for (const auto& [name, value] : entry.attributes) {
      if (value.empty() || value.data() != m3u::find(entry.attributes, name).data()) continue;
      if (value == found_.name || value == found_.tvg_id || value == found_.logo || value == found_.group)
        continue;
      if (!std::exchange(any, true)) json.name("attributes").begin('{');
      json.name(name).text(value);
    }
    if (any) json.end('}');
  }

  static void write_tags(JsonText& json, const m3u::Entry& entry) {
    if (entry.tags.empty()) return;
    json.name("tags").begin('[');
    for (const auto& [name, value] : entry.tags)
      json.begin('[').text(name).text(value).end(']');
    json.end(']');
  }

  static void write_backups(JsonText& json, const m3u::Entry& entry) {
    if (entry.backups.empty()) return;
    json.name("backups").begin('[');
    for (const auto& backup : entry.backups) {
      json.begin('{').name("url").text(backup.url);
      if (!backup.headers.empty()) {
        json.name("headers").begin('{');
        for (const auto& [name, value] : backup.headers)
          json.name(name).text(value);
        json.end('}');
      }
      json.end('}');
    }
    json.end(']');
  }

  const std::string& base_;
  Found found_;
  std::string url_;
  std::string provider_id_;
  std::string details_;
};

} // namespace

Result<void> M3uListing::read(const Sink& sink, const gx::CancelToken& token) const {
  Translation translate(base_);
  m3u::Parser parser({
      .on_entry = [&](const m3u::Entry& entry) { sink.on_found(translate(entry)); },
      .on_fault =
          [&](const m3u::Fault& fault) {
            sink.on_fault({fault.line, uri::redact_text(fault.message)});
          },
  });
  const auto read =
      read_packed(file_, {".m3u", ".m3u8"}, token, [&](Bytes block) { return parser.push(block); });
  if (!read) return tl::unexpected(read.error());
  const auto counts = parser.finish();
  if (!counts)
    return fail(concat("line ", counts.error().offset, ": ", uri::redact_text(counts.error().message)));
  if (counts->cut && sink.on_cut) sink.on_cut();
  return {};
}

} // namespace relevo::sources
