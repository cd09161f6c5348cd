// SPDX-License-Identifier: LGPL-2.1-or-later
// The whole way of a channel without its sockets: splicer, analyser, output.
#include "modes.hpp"

#include "ts/analyse.hpp"
#include "ts/splice.hpp"

namespace relevo::bench {

void splice(tool::InputFile& input, tool::OutputFile& output) {
  ts::Splicer splicer;
  ts::Analyser analyser;
  const auto release = [&] {
    analyser.push(splicer.output());
    output.write(splicer.output());
    splicer.clear_output();
  };
  const ts::SourceId source = splicer.add_source();
  splicer.switch_to(source);
  for (MutableBytes block = input.read(); !block.empty(); block = input.read()) {
    splicer.push(source, block);
    release();
  }
  splicer.end(source);
  release();
  analyser.finish();
  if (analyser.report().duration == 0)
    throw std::runtime_error("splice: nothing came out of " + input.name());
}

} // namespace relevo::bench
