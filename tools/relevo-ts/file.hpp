// SPDX-License-Identifier: LGPL-2.1-or-later
// Files and standard streams, read and written in big blocks.
#pragma once

#include "base/bytes.hpp"

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::tool {

/// A file cannot be opened, read or written; the text names it and says why.
struct FileError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Whoever reads our output has gone: there is nothing to say, and nobody to say it to.
struct OutputClosed : std::exception {};

class InputFile {
 public:
  /// "-" is the standard input. Throws FileError, as read() does.
  explicit InputFile(std::string_view path);
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  /// The next bytes, in a buffer of this object; empty at the end of the file.
  [[nodiscard]] MutableBytes read();
  /// All that is left of it.
  [[nodiscard]] std::string read_all();
  /// How messages call it.
  [[nodiscard]] const std::string& name() const noexcept { return name_; }

 private:
  std::string name_;
  int fd_;
  std::vector<std::byte> buffer_;
};

class OutputFile {
 public:
  /// "-" is the standard output. Throws FileError.
  explicit OutputFile(std::string_view path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  /// Throws FileError or OutputClosed.
  void write(Bytes bytes);
  /// Writes out and closes: what the operating system has put off may fail only now. Throws FileError.
  void close();

 private:
  std::string name_;
  int fd_;
};

} // namespace relevo::tool
