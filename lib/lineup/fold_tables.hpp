// SPDX-License-Identifier: LGPL-2.1-or-later
// Which plain letter stands for which, by ranges of code points; '.' where none does.
#pragma once

#include <string_view>

namespace relevo::lineup {

struct LetterRange {
  char32_t first;
  std::string_view letters;
};
struct WideLetterRange {
  char32_t first;
  std::u16string_view letters;
};

/// Latin letters with accents, strokes and hooks.
constexpr LetterRange kLatin[] = {
    {0xc0, "AAAAAA.CEEEEIIIIDNOOOOO.OUUUUY..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y"
           "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi..JjKkkLlLlLlL"
           "lLlNnNnNnnNnOoOoOo..RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs"
           ".B.....Cc.DDd..E.FfG...IKk...N.OOo..Pp.....tTtTUu..YyZz........."
           ".............AaIiOoUuUuUuUuUueAaAa..GgGgKkOoOo..j...Gg..NnAa...."
           "AaAaEeEeIiIiOoOoRrRrUuUuSsTt..Hh......AaEeOoOoOoOoYy......ACcLT."
           "...B..EeJj..RrYy"},
    {0x1e00, "AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFfGgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMm"
             "MmMmNnNnNnNnOoOoOoOoPpPpRrRrRrRrSsSsSsSsSsTtTtTtTtUuUuUuUuUuVvVv"
             "WwWwWwWwWwXxXxYyZzZzZzhtwy.s....AaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEe"
             "EeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYy......"},
};

/// Letters and digits above or below the line: providers write HD and 4K with them.
constexpr LetterRange kRaised[] = {
    {0xb2, "23"},
    {0xb9, "1"},
    {0x2b0, "h.jr...wy"},
    {0x2e0, ".lsx."},
    {0x1d2c, "A.B.DE.GHIJKLMN.O.PRTUWa...bde...g.km.o...ptu..v......iruv....."},
    {0x1d9b, ".c...f..........................z...."},
    {0x2070, "0i..456789.....n0123456789......aeox.hklmnpst"},
};

/// Letters that stand for themselves in fancy writing, one at a time.
constexpr LetterRange kFancy[] = {
    {0x299, "B"},       {0x262, "G"},     {0x29c, "H"},   {0x26a, "I"},     {0x29f, "L"},
    {0x274, "N"},       {0x280, "R"},     {0x28f, "Y"},   {0x1d00, "A"},    {0x1d04, "CD.E"},
    {0x1d0a, "JK.MNO"}, {0x1d18, "P"},    {0x1d1b, "TU"}, {0x1d20, "VW.Z"}, {0xa730, "FS"},
    {0x2102, "C"},      {0x210b, "HHHh"}, {0x2110, "II"}, {0x2112, "L"},    {0x2115, "N"},
    {0x2119, "PQRRR"},  {0x2124, "Z"},    {0x2128, "Z"},  {0x212c, "BC"},   {0x212f, "eEF"},
    {0x2133, "Mo"},
};

constexpr WideLetterRange kGreek[] = {
    {0x370, u"ͱͱͳͳʹ.ͷͷ...ͻͼͽ.ϳ......α.εηι.ο.υωιαβγδεζηθικλμνξοπρ.στυφχψωιυαεηι"
            u"υαβγδεζηθικλμνξοπρσστυφχψωιυουωϗβθυυυφπϗϙϙϛϛϝϝϟϟϡϡϣϣϥϥϧϧϩϩϫϫϭϭϯϯ"
            u"κρσϳθε.ϸϸσϻϻϼͻͼͽ"},
    {0x1f00, u"ααααααααααααααααεεεεεε..εεεεεε..ηηηηηηηηηηηηηηηηιιιιιιιιιιιιιιιι"
             u"οοοοοο..οοοοοο..υυυυυυυυ.υ.υ.υ.υωωωωωωωωωωωωωωωωααεεηηιιοουυωω.."
             u"ααααααααααααααααηηηηηηηηηηηηηηηηωωωωωωωωωωωωωωωωααααα.ααααααα.ι."
             u"..ηηη.ηηεεηηη...ιιιι..ιιιιιι....υυυυρρυυυυυυρ.....ωωω.ωωοοωωω..."},
};

} // namespace relevo::lineup
