// SPDX-License-Identifier: LGPL-2.1-or-later
// relevo-ts splice: joins streams into one, as the daemon does when a source fails.
#include "command.hpp"
#include "file.hpp"

#include "ts/splice.hpp"
#include "ts/sync.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <limits>

namespace relevo::tool {
namespace {

constexpr std::string_view kHelp = R"(usage: relevo-ts splice FILE [options] FILE [options] … [-o OUT]

Joins MPEG transport streams into one with a continuous clock: each is left at the end of its last whole picture
and the next one entered at its first random access point. FILE is "-" for the standard input.

options of the FILE before them:
  --cut-at BYTE     leave it after this many of its bytes, as when its server dies in the middle of a packet
  --cut-at SECONDSs leave it after this much of its time, by its PCR, as in 3.5s
  --join-at BYTE    begin to read it at this byte, as when its server is joined in the middle of a packet

options:
  -o OUT            write to this file; "-", and without this option: to the standard output

Exit status: 0; 1 when there was no place to enter one of the files; 2 when one cannot be read or written.

examples:
  relevo-ts splice a.ts b.ts -o joined.ts
  relevo-ts splice a.ts --cut-at 3.5s b.ts --join-at 1000000 | ffplay -
  relevo-ts splice a.ts --cut-at 1234567 b.ts --cut-at 5s a.ts -o - | relevo-ts check -
)";

constexpr std::uint64_t kUncut = std::numeric_limits<std::uint64_t>::max();

struct Input {
  std::string_view path;
  std::uint64_t join_at = 0;
  std::uint64_t cut_at = kUncut;        // counted from the start of the file, as join_at
  std::optional<ts::Pcr> cut_at_time{}; // counted from the first PCR that is read
};

struct Plan {
  std::vector<Input> inputs;
  std::string_view output = "-";
};

/// The whole text as a number.
template <class Number>
[[nodiscard]] std::optional<Number> parse_number(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

void set_cut(Input& input, std::string_view text) {
  constexpr double kLongest = 1e6;
  if (const auto byte = parse_number<std::uint64_t>(text)) {
    input.cut_at = *byte;
    return;
  }
  const bool is_time = text.ends_with('s');
  const auto seconds = is_time ? parse_number<double>(text.substr(0, text.size() - 1)) : std::nullopt;
  if (!seconds || !(*seconds >= 0 && *seconds <= kLongest))
    throw UsageError("--cut-at needs a number of bytes or seconds as in 3.5s, not " + std::string(text));
  input.cut_at_time = static_cast<ts::Pcr>(*seconds * ts::kPcrPerSecond);
}

void set_join(Input& input, std::string_view text) {
  const auto byte = parse_number<std::uint64_t>(text);
  if (!byte) throw UsageError("--join-at needs a number of bytes, not " + std::string(text));
  input.join_at = *byte;
}

[[nodiscard]] Plan parse(Arguments arguments) {
  Plan plan;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "-" || !argument.starts_with('-')) {
      plan.inputs.push_back({.path = argument});
      continue;
    }
    const bool of_file = argument == "--cut-at" || argument == "--join-at";
    if (!of_file && argument != "-o") throw UsageError("splice has no option " + std::string(argument));
    if (i + 1 == arguments.size()) throw UsageError(std::string(argument) + " needs a value");
    if (of_file && plan.inputs.empty()) throw UsageError(std::string(argument) + " stands before any FILE");
    const std::string_view value = arguments[++i];
    if (argument == "-o")
      plan.output = value;
    else if (argument == "--cut-at")
      set_cut(plan.inputs.back(), value);
    else
      set_join(plan.inputs.back(), value);
  }
  if (plan.inputs.empty()) throw UsageError("splice needs at least one FILE");
  if (std::ranges::count(plan.inputs, "-", &Input::path) > 1)
    throw UsageError("the standard input can be read only once");
  return plan;
}

/// Finds the packet where a stream's clock has gone on for a while.
class TimeLimit {
 public:
  explicit TimeLimit(ts::Pcr limit) noexcept : limit_(limit) {}

  /// True once the clock has passed the limit.
  [[nodiscard]] bool push(Bytes block) {
    sync_.read(block, [this](const std::byte* packet) { on_packet(ts::PacketView{packet}); });
    return elapsed_ >= limit_;
  }

 private:
  void on_packet(ts::PacketView packet) {
    if (psi_.follows(packet.pid())) psi_.push(packet);
    const auto pcr = packet.pcr();
    if (!pcr || !psi_.pmt() || packet.pid() != psi_.pmt()->pcr_pid) return;
    const auto last = std::exchange(last_, *pcr);
    if (!last) return;
    const ts::Pcr step = ts::wrapped_difference(*pcr, *last, ts::kPcrModulus);
    constexpr ts::Pcr kLongestStep = 10 * ts::kPcrPerSecond; // more is a break of the clock
    if (step > 0 && step < kLongestStep) elapsed_ += step;
  }

  ts::Pcr limit_;
  ts::Pcr elapsed_ = 0;
  std::optional<ts::Pcr> last_;
  ts::PsiTracker psi_;
  ts::PacketSync sync_;
};

/// Reads the part of a file that its options leave, and calls on_block(MutableBytes) with it.
template <class OnBlock>
void read_input(const Input& input, OnBlock&& on_block) {
  InputFile file(input.path);
  std::optional<TimeLimit> limit;
  if (input.cut_at_time) limit.emplace(*input.cut_at_time);
  std::uint64_t at = 0;
  for (MutableBytes block = file.read(); !block.empty() && at < input.cut_at; block = file.read()) {
    const std::uint64_t begin = std::max(at, input.join_at);
    const std::uint64_t end = std::min(at + block.size(), input.cut_at);
    if (begin < end) {
      const MutableBytes kept = block.subspan(begin - at, end - begin);
      // A packet at a time: the clock is read where it stands.
      for (std::size_t done = 0; limit && done < kept.size(); done += ts::kPacketSize)
        if (limit->push(kept.subspan(done, std::min(ts::kPacketSize, kept.size() - done)))) {
          on_block(kept.first(done));
          return;
        }
      on_block(kept);
    }
    at += block.size();
  }
}

int run(Arguments arguments) {
  const Plan plan = parse(arguments);
  OutputFile output(plan.output);
  ts::Splicer splicer;
  int result = kGood;
  for (const Input& input : plan.inputs) {
    const ts::SourceId source = splicer.add_source();
    splicer.switch_to(source);
    const auto write = [&] {
      output.write(splicer.output());
      splicer.clear_output();
    };
    read_input(input, [&](MutableBytes block) {
      splicer.push(source, block);
      write();
    });
    splicer.end(source);
    write();
    if (splicer.active() == source) continue;
    std::fprintf(stderr, "relevo-ts: %s: no place to enter it\n", std::string(input.path).c_str());
    result = kBad;
  }
  output.close();
  return result;
}

} // namespace

const Command kSpliceCommand{"splice", kHelp, run};

} // namespace relevo::tool
