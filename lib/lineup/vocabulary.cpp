// SPDX-License-Identifier: LGPL-2.1-or-later
// The tables. They hold what is common in lists of many countries, not names of channels.
#include "vocabulary.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace relevo::lineup {
namespace {

/// A meaning and its spellings, separated by commas.
struct Row {
  std::string_view meaning;
  std::string_view spellings;
};

template <class Use>
void split(std::string_view text, Use&& use) {
  while (!text.empty()) {
    const auto end = std::min(text.find(','), text.size());
    use(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

using Words = std::unordered_map<std::string_view, std::string_view>;

Words make_words(std::span<const Row> rows) {
  Words words;
  for (const auto& row : rows)
    split(row.spellings, [&](std::string_view spelling) { words.emplace(spelling, row.meaning); });
  return words;
}

std::string_view find(const Words& words, std::string_view text) {
  const auto found = words.find(text);
  return found == words.end() ? std::string_view{} : found->second;
}

constexpr Row kCountries[] = {
    {"al", "al,alb,albania,shqiperi"},
    {"am", "arm,armenia"},
    {"ao", "ago,angola"},
    {"ar", "arg,argentina"},
    {"at", "at,aut,austria,osterreich"},
    {"au", "au,aus,australia"},
    {"az", "az,aze,azerbaijan"},
    {"ba", "ba,bih,bosnia"},
    {"bd", "bd,bgd,bangladesh"},
    {"be", "be,bel,belgium,belgie,belgique"},
    {"bg", "bg,bgr,bulgaria,българия"},
    {"bo", "bo,bol,bolivia"},
    {"br", "br,bra,brazil,brasil"},
    {"by", "blr,belarus"},
    {"ca", "ca,can,canada"},
    {"ch", "ch,che,switzerland,schweiz,suisse,svizzera"},
    {"cl", "cl,chl,chile"},
    {"cn", "cn,chn,china"},
    {"co", "co,col,colombia"},
    {"cr", "cr,cri,costa rica"},
    {"cu", "cu,cub,cuba"},
    {"cy", "cy,cyp,cyprus"},
    {"cz", "cz,cze,czech,czech republic,czechia,cesko"},
    {"de", "de,deu,ger,germany,deutschland"},
    {"dk", "dk,dnk,den,denmark,danmark"},
    {"do", "do,dom,dominican republic"},
    {"dz", "dz,dza,algeria"},
    {"ec", "ec,ecu,ecuador"},
    {"ee", "ee,est,estonia,eesti"},
    {"eg", "eg,egy,egypt"},
    {"es", "es,esp,spain,espana"},
    {"fi", "fi,fin,finland,suomi"},
    {"fr", "fr,fra,france"},
    {"gb", "uk,gb,gbr,united kingdom,great britain,england"},
    {"ge", "geo,georgia"},
    {"gr", "gr,grc,gre,greece,hellas,ελλαδα"},
    {"gt", "gt,gtm,guatemala"},
    {"hk", "hk,hkg,hong kong"},
    {"hn", "hn,hnd,honduras"},
    {"hr", "hr,hrv,cro,croatia,hrvatska"},
    {"hu", "hu,hun,hungary,magyarorszag"},
    {"id", "id,idn,indonesia"},
    {"ie", "ie,irl,ireland"},
    {"il", "il,isr,israel"},
    {"in", "in,ind,india"},
    {"iq", "iq,irq,iraq"},
    {"ir", "ir,irn,iran"},
    {"is", "is,isl,iceland"},
    {"it", "it,ita,italy,italia"},
    {"jo", "jo,jor,jordan"},
    {"jp", "jp,jpn,japan"},
    {"ke", "ke,ken,kenya"},
    {"kr", "kr,kor,korea,south korea"},
    {"kw", "kw,kwt,kuwait"},
    {"kz", "kz,kaz,kazakhstan"},
    {"lb", "lb,lbn,lebanon"},
    {"lk", "lk,lka,sri lanka"},
    {"lt", "lt,ltu,lithuania,lietuva"},
    {"lu", "lu,lux,luxembourg"},
    {"lv", "lv,lva,latvia,latvija"},
    {"ly", "ly,lby,libya"},
    {"ma", "ma,mar,morocco,maroc"},
    {"md", "md,mda,moldova"},
    {"me", "me,mne,montenegro,crna gora"},
    {"mk", "mk,mkd,macedonia,north macedonia"},
    {"mt", "mt,mlt,malta"},
    {"mx", "mx,mex,mexico"},
    {"my", "my,mys,malaysia"},
    {"ng", "ng,nga,nigeria"},
    {"ni", "nic,nicaragua"},
    {"nl", "nl,nld,ned,netherlands,nederland,holland"},
    {"no", "no,nor,norway,norge"},
    {"np", "np,npl,nepal"},
    {"nz", "nz,nzl,new zealand"},
    {"om", "om,omn,oman"},
    {"pa", "pa,pan,panama"},
    {"pe", "pe,per,peru"},
    {"ph", "ph,phl,philippines"},
    {"pk", "pk,pak,pakistan"},
    {"pl", "pl,pol,poland,polska"},
    {"pr", "pr,pri,puerto rico"},
    {"ps", "ps,pse,palestine"},
    {"pt", "pt,prt,por,portugal"},
    {"py", "py,pry,paraguay"},
    {"qa", "qa,qat,qatar"},
    {"ro", "ro,rou,rom,romania"},
    {"rs", "rs,srb,serbia,srbija"},
    {"ru", "ru,rus,russia,россия"},
    {"sa", "sa,sau,ksa,saudi arabia,saudi"},
    {"se", "se,swe,sweden,sverige"},
    {"sg", "sg,sgp,singapore"},
    {"si", "si,svn,slo,slovenia,slovenija"},
    {"sk", "sk,svk,slovakia,slovensko"},
    {"sv", "sv,slv,el salvador"},
    {"sy", "sy,syr,syria"},
    {"th", "th,tha,thailand"},
    {"tn", "tn,tun,tunisia"},
    {"tr", "tr,tur,turkey,turkiye"},
    {"tw", "tw,twn,taiwan"},
    {"ua", "ua,ukr,ukraine,україна"},
    {"us", "us,usa,united states"},
    {"uy", "uy,ury,uruguay"},
    {"ve", "ve,ven,venezuela"},
    {"vn", "vn,vnm,vietnam"},
    {"xk", "xk,xks,kosovo,kosova"},
    {"ye", "ye,yem,yemen"},
    {"za", "za,zaf,rsa,south africa"},
    {"ae", "ae,are,uae,emirates"},
    {"africa", "af,afr,africa"},
    {"arab", "ar,ara,arab,arabic,mena"},
    {"asia", "asia"},
    {"caribbean", "carib,caribbean"},
    {"exyu", "exyu,ex yu,balkan,balkans"},
    {"latam", "lat,latam,latino,latin,latin america"},
    {"nordic", "scan,nordic,scandinavia"},
};

/// Codes of countries that stand in names without any sign around them. Those that are words are not here.
constexpr std::string_view kClearCodes[] = {
    "uk", "us", "gb", "fr", "es", "pl", "pt", "nl", "tr", "ro", "gr", "hu", "cz", "sk", "dk",  "bg",  "hr",
    "rs", "ru", "ua", "br", "mx", "ie", "au", "nz", "il", "pk", "se", "fi", "ph", "cl", "usa", "uae", "ksa"};

constexpr Row kAreas[] = {
    {"africa", "za,ng,ke,ao,dz,ma,tn,ly,eg"},
    {"arab", "ae,sa,eg,qa,kw,jo,lb,sy,iq,om,ye,ma,dz,tn,ly,ps"},
    {"asia", "in,pk,bd,lk,np,my,sg,id,ph,th,vn,hk,tw,cn,jp,kr"},
    {"caribbean", "cu,do,pr"},
    {"exyu", "rs,hr,ba,si,mk,me,xk"},
    {"latam", "ar,bo,cl,co,cr,cu,do,ec,gt,hn,mx,ni,pa,pe,pr,py,sv,uy,ve,br"},
    {"nordic", "se,no,dk,fi,is"},
};

constexpr Row kLanguages[] = {
    {"ar", "arabic,ar,ara"},
    {"de", "german,deutsch,ger"},
    {"en", "english,en,eng"},
    {"es", "spanish,espanol,spa"},
    {"fr", "french,francais,fre"},
    {"hi", "hindi,hin"},
    {"it", "italian,italiano"},
    {"ku", "kurdish,kurdi,kur"},
    {"pt", "portuguese,portugues"},
    {"ru", "russian"},
    {"ta", "tamil,tam"},
    {"te", "telugu,tel"},
    {"ml", "malayalam,mal"},
    {"kn", "kannada,kan"},
    {"bn", "bangla,bengali"},
    {"pa", "punjabi"},
    {"tr", "turkish,turkce"},
    {"ur", "urdu"},
};

constexpr Row kRegions[] = {
    {"london", "london"},
    {"scotland", "scotland,scot"},
    {"wales", "wales,cymru"},
    {"northern ireland", "northern ireland"},
    {"yorkshire", "yorkshire,yorks"},
    {"granada", "granada"},
    {"meridian", "meridian"},
    {"anglia", "anglia"},
    {"tyne tees", "tyne tees"},
    {"andalucia", "andalucia"},
    {"catalunya", "catalunya,cataluna,catalonia"},
    {"galicia", "galicia"},
    {"canarias", "canarias"},
    {"bayern", "bayern,bavaria"},
    {"sachsen", "sachsen"},
    {"thuringen", "thuringen"},
    {"nordrhein westfalen", "nrw,nordrhein westfalen"},
    {"hessen", "hessen"},
    {"niedersachsen", "niedersachsen"},
    {"brandenburg", "brandenburg"},
    {"hamburg", "hamburg"},
};

struct QualityRow {
  std::string_view spellings;
  QualityWord word;
};
constexpr QualityRow kQualities[] = {
    {"lq,low,360p,240p", {Quality::Low, {}}},
    {"sd,480,480p,480i,540p,576,576p,576i", {Quality::Standard, {}}},
    {"hd,720,720p,720i,hd plus", {Quality::High, {}}},
    {"fhd,1080,1080p,1080i,full hd,fullhd,fhd plus", {Quality::Full, {}}},
    {"uhd,4k,2160,2160p,3840p,3840,ultra hd,ultrahd,qfhd,4k plus,uhd plus", {Quality::Ultra, {}}},
    {"8k,4320p,7680p", {Quality::EightK, {}}},
    {"hevc,h265,x265,h 265", {Quality::Unknown, "hevc"}},
    {"avc,h264,x264,h 264", {Quality::Unknown, "h264"}},
    {"av1", {Quality::Unknown, "av1"}},
    {"hdr,hdr10,dolby vision", {Quality::Unknown, "hdr"}},
    {"sdr", {Quality::Unknown, "sdr"}},
    {"25fps,25 fps", {Quality::Unknown, "25fps"}},
    {"50fps,50 fps,50p", {Quality::Unknown, "50fps"}},
    {"60fps,60 fps,60p", {Quality::Unknown, "60fps"}},
    {"raw", {Quality::Unknown, "raw"}},
    {"vip", {Quality::Unknown, "vip"}},
    {"hq", {Quality::Unknown, "hq"}},
    {"mq", {Quality::Unknown, "mq"}},
    {"multi audio,multi lang,multi sub,multisub,dual audio", {Quality::Unknown, "multi audio"}},
    {"atmos,dolby,dolby atmos,dolby audio", {Quality::Unknown, "dolby"}},
};

constexpr Row kSpellings[] = {
    {"and", "y,und,et"},
    {"channel", "ch,chan"},
    {"entertainment", "ent"},
    {"extra", "xtra"},
    {"international", "intl,internacional,internazionale"},
    {"junior", "jr"},
    {"nickelodeon", "nick"},
    {"sports", "sport"},
    {"movies", "movie"},
};

/// They say that it is a channel and hardly which.
constexpr std::string_view kFillers[] = {"tv",  "channel", "network", "television",
                                         "the", "and",     "kanal",   "hd"};
/// They say what it is about, and many are about the same.
constexpr std::string_view kCommon[] = {"sports", "news",  "movies", "cinema", "film",  "films", "music",
                                        "kids",   "radio", "live",   "canal",  "world", "extra", "plus"};

constexpr std::string_view kNumbers[] = {"zero", "one",   "two",   "three", "four", "five",
                                         "six",  "seven", "eight", "nine",  "ten"};

constexpr Row kLastNumbers[] = {
    {"1", "uno,eins"}, {"2", "ii,due,zwei,dos"}, {"3", "iii,tre,drei,tres"}, {"4", "iv"}, {"5", "cinque"}};

constexpr std::string_view kBackups[] = {"backup",    "bkp",         "bk",      "bak",     "alt",
                                         "alternate", "alternative", "reserve", "reserva", "ersatz"};
constexpr std::string_view kRemarks[] = {"24 7",       "not 24 7",  "geo blocked",
                                         "geoblocked", "geo block", "offline"};

const std::unordered_map<std::string_view, double>& weights() {
  static const auto table = [] {
    std::unordered_map<std::string_view, double> out;
    for (const auto word : kFillers)
      out.emplace(word, 0.1);
    for (const auto word : kCommon)
      out.emplace(word, 0.6);
    return out;
  }();
  return table;
}

bool contains(std::span<const std::string_view> list, std::string_view text) {
  return std::ranges::find(list, text) != list.end();
}

bool area_has(std::string_view area, std::string_view country) {
  bool has = false;
  for (const auto& [name, members] : kAreas)
    if (name == area) split(members, [&](std::string_view member) { has = has || member == country; });
  return has;
}

std::optional<std::uint32_t> to_number(std::string_view digit) {
  if (digit.empty()) return std::nullopt;
  return static_cast<std::uint32_t>(digit.front() - '0');
}

} // namespace

std::string_view find_country_word(std::string_view text) {
  static const auto words = make_words(kCountries);
  return find(words, text);
}

std::string_view find_country_label(std::string_view text) {
  const auto found = std::ranges::find(kCountries, text, &Row::meaning);
  return found == std::end(kCountries) ? find_country_word(text) : found->meaning;
}

bool is_clear_country_code(std::string_view text) {
  return contains(kClearCodes, text);
}

bool countries_agree(std::string_view a, std::string_view b) {
  return a == b || area_has(a, b) || area_has(b, a);
}

std::string_view find_language_word(std::string_view text) {
  static const auto words = make_words(kLanguages);
  return find(words, text);
}

std::string_view find_region_word(std::string_view text) {
  static const auto words = make_words(kRegions);
  return find(words, text);
}

std::optional<QualityWord> find_quality_word(std::string_view text) {
  static const auto words = [] {
    std::unordered_map<std::string_view, QualityWord> out;
    for (const auto& row : kQualities)
      split(row.spellings, [&](std::string_view spelling) { out.emplace(spelling, row.word); });
    return out;
  }();
  const auto found = words.find(text);
  if (found == words.end()) return std::nullopt;
  return found->second;
}

bool is_backup_word(std::string_view text) {
  return contains(kBackups, text);
}

bool is_remark(std::string_view text) {
  return contains(kRemarks, text);
}

std::optional<std::uint32_t> find_number_word(std::string_view text) {
  const auto found = std::ranges::find(kNumbers, text);
  if (found == std::end(kNumbers)) return std::nullopt;
  return static_cast<std::uint32_t>(found - std::begin(kNumbers));
}

std::optional<std::uint32_t> find_last_number_word(std::string_view text) {
  static const auto words = make_words(kLastNumbers);
  return to_number(find(words, text));
}

std::string_view spell_out(std::string_view text) {
  static const auto words = make_words(kSpellings);
  const auto found = find(words, text);
  return found.empty() ? text : found;
}

double weight(std::string_view word) {
  const auto found = weights().find(word);
  return found == weights().end() ? 1.0 : found->second;
}

} // namespace relevo::lineup
