#include "adapters/telegram/small_talk.h"

#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "adapters/telegram/update_reader.h"

using namespace osrbot;
using namespace osrbot::telegram;

namespace {

const std::string group_chat = R"({"id":-1001234567890,"type":"supergroup","title":"Team"})";

/// A message from Ana with further members.
std::string said_in_group(const std::string& more, const std::string& chat = group_chat) {
  return fmt::format(
      R"({{"update_id":5,"message":{{"message_id":10,"from":{{"id":7,"is_bot":false,"first_name":"Ana"}},)"
      R"("chat":{},"date":1789000000{}}}}})",
      chat, more);
}

std::string text(const std::string& words) {
  return fmt::format(R"(,"text":"{}")", words);
}

}  // namespace

TEST_CASE("words among a group's members are small talk, in every script and with line ends") {
  CHECK(is_small_talk(said_in_group(text("I had a look at section 3, it reads well now"))));
  CHECK(is_small_talk(said_in_group(text("one\\ntwo \\\"three\\\""))));
  CHECK(is_small_talk(said_in_group(text("\\u0645\\u0631\\u062d\\u0628\\u0627 नमस्ते"))));
  CHECK(is_small_talk(said_in_group(text("claim T1"), R"({"id":-7,"type":"group","title":"Team"})")));
  CHECK(is_small_talk(said_in_group(R"(,"message_thread_id":3,"is_topic_message":true)" + text("in a topic"))));
}

TEST_CASE("what might concern the bot is none, however it is written") {
  for (const char* words : {"/claim T1", "well\\n/claim T1", "\\/claim T1", "\\u002fclaim T1", "#OpenSourceResearch",
                            "\\u0023osrc", "＃osrc", "\\uff03osrc", "\\uFF03osrc"}) {
    CAPTURE(words);
    CHECK_FALSE(is_small_talk(said_in_group(text(words))));
  }
  for (const char* more :
       {R"(,"text":"@osr_bot help","entities":[{"type":"mention","offset":0,"length":8}])",
        R"(,"text":"yes","reply_to_message":{"message_id":3})", R"(,"photo":[],"caption":"a picture")",
        R"(,"new_chat_members":[{"id":8}])", R"(,"migrate_to_chat_id":-100)", R"(,"sender_chat":{"id":-7},"text":"hi")",
        R"(,"text":null)", ""}) {
    CAPTURE(more);
    CHECK_FALSE(is_small_talk(said_in_group(more)));
  }
  CHECK_FALSE(is_small_talk(said_in_group(text("hello"), R"({"id":7,"type":"private","first_name":"Ana"})")));
  CHECK_FALSE(is_small_talk(said_in_group(text("hello"), R"({"id":-7,"type":"channel","title":"News"})")));
  CHECK_FALSE(
      is_small_talk(said_in_group(text("hello"), R"({"id":7,"type":"private","first_name":"\"type\":\"group\""})")));
  CHECK_FALSE(is_small_talk(R"({"update_id":5,"edited_message":{}})"));
  CHECK_FALSE(is_small_talk(R"({"update_id":5,"message":{"text":"hello")"));
  CHECK_FALSE(is_small_talk("null"));
}

TEST_CASE("nothing that a reader finds addressed or tagged is small talk, whatever it is made of") {
  const std::vector<std::string> pieces = {"hello",   "/claim T1", " ",    "\\n",    "#osrc",   "@OSR_bot",
                                           "\\u002F", "\\\\",      "\\\"", "＃",     "\\uFF03", "مرحبا",
                                           "/start",  "osr_bot",   ",",    "\\/done"};
  const std::vector<std::string> others = {"", R"(,"entities":[{"type":"mention","offset":0,"length":8}])",
                                           R"(,"reply_to_message":{"message_id":3,"from":{"id":42}})",
                                           R"(,"quote":{"text":"x"})"};
  std::mt19937 random(20'261);
  const auto one_of = [&](const auto& all) { return all[random() % all.size()]; };
  int found = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string words;
    for (auto left = random() % 5; left > 0; --left) words += one_of(pieces);
    const std::string update = said_in_group(text(words) + one_of(others));
    if (!is_small_talk(update)) continue;
    ++found;
    UpdateReader reader({.id = 42, .username = "OSR_bot"});
    for (const Update& read : reader.read(update, {}).updates) {
      CAPTURE(update);
      CHECK_FALSE(read.addressed);
      CHECK_FALSE(read.text.contains('#'));
      CHECK_FALSE(read.text.contains("＃"));
    }
  }
  CHECK(found > 100);
}
