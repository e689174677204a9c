#include "commands/dialogue.h"

#include <doctest/doctest.h>

#include "commands/all.h"
#include "commands/language/command_line.h"

using namespace osrbot;

namespace {

/// The grammar of all commands, as the router has it.
class Grammar {
 public:
  Grammar() {
    for (const Command& command : commands_) {
      verbs_.push_back({.name = command.name, .aliases = command.aliases, .arguments = command.arguments});
    }
  }

  bool is_plain(std::string_view text) const {
    return is_plainly_commands(text, language::CommandGrammar(verbs_).parse({.text = text, .addressed = true}));
  }

 private:
  std::vector<Command> commands_ = all_commands();
  std::vector<language::VerbSpec> verbs_;
};

}  // namespace

TEST_CASE("what is plainly a command stays one while a question is open") {
  const Grammar grammar;
  for (const std::string text : std::initializer_list<const char*>{
           "/help with statistics", "help", "tasks mine", "claim T12", "task add Write the abstract",
           "project new Hernias in Ghana", "done T12 https://osf.io/ab12c", "needs everywhere", "join P7\nclaim T12",
           "yes"}) {
    CAPTURE(text);
    CHECK(grammar.is_plain(text));
  }
}

TEST_CASE("what could be an answer is offered to the question first") {
  const Grammar grammar;
  for (const std::string text :
       std::initializer_list<const char*>{"help with statistics", "Project management and writing", "R and SPSS",
                                          "3 hours a week", "I'm a nurse in Accra", "skip", "back", "Report writing",
                                          "working at a hospital in Kumasi", "team work and teaching"}) {
    CAPTURE(text);
    CHECK_FALSE(grammar.is_plain(text));
  }
}
