// SPDX-License-Identifier: LGPL-2.1-or-later
// A provider with three channels and two logins, playlists of it, and the element that plays them.
#pragma once

#include "gst/pipeline.hpp"
#include "provider/test_provider.hpp"

#include <filesystem>

namespace relevo::m3uprofilesel::test {

/// Channels one, two and three; logins joe and ann with the password "secret" and one connection each.
[[nodiscard]] provider::Options small_provider();

/// A folder that goes with this.
class Folder {
 public:
  Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder();

  [[nodiscard]] std::string path(const std::string& name) const { return (path_ / name).string(); }
  /// Writes a file, and returns its path.
  std::string write(const std::string& name, const std::string& text) const;

 private:
  std::filesystem::path path_;
};

struct LoginFields {
  std::string name, search, replace;
  unsigned limit = 0;
  std::string user_agent{};
  std::vector<std::pair<std::string, std::string>> headers{};
};
/// The addresses of joe, and the same for ann; one connection each.
[[nodiscard]] std::vector<LoginFields> joe_and_ann();

/// m3uprofilesel into a sink that keeps the bytes.
class Player {
 public:
  explicit Player(const std::string& location, const std::string& properties = "");

  relevo::test::Pipeline pipeline;

  [[nodiscard]] gx::Ref<GstElement> element() const { return pipeline.find("sel"); }
  void set_logins(const std::vector<LoginFields>& logins) const;

  /// Waits for the decision of this name; others before it are passed.
  gx::Ref<GstMessage> wait_for(const std::string& decision);
  /// Plays until bytes arrive.
  void play();
  /// Waits for the error: "slot-refused: No login …".
  [[nodiscard]] std::string wait_for_error();
};

[[nodiscard]] std::string field(GstMessage* message, const char* name);

/// Of an element that plays this until it fails.
[[nodiscard]] std::string error_of(const std::string& location, const std::string& properties = "");

} // namespace relevo::m3uprofilesel::test
