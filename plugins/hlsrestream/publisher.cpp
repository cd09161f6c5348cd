// SPDX-License-Identifier: LGPL-2.1-or-later
// Files first, then the playlist that lists them, then the end of those that nobody needs any more.
#include "publisher.hpp"

#include "base/text.hpp"
#include "gstx/contract.hpp"
#include "gx/handle.hpp"
#include "hls/parse.hpp"
#include "hls/write.hpp"

#include <algorithm>
#include <cerrno>
#include <set>

namespace relevo::hlsrestream {
namespace {

std::string stem_of(const Settings& settings) {
  const auto stem = std::filesystem::path(settings.location).stem().string();
  return stem.empty() ? "segment-" : stem + '-';
}

std::string escaped(const std::string& name) {
  return gx::CString(g_uri_escape_string(name.c_str(), nullptr, FALSE)).get();
}

std::uint64_t nanoseconds(hls::Duration duration) {
  return static_cast<std::uint64_t>(std::chrono::nanoseconds(duration).count());
}

GstResourceError code_of(int error) {
  switch (error) {
  case ENOSPC:
  case EDQUOT: return GST_RESOURCE_ERROR_NO_SPACE_LEFT;
  case ENOENT:
  case ENOTDIR: return GST_RESOURCE_ERROR_NOT_FOUND;
  case EACCES:
  case EPERM:
  case EROFS: return GST_RESOURCE_ERROR_OPEN_WRITE;
  default: return GST_RESOURCE_ERROR_WRITE;
  }
}

/// Its media playlist, or why it is none.
Result<hls::MediaPlaylist> media_playlist_in(const std::string& text) {
  auto parsed = hls::parse_playlist(text);
  if (!parsed) return tl::unexpected(parsed.error());
  if (auto* media = std::get_if<hls::MediaPlaylist>(&parsed->playlist)) return std::move(*media);
  return fail("it is a master playlist");
}

} // namespace

void post_file_failure(GstElement* element, GstMessageType type, const FileFailure& failure,
                       const std::string& sentence) {
  const std::string text = concat(sentence, ": ", g_strerror(failure.code));
  const std::string detail = concat(failure.what, ": errno ", failure.code);
  gst_element_message_full(element, type, GST_RESOURCE_ERROR, code_of(failure.code), g_strdup(text.c_str()),
                           g_strdup(detail.c_str()), __FILE__, GST_FUNCTION, __LINE__);
}

Publisher::Publisher(GstElement* element, const Settings& settings, Outlet outlet,
                     gx::Guarded<Statistics>& statistics)
    : element_(element),
      settings_(settings),
      outlet_(std::move(outlet)),
      statistics_(statistics),
      prefix_(stem_of(settings)),
      address_prefix_size_(escaped(prefix_).size()),
      window_(make_window(settings, escaped(prefix_))) {
  *statistics_.lock() = {};
  if (settings.location.empty()) return;
  const std::filesystem::path location(settings.location);
  folder_.emplace(location.has_parent_path() ? location.parent_path() : ".");
  playlist_name_ = location.filename().string();
}

// ---- what is there at the start ----

MaybeFailure Publisher::start(const std::optional<hls::MediaPlaylist>& before) {
  std::optional<std::string> text;
  if (folder_) {
    if (folder_->is_folder(playlist_name_)) return FileFailure{settings_.location, EISDIR};
    const std::string probe = playlist_name_ + ".probe";
    if (auto failed = folder_->write(probe, "")) return failed;
    if (auto failed = folder_->remove(probe)) return failed;
    text = folder_->read(playlist_name_, hls::kMaxPlaylistSize);
  }
  if (text)
    resume(*text);
  else if (before)
    window_.follow(*before);
  if (folder_) clean_up(folder_->names());
  const auto& playlist = window_.playlist();
  if (text || before || window_.next_sequence() != 0)
    tell("continue", gstx::Structure(contract::kHls).set("sequence", window_.next_sequence()));
  auto statistics = statistics_.lock();
  statistics->next_sequence = window_.next_sequence();
  statistics->target_duration = static_cast<std::uint32_t>(playlist.target_duration.count());
  return {};
}

void Publisher::resume(const std::string& text) {
  auto old = media_playlist_in(text);
  if (!old) {
    GST_ELEMENT_WARNING(
        element_, RESOURCE, READ,
        ("The playlist that is there cannot be read: %s; numbers go on behind the segments beside it",
         old.error().message.c_str()),
        ("%s, line %zu", settings_.location.c_str(), old.error().offset));
    return;
  }
  for (auto& segment : old->segments) {
    const gx::CString name(g_uri_unescape_string(segment.uri.c_str(), nullptr));
    segment.gap |= !name || !folder_->holds(name.get());
  }
  window_.resume(std::move(*old));
}

/// Nobody will hear of files that an earlier run left over. Without a playlist it is not sure that they are
/// ours: they stay, and the numbers go on behind them.
void Publisher::clean_up(const std::vector<std::string>& names) {
  const auto& playlist = window_.playlist();
  const bool resumed = !playlist.segments.empty();
  std::set<std::string> listed;
  for (const auto& segment : playlist.segments) {
    listed.insert(segment.uri);
    for (const auto& part : segment.parts)
      listed.insert(part.uri);
  }
  std::uint64_t behind = window_.next_sequence();
  for (const auto& name : names) {
    if (Folder::is_unfinished(name) && std::string_view(name).substr(1).starts_with(prefix_))
      (void)folder_->remove(name);
    const auto file = file_of(name);
    if (!file || listed.contains(window_.address_of(*file))) continue;
    if (resumed && file->sequence < window_.next_sequence())
      window_.add_leftover(*file, folder_->age_of(name));
    else if (resumed && file->sequence == window_.next_sequence())
      (void)folder_->remove(name); // was written, and the playlist was not
    else if (!resumed)
      behind = std::max(behind, file->sequence + 1);
  }
  if (behind == window_.next_sequence()) return;
  hls::MediaPlaylist numbers = playlist;
  numbers.media_sequence = behind;
  window_.follow(numbers);
}

std::optional<hls::MediaFile> Publisher::file_of(std::string_view name) const {
  if (!name.starts_with(prefix_)) return {};
  std::string_view numbers = name.substr(prefix_.size());
  if (!numbers.ends_with(kSuffix)) return {};
  numbers.remove_suffix(kSuffix.size());
  const auto point = std::min(numbers.find('.'), numbers.size());
  const auto sequence = parse_number<std::uint64_t>(numbers.substr(0, point));
  if (!sequence) return {};
  hls::MediaFile file{*sequence, {}};
  if (point < numbers.size()) file.part = parse_number<std::uint32_t>(numbers.substr(point + 1));
  if (name_of(file) != name) return {}; // written in another way than ours
  return file;
}

std::string Publisher::name_of(hls::MediaFile file) const {
  return prefix_ + window_.address_of(file).substr(address_prefix_size_);
}

// ---- pieces ----

void Publisher::begin_segment(bool discontinuity) {
  using namespace std::chrono;
  window_.begin_segment(discontinuity, floor<milliseconds>(system_clock::now()));
}

void Publisher::add_part(const Piece& part) {
  const auto& open = window_.playlist().open;
  const auto index = static_cast<std::uint32_t>(open ? open->parts.size() : 0);
  const std::string name = name_of({window_.next_sequence(), index});
  const bool kept = keep(name, part.bytes.get());
  window_.add_part(part.duration, part.independent, kept);
  publish();
  ++statistics_.lock()->parts;
  tell("part", gstx::Structure(contract::kHls)
                   .set("name", name)
                   .set("sequence", window_.next_sequence())
                   .set("part", index)
                   .set("duration", nanoseconds(part.duration))
                   .set("size", part.size)
                   .set("independent", part.independent)
                   .set("gap", !kept));
}

void Publisher::end_segment(const Piece& piece) {
  const auto target = window_.playlist().target_duration;
  const auto sequence = window_.next_sequence();
  const std::string name = name_of({sequence, {}});
  const bool kept = keep(name, piece.bytes.get());
  window_.end_segment(piece.duration, kept);
  const hls::Segment segment = window_.playlist().segments.back();
  publish();
  {
    auto statistics = statistics_.lock();
    ++statistics->segments;
    statistics->bytes += piece.size;
    statistics->discontinuities += segment.discontinuity;
    statistics->gaps += !kept;
    statistics->next_sequence = window_.next_sequence();
    statistics->target_duration = static_cast<std::uint32_t>(window_.playlist().target_duration.count());
  }
  tell_target(target);
  tell("segment", gstx::Structure(contract::kHls)
                      .set("name", name)
                      .set("sequence", sequence)
                      .set("duration", nanoseconds(segment.duration))
                      .set("size", piece.size)
                      .set("discontinuity", segment.discontinuity)
                      .set("gap", segment.gap)
                      .set("time", std::chrono::microseconds(segment.time->time_since_epoch()).count()));
  delete_expired();
}

void Publisher::drop_segment() {
  window_.drop_segment();
  tell("drop", gstx::Structure(contract::kHls).set("sequence", window_.next_sequence()));
}

void Publisher::end() {
  const auto& playlist = window_.playlist();
  if (playlist.ended || (!settings_.end_list && playlist.type != hls::PlaylistType::Vod)) return;
  window_.end();
  publish();
  tell("end", gstx::Structure(contract::kHls).set("sequence", window_.next_sequence()));
}

void Publisher::stop() {
  if (window_.playlist().type == hls::PlaylistType::Vod && !window_.playlist().segments.empty()) end();
}

// ---- files ----

bool Publisher::keep(const std::string& name, GstBufferList* bytes) {
  if (folder_) {
    if (const auto failed = folder_->write(name, bytes)) {
      warn(*failed, concat(name, " could not be written"));
      return false;
    }
  }
  outlet_.on_file(name, bytes);
  return true;
}

void Publisher::publish() {
  if (!window_.publishable()) return;
  const std::string text = write_media_playlist(window_.playlist());
  if (folder_) {
    const auto failed = folder_->write(playlist_name_, text);
    const bool again = std::exchange(playlist_failed_, failed.has_value());
    if (failed && !again)
      warn(*failed, concat(playlist_name_, " could not be written and is as it was before"));
    if (failed) return;
  }
  outlet_.on_playlist(text);
}

void Publisher::delete_expired() {
  for (const auto& file : window_.take_expired()) {
    const std::string name = name_of(file);
    if (folder_) {
      if (const auto failed = folder_->remove(name)) warn(*failed, concat(name, " could not be deleted"));
    }
    outlet_.on_delete(name);
    tell("delete", gstx::Structure(contract::kHls).set("name", name));
  }
}

// ---- what is said ----

void Publisher::tell(const char* decision, gstx::Structure& what) {
  what.set(contract::kDecision, decision);
  gstx::post_message(element_, std::move(what));
}

void Publisher::tell_target(std::chrono::seconds before) {
  const auto now = window_.playlist().target_duration;
  if (now == before) return;
  tell("raise-target", gstx::Structure(contract::kHls)
                           .set("target-duration", static_cast<std::uint32_t>(now.count()))
                           .set("reason", "a group of pictures is longer"));
}

void Publisher::warn(const FileFailure& failure, const std::string& sentence) {
  post_file_failure(element_, GST_MESSAGE_WARNING, failure, sentence);
}

} // namespace relevo::hlsrestream
