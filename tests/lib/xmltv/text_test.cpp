// SPDX-License-Identifier: LGPL-2.1-or-later
// Texts, references and entities.
#include "base/text.hpp"
#include "guide_copy.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::xmltv;

namespace {

/// The description, and the channel's id that is written in the same way in an attribute.
struct Both {
  std::string text, attribute;
};

Both read(const std::string& raw, const std::string& head = "") {
  const auto guide = read_guide(head + "<tv><programme start=\"2024\" channel=\"" + raw + "\"><desc>" + raw +
                                "</desc></programme></tv>");
  CAPTURE(raw);
  REQUIRE_FALSE(guide.refused);
  REQUIRE_FALSE(guide.counts.broken);
  REQUIRE(guide.programmes.size() == 1);
  const auto& p = guide.programmes.front();
  REQUIRE(p.descs.size() == 1);
  return {std::string(p.descs[0].text), std::string(p.channel)};
}

std::string desc(const std::string& raw) {
  const auto guide =
      read_guide("<tv><programme start=\"2024\" channel=\"c\"><desc>" + raw + "</desc></programme></tv>");
  CAPTURE(raw);
  REQUIRE(guide.programmes.size() == 1);
  return guide.programmes[0].descs.empty() ? "" : std::string(guide.programmes[0].descs[0].text);
}

} // namespace

TEST_CASE("references in texts and attributes") {
  const struct {
    std::string raw, text;
  } rows[] = {
      {"a &amp; b", "a & b"},
      {"&lt;b&gt;&quot;&apos;", "<b>\"'"},
      {"caf&eacute; &Uuml;ber &szlig;", "café Über ß"},
      {"&nbsp;&hellip;&euro;&trade;&rsquo;", "\u00a0…€™’"},
      {"&Scaron;&lstrok;&odblac;&Idot;", "Šłőİ"},
      {"&#233;&#xE9;&#Xe9;", "ééé"},
      {"&#8364;&#x1F4FA;", "€\U0001f4fa"},
      {"&#146;&#x80;", "’€"},
      {"a&#0;b&#xD800;c&#x110000;d&#99999999999;", "a\ufffdb\ufffdc\ufffdd\ufffd"},
      {"a&#xFFFE;b&#xFFFF;", "a\ufffdb\ufffd"},
      {"a&#1;b&#127;c&#10;d", "a b c d"},
      {"&#32;a&#9;", "a"},
      // What is no reference is text.
      {"Tom & Jerry", "Tom & Jerry"},
      {"AT&T", "AT&T"},
      {"http://h/?a=1&b=2&copy=3", "http://h/?a=1&b=2&copy=3"},
      {"&unknown; &Eacute &", "&unknown; &Eacute &"},
      {"&;&#;&#x;&#1x;&#-1;&#x-1;&# 1;", "&;&#;&#x;&#1x;&#-1;&#x-1;&# 1;"},
      {"&&amp;&", "&&&"},
      {"&amp;eacute;", "&eacute;"},
      {"&" + std::string(100, 'x') + ";", "&" + std::string(100, 'x') + ";"},
  };
  for (const auto& row : rows) {
    const auto both = read(row.raw);
    CHECK(both.text == row.text);
    CHECK(both.attribute == row.text);
  }
}

TEST_CASE("texts are on one line") {
  CHECK(read(" \n a\t\tb \r\n c ").text == "a b c");
  CHECK(read(" \n a\t\tb \r\n c ").attribute == "a b c");
  CHECK(desc(" \n ").empty());
  CHECK(desc("&#32;").empty());
  CHECK(desc("a  b") == "a b");
}

TEST_CASE("CDATA is text as it stands") {
  CHECK(desc("<![CDATA[Tom & Jerry &eacute; <b>]]>") == "Tom & Jerry &eacute; <b>");
  CHECK(desc("a <![CDATA[&amp;]]> &amp; b") == "a &amp; & b");
  CHECK(desc("<![CDATA[a]]><![CDATA[b]]>") == "ab");
}

TEST_CASE("comments and markup inside of a text") {
  CHECK(desc("a<!-- & <x> -->b") == "ab");
  CHECK(desc("a <?php &x ?>b") == "a b");
  CHECK(desc("a <b>bold</b> c") == "a c"); // no element of the format
}

TEST_CASE("entities that the document declares") {
  const std::string head = "<!DOCTYPE tv [<!ENTITY me \"M&eacute;\"><!ENTITY me \"second\">"
                           "<!ENTITY both \"&me; &amp; [&#65;]\"><!ENTITY auml 'AE'>"
                           "<!ENTITY file SYSTEM \"file:///etc/passwd\"><!-- ]> -->"
                           "<!ENTITY % p SYSTEM \"http://h/x.dtd\">%p;]>\n";
  const auto both = read("&me;|&both;|&auml;|&file;|&p;", head);
  CHECK(both.text == "Mé|Mé & [A]|AE|&file;|&p;");
  CHECK(both.attribute == both.text);
}

TEST_CASE("a DOCTYPE loads nothing and changes nothing") {
  for (const std::string head :
       {"<!DOCTYPE tv SYSTEM \"xmltv.dtd\">", "<!DOCTYPE tv PUBLIC \"-//X//Y\" \"http://h/xmltv.dtd\">",
        "<?xml version=\"1.0\" standalone=\"yes\"?><!DOCTYPE tv SYSTEM \"xmltv.dtd\">",
        "<?xml version=\"1.0\" standalone=\"no\"?>", "<!DOCTYPE tv []>"}) {
    CAPTURE(head);
    CHECK(read("&eacute;&x;", head).attribute == "é&x;");
  }
}

TEST_CASE("entities that grow are refused") {
  std::string laughs = "<!DOCTYPE tv [<!ENTITY l0 \"ha\">";
  for (int i = 1; i < 30; ++i) {
    laughs += concat("<!ENTITY l", i, " \"");
    for (int j = 0; j < 10; ++j)
      laughs += concat("&l", i - 1, ";");
    laughs += "\">";
  }
  const auto guide = read_guide(laughs + "]><tv><channel id=\"&l29;\"/></tv>");
  REQUIRE(guide.refused);
  CHECK(guide.error.message == "entities that are too many, or too long");
  std::string many = "<!DOCTYPE tv [\n";
  for (int i = 0; i <= 256; ++i)
    many += concat("<!ENTITY e", i, " \"x\">\n");
  CHECK(read_guide(many + "]><tv/>").error.offset == 258);
  // Those that are permitted cannot fill the memory.
  std::string long_one = "<!DOCTYPE tv [<!ENTITY x \"" + std::string(1024, 'x') + "\">]><tv><channel id=\"";
  for (int i = 0; i < 2000; ++i)
    long_one += "&x;";
  const auto longest = read_guide(long_one + "\"/><channel id=\"b\"/></tv>");
  REQUIRE(longest.faults.size() == 1);
  CHECK(longest.faults[0].message == "texts of more than 1048576 bytes");
  CHECK(longest.channels.size() == 1);
}

TEST_CASE("entities of parameters expand to nothing") {
  const auto guide =
      read_guide("<!DOCTYPE tv [<!ENTITY % a \"<!ENTITY x 'y'>\">%a;]><tv><channel id=\"&x;\"/></tv>");
  REQUIRE(guide.channels.size() == 1);
  CHECK(guide.channels[0].id == "&x;");
}
