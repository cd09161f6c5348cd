// SPDX-License-Identifier: LGPL-2.1-or-later
// Reading of the command line: a command, --name VALUE or --name=VALUE, and a URI.
#include "options.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <optional>

namespace relevo::worker {
namespace {

bool has_control_characters(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; });
}

Result<void> set_user_agent(Options& options, std::string_view value) {
  if (has_control_characters(value)) return fail("it has control characters");
  options.user_agent = value;
  return {};
}

Result<void> add_header(Options& options, std::string_view value) {
  if (has_control_characters(value)) return fail("it has control characters");
  const auto colon = value.find(':');
  const auto name = trim(value.substr(0, colon));
  if (colon == std::string_view::npos || name.empty()) return fail("it is no \"NAME: VALUE\"");
  options.headers.emplace_back(name, trim(value.substr(colon + 1)));
  return {};
}

Result<void> set_reach(Options& options, std::string_view value) {
  return ip::parse_reach(value).map([&options](auto reach) { options.reach = std::move(reach); });
}

using SetValue = Result<void> (*)(Options&, std::string_view);

SetValue find_value(std::string_view name) noexcept {
  if (name == "--user-agent") return set_user_agent;
  if (name == "--header") return add_header;
  if (name == "--reach") return set_reach;
  return nullptr;
}

Result<void> set_uri(Options& options, std::string_view text) {
  if (!options.uri.empty()) return fail(concat("one URI is enough: ", quote(text)));
  const auto colon = text.find(':');
  const auto scheme = text.substr(0, colon);
  const bool is_scheme = std::ranges::all_of(scheme, [](char c) {
    return (to_lower(c) >= 'a' && to_lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '-' ||
           c == '.';
  });
  if (colon == std::string_view::npos || colon == 0 || !is_scheme)
    return fail(concat("this is no URI: ", quote(text)));
  options.uri = text;
  return {};
}

/// The arguments behind the command.
Result<Options> parse_remux(std::span<const char* const> arguments) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (!argument.starts_with("--")) {
      if (auto done = set_uri(options, argument); !done) return tl::unexpected(done.error());
      continue;
    }
    const auto equals = argument.find('=');
    const auto name = argument.substr(0, equals);
    const SetValue set = find_value(name);
    if (set == nullptr) return fail(concat("there is no option ", quote(argument)));
    if (equals == std::string_view::npos && ++i == arguments.size())
      return fail(concat(name, " needs a value"));
    const auto value =
        equals == std::string_view::npos ? std::string_view(arguments[i]) : argument.substr(equals + 1);
    if (auto done = set(options, value); !done) return fail(concat(name, ": ", done.error().message));
  }
  if (options.uri.empty()) return fail("remux needs a URI");
  return options;
}

} // namespace

Result<Options> parse_options(std::span<const char* const> arguments) {
  for (const std::string_view argument : arguments) {
    if (argument == "--help") return Options{Action::ShowHelp, {}, {}, {}, {}};
    if (argument == "--version") return Options{Action::ShowVersion, {}, {}, {}, {}};
  }
  if (arguments.empty()) return fail("a command is missing");
  if (std::string_view(arguments[0]) != "remux")
    return fail(concat("there is no command ", quote(arguments[0])));
  return parse_remux(arguments.subspan(1));
}

std::string_view help_text() noexcept {
  return R"(Usage: relevo-worker remux [--user-agent TEXT] [--header 'NAME: VALUE']... [--reach TEXT] URI

Reads what URI names and writes it to the standard output as an MPEG transport stream. Nothing is decoded or
encoded: pictures, sound and subtitles are taken out of their container and put into another.

  --user-agent TEXT        what HTTP and RTSP servers are told
  --header 'NAME: VALUE'   sent with HTTP requests; may be repeated
  --reach TEXT             which addresses the URI may name, as the property "reach" of tshttpsrc; redirects
                           are not looked at
  --version                print the version and exit
  --help                   print this text and exit

Whatever GStreamer can open is a URI: rtsp, rtmp, http and https (MP4, Matroska, FLV, DASH, HLS with fragmented
MP4), file. All tracks are kept, with their languages, that a transport stream can carry; those that it cannot
are named on the standard error. Of the pictures of a DASH or HLS presentation one rendition is taken.

A live source sets the pace itself; everything else leaves as fast as it is to be played, a second ahead.

SIGTERM and SIGINT end it, and so does who reads by closing. Exit status: 0 the source has ended, or it was asked
to end; 2 wrong option; 3 the source cannot be opened; 4 it is no media, or none that a transport stream can
carry; 5 it failed after it had begun; 6 the output is closed or cannot be written. All but 0 say why in a line
on the standard error.

Examples:
  relevo-worker remux rtsp://camera/stream > camera.ts
  relevo-worker remux --user-agent 'Player/1.0' https://host/channel/manifest.mpd | ffplay -
)";
}

} // namespace relevo::worker
