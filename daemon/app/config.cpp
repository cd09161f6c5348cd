// SPDX-License-Identifier: LGPL-2.1-or-later
// Reading of the configuration file: groups in brackets, "key = value" lines, comments after # at the line's
// start.
#include "app/config.hpp"

#include "base/text.hpp"
#include "outputs/base_url.hpp"

#include <array>
#include <bitset>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

namespace relevo::app {
namespace {

struct Key {
  std::string_view group;
  std::string_view name;
  Result<void> (*set)(Config&, std::string_view);
};

Result<void> set_count(std::size_t& count, std::string_view text, std::size_t most = 100'000) {
  const auto number = parse_number<std::size_t>(text);
  if (!number || *number == 0 || *number > most)
    return fail(concat("\"", text, "\" is no number from 1 to ", most));
  count = *number;
  return {};
}

Result<void> set_seconds(std::chrono::milliseconds& time, std::string_view text) {
  constexpr unsigned kMost = 3600;
  const auto number = parse_number<unsigned>(text);
  if (!number || *number > kMost)
    return fail(concat("\"", text, "\" is no number of seconds from 0 to ", kMost));
  time = std::chrono::seconds{*number};
  return {};
}

Result<void> set_networks(net::Networks& networks, std::string_view text) {
  return net::parse_networks(text).map([&networks](auto value) { networks = std::move(value); });
}

constexpr std::array kKeys = {
    Key{"server", "address",
        [](Config& c, std::string_view text) {
          return net::parse_address(text).map([&c](auto value) { c.listen.address = std::move(value); });
        }},
    Key{"server", "port",
        [](Config& c, std::string_view text) {
          return net::parse_port(text).map([&c](auto value) { c.listen.port = value; });
        }},
    Key{"server", "tls_port",
        [](Config& c, std::string_view text) {
          return net::parse_port(text).map([&c](auto value) { c.tls_port = value; });
        }},
    Key{"server", "tls_certificate",
        [](Config& c, std::string_view text) -> Result<void> {
          c.tls_certificate = text;
          return {};
        }},
    Key{"server", "connections",
        [](Config& c, std::string_view text) { return set_count(c.connections, text); }},
    Key{"server", "connections_per_address",
        [](Config& c, std::string_view text) { return set_count(c.connections_per_address, text); }},
    Key{"server", "trusted_proxies",
        [](Config& c, std::string_view text) {
          return net::parse_networks(text).map([&c](auto value) { c.trusted_proxies = std::move(value); });
        }},
    Key{"state", "folder",
        [](Config& c, std::string_view text) -> Result<void> {
          c.state = text;
          return {};
        }},
    Key{"access", "local_programs",
        [](Config& c, std::string_view text) -> Result<void> {
          if (text != "yes" && text != "no") return fail(concat(quote(text), " is not yes or no"));
          c.access.local_programs = text == "yes";
          return {};
        }},
    Key{"access", "ui_networks",
        [](Config& c, std::string_view text) { return set_networks(c.access.ui, text); }},
    Key{"access", "api_networks",
        [](Config& c, std::string_view text) { return set_networks(c.access.api, text); }},
    Key{"access", "stream_networks",
        [](Config& c, std::string_view text) { return set_networks(c.access.streams, text); }},
    Key{"access", "open_networks",
        [](Config& c, std::string_view text) { return set_networks(c.access.open, text); }},
    Key{"access", "streams",
        [](Config& c, std::string_view text) -> Result<void> {
          if (text != "0") return set_count(c.streams, text);
          c.streams = 0;
          return {};
        }},
    Key{"playback", "linger",
        [](Config& c, std::string_view text) { return set_seconds(c.playback.linger, text); }},
    Key{"playback", "opening",
        [](Config& c, std::string_view text) { return set_seconds(c.playback.opening, text); }},
    Key{"playback", "provider_connections",
        [](Config& c, std::string_view text) -> Result<void> {
          const auto number = parse_number<unsigned>(text);
          if (!number) return fail(concat("\"", text, "\" is no number; 0 is any number of connections"));
          c.playback.most_connections = *number;
          return {};
        }},
    Key{"playback", "when_full",
        [](Config& c, std::string_view text) -> Result<void> {
          if (text != "refuse" && text != "wait")
            return fail(concat("\"", text, "\" is not refuse and not wait"));
          c.playback.when_full = text == "wait" ? sessions::WhenFull::Wait : sessions::WhenFull::Refuse;
          return {};
        }},
    Key{"playback", "wait_limit",
        [](Config& c, std::string_view text) { return set_seconds(c.playback.wait_limit, text); }},
    Key{"playback", "preempt",
        [](Config& c, std::string_view text) -> Result<void> {
          if (text != "yes" && text != "no") return fail(concat("\"", text, "\" is not yes and not no"));
          c.playback.preempt = text == "yes";
          return {};
        }},
    Key{"playback", "neighbours",
        [](Config& c, std::string_view text) -> Result<void> {
          constexpr unsigned kMost = 5;
          const auto number = parse_number<unsigned>(text);
          if (!number || *number > kMost)
            return fail(concat("\"", text, "\" is no number from 0 to ", kMost));
          c.playback.neighbours = *number;
          return {};
        }},
    Key{"playback", "stream_profile",
        [](Config& c, std::string_view text) -> Result<void> {
          if (text.empty()) return fail("the name of a stream profile is needed");
          c.playback.stream_profile = text;
          return {};
        }},
    Key{"playback", "slate",
        [](Config& c, std::string_view text) -> Result<void> {
          if (text != "stock" && text != "none" && !text.starts_with('/'))
            return fail(concat("\"", text, "\" is not stock, not none and no absolute path"));
          c.playback.slate = text;
          return {};
        }},
    Key{"fetch", "allow_private",
        [](Config& c, std::string_view text) {
          return ip::parse_allow_private(text).map(
              [&c](auto value) { c.playback.reach.allow_private = value; });
        }},
    Key{"fetch", "networks",
        [](Config& c, std::string_view text) {
          return ip::parse_networks(text).map(
              [&c](auto value) { c.playback.reach.networks = std::move(value); });
        }},
    Key{"outputs", "public_address",
        [](Config& c, std::string_view text) -> Result<void> {
          if (text.empty()) return {};
          return outputs::parse_public_address(text).map(
              [&c](auto value) { c.public_address = std::move(value); });
        }},
    Key{"history", "events",
        [](Config& c, std::string_view text) { return set_count(c.history_events, text, 10'000'000); }},
    Key{"history", "days",
        [](Config& c, std::string_view text) { return set_count(c.history_days, text, 3650); }},
    Key{"log", "level",
        [](Config& c, std::string_view text) {
          return parse_log_level(text).map([&c](auto value) { c.log_level = value; });
        }},
    Key{"log", "file",
        [](Config& c, std::string_view text) -> Result<void> {
          c.log_file = text;
          return {};
        }},
    Key{"log", "size", [](Config& c, std::string_view text) { return set_count(c.log_size, text); }},
    Key{"log", "keep", [](Config& c, std::string_view text) { return set_count(c.log_keep, text); }},
};

/// Takes line after line; the errors know their line only outside.
class Reader {
 public:
  Result<void> take(std::string_view line) {
    line = trim(line);
    if (line.empty() || line.front() == '#') return {};
    if (line.front() == '[') return take_group(line);
    const auto equals = line.find('=');
    if (equals == std::string_view::npos)
      return fail(concat("\"", line, "\" is no [group], no key = value and no # comment"));
    return take_value(trim(line.substr(0, equals)), trim(line.substr(equals + 1)));
  }

