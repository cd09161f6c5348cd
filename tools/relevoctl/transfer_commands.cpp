// SPDX-License-Identifier: LGPL-2.1-or-later
// Whole states in files: the database as it is, and the configuration as JSON.
#include "base/text.hpp"
#include "command.hpp"
#include "file.hpp"
#include "output.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <sys/stat.h>

namespace relevo::ctl {
namespace {

using tool::FileError;
using tool::InputFile;
using tool::OutputFile;

/// What is written takes the place of what is there when it is whole. Nobody else may read it: there are
/// passwords in it.
class NewFile {
 public:
  explicit NewFile(std::string path) : path_(std::move(path)) {
    ::umask(077);
    std::remove(part_.c_str()); // another's might be readable for others
    file_.emplace(part_);
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile() {
    if (!done_) std::remove(part_.c_str());
  }

  void write(Bytes bytes) { file_->write(bytes); }
  void keep() {
    file_->close();
    if (std::rename(part_.c_str(), path_.c_str()) != 0)
      throw FileError(concat(path_, ": ", std::strerror(errno)));
    done_ = true;
  }

 private:
  std::string path_;
  std::string part_ = path_ + ".part";
  std::optional<OutputFile> file_;
  bool done_ = false;
};

int back_up(Api& api, Words words) {
  const Arguments arguments(words, {"FILE"});
  NewFile file(arguments.operand(0));
  api.download("/backup", [&file](Bytes part) { file.write(part); });
  file.keep();
  return kGood;
}

int export_all(Api& api, Words words) {
  const Arguments arguments(words, {"FILE"});
  const auto text = api.get("/export").dump(2) + '\n';
  if (arguments.operand(0) == "-") {
    print(text);
    return kGood;
  }
  NewFile file(arguments.operand(0));
  file.write(as_bytes(text));
  file.keep();
  return kGood;
}

Json read(const std::string& path) {
  InputFile file(path);
  auto json = Json::parse(file.read_all(), nullptr, false);
  if (json.is_discarded()) throw FileError(concat(file.name(), ": is no JSON"));
  return json;
}

int import_all(Api& api, Words words) {
  const Arguments arguments(words, {"FILE"});
  const auto done = api.post("/import", read(arguments.operand(0)));
  const auto count = [&done](const char* name) { return done.at(name).get<std::size_t>(); };
  print(concat(count("accounts"), " accounts, ", count("guides"), " guides, ", count("channels"),
               " channels with ", count("streams"), " streams\n"));
  if (count("waiting") != 0)
    print(concat(count("waiting"), " streams are not known yet: a refresh of their account finds them\n"));
  for (const auto& problem : done.at("problems"))
    std::fprintf(stderr, "relevoctl: %s\n", problem.get<std::string>().c_str());
  return done.at("problems").empty() ? kGood : kBad;
}

} // namespace

std::vector<Command> transfer_commands() {
  return {{"backup", "", back_up}, {"export", "", export_all}, {"import", "", import_all}};
}

} // namespace relevo::ctl
