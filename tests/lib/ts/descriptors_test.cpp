// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/descriptors.hpp"

#include "hex.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::ts;
using relevo::test::from_hex;

TEST_CASE("a descriptor loop is walked and ends where a length lies") {
  struct Case {
    const char* name;
    const char* loop;
    std::vector<std::uint8_t> tags;
  };
  const Case cases[] = {
      {"empty", "", {}},
      {"two", "52 01 07 0a 04 64 65 75 00", {0x52, 0x0a}},
      {"an empty body", "6a 00 52 01 07", {0x6a, 0x52}},
      {"a tag without a length", "52 01 07 0a", {0x52}},
      {"a length one too long", "52 01 07 0a 04 64 65 75", {0x52}},
      {"a length far too long", "52 ff 07", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    const auto loop = from_hex(c.loop);
    std::vector<std::uint8_t> tags;
    for (const Descriptor d : Descriptors(loop))
      tags.push_back(d.tag);
    CHECK(tags == c.tags);
  }
}

TEST_CASE("languages with their audio type") {
  const auto loop = from_hex("0a 08 64 65 75 00 65 6e 67 03");
  std::vector<Language> languages;
  for (const Language l : Entries<Language>(*find_descriptor(loop, descriptor_tag::kLanguage)))
    languages.push_back(l);
  REQUIRE(languages.size() == 2);
  CHECK(text_of(languages[0].code) == "deu");
  CHECK(languages[0].type == AudioType::Undefined);
  CHECK(text_of(languages[1].code) == "eng");
  CHECK(languages[1].type == AudioType::VisuallyImpaired);
  CHECK(text_of(language_of(loop)->code) == "deu");
  const auto reserved = from_hex("0a 04 64 65 75 81");
  CHECK(language_of(reserved)->type == AudioType::Undefined);
}

TEST_CASE("teletext pages are numbered as viewers type them") {
  const auto loop = from_hex("56 0a 64 65 75 09 00 64 65 75 28 88");
  std::vector<TeletextPage> pages;
  for (const TeletextPage p : Entries<TeletextPage>(*find_descriptor(loop, descriptor_tag::kTeletext)))
    pages.push_back(p);
  REQUIRE(pages.size() == 2);
  CHECK(pages[0].type == 1);
  CHECK(pages[0].page == 100);
  CHECK(pages[1].type == 5);
  CHECK(pages[1].page == 888); // magazine 0 is the eighth
  CHECK(text_of(pages[1].language) == "deu");
  CHECK(text_of(language_of(loop)->code) == "deu");
}

TEST_CASE("subtitling entries") {
  const auto loop = from_hex("59 09 66 72 61 10 00 01 00 02 ff");
  std::vector<SubtitlingEntry> entries;
  for (const SubtitlingEntry e :
       Entries<SubtitlingEntry>(*find_descriptor(loop, descriptor_tag::kSubtitling)))
    entries.push_back(e);
  REQUIRE(entries.size() == 1); // the odd byte is no entry
  CHECK(text_of(entries[0].language) == "fra");
  CHECK(entries[0].type == 0x10);
  CHECK(entries[0].composition_page == 1);
  CHECK(entries[0].ancillary_page == 2);
  CHECK(text_of(language_of(loop)->code) == "fra");
}

TEST_CASE("an entry that is cut short gives no language") {
  for (const char* hex :
       {"0a 03 64 65 75", "56 04 64 65 75 09", "59 07 66 72 61 10 00 01 00", "0a 00", "52 01 01"}) {
    CAPTURE(hex);
    CHECK_FALSE(language_of(from_hex(hex)).has_value());
  }
}

TEST_CASE("registration, component tag and metadata format") {
  CHECK(registration_of(from_hex("05 04 43 55 45 49")) == fourcc("CUEI"));
  CHECK(registration_of(from_hex("05 03 43 55 45")) == 0);
  CHECK(registration_of({}) == 0);
  CHECK(component_tag_of(from_hex("0a 04 64 65 75 00 52 01 2a")) == 0x2a);
  CHECK_FALSE(component_tag_of(from_hex("52 00")).has_value());
  // As Apple's timed metadata has it: application and format identifiers.
  CHECK(metadata_format_of(from_hex("26 0d ff ff 49 44 33 20 ff 49 44 33 20 00 0f")) == fourcc("ID3 "));
  CHECK(metadata_format_of(from_hex("26 08 01 00 ff 49 44 33 20 00")) == fourcc("ID3 "));
  CHECK(metadata_format_of(from_hex("26 08 01 00 10 49 44 33 20 00")) == 0); // a format of MPEG's own table
  CHECK(metadata_format_of(from_hex("26 05 ff ff 49 44 33")) == 0);
}
