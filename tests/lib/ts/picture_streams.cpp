// SPDX-License-Identifier: LGPL-2.1-or-later
// Made with FFmpeg 5.1 from "-f lavfi -i testsrc2=size=WxH:rate=R" and the options given with each stream;
// cut off inside the first slice, and left without the encoder's own text message.
#include "picture_streams.hpp"

namespace relevo::test {
namespace {

using namespace relevo::ts;

constexpr PictureHead kH264Idr{
    .type = PictureType::I, .random_access = true, .has_access_unit_delimiter = true};
constexpr PictureHead kH264P{.type = PictureType::P, .has_access_unit_delimiter = true};
constexpr PictureHead kH264B{.type = PictureType::B, .has_access_unit_delimiter = true};

// -c:v libx264 -profile:v main -preset ultrafast -x264opts keyint=10:bframes=2:aud=1
PictureStream h264_main() {
  return {"H.264 main",
          {.codec = Codec::H264,
           .profile = 77,
           .level = 12,
           .compatibility = 0x40,
           .width = 320,
           .height = 180,
           .frame_rate = {25, 1}},
          {{"00000001091000000001674d400ceca0a0cfcf80880000030008000003019078a14cb00000000168ce0fc80000000165"
            "88840"
            "0e83180050404e8e4085d54be17fc02b8015a6c19",
            kH264Idr},
           {"00000001093000000001419a2306bc6c381e7b9a798512e0544c97674477e8d48b8a", kH264P},
           {"00000001095000000001019e6241161cea68040cb47802bad59ccf3bd5b2294a9834", kH264B}}};
}

// -c:v libx264 -profile:v high -preset fast -flags +ildct+ilme
// -x264opts keyint=12:bframes=2:interlaced=1:tff=1:aud=1
PictureStream h264_interlaced() {
  return {
      "H.264 high, interlaced",
      {.codec = Codec::H264,
       .profile = 100,
       .level = 30,
       .interlaced = true,
       .width = 720,
       .height = 576,
       .frame_rate = {25, 1}},
      {{"000000010910000000016764001eacd940b424d8088000000300800000190f8a14cb0000000168faa3cb22c0000000010601"
        "01"
        "3280000000016588820b0dffccd446411a4c3e88c52551303a006d0242a7",
        kH264Idr},
       {"00000001093000000001060101328000000001419a20de4dffbf66d48d8b79c56062822dfc1e94edd726da", kH264P}}};
}

// -c:v libx264 -profile:v high10 -preset veryfast -x264opts keyint=10:bframes=2:cqm=jvt -pix_fmt yuv420p10le
PictureStream h264_high10() {
  return {"H.264 high 10, no delimiters",
          {.codec = Codec::H264,
           .profile = 110,
           .level = 40,
           .width = 1920,
           .height = 1080,
           .frame_rate = {30000, 1001},
           .bit_depth = 10},
          {{"00000001676e0028a6cd940780227e5c04400000fa40003a9803c60c65800000000168ef8fcc03000000016588840047"
            "dae398"
            "5be823cabe6398210b7b877ff404921e",
            {.type = PictureType::I, .random_access = true}}}};
}

// -c:v libx264 -profile:v high -preset fast -b:v 800k -x264opts
// keyint=12:min-keyint=12:bframes=2:open-gop=1:scenecut=0:aud=1:nal-hrd=vbr:vbv-maxrate=1000:vbv-bufsize=1000
PictureStream h264_open_gop() {
  return {
      "H.264 open GOP, recovery points",
      {.codec = Codec::H264, .profile = 100, .level = 31, .width = 640, .height = 360, .frame_rate = {50, 1}},
      {{"000000010910000000016764001facd940a02ff9701100000300010000030064604000f424001e84a4938078c18cb0000000"
        "01"
        "68eaecb22c0000000106000593c6704653800000000106010300012080000000016588840029ffdb80243b06a5abac4d9f48"
        "25"
        "0a61aa936476",
        kH264Idr},
       {"000000010930000000010601030082208000000001419a236c42dfdbcff15cce83e18c308ffd2db23088698ffb", kH264P},
       {"000000010910000000016764001facd940a02ff9701100000300010000030064604000f424001e84a4938078c18cb0000000"
        "01"
        "68eaecb22c0000000106000595d37004b38000000001060601c4800000000106010305022080000000014188bb0087da5bba"
        "8c"
        "121ba4ee08c5e0cc14813b80fda408",
        {.type = PictureType::I,
         .random_access = true,
         .leading_possible = true,
         .has_access_unit_delimiter = true}},
       // The same without its parameter sets, and with its three messages in one NAL unit.
       {"000000010910 00000001 06 000595d37004b3 0601c4 010305022080 80"
        "000000014188bb0087da5bba8c121ba4ee08c5e0cc14813b80fda408",
        {.type = PictureType::I,
         .random_access = true,
         .needs_parameter_sets = true,
         .leading_possible = true,
         .has_access_unit_delimiter = true}},
       // The same without recovery point and parameter sets: any I picture.
       {"000000010910 00000001 06 000595d37004b3 80 000000014188bb0087da5bba8c121ba4ee08c5e0cc14813b80fda408",
        {.type = PictureType::I, .has_access_unit_delimiter = true}},
       // Without recovery point, but with parameter sets: how broadcasters without IDR pictures start a GOP.
       {"000000010910000000016764001facd940a02ff9701100000300010000030064604000f424001e84a4938078c18cb0000000"
        "01"
        "68eaecb22c 000000014188bb0087da5bba8c121ba4ee08c5e0cc14813b80fda408",
        {.type = PictureType::I,
         .random_access = true,
         .leading_possible = true,
         .has_access_unit_delimiter = true}}}};
}

// -c:v libx264 -profile:v high -preset fast -x264opts keyint=10:intra-refresh=1:bframes=0:aud=1
PictureStream h264_intra_refresh() {
  return {
      "H.264 intra refresh",
      {.codec = Codec::H264, .profile = 100, .level = 30, .width = 640, .height = 360, .frame_rate = {25, 1}},
      {{"000000010910000000016764001eacb405017fcb80880000030008000003019078b1750000000168ef0f2c8b000000016588"
        "84"
        "11ffdae3985bd757da423e838996cbc51b4222ad82",
        kH264Idr},
       {"00000001093000000001419a26223fb38dc95834b495fc1e99a50f9a8dfab312cbff", kH264P},
       {"000000010930000000016764001eacb405017fcb80880000030008000003019078b1750000000168ef0f2c8b000000010606"
        "02"
        "15108000000001419b46223ffe2bf2cdd9c2481ec6b19d88da066ae039796d",
        {.type = PictureType::P,
         .random_access = true,
         .leading_possible = true,
         .has_access_unit_delimiter = true}}}};
}

// -c:v libx265 -preset ultrafast
// -x265-params keyint=10:min-keyint=10:bframes=2:open-gop=0:aud=1:repeat-headers=1:scenecut=0
PictureStream h265_idr() {
  return {"H.265 main, IDR",
          {.codec = Codec::H265,
           .profile = 1,
           .level = 63,
           .compatibility = 0x60000000,
           .width = 640,
           .height = 360,
           .frame_rate = {25, 1}},
          {{"000000014601100000000140010c01ffff01600000030090000003000003003f95900900000001420101016000000300"
            "900000"
            "03000003003fa005020171f2e595912930bc05a02000000300200000030321000000014401c073c189000000012801ac"
            "7460ba"
            "62b016d25a3448c430449a04b1c0c4a0f5bd",
            {.type = PictureType::I, .random_access = true, .has_access_unit_delimiter = true}},
           {"00000001460130000000010201d0195e20e0c152d4bec9d62c32ae3de43c23400140dd",
            {.type = PictureType::P, .has_access_unit_delimiter = true}},
           {"00000001460150000000010201e0449782048304bb95e080681c1005a96ad4e038e12b",
            {.type = PictureType::B, .has_access_unit_delimiter = true}}}};
}

// -c:v libx265 -preset ultrafast -pix_fmt yuv420p10le
// -x265-params keyint=10:min-keyint=10:bframes=3:open-gop=1:aud=1:repeat-headers=1:scenecut=0
PictureStream h265_cra() {
  return {"H.265 main 10, CRA",
          {.codec = Codec::H265,
           .profile = 2,
           .level = 123,
           .compatibility = 0x20000000,
           .width = 1920,
           .height = 1080,
           .frame_rate = {50, 1},
           .bit_depth = 10},
          {{"000000014601100000000140010c01ffff02200000030090000003000003007b95940900000001420101022000000300"
            "90000003"
            "000003007ba003c0801107cad965654a4c2f0168080000030008000003019040000000014401c073c189000000012a01"
            "ac285a22"
            "24240443169c798750820b7d000e6464424c",
            {.type = PictureType::I,
             .random_access = true,
             .leading_possible = true,
             .has_access_unit_delimiter = true}},
           {"00000001460150000000011001e1222d49e0818822143c82e2280e0c0321d80e028060",
            {.type = PictureType::B, .has_access_unit_delimiter = true}},
           {"00000001460130000000010201d02149881482216648a296e4749a8b110237660ce19a",
            {.type = PictureType::P, .has_access_unit_delimiter = true}},
           // The CRA picture without its parameter sets.
           {"00000001460110000000012a01ac285a2224240443169c798750820b7d000e6464424c",
            {.type = PictureType::I,
             .random_access = true,
             .needs_parameter_sets = true,
             .leading_possible = true,
             .has_access_unit_delimiter = true}}}};
}

// -c:v mpeg2video -flags +ildct+ilme -top 1 -g 12 -bf 2 -b:v 3M
PictureStream mpeg2_576i() {
  return {
      "MPEG-2 576i",
      {.codec = Codec::Mpeg2Video,
       .profile = 4,
       .level = 8,
       .interlaced = true,
       .width = 720,
       .height = 576,
       .frame_rate = {25, 1}},
      {{"000001b32d024013ffffe1a0000001b5148200010000000001b80008004000000100000ffff8000001b58ffff38000000001"
        "01"
        "2b7ce11804c4",
        {.type = PictureType::I, .random_access = true}},
       {"0000010000d7fffb80000001b5844ff3800000000101128c028840d4", {.type = PictureType::P}},
       {"00000100005ffffbb8000001b58223338000000001011ae626d09833", {.type = PictureType::B}},
       // By hand: the I picture without sequence header, of an open GOP.
       {"000001b80008000000000100000ffff8000001b58ffff38000000001012b7ce11804c4",
        {.type = PictureType::I,
         .random_access = true,
         .needs_parameter_sets = true,
         .leading_possible = true}},
       // By hand: the same as second field, and behind a GOP header as first.
       {"00000100000ffff8000001b58ffff28000000001012b7ce11804c4", {.type = PictureType::I, .field = true}},
       {"000001b80008004000000100000ffff8000001b58ffff18000000001012b7ce11804c4",
        {.type = PictureType::I, .random_access = true, .needs_parameter_sets = true, .field = true}}}};
}

// -c:v mpeg1video -g 12 -bf 2 -b:v 1M
PictureStream mpeg1() {
  return {"MPEG-1",
          {.codec = Codec::Mpeg1Video, .width = 352, .height = 288, .frame_rate = {25, 1}},
          {{"000001b316012013ffffe088000001b80008004000000100000ffff80000010123f9c2300684",
            {.type = PictureType::I, .random_access = true}},
           {"0000010000d7fff980000001011298050a2b74", {.type = PictureType::P}},
           {"00000100005ffff890000001011af13b791d20", {.type = PictureType::B}}}};
}

} // namespace

const std::vector<PictureStream>& picture_streams() {
  static const std::vector<PictureStream> streams{
      h264_main(), h264_interlaced(), h264_high10(), h264_open_gop(), h264_intra_refresh(),
      h265_idr(),  h265_cra(),        mpeg2_576i(),  mpeg1(),
  };
  return streams;
}

} // namespace relevo::test
