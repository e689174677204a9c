#include "adapters/telegram/update_reader.h"

#include <random>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <unicode/ustring.h>

using namespace osrbot;
using namespace osrbot::telegram;

namespace {

const std::chrono::sys_seconds arrival{std::chrono::seconds(1'790'000'000)};
const Self self{.id = 42, .username = "OSR_bot"};

const std::string ana_as_json =
    R"({"id":7,"is_bot":false,"first_name":"Ana","last_name":"Lima","username":"ana","language_code":"pt-br"})";
const std::string group = R"({"id":-1001234567890,"type":"supergroup","title":"Team"})";
const std::string home = R"({"id":7,"type":"private","first_name":"Ana"})";

/// A message from Ana with further members.
std::string message_of_ana(const std::string& chat, const std::string& more) {
  return fmt::format(R"({{"update_id":5,"message":{{"message_id":10,"from":{},"chat":{},"date":1789000000{}}}}})",
                     ana_as_json, chat, more);
}

ReadUpdate read_all(const std::string& json) {
  return UpdateReader(self).read(json, arrival);
}

Update read(const std::string& json) {
  auto out = read_all(json);
  CAPTURE(json);
  CHECK(out.problem == "");
  REQUIRE(out.updates.size() == 1);
  return std::move(out.updates[0]);
}

/// The text of a group message with the given entities.
Update read_text(const std::string& text, const std::string& entities = "") {
  return read(message_of_ana(group, fmt::format(R"(,"text":"{}","entities":[{}])", text, entities)));
}

bool is_ignored(const std::string& json) {
  const auto out = read_all(json);
  return out.updates.empty() && out.problem.empty();
}

std::string membership(const std::string& field, const std::string& old_status, const std::string& new_status,
                       const std::string& who = ana_as_json, const std::string& chat = group, int date = 1789000000) {
  return fmt::format(
      R"({{"update_id":6,"{}":{{"chat":{},"from":{},"date":{},"old_chat_member":{{"status":{},"user":{}}},"new_chat_member":{{"status":{},"user":{}}}}}}})",
      field, chat, ana_as_json, date, old_status, who, new_status, who);
}

}  // namespace

TEST_CASE("a message in a group") {
  const auto update = read(message_of_ana(group, R"(,"text":"hello all")"));
  CHECK(update.key == "m-1001234567890:10");
  CHECK(update.kind == UpdateKind::message);
  CHECK(
      update.place ==
      Place{
          .adapter = "telegram", .workspace = "", .conversation = "-1001234567890", .thread = "", .is_private = false});
  CHECK(update.from.id == "7");
  CHECK(update.from.name == "Ana Lima");
  CHECK(update.from.handle == "ana");
  CHECK(update.from.language == "pt-br");
  CHECK(update.message_id == "10");
  CHECK(update.text == "hello all");
  CHECK(update.at.time_since_epoch().count() == 1789000000);
  CHECK_FALSE(update.addressed);
  CHECK_FALSE(update.from_workspace_admin);
}

TEST_CASE("a private chat is private and always addressed") {
  const auto update = read(message_of_ana(home, R"(,"text":"hello")"));
  CHECK(update.place.is_private);
  CHECK(update.addressed);
}

TEST_CASE("ids need 64 bits") {
  const auto update = read(message_of_ana(R"({"id":-9007199254740993,"type":"group"})", R"(,"text":"x")"));
  CHECK(update.place.conversation == "-9007199254740993");
}

TEST_CASE("a topic of a forum is a thread, a chain of answers is none") {
  CHECK(read(message_of_ana(group, R"(,"text":"x","message_thread_id":3,"is_topic_message":true)")).place.thread ==
        "3");
  CHECK(read(message_of_ana(group, R"(,"text":"x","message_thread_id":3)")).place.thread == "");
}

TEST_CASE("an answer to the bot is addressed to it, an answer to a person is not") {
  const auto to = [](int author) {
    return message_of_ana(
        group, fmt::format(R"(,"text":"yes","reply_to_message":{{"message_id":9,"from":{{"id":{}}}}})", author));
  };
  CHECK(read(to(42)).addressed);
  CHECK(read(to(42)).reply_to == "9");
  CHECK_FALSE(read(to(8)).addressed);
}

TEST_CASE("a message in a topic that the bot opened is no answer to the bot") {
  const auto update = read(message_of_ana(
      group,
      R"(,"text":"hi","message_thread_id":3,"is_topic_message":true,"reply_to_message":{"message_id":3,"from":{"id":42}})"));
  CHECK_FALSE(update.addressed);
  CHECK(update.reply_to == "");
}

TEST_CASE("slash commands") {
  struct Row {
    const char* text;
    const char* expected;
    bool addressed;
  };
  for (const auto& [text, expected, addressed] : {
           Row{"/help", "help", true},
           Row{"/claim T1", "claim T1", true},
           Row{"/CLAIM@osr_BOT T1", "CLAIM T1", true},
           Row{"/task_add@OSR_bot Clean the data_set", "task add Clean the data_set", true},
           Row{R"(/claim T1\nthanks\n/claim@OSR_bot T2)", "claim T1\nthanks\nclaim T2", true},
           Row{"please /claim T1", "please /claim T1", false},
           Row{"/usr/bin/env", "/usr/bin/env", false},
           Row{"/ help", "/ help", false},
           Row{"/", "/", false},
           Row{"/help!", "/help!", false},
           Row{"/start", "start", true},
       }) {
    CAPTURE(text);
    const auto update = read_text(text);
    CHECK(update.text == expected);
    CHECK(update.addressed == addressed);
  }
}

TEST_CASE("another bot's command is none of ours") {
  CHECK(is_ignored(message_of_ana(group, R"(,"text":"/claim@other_bot T1")")));
  const auto update = read_text(R"(/claim T1\n/drop@other_bot it\nnext)");
  CHECK(update.text == "claim T1\n/drop@other_bot it\nnext");
  REQUIRE(update.quoted.size() == 1);
  CHECK(update.text.substr(update.quoted[0].begin, update.quoted[0].end - update.quoted[0].begin) ==
        "/drop@other_bot it");
}

TEST_CASE("deep links") {
  CHECK(read(message_of_ana(home, R"(,"text":"/start join-P7_x")")).text == "start");
  CHECK(read(message_of_ana(home, R"(,"text":"/start join-P7_x")")).payload == "join-P7_x");
  CHECK(read(message_of_ana(home, R"(,"text":"/start@osr_bot abc")")).payload == "abc");
  CHECK(read(message_of_ana(home, R"(,"text":"/start what is this?")")).payload == "");
  CHECK(read(message_of_ana(home, R"(,"text":"/start what is this?")")).text == "start what is this?");
  CHECK(read(message_of_ana(home, fmt::format(R"(,"text":"/start {}")", std::string(65, 'a')))).payload == "");
}

TEST_CASE("the bot's name calls it and is no part of what it is told") {
  const char* at_start = R"({"type":"mention","offset":0,"length":8})";
  CHECK(read_text("@osr_bot help", at_start).text == "help");
  CHECK(read_text("@osr_bot, help", at_start).text == "help");
  CHECK(read_text("@osr_bot: /help", at_start).text == "help");
  CHECK(read_text("@osr_bot help", at_start).addressed);
  CHECK(read_text("@osr_bot", at_start).text == "");
  const auto later = read_text("well @OSR_bot help", R"({"type":"mention","offset":5,"length":8})");
  CHECK(later.text == "well @OSR_bot help");
  CHECK(later.addressed);
  REQUIRE(later.called.size() == 1);
  CHECK(later.text.substr(later.called[0].begin, later.called[0].end - later.called[0].begin) == "@OSR_bot");
  CHECK(read_text("@osr_bot help", at_start).called.empty());
  CHECK(read_text("Osr help",
                  R"({"type":"text_mention","offset":0,"length":3,"user":{"id":42,"is_bot":true,"first_name":"Osr"}})")
            .text == "help");
}

TEST_CASE("ranges count UTF-16 units in Telegram and bytes here, also after the slash is gone") {
  // 😀 is two units and four bytes, é one unit and two bytes.
  const auto update =
      read_text("/assign T1 😀é @ben and Bo",
                R"({"type":"bot_command","offset":0,"length":7},{"type":"mention","offset":15,"length":4},)"
                R"({"type":"text_mention","offset":24,"length":2,"user":{"id":99,"is_bot":false,"first_name":"Bo"}})");
  CHECK(update.text == "assign T1 😀é @ben and Bo");
  REQUIRE(update.mentioned.size() == 2);
  const auto words = [&](const TextRange& range) { return update.text.substr(range.begin, range.end - range.begin); };
  CHECK(words(update.mentioned[0].range) == "@ben");
  CHECK(update.mentioned[0].person.handle == "ben");
  CHECK(update.mentioned[0].person.id == "");
  CHECK(words(update.mentioned[1].range) == "Bo");
  CHECK(update.mentioned[1].person.id == "99");
}

TEST_CASE("code, quotations and spoilers are quoted, and a slash in them is no command") {
  for (const auto* type : {"code", "pre", "blockquote", "expandable_blockquote", "spoiler"}) {
    CAPTURE(type);
    const auto update = read_text(R"(try:\n/claim T1)", fmt::format(R"({{"type":"{}","offset":5,"length":9}})", type));
    CHECK(update.text == "try:\n/claim T1");
    REQUIRE(update.quoted.size() == 1);
    CHECK(update.quoted[0].begin == 5);
    CHECK(update.quoted[0].end == 14);
    CHECK_FALSE(update.addressed);
  }
  CHECK(read_text("bold", R"({"type":"bold","offset":0,"length":4})").quoted.empty());
}

TEST_CASE("all of a forwarded message is a quotation") {
  const auto update = read(message_of_ana(home, R"(,"text":"/claim T1","forward_origin":{"type":"user"})"));
  CHECK(update.text == "/claim T1");
  REQUIRE(update.quoted.size() == 1);
  CHECK(update.quoted[0].end == update.text.size());
}

TEST_CASE("offsets outside the text or inside a character do no harm") {
  const auto update = read_text(
      "😀x",
      R"({"type":"code","offset":1,"length":1},{"type":"code","offset":-5,"length":900},)"
      R"({"type":"code","offset":9223372036854775807,"length":9223372036854775807},{"type":"code","offset":0,"length":-1})");
  for (const auto& range : update.quoted) {
    CHECK(range.begin <= range.end);
    CHECK(range.end <= update.text.size());
    CHECK((range.begin == 0 || range.begin == 4 || range.begin == 5));
  }
}

TEST_CASE("a caption is a text, a picture without one is nothing to read") {
  CHECK(read(message_of_ana(
                 group,
                 R"(,"photo":[],"caption":"/help","caption_entities":[{"type":"bot_command","offset":0,"length":5}])"))
            .text == "help");
  CHECK(is_ignored(message_of_ana(group, R"(,"photo":[])")));
}

TEST_CASE("edited messages") {
  const auto update = read(fmt::format(
      R"({{"update_id":5,"edited_message":{{"message_id":10,"from":{},"chat":{},"date":1789000000,"edit_date":1789000060,"text":"/help"}}}})",
      ana_as_json, group));
  CHECK(update.kind == UpdateKind::edited);
  CHECK(update.key == "e-1001234567890:10:1789000060");
  CHECK(update.at.time_since_epoch().count() == 1789000060);
  CHECK(update.text == "help");
}

TEST_CASE("bots, the bot itself, channels and Telegram's own account are not listened to") {
  const auto from = [](const std::string& sender) {
    return fmt::format(R"({{"update_id":5,"message":{{"message_id":10,{}"chat":{},"date":1,"text":"/help"}}}})", sender,
                       group);
  };
  CHECK(is_ignored(from(R"("from":{"id":42,"is_bot":true,"first_name":"Osr"},)")));
  CHECK(is_ignored(from(R"("from":{"id":777000,"is_bot":false,"first_name":"Telegram"},)")));
  CHECK(is_ignored(from(
      R"("from":{"id":136817688,"is_bot":true,"first_name":"Channel"},"sender_chat":{"id":-100555,"type":"channel","title":"News"},)")));
  CHECK(is_ignored(from("")));
  CHECK(is_ignored(message_of_ana(R"({"id":-100555,"type":"channel","title":"News"})", R"(,"text":"/help")")));
}

TEST_CASE("an anonymous administrator writes in the name of the group") {
  const auto update = read(fmt::format(
      R"({{"update_id":5,"message":{{"message_id":10,"from":{{"id":1087968824,"is_bot":true,"first_name":"Group"}},"sender_chat":{},"chat":{},"date":1,"text":"/help"}}}})",
      group, group));
  CHECK(update.from_workspace_admin);
  CHECK(update.from.id == "-1001234567890");
  CHECK(update.from.name == "Team");
  CHECK_FALSE(update.from.is_bot);
}

TEST_CASE("a button") {
  const auto json = fmt::format(
      R"({{"update_id":8,"callback_query":{{"id":"987","from":{},"chat_instance":"1","data":"claim T1","message":{{"message_id":20,"date":5,"chat":{},"message_thread_id":3,"is_topic_message":true,"text":"x"}}}}}})",
      ana_as_json, group);
  const auto update = read(json);
  CHECK(update.kind == UpdateKind::button);
  CHECK(update.key == "c987");
  CHECK(update.text == "claim T1");
  CHECK(update.message_id == "20");
  CHECK(update.place.thread == "3");
  CHECK(update.addressed);
  CHECK(update.at == arrival);
  CHECK(read_all(json).callback_id == "987");
}

TEST_CASE("a button under a message that is too old to be told is still answered and used") {
  CHECK(
      read(
          fmt::format(
              R"({{"update_id":8,"callback_query":{{"id":"1","from":{},"data":"help","message":{{"message_id":20,"date":0,"chat":{}}}}}}})",
              ana_as_json, group))
          .text == "help");
  const auto inline_one = read_all(
      fmt::format(R"({{"update_id":8,"callback_query":{{"id":"1","from":{},"data":"help","inline_message_id":"x"}}}})",
                  ana_as_json));
  CHECK(inline_one.updates.empty());
  CHECK(inline_one.callback_id == "1");
}

TEST_CASE("one join that is told twice has one key") {
  UpdateReader reader(self);
  const auto service =
      reader.read(message_of_ana(group, fmt::format(R"(,"new_chat_members":[{}])", ana_as_json)), arrival)
          .updates.at(0);
  const auto change =
      reader.read(membership("chat_member", R"("left")", R"("member")", ana_as_json, group, 1789000001), arrival)
          .updates.at(0);
  CHECK(service.kind == UpdateKind::joined);
  CHECK(change.kind == UpdateKind::joined);
  CHECK(service.from.id == "7");
  CHECK(service.key == "j-1001234567890:7:1789000000");
  CHECK(change.key == service.key);
}

TEST_CASE("joining again is another join") {
  UpdateReader reader(self);
  const auto join = [&](int date) {
    return reader.read(membership("chat_member", R"("left")", R"("member")", ana_as_json, group, date), arrival)
        .updates.at(0)
        .key;
  };
  const auto leave = [&](int date) {
    return reader.read(membership("chat_member", R"("member")", R"("left")", ana_as_json, group, date), arrival)
        .updates.at(0)
        .key;
  };
  const auto first = join(1000);
  const auto left = leave(1005);
  const auto second = join(1010);
  CHECK(first != second);
  CHECK(leave(1015) != left);
  CHECK(join(9000) != second);
}

TEST_CASE("several people may join at once, bots do not count") {
  const auto out = read_all(message_of_ana(
      group,
      fmt::format(
          R"(,"new_chat_members":[{},{{"id":42,"is_bot":true,"first_name":"Osr"}},{{"id":8,"is_bot":false,"first_name":"Ben"}}])",
          ana_as_json)));
  REQUIRE(out.updates.size() == 2);
  CHECK(out.updates[0].from.id == "7");
  CHECK(out.updates[1].from.id == "8");
}

TEST_CASE("memberships: only who comes and who goes") {
  const auto kind = [](const std::string& before, const std::string& after) -> int {
    const auto out = read_all(membership("chat_member", before, after));
    CHECK(out.problem == "");
    return out.updates.empty() ? -1 : static_cast<int>(out.updates[0].kind);
  };
  const int joined = static_cast<int>(UpdateKind::joined);
  const int left = static_cast<int>(UpdateKind::left);
  CHECK(kind(R"("left")", R"("member")") == joined);
  CHECK(kind(R"("kicked")", R"("restricted","is_member":true)") == joined);
  CHECK(kind(R"("member")", R"("kicked")") == left);
  CHECK(kind(R"("restricted","is_member":true)", R"("restricted","is_member":false)") == left);
  CHECK(kind(R"("member")", R"("administrator")") == -1);
  CHECK(kind(R"("left")", R"("kicked")") == -1);
  CHECK(read(message_of_ana(group, fmt::format(R"(,"left_chat_member":{})", ana_as_json))).kind == UpdateKind::left);
}

TEST_CASE("the bot is blocked, unblocked, added and removed") {
  const std::string bot = R"({"id":42,"is_bot":true,"first_name":"Osr"})";
  const auto blocked = read(membership("my_chat_member", R"("member")", R"("kicked")", bot, home));
  CHECK(blocked.kind == UpdateKind::blocked);
  CHECK(blocked.from.id == "7");
  CHECK(blocked.place.is_private);
  CHECK(read(membership("my_chat_member", R"("kicked")", R"("member")", bot, home)).kind == UpdateKind::unblocked);
  CHECK(read(membership("my_chat_member", R"("left")", R"("member")", bot, group)).kind == UpdateKind::unblocked);
  CHECK(read(membership("my_chat_member", R"("administrator")", R"("left")", bot, group)).kind == UpdateKind::blocked);
  CHECK(is_ignored(membership("my_chat_member", R"("member")", R"("administrator")", bot, group)));
}

TEST_CASE("a group that becomes a supergroup is told twice and is one migration") {
  const auto before = read(message_of_ana(R"({"id":-5,"type":"group"})", R"(,"migrate_to_chat_id":-1005)"));
  const auto after = read(message_of_ana(R"({"id":-1005,"type":"supergroup"})", R"(,"migrate_from_chat_id":-5)"));
  CHECK(before.kind == UpdateKind::migrated);
  CHECK(before.place.conversation == "-5");
  CHECK(before.text == "-1005");
  CHECK(after.key == before.key);
  CHECK(after.place.conversation == "-5");
  CHECK(after.text == "-1005");
}

TEST_CASE("kinds and fields that are not known yet are passed over") {
  CHECK(is_ignored(R"({"update_id":5})"));
  CHECK(is_ignored(R"({"update_id":5,"telepathy":{"from":[1,2]}})"));
  CHECK(is_ignored(message_of_ana(group, R"(,"new_chat_title":"x")")));
  CHECK(is_ignored(message_of_ana(R"({"id":1,"type":"hologram"})", R"(,"text":"x")")));
  CHECK(read(message_of_ana(
                 group, R"(,"text":"x","new_thing":[[[{}]]],"entities":[{"type":"new_kind","offset":0,"length":1}])"))
            .text == "x");
}

TEST_CASE("what makes no sense is refused with its number and its reason") {
  for (
      const std::string& json : {
          std::string(R"({"update_id":5,"message":[]})"),
          std::string(R"({"update_id":5,"message":{}})"),
          std::string(R"({"update_id":5,"message":"x"})"),
          std::string(R"({"update_id":5,)"),
          std::string(R"({"update_id":5 "message":{}})"),
          message_of_ana(group, R"(,"text":5)"),
          message_of_ana(group, R"(,"text":"x","entities":{})"),
          message_of_ana(group, R"(,"text":"x","entities":[1])"),
          message_of_ana(group, R"(,"text":"x","entities":[{"type":"code","offset":"0","length":1}])"),
          message_of_ana(group, R"(,"text":"x","reply_to_message":7)"),
          message_of_ana(group, R"(,"new_chat_members":[1])"),
          message_of_ana(R"({"id":99999999999999999999,"type":"group"})", R"(,"text":"x")"),
          message_of_ana(R"({"id":9223372036854775808,"type":"group"})", R"(,"text":"x")"),
          message_of_ana(R"({"id":1.5,"type":"group"})", R"(,"text":"x")"),
          message_of_ana(group, fmt::format(R"(,"text":"{}")", std::string(70'000, 'x'))),
          message_of_ana(group, R"(,"text":"x","a":)" + std::string(1000, '[') + std::string(1000, ']')),
          std::string(R"({"update_id":5,"a":")") + std::string(2'000'000, 'x') + "\"}",
          std::string(
              R"({"update_id":5,"message":{"message_id":1,"date":-1,"chat":{"id":1,"type":"private"},"text":"x"}})"),
          std::string(
              R"({"update_id":5,"message":{"message_id":1,"date":999999999999999,"chat":{"id":1,"type":"private"},"text":"x"}})"),
      }) {
    CAPTURE(json.substr(0, 200));
    const auto out = read_all(json);
    CHECK(out.updates.empty());
    CHECK(out.problem != "");
    CHECK(out.id == 5);
  }
}

TEST_CASE("without a number, or with an absurd one, there is none") {
  for (const auto* json : {"", "null", "[]", "{}", R"({"update_id":"5"})", R"({"update_id":99999999999999999999})",
                           R"({"update_id":9223372036854775807})"}) {
    CAPTURE(json);
    const auto out = read_all(json);
    CHECK(out.id < 0);
    CHECK(out.problem != "");
  }
}

TEST_CASE("bytes that are not UTF-8 and half surrogate pairs become replacement characters") {
  CHECK(read(message_of_ana(group, ",\"text\":\"a\xff\xc3(\"")).text == "a\uFFFD\uFFFD(");
  CHECK(read(message_of_ana(group, R"(,"text":"a\ud83d b")")).text == "a\uFFFD b");
  CHECK(read(message_of_ana(group, R"(,"text":"a\u0000b")")).text == std::string("a\0b", 3));
}

TEST_CASE("whatever arrives instead of an update, it is read or refused, and all ranges lie in the text") {
  const std::vector<std::string> whole = {
      message_of_ana(group,
                     R"(,"text":"/assign T1 😀 @ben and Bo","entities":[{"type":"bot_command","offset":0,"length":7},)"
                     R"({"type":"mention","offset":14,"length":4},{"type":"spoiler","offset":2,"length":9}])"),
      message_of_ana(home,
                     R"(,"caption":"@osr_bot\n/help","caption_entities":[{"type":"mention","offset":0,"length":8}])"),
      membership("chat_member", R"("left")", R"("member")"),
      fmt::format(
          R"({{"update_id":8,"callback_query":{{"id":"987","from":{},"data":"x","message":{{"message_id":20,"date":5,"chat":{}}}}}}})",
          ana_as_json, group)};
  const std::string letters = "{}[]\",:\\/@0123456789-.eutrflns \n\xff\xed\x00";
  std::mt19937 random(7);
  const auto pick = [&](std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random); };
  UpdateReader reader(self);
  std::size_t understood = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string json = whole[pick(whole.size())];
    for (auto changes = pick(4); changes > 0; --changes) {
      const auto at = pick(json.size());
      switch (pick(4)) {
        case 0:
          json[at] = letters[pick(letters.size())];
          break;
        case 1:
          json.erase(at, pick(8));
          break;
        case 2:
          json.insert(at, json.substr(pick(json.size()), pick(30)));
          break;
        default:
          json.insert(at, 1, letters[pick(letters.size())]);
      }
      if (json.empty()) json = "{";
    }
    const auto out = reader.read(json, arrival);
    for (const auto& update : out.updates) {
      ++understood;
      UErrorCode status = U_ZERO_ERROR;
      u_strFromUTF8(nullptr, 0, nullptr, update.text.data(), static_cast<std::int32_t>(update.text.size()), &status);
      REQUIRE((status == U_BUFFER_OVERFLOW_ERROR || U_SUCCESS(status)));
      for (const auto& range : update.quoted) REQUIRE((range.begin <= range.end && range.end <= update.text.size()));
      for (const auto& range : update.called) REQUIRE((range.begin <= range.end && range.end <= update.text.size()));
      for (const auto& mention : update.mentioned) {
        REQUIRE((mention.range.begin <= mention.range.end && mention.range.end <= update.text.size()));
      }
    }
  }
  CHECK(understood > 1000);
}
