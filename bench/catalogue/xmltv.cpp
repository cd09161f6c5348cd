// SPDX-License-Identifier: LGPL-2.1-or-later
// bench-xmltv: makes a guide of any size, and reads one; what xmltv.py measures.
#include "base/text.hpp"
#include "file.hpp"
#include "xmltv/read.hpp"
#include "xmltv/write.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <random>
#include <span>
#include <vector>

namespace {

using namespace relevo;
using namespace relevo::xmltv;
using namespace std::chrono;

constexpr std::size_t kChannels = 1000;

/// Texts as guides have them, the same in every run.
class Author {
 public:
  std::string words(std::size_t least, std::size_t most) {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"the",  "a",         "of",    "news",      "murder",  "& friends", "café", "in",
         "Köln", "house",     "night", "series",    "returns", "when",      "over", "\"live\"",
         "with", "season",    "and",   "detective", "garden",  "family",    "to",   "finds",
         "old",  "São Paulo", "who",   "secret",    "match",   "tomorrow"});
    std::string text;
    for (auto left = least + engine_() % (most - least + 1); left != 0; --left)
      (text += text.empty() ? "" : " ") += kWords[engine_() % kWords.size()];
    return text;
  }
  unsigned below(unsigned end) { return static_cast<unsigned>(engine_() % end); }

 private:
  std::minstd_rand engine_;
};

std::string channel_id(std::size_t number) {
  return concat("channel", number, ".example");
}

void write_channels(std::string& out, Author& author) {
  for (std::size_t i = 0; i != kChannels; ++i) {
    const auto id = channel_id(i), name = author.words(1, 3),
               icon = concat("http://logos.example/", id, ".png");
    write_channel(out, {0, id, {{name, "en"}, {id}}, {{icon}}, {}});
  }
}

/// About 500 bytes.
void write_one(std::string& out, Author& author, std::size_t number) {
  const auto id = channel_id(number % kChannels), title = author.words(1, 4), sub_title = author.words(2, 5),
             desc = author.words(13, 27), date = std::to_string(1980 + author.below(45)),
             episode = concat(author.below(20), ".", author.below(24), ".0/1");
  Programme p;
  p.start = sys_days{2024y / January / 1} + 30min * static_cast<int>(number / kChannels);
  p.stop = p.start + 30min;
  p.channel = id;
  p.titles = {{title, "en"}};
  p.sub_titles = {{sub_title, "en"}};
  p.descs = {{desc, "en"}};
  p.date = date;
  p.categories = {{"Series", "en"}};
  p.episodes = {{episode, "xmltv_ns"}};
  p.is_new = author.below(4) == 0;
  write_programme(out, p);
}

void generate(std::size_t programmes, tool::OutputFile& output) {
  Author author;
  std::string out;
  write_head(out, "bench-xmltv");
  write_channels(out, author);
  for (std::size_t i = 0; i != programmes; ++i) {
    write_one(out, author, i);
    if (out.size() < 1 << 20) continue;
    output.write(as_bytes(out));
    out.clear();
  }
  write_tail(out);
  output.write(as_bytes(out));
  output.close();
}

int read(tool::InputFile& input) {
  constexpr std::size_t kBlock = 64 << 10;
  std::size_t text = 0; // what a user of the values would look at
  Reader reader({.on_programme = [&text](const Programme& p) {
    for (const auto& title : p.titles)
      text += title.text.size();
  }});
  for (Bytes bytes = input.read(); !bytes.empty(); bytes = input.read())
    for (; !bytes.empty(); bytes = bytes.subspan(std::min(kBlock, bytes.size())))
      if (!reader.push(bytes.first(std::min(kBlock, bytes.size())))) break;
  const auto counts = reader.finish();
  if (!counts || counts->broken) {
    std::fprintf(stderr, "bench-xmltv: %s\n",
                 counts ? counts->broken->message.c_str() : counts.error().message.c_str());
    return 2;
  }
  std::printf("%zu channels, %zu programmes, %zu faults, %zu bytes of titles\n", counts->channels,
              counts->programmes, counts->faults, text);
  return 0;
}

int run(std::span<char*> arguments) {
  const std::string_view mode = arguments.empty() ? "" : arguments[0];
  if (mode == "read" && arguments.size() == 2) {
    tool::InputFile input(arguments[1]);
    return read(input);
  }
  const auto programmes = arguments.size() == 3 ? parse_number<std::size_t>(arguments[1]) : std::nullopt;
  if (mode != "generate" || !programmes) {
    std::fputs("usage: bench-xmltv generate PROGRAMMES OUT | read IN\n", stderr);
    return 2;
  }
  tool::OutputFile output(arguments[2]);
  generate(*programmes, output);
  return 0;
}

} // namespace

int main(int argc, char** argv) {
  try {
    return run(std::span{argv, static_cast<std::size_t>(argc)}.subspan(1));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench-xmltv: %s\n", error.what());
    return 2;
  }
}