  [[nodiscard]] const Config& config() const noexcept { return config_; }

 private:
  Result<void> take_group(std::string_view line) {
    if (line.back() != ']') return fail(concat("\"", line, "\" lacks its closing bracket"));
    group_ = trim(line.substr(1, line.size() - 2));
    for (const Key& key : kKeys)
      if (key.group == group_) return {};
    return fail(concat("there is no group [", group_, "]"));
  }

  Result<void> take_value(std::string_view name, std::string_view value) {
    if (group_.empty()) return fail(concat("\"", name, "\" stands before any [group]"));
    for (std::size_t i = 0; i < kKeys.size(); ++i) {
      if (kKeys[i].group != group_ || kKeys[i].name != name) continue;
      if (seen_[i]) return fail(concat("[", group_, "] ", name, " is set twice"));
      seen_.set(i);
      if (auto set = kKeys[i].set(config_, value); !set)
        return fail(concat("[", group_, "] ", name, ": ", set.error().message));
      return {};
    }
    return fail(concat("there is no key \"", name, "\" in [", group_, "]"));
  }

  Config config_;
  std::string_view group_;
  std::bitset<kKeys.size()> seen_;
};

} // namespace

Result<LogLevel> parse_log_level(std::string_view text) {
  if (const auto level = find_log_level(text)) return *level;
  return fail(concat("\"", text, "\" is no log level (error, warning, info, debug)"));
}

Result<Config> parse_config(std::string_view text) {
  Reader reader;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = text.find('\n');
    if (auto taken = reader.take(text.substr(0, end)); !taken) return fail(taken.error().message, number);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return reader.config();
}

Result<std::string> read_config_file(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string text;
  std::array<char, 4096> block{};
  while (stream.read(block.data(), block.size()), stream.gcount() > 0)
    text.append(block.data(), static_cast<std::size_t>(stream.gcount()));
  if (!stream.is_open() || stream.bad())
    return fail(concat("cannot read ", file, ": ", std::strerror(errno)));
  return text;
}

Result<Config> load_config(const std::string& file) {
  const auto text = read_config_file(file);
  if (!text) return tl::unexpected(text.error());
  auto config = parse_config(*text);
  if (!config) return fail(concat(file, ":", config.error().offset, ": ", config.error().message));
  return config;
}

} // namespace relevo::app
