// SPDX-License-Identifier: LGPL-2.1-or-later
// From the elements of XMLTV to what is kept.
#include "sources/guide.hpp"

#include "gx/encoding.hpp"
#include "packed_file.hpp"
#include "programme_details.hpp"
#include "uri/redact.hpp"
#include "xmltv/read.hpp"

namespace relevo::sources {
namespace {

std::string_view first_of(const std::vector<xmltv::Text>& texts) {
  return texts.empty() ? std::string_view{} : texts.front().text;
}

Fault to_fault(const xmltv::Fault& fault) {
  return {fault.line, uri::redact_text(fault.message)};
}

class Translation {
 public:
  explicit Translation(const GuideSink& sink) : sink_(sink) {}

  void take(const xmltv::Channel& channel) {
    names_.clear();
    for (const auto& name : channel.names)
      names_.emplace_back(name.text);
    sink_.on_channel(
        {channel.id, names_, channel.icons.empty() ? std::string_view{} : channel.icons.front().src});
  }

  void take(const xmltv::Programme& programme) {
    programme_.start = programme.start;
    programme_.stop = programme.stop.value_or(programme.start);
    programme_.title = first_of(programme.titles);
    programme_.subtitle = first_of(programme.sub_titles);
    programme_.description = first_of(programme.descs);
    programme_.details.clear();
    write_details(programme_.details, programme);
    sink_.on_programme(programme.channel, programme_);
  }

 private:
  const GuideSink& sink_;
  std::vector<std::string> names_; // memory that is used again, like the next
  model::Programme programme_;
};

} // namespace

Result<std::optional<Fault>> read_guide(const std::string& file, const GuideSink& sink,
                                        const gx::CancelToken& token) {
  Translation translation(sink);
  xmltv::Reader reader({
      .on_channel = [&](const xmltv::Channel& channel) { translation.take(channel); },
      .on_programme = [&](const xmltv::Programme& programme) { translation.take(programme); },
      .on_fault = [&](const xmltv::Fault& fault) { sink.on_fault(to_fault(fault)); },
  });
  const auto read =
      read_packed(file, {".xml", ".xmltv"}, token, [&](Bytes block) { return reader.push(block); });
  if (!read) return tl::unexpected(read.error());
  const auto counts = reader.finish();
  if (!counts) return fail(uri::redact_text(counts.error().message), counts.error().offset);
  if (!counts->broken) return std::optional<Fault>();
  return std::optional(to_fault(*counts->broken));
}

} // namespace relevo::sources
