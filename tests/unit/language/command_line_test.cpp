#include "commands/language/command_line.h"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/unit/language/fixture.h"

using namespace osrbot::language;

namespace {

const std::vector<VerbSpec>& verbs() {
  using K = ArgumentKind;
  static const std::vector<VerbSpec> list = {
      {"claim", {"take", "i take"}, {{"task", K::task}}},
      {"assign", {}, {{"task", K::task}, {"person", K::person}}},
      {"due", {"deadline"}, {{"task", K::task}, {"date", K::date}}},
      {"progress", {}, {{"task", K::task}, {"percentage", K::percentage, false}, {"note", K::rest, false}}},
      {"done", {"finish", "finished"}, {{.name = "task", .kind = K::task, .repeated = true}}},
      {"remind",
       {},
       {{"person", K::person, false}, {"task", K::task, false}, {"date", K::date}, {"note", K::rest, false}}},
      {"need",
       {"we need"},
       {{"project", K::project, true},
        {"count", K::count, false},
        {"skill", K::text},
        {.name = "deadline", .kind = K::date, .required = false, .introduced_by = {"by", "until", "due"}},
        {"hours", K::hours, false},
        {.name = "credit", .kind = K::text, .required = false, .introduced_by = {"credit", "for credit"}}}},
      {"task add",
       {"add task"},
       {{"project", K::project, false},
        {.name = "due", .kind = K::date, .required = false, .introduced_by = {"by", "due"}},
        {"owner", K::person, false},
        {.name = "title", .kind = K::rest, .repeated = true}}},
      {"task", {}, {{"task", K::task}}},
      {"release", {}, {{"task", K::task}, {"note", K::rest, false}}},
      {"reached", {}, {{"task", K::task}, {"percentage", K::percentage}, {"note", K::rest, false}}},
      {"status", {}, {{"project", K::project, false}}},
      {"digest",
       {},
       {{.name = "which", .kind = K::choice, .required = false, .choices = {"weekly", "off"}},
        {"when", K::date, false}}},
      {"pause", {}, {{"until", K::date, false}, {"for", K::duration, false}}},
      {"project new",
       {"new project"},
       {{"title", K::text}, {.name = "aim", .kind = K::text, .required = false, .introduced_by = {"aim"}}}},
      {"project", {}, {{"project", K::project}}},
      {"list",
       {},
       {{.name = "what", .kind = K::choice, .required = false, .choices = {"tasks", "projects", "people"}},
        {"project", K::project, false}}},
      {"role",
       {},
       {{.name = "role",
         .kind = K::choice,
         .choices = {"Writing – original draft", "Writing – review & editing", "Software"}},
        {"task", K::task, false}}},
      {"size", {}, {{"task", K::task}, {"time", K::duration}}},
      {"link", {}, {{"task", K::task}, {"address", K::url}}},
      {"close", {}, {{"project", K::project}}},
      {"stop", {"unsubscribe"}, {}},
      {"help", {}, {{"topic", K::text, false}}},
  };
  return list;
}

const CommandGrammar& grammar() {
  static const CommandGrammar built(verbs());
  return built;
}

std::string shown(const ArgumentValue& value) {
  struct Show {
    std::string operator()(const Ref& ref) const { return fmt::format("{}{}", ref.kind, ref.number); }
    std::string operator()(const PersonName& person) const { return person.is_me ? "me" : "@" + person.handle; }
    std::string operator()(const DateValue& date) const {
      std::string out;
      for (const auto& day : date.candidates) {
        out += fmt::format("{}{:04}-{:02}-{:02}", out.empty() ? "" : "|", static_cast<int>(day.year()),
                           static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
      }
      if (date.minute_of_day >= 0) out += fmt::format("T{:02}:{:02}", date.minute_of_day / 60, date.minute_of_day % 60);
      return out;
    }
    std::string operator()(std::chrono::minutes length) const { return fmt::format("{}min", length.count()); }
    std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
    std::string operator()(double number) const { return fmt::format("{}", number); }
    std::string operator()(const std::string& text) const { return "'" + text + "'"; }
  };
  return std::visit(Show{}, value);
}

std::string kind_name(CommandError::Kind kind) {
  switch (kind) {
    case CommandError::Kind::unknown_verb:
      return "unknown";
    case CommandError::Kind::missing_argument:
      return "missing";
    case CommandError::Kind::bad_argument:
      return "bad";
    case CommandError::Kind::unexpected_text:
      return "unexpected";
    case CommandError::Kind::second_command:
      return "second";
    case CommandError::Kind::ambiguous_date:
      return "date";
    case CommandError::Kind::ambiguous_number:
      return "number";
    case CommandError::Kind::too_many_commands:
      return "many";
  }
  return "?";
}

/// "claim task=T12; !missing task@5-5" for two results.
std::string shown(const std::vector<CommandResult>& results, std::string_view text) {
  std::string out;
  for (const auto& result : results) {
    if (!out.empty()) out += "; ";
    if (const auto* command = std::get_if<ParsedCommand>(&result)) {
      out += command->verb->name;
      for (const auto& argument : command->arguments)
        out += fmt::format(" {}={}", argument.name, shown(argument.value));
    } else {
      const auto& error = std::get<CommandError>(result);
      out += "!" + kind_name(error.kind);
      if (!error.argument.empty()) out += " " + error.argument;
      out += fmt::format(" [{}]", text.substr(error.begin, error.end - error.begin));
      for (const auto& suggestion : error.suggestions) out += " ?" + suggestion;
    }
  }
  return out;
}

std::string read(std::string_view text, bool addressed = true) {
  CommandGrammar::Input input{
      .text = text, .skipped = {}, .now = wednesday(), .addressed = addressed, .bot_names = {"OSRbot"}, .people = {}};
  return shown(grammar().parse(input), text);
}

struct CommandCase {
  std::string_view text;
  std::string_view read;
};

template <std::size_t n>
void check_commands(const CommandCase (&cases)[n], bool addressed = true) {
  for (const auto& [text, expected] : cases) {
    CAPTURE(text);
    CHECK(read(text, addressed) == expected);
  }
}

}  // namespace

TEST_CASE("politeness, case and decoration around a command do not matter") {
  const CommandCase cases[] = {
      {"claim T12", "claim task=T12"},
      {"CLAIM t12", "claim task=T12"},
      {"claim T12 :)", "claim task=T12"},
      {"claim T12 please, thanks!", "claim task=T12"},
      {"Claim T12.", "claim task=T12"},
      {"claim T12 🙏🎉", "claim task=T12"},
      {"claim T12🎉", "claim task=T12"},
      {"claim T12, thank you so much in advance!!", "claim task=T12"},
      {"@OSRbot claim T12", "claim task=T12"},
      {"@osrbot: please claim T12", "claim task=T12"},
      {"hey @OSRBOT, could you claim T12 please?", "claim task=T12"},
      {"claim T12 @OSRbot", "claim task=T12"},
      {"Hi! pls take T12 merci", "claim task=T12"},
      {"OSRbot, claim T12", "claim task=T12"},
      {"/claim T12", "claim task=T12"},
      {"/claim@OSRbot T12", "claim task=T12"},
      {"/claim_T12", "claim task=T12"},
      {"/task_add P7 Write abstract", "task add project=P7 title='Write abstract'"},
      {"/task_add@osrbot P7 Write abstract", "task add project=P7 title='Write abstract'"},
      {"- claim T12", "claim task=T12"},
      {"**claim T12**", "claim task=T12"},
      {"I take T12", "claim task=T12"},
      {"claim: T12", "claim task=T12"},
      {"claim T12 <3", "claim task=T12"},
      {"claim T12 شكرا", "claim task=T12"},
      {"Thanks, claim T12", "claim task=T12"},
      {"I would like to claim T12", "claim task=T12"},
      {"can you claim T12 for me?", "claim task=T12"},
      {"stop!!!", "stop"},
      {"stop please", "stop"},
  };
  check_commands(cases);
}

TEST_CASE("what is said of several objects is said of each") {
  const CommandCase cases[] = {
      {"claim T1 T2", "claim task=T1; claim task=T2"},
      {"claim T1, T2 and T3 please", "claim task=T1; claim task=T2; claim task=T3"},
      {"release T1, T2", "release task=T1; release task=T2"},
      {"release T1 + T2 :)", "release task=T1; release task=T2"},
      {"/claim_T1 T2", "claim task=T1; claim task=T2"},
      {"release T1", "release task=T1"},
      {"release T1 2", "release task=T1; release task=T2"},
      {"release 1 2", "release task=T1; release task=T2"},
      {"release 1 and 2", "release task=T1; release task=T2"},
      {"release 1", "release task=T1"},
      {"release T1 2 of 3 are read", "release task=T1 note='2 of 3 are read'"},
      {"progress T1 50", "progress task=T1 percentage=50"},
      {"progress T1 T2 50%", "!second note [T2]"},
  };
  check_commands(cases);
}

TEST_CASE("a note that is rather a second command is none") {
  const CommandCase cases[] = {
      {"release T1 /claim T2", "!second note [/claim T2]"},
      {"release T1 /claim_T2 please", "!second note [/claim_T2]"},
      {"release T1, claim T2", "!second note [claim T2]"},
      {"release T1 then claim T2", "!second note [claim T2]"},
      {"release T1 release", "!second note [release]"},
      {"release T1, T2 with the figures", "!second note [T2 with the figures]"},
      {"release T1 claim by the authors is checked", "release task=T1 note='claim by the authors is checked'"},
      {"release T1 T2 uses the same file", "release task=T1 note='T2 uses the same file'"},
      {"release T1 \"/claim T2\"", "release task=T1 note='/claim T2'"},
      {"release T1 /etc/hosts was wrong", "release task=T1 note='/etc/hosts was wrong'"},
  };
  check_commands(cases);
}

TEST_CASE("a number that cannot be meant is an error, and not another number") {
  const CommandCase cases[] = {
      {"need P7 0 nurses", "!bad count [0]"},
      {"need P7 -2 nurses", "!bad count [-2]"},
      {"need P7 zero nurses", "!bad count [zero]"},
      {"need P7 \u22122 nurses", "!bad count [\u22122]"},
      {"progress T12 -5%", "!bad percentage [-5%]"},
      {"reached T12 150%", "!bad percentage [150%]"},
      {"reached T12 150", "!bad percentage [150]"},
      {"progress T12 - 60%", "progress task=T12 percentage=60"},
      {"progress T12 60% 0 of 3 tables left", "progress task=T12 percentage=60 note='0 of 3 tables left'"},
  };
  check_commands(cases);
}

TEST_CASE("words in the place of the only value are not passed over") {
  const CommandCase cases[] = {
      {"status of the project", "status"},
      {"pause until forever", "!bad until [until forever]"},
      {"pause until yesterday", "pause until=2026-03-17"},
      {"digest noday", "!bad which [noday]"},
      {"status of ColoAI please", "status project='coloai'"},
  };
  check_commands(cases);
}

TEST_CASE("a project is named by its title as well") {
  const CommandCase cases[] = {
      {"status burns in children", "status project='burns in children'"},
      {"status of Burns in Children!", "status project='burns in children'"},
      {"status \"COVID-19 & burns\"", "status project='covid-19-burns'"},
      {"status coloai, and tell me more", "status project='coloai'"},
      {"status burns 3 tables", "!unexpected [3 tables]"},
  };
  check_commands(cases);
}

TEST_CASE("references come in many spellings") {
  const CommandCase cases[] = {
      {"claim 12", "claim task=T12"},
      {"claim t 12", "claim task=T12"},
      {"claim #T12", "claim task=T12"},
      {"claim #12", "claim task=T12"},
      {"claim task 12", "claim task=T12"},
      {"claim task no 12", "claim task=T12"},
      {"claim task T12", "claim task=T12"},
      {"claim T١٢", "claim task=T12"},
      {"claim १२", "claim task=T12"},
      {"claim Ｔ１２", "claim task=T12"},
      {"claim the task T12", "claim task=T12"},
      {"done T1,T2 and T3", "done task=T1 task=T2 task=T3"},
      {"done 1 2 3", "done task=T1 task=T2 task=T3"},
      {"close coloai", "close project='coloai'"},
      {"close #ColoAI", "close project='coloai'"},
      {"close project coloai", "close project='coloai'"},
      {"close P7", "close project=P7"},
      {"close 7", "close project=P7"},
      {"project P7", "project project=P7"},
      {"claim T999999999999999999999", "!bad task [T999999999999999999999]"},
      {"claim T0", "!bad task [T0]"},
      {"claim P7", "!bad task [P7]"},
  };
  check_commands(cases);
}

TEST_CASE("arguments stand in any order") {
  const CommandCase cases[] = {
      {"need P7 2 statistician by 31 March 5h/week",
       "need project=P7 count=2 skill='statistician' deadline=2026-03-31 hours=5"},
      {"need 2 statisticians for P7, 5 hours a week, by 31 March",
       "need count=2 skill='statisticians' project=P7 hours=5 deadline=2026-03-31"},
      {"we need two data managers for project 7 until next Friday",
       "need count=2 skill='data managers' project=P7 deadline=2026-03-27"},
      {"need P7 \"R programmer\" x2", "need project=P7 skill='R programmer' count=2"},
      {"need P7 “R programmer” 2", "need project=P7 skill='R programmer' count=2"},
      {"need P7 a statistician by next Friday", "need project=P7 count=1 skill='statistician' deadline=2026-03-27"},
      {"Need P7 3-4 data collectors, 2h/week", "need project=P7 count=3 skill='data collectors' hours=2"},
      {"need 7 2 statistician", "need project=P7 count=2 skill='statistician'"},
      {"need P7 statistician credit \"co-author\"", "need project=P7 skill='statistician' credit='co-author'"},
      {"need coloai 2 statisticians", "need project='coloai' count=2 skill='statisticians'"},
      {"assign T12 @ana", "assign task=T12 person=@ana"},
      {"assign @ana T12", "assign person=@ana task=T12"},
      {"assign T12 to @Ana_S, thanks", "assign task=T12 person=@Ana_S"},
      {"assign T12 to me", "assign task=T12 person=me"},
      {"assign 12 <@U012AB3CD|ana>", "assign task=T12 person=@U012AB3CD"},
      {"due T12 next Friday", "due task=T12 date=2026-03-27"},
      {"due T12 this Friday", "due task=T12 date=2026-03-20"},
      {"due next Friday T12", "due date=2026-03-27 task=T12"},
      {"deadline 2026-05-04 for T12", "due date=2026-05-04 task=T12"},
      {"due T12 on 4 May at 17:30", "due task=T12 date=2026-05-04T17:30"},
      {"progress T12 60% first pass done", "progress task=T12 percentage=60 note='first pass done'"},
      {"progress T12 60 %", "progress task=T12 percentage=60"},
      {"progress T12 60", "progress task=T12 percentage=60"},
      {"progress 12 60", "progress task=T12 percentage=60"},
      {"progress T12 first pass done 60%", "progress task=T12 note='first pass done' percentage=60"},
      {"progress T12 first pass 60% done", "progress task=T12 note='first pass 60% done' percentage=60"},
      {"progress T12 20 papers extracted", "progress task=T12 note='20 papers extracted'"},
      {"remind me about T12 in 2 weeks", "remind person=me task=T12 date=2026-04-01"},
      {"remind me in two weeks to call the editor", "remind person=me date=2026-04-01 note='to call the editor'"},
      {"remind me to call the editor next Friday at 9am",
       "remind person=me note='to call the editor' date=2026-03-27T09:00"},
      {"remind @ana tomorrow about T12", "remind person=@ana date=2026-03-19 task=T12"},
      {"size T12 half a day", "size task=T12 time=720min"},
      {"size T12 30 min", "size task=T12 time=30min"},
      {"link T12 https://osf.io/ab12c/?a=b,c.", "link task=T12 address='https://osf.io/ab12c/?a=b,c'"},
      {"role software T3", "role role='Software' task=T3"},
      {"role writing - original draft T3", "role role='Writing – original draft' task=T3"},
      {"role T3 writing review editing", "role task=T3 role='Writing – review & editing'"},
      {"list tasks P7", "list what='tasks' project=P7"},
  };
  check_commands(cases);
}

TEST_CASE("the rest is one unbroken piece of the line") {
  const CommandCase cases[] = {
      {"task add P7 Write the abstract by Friday @ana",
       "task add project=P7 title='Write the abstract' due=2026-03-20 owner=@ana"},
      {"task add Write the abstract P7", "task add title='Write the abstract' project=P7"},
      {"task add P7 Compare with P8 results", "task add project=P7 title='Compare with P8 results'"},
      {"task add Compare with P8", "task add title='Compare with P8' project=P8"},
      {"task add Label 200 CT scans", "task add title='Label 200 CT scans'"},
      {"task add P7: \"Label: 200 scans\"", "task add project=P7 title='Label: 200 scans'"},
      {"task add P7 Read data of 31 March 2020", "task add project=P7 title='Read data of 31 March 2020'"},
      {"task add P7 Write the \"big\" abstract", "task add project=P7 title='Write the \"big\" abstract'"},
      {"task add P7 Write abstract, please!", "task add project=P7 title='Write abstract'"},
      {"task add P7 Write a note of thanks", "task add project=P7 title='Write a note of thanks'"},
      {"task add P7 run `make` twice", "task add project=P7 title='run `make` twice'"},
      {"task add P7 due 4 May Write it", "task add project=P7 due=2026-05-04 title='Write it'"},
  };
  check_commands(cases);
}

TEST_CASE("a list of values may follow line by line") {
  const CommandCase cases[] = {
      {"task add P1\nWrite abstract\nDraw figure 1",
       "task add project=P1 title='Write abstract' title='Draw figure 1'"},
      {"task add P1:\n- Write abstract\n* Claim the domain\n1. Draw figure",
       "task add project=P1 title='Write abstract' title='Claim the domain' title='Draw figure'"},
      {"task add P1 Write abstract\nDraw figure\nclaim T3",
       "task add project=P1 title='Write abstract' title='Draw figure'; claim task=T3"},
      {"task add P1\n- a\n- b\nSee you on Monday", "task add project=P1 title='a' title='b'"},
      {"task add P1\na task\n\nThanks!", "task add project=P1 title='a task'"},
      {"task add P1\nfirst\n> second\n```\nthird\n```\nfourth", "task add project=P1 title='first' title='fourth'"},
  };
  check_commands(cases);
}

TEST_CASE("several commands stand one per line, prose between them is passed over") {
  CHECK(read("Hi all\nclaim T12\nI will do it on Sunday\ndone T3") == "claim task=T12; done task=T3");
  CHECK(read("claim T12\r\ndone T3\u2028stop") == "claim task=T12; done task=T3; stop");
  CHECK(read("claim T12\nasign T13 @ana\nlovely weather") == "claim task=T12; !unknown [asign] ?assign");
}

TEST_CASE("quotations and code are never commands") {
  const CommandCase cases[] = {
      {"> claim T12", ""},
      {"&gt; claim T12", ""},
      {"`claim T12`", ""},
      {"```claim T12```", ""},
      {"```\nclaim T12\n```", ""},
      {"```\nclaim T12", ""},
      {"```\nclaim T12\n```\nclaim T13", "claim task=T13"},
      {"`x` claim T12", ""},
      {"claim T12 `T13`", "claim task=T12"},
  };
  check_commands(cases);
  const std::string_view quoted = "claim T12\nclaim T13";
  CommandGrammar::Input input{
      .text = quoted, .skipped = {{0, 9}}, .now = wednesday(), .addressed = true, .bot_names = {}, .people = {}};
  CHECK(shown(grammar().parse(input), quoted) == "claim task=T13");
  input.skipped = {{0, 9999}, {5, 2}, {9999, 10000}};
  CHECK(grammar().parse(input).empty());
  CHECK(read("\"claim T12\"") == "!unknown [claim T12]");
}

TEST_CASE("errors mark the place and say what was meant") {
  const CommandCase cases[] = {
      {"claim", "!missing task []"},
      {"claim please", "!missing task []"},
      {"clam T12", "!unknown [clam] ?claim"},
      {"tsak add P7 x", "!unknown [tsak] ?task ?task add"},
      {"is it true that I claim T12", "!unknown [is] ?claim"},
      {"xyzzy", "!unknown [xyzzy]"},
      {"/xyzzy now", "!unknown [xyzzy]"},
      {"assign T12 ana", "!bad person [ana] ?@ana"},
      {"assign T12", "!missing person []"},
      {"due T12 31 Feb", "!bad date [31 Feb]"},
      {"need P7 2 nurses by 31 Feb", "!bad deadline [31 Feb]"},
      {"need P7 by February 30 nurses", "!bad deadline [February 30]"},
      {"task add Find nurses by 31 Feb", "!bad due [31 Feb]"},
      {"task add Say who by 31 Feb is meant", "task add title='Say who by 31 Feb is meant'"},
      {"need P7 2 nurses by 28 Feb", "need project=P7 count=2 skill='nurses' deadline=2027-02-28"},
      {"due T12 04/05/2026", "!date date [04/05/2026] ?2026-05-04 ?2026-04-05"},
      {"due T12 13/05/2026", "due task=T12 date=2026-05-13"},
      {"role sofware T3", "!bad role [sofware] ?Software"},
      {"list taks", "!bad what [taks] ?tasks"},
      {"claim T12 @ana", "!unexpected [@ana]"},
      {"claim T12 tomorrow at 12", "!unexpected [tomorrow at 12]"},
      {"claim not T12", "!unexpected [not]"},
      {"claim T12 I have time on the weekend", "claim task=T12"},
      {"progress T12 150%", "progress task=T12 note='150%'"},
      {"need P7", "!missing skill []"},
      {"need 2 statisticians", "!missing project []"},
  };
  check_commands(cases);
  const auto results = grammar().parse({.text = "hi\n  due T12 soon",
                                        .skipped = {},
                                        .now = wednesday(),
                                        .addressed = true,
                                        .bot_names = {},
                                        .people = {}});
  REQUIRE(results.size() == 1);
  const auto& error = std::get<CommandError>(results.front());
  CHECK(error.verb->name == "due");
  CHECK(error.begin == 13);
  CHECK(error.end == 17);
}

TEST_CASE("nothing but thanks is neither a command nor an error") {
  const CommandCase cases[] = {{"@OSRbot thanks!", ""}, {"👍", ""},       {"", ""},
                               {"   \n ", ""},          {"@OSRbot", ""}, {"Thank you so much :)", ""}};
  check_commands(cases);
}

TEST_CASE("a greeting that is a verb counts where nothing else is said") {
  static const std::vector<VerbSpec> list = {{"start", {"hello", "hi"}, {}},
                                             {"claim", {}, {{"task", ArgumentKind::task}}}};
  static const CommandGrammar greeting(list);
  const auto verbs_in = [](std::string_view text, bool addressed) {
    std::string out;
    for (const auto& result : greeting.parse({.text = text, .addressed = addressed})) {
      const auto* parsed = std::get_if<ParsedCommand>(&result);
      out += (parsed ? std::string(parsed->verb->name) : "error") + " ";
    }
    return out;
  };
  CHECK(verbs_in("Hello!", true) == "start ");
  CHECK(verbs_in("hi 👋", true) == "start ");
  CHECK(verbs_in("Hello!", false) == "");
  CHECK(verbs_in("hello, claim T1", true) == "claim ");
  CHECK(verbs_in("Hello!\nclaim T1", true) == "claim ");
  CHECK(verbs_in("Hello!\nwhere am I", true) == "error ");
  CHECK(verbs_in("thanks", true) == "");
}

TEST_CASE("prose that was not written to the bot is never run") {
  const CommandCase cases[] = {
      {"claim T12", "claim task=T12"},
      {"claim T12, thanks :)", "claim task=T12"},
      {"/claim 12", "claim task=T12"},
      {"claim 12", ""},
      {"Need P7 results by Friday", ""},
      {"help wanted", ""},
      {"stop", ""},
      {"task add P7 Write abstract", ""},
      {"claim T12 is wrong I think", ""},
      {"done with everything", ""},
      {"clam T12", ""},
      {"/etc/passwd is a file", ""},
      {"progress T12 60%", "progress task=T12 percentage=60"},
  };
  check_commands(cases, false);
}

TEST_CASE("commands of other bots are none of ours") {
  CHECK(read("/claim@otherbot T12") == "");
  CHECK(read("/claim@otherbot T12", false) == "");
}

TEST_CASE("people whom the platform resolved by name are people") {
  const std::string_view text = "assign T12 to Ana María López";
  CommandGrammar::Input input{.text = text,
                              .skipped = {},
                              .now = wednesday(),
                              .addressed = true,
                              .bot_names = {},
                              .people = {{14, text.size()}}};
  CHECK(shown(grammar().parse(input), text) == "assign task=T12 person=@Ana María López");
}

TEST_CASE("the number of commands in a message is bounded") {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "claim T1\n";
  const auto results = grammar().parse(
      {.text = text, .skipped = {}, .now = wednesday(), .addressed = true, .bot_names = {}, .people = {}});
  REQUIRE(results.size() == CommandGrammar::kMostCommands + 1);
  CHECK(std::get<CommandError>(results.back()).kind == CommandError::Kind::too_many_commands);
}

TEST_CASE("suggestions are the nearest verbs by their own names") {
  CHECK(grammar().suggest("clam") == std::vector<std::string>{"claim"});
  CHECK(grammar().suggest("finsh") == std::vector<std::string>{"done"});
  CHECK(grammar().suggest("").empty());
  CHECK(grammar().suggest(std::string(100000, 'x')).empty());
}

TEST_CASE("what a command is written from is read back, in any order, case and decoration") {
  const std::string parts[] = {"P7", "x2", "\"data manager\"", "by 31 March 2026", "5h/week"};
  std::vector<std::size_t> order = {0, 1, 2, 3, 4};
  do {
    std::string text = "need";
    for (const auto part : order) text += " " + parts[part];
    for (const auto& decorated :
         {text, "@OSRbot please " + text + ", thanks :)", "- **" + text + "**", "hi!\n" + text}) {
      CAPTURE(decorated);
      const auto results =
          grammar().parse({.text = decorated, .now = wednesday(), .addressed = true, .bot_names = {"osrbot"}});
      REQUIRE(results.size() == 1);
      const auto* command = std::get_if<ParsedCommand>(&results.front());
      REQUIRE(command != nullptr);
      CHECK(command->arguments.size() == 5);
      for (const auto& argument : command->arguments) {
        const auto written = decorated.substr(argument.begin, argument.end - argument.begin);
        if (argument.name == "project") CHECK(written == "P7");
        if (argument.name == "count") CHECK(written == "x2");
        if (argument.name == "skill") CHECK(written == "data manager");
        if (argument.name == "hours") CHECK(written == "5h/week");
        if (argument.name == "deadline") CHECK(shown(argument.value) == "2026-03-31");
      }
    }
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("every number of an object is read back from each of its spellings") {
  for (std::int64_t number = 1; number < 1'000'000'000'000; number = number * 7 + 3) {
    for (const auto* form :
         {"claim T{}", "claim t{}", "claim #T{}", "claim {}", "claim task {}", "claim T-{}", "/claim_T{}"}) {
      const auto text = fmt::format(fmt::runtime(form), number);
      CAPTURE(text);
      CHECK(read(text) == fmt::format("claim task=T{}", number));
    }
  }
}

TEST_CASE("hostile input is answered") {
  const std::string pieces[] = {"claim ",
                                "claim T1 ",
                                "\"",
                                "«",
                                "“x",
                                "`",
                                "```",
                                "need P7 2 ",
                                "task add P1\n- x\n",
                                "@",
                                "/",
                                "/a_b_",
                                "- ",
                                ">",
                                "by ",
                                "remind me ",
                                "role writing ",
                                "\u0301",
                                "\u200d",
                                "\u202e",
                                "\xed\xa0\x80",
                                "\xc0\xaf",
                                "\xff",
                                "list tasks x ",
                                "P1 P2 ",
                                "12 ",
                                "clam P1\n",
                                "\n",
                                "thanks ",
                                "hi "};
  for (const auto& piece : pieces) {
    std::string text;
    while (text.size() < 20'000) text += piece;
    for (const auto* verb : {"", "task add P7 ", "need P7 ", "done ", "remind me "}) {
      CAPTURE(piece);
      const auto whole = verb + text;
      CHECK(grammar().parse({.text = whole, .now = wednesday(), .addressed = true}).size() <=
            CommandGrammar::kMostCommands + 1);
    }
  }
}
