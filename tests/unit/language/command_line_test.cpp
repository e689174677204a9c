#include "tests/unit/language/command_fixture.h"

using namespace osrbot::language;

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

TEST_CASE("objects may stand before the verb, where nothing else is said and nothing is asked") {
  const CommandCase cases[] = {
      {"T1 done", "done task=T1"},
      {"T1 is done!", "done task=T1"},
      {"T1 is finished, thanks :)", "done task=T1"},
      {"Hey @OSRbot, T1 and T2 are done", "done task=T1 task=T2"},
      {"T1, T2 claim", "claim task=T1; claim task=T2"},
      {"#t12 progress 60%", "progress task=T12 percentage=60"},
      {"P7 status", "status project=P7"},
      {"T1 is done\nclaim T2", "done task=T1; claim task=T2"},
      {"T1 is done?", "!unknown [T1] ?done"},
      {"T1 is not done", "!unknown [T1] ?done"},
      {"T1 is done by Ben", "!unknown [T1] ?done"},
      {"T1 release I have exams", "!unknown [T1] ?release"},
      {"P7 need a nurse", "!unknown [P7] ?need"},
      {"P7 done", "!unknown [P7] ?done"},
      {"T1 is", "!unknown [T1]"},
      {"T1", "!unknown [T1]"},
      {"/T1 done", "!unknown [T1] ?done"},
      {"T1 and T0 claim", "!unknown [T1] ?claim"},
      {"T3 link https://a.org/x?y=1", "link task=T3 address='https://a.org/x?y=1'"},
      {"T1 release \"who takes it?\"", "release task=T1 note='who takes it?'"},
      {"task add P1 Write\nT3 is done", "task add project=P1 title='Write'; done task=T3"},
      {"task add P1 Write\nT3 is long", "task add project=P1 title='Write' title='T3 is long'"},
  };
  check_commands(cases);
  CHECK(read("T1 is done", false).empty());

  std::string many;
  for (std::size_t i = 0; i < CommandGrammar::kMostCommands; ++i) many += "T1 is done\n";
  CHECK(grammar().parse({.text = many, .addressed = true}).size() == CommandGrammar::kMostCommands);
  CHECK(read(many + "T2 is done").ends_with("; !many [T2 is done]"));
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
