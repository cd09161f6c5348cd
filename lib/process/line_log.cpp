// SPDX-License-Identifier: LGPL-2.1-or-later
// Lines put together and bounded.
#include "process/line_log.hpp"

#include "uri/redact.hpp"

#include <utility>

namespace relevo::process {
namespace {

bool is_control(char c) {
  return static_cast<unsigned char>(c) < ' ' || c == '\x7f';
}

/// The last word of a line that was cut goes too: half a secret could not be told as one.
std::string shortened(const std::string& line) {
  const auto blank = line.find_last_of(' ');
  return blank == std::string::npos ? "…" : line.substr(0, blank) + " …";
}

} // namespace

void LineLog::push(Bytes bytes) {
  for (const char c : as_text(bytes))
    take(c);
}

std::vector<std::string> LineLog::lines() const {
  std::vector<std::string> out;
  for (const std::string& line : lines_)
    out.push_back(uri::redact_text(line));
  if (!open_.empty()) out.push_back(uri::redact_text(cut_ ? shortened(open_) : open_));
  return out;
}

void LineLog::take(char c) {
  if (c == '\n') return end_line();
  if (returned_ && c != '\r') {
    open_.clear();
    cut_ = false;
  }
  returned_ = c == '\r';
  if (c == '\t') c = ' ';
  if (is_control(c)) return;
  if (open_.size() < kMaxLength)
    open_ += c;
  else
    cut_ = true;
}

void LineLog::end_line() {
  if (!open_.empty()) {
    if (lines_.size() == kMaxLines) lines_.pop_front();
    lines_.push_back(cut_ ? shortened(open_) : std::move(open_));
  }
  open_.clear();
  cut_ = false;
  returned_ = false;
}

} // namespace relevo::process
