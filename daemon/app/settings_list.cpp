// SPDX-License-Identifier: LGPL-2.1-or-later
// The defaults and the words of data/relevod.conf, and over them what was written and said.
#include "app/settings_list.hpp"

#include "base/text.hpp"
#include "default_settings.hpp"

#include <algorithm>

namespace relevo::app {
namespace {

using model::Setting;

struct Line {
  std::string_view group;
  std::string_view name;
  std::string_view value;
  const std::string& about; // the comment above it, which those that follow at once share
};

/// Calls `take` with each "key = value" line.
template <class F>
void read_lines(std::string_view text, F take) {
  std::string_view group;
  std::string about;
  bool ended = false; // the comment: the next one is of another key
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto line = trim(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.starts_with('#')) {
      if (std::exchange(ended, false)) about.clear();
      about += concat(about.empty() ? "" : " ", trim(line.substr(1)));
    } else if (line.empty()) {
      about.clear();
    } else if (line.starts_with('[')) {
      group = trim(line.substr(1, line.size() - 2));
    } else {
      const auto equals = line.find('=');
      take(Line{group, trim(line.substr(0, equals)), trim(line.substr(equals + 1)), about});
      ended = true;
    }
  }
}

void change(std::vector<Setting>& settings, std::string_view group, std::string_view name, std::string value,
            Setting::Origin origin) {
  const auto found = std::ranges::find_if(
      settings, [&](const Setting& one) { return one.group == group && one.name == name; });
  if (found == settings.end()) return;
  found->value = std::move(value);
  found->origin = origin;
}

} // namespace

std::vector<Setting> list_settings(std::string_view written) {
  std::vector<Setting> settings;
  read_lines(default_settings(), [&](const Line& line) {
    const std::string value(line.value);
    settings.push_back({std::string(line.group), std::string(line.name), value, value, line.about});
  });
  read_lines(written, [&](const Line& line) {
    change(settings, line.group, line.name, std::string(line.value), Setting::Origin::File);
  });
  return settings;
}

Result<model::Settings> list_settings(const Options& options) {
  std::string written;
  if (options.config_file) {
    auto text = read_config_file(*options.config_file);
    if (!text) return tl::unexpected(text.error());
    written = *std::move(text);
  }
  model::Settings settings{options.config_file.value_or(""), list_settings(written)};
  const auto said = [&](std::string_view group, std::string_view name, std::string value) {
    change(settings.all, group, name, std::move(value), Setting::Origin::Option);
  };
  if (options.address) said("server", "address", options.address->empty() ? "*" : *options.address);
  if (options.port) said("server", "port", std::to_string(*options.port));
  if (options.state) said("state", "folder", *options.state);
  if (options.log_level) said("log", "level", std::string(name_of(*options.log_level)));
  return settings;
}

} // namespace relevo::app
