#include "commands/need_questions.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "commands/context.h"
#include "commands/language/text.h"
#include "commands/local_time.h"
#include "commands/need_terms.h"
#include "commands/payload.h"
#include "commands/skill_words.h"

namespace osrbot {
namespace {

using storage::Need;

constexpr std::string_view questions_dialogue = "need";
constexpr std::chrono::days terms_patience{1};
constexpr std::ptrdiff_t words_of_an_answer = 8;  // whoever writes more says something else

constexpr std::array<std::string_view, 4> questions = {"skill", "hours", "deadline", "credit"};

bool says(const Need& need, std::string_view question) {
  if (question == "skill") return !need.skill_id.empty();
  if (question == "hours") return need.hours.has_value();
  if (question == "deadline") return need.deadline.has_value();
  return !need.credit.empty();
}

std::vector<Button> answers_to(const Context& context, std::string_view question) {
  std::vector<Button> buttons;
  const auto add = [&](std::string_view label, std::initializer_list<std::pair<std::string_view, int>> answers,
                       std::string_view form) {
    for (const auto& [unit, number] : answers) {
      buttons.push_back(context.button(label, fmt::format("answer {}", fmt::format(fmt::runtime(form), number, unit)),
                                       {{"count", number}, {"unit", unit}}));
    }
  };
  if (question == "hours") add("button.hours", {{"", 2}, {"", 4}, {"", 8}}, "{0}h/week");
  if (question == "deadline") add("button.in", {{"weeks", 2}, {"weeks", 4}, {"weeks", 12}}, "in {0} {1}");
  if (question == "credit") {
    for (const std::string_view credit : {"authorship", "group authorship", "acknowledgement"}) {
      buttons.push_back(context.button("button.credit", fmt::format("answer {}", credit), {{"credit", credit}}));
    }
  }
  buttons.push_back(context.button("button.skip", "answer skip"));
  return buttons;
}

/// Asks the first question from `from` on that the need has no answer to.
bool ask_from(Context& context, Message& message, const Need& need, std::size_t from) {
  for (std::size_t i = from; i < questions.size(); ++i) {
    if (says(need, questions[i])) continue;
    context.say(message, "need.question",
                {{"question", questions[i]},
                 {"need", need_ref(need.id)},
                 {"skill", wanted_skill(context.house.vocabulary, need.skill)}});
    message.buttons.push_back(answers_to(context, questions[i]));
    open_dialogue(context, questions_dialogue,
                  to_payload({{"need", need.id}, {"question", static_cast<std::int64_t>(i)}}), terms_patience);
    return true;
  }
  return false;
}

/// A command with a mistake in it is explained as such, rather than as an answer.
bool begins_like_a_command(const Context& context, std::string_view text) {
  const std::string first = language::fold(text.substr(0, text.find(' ')));
  const auto begins = [&](std::string_view name) { return name.substr(0, name.find(' ')) == first; };
  return std::ranges::any_of(context.house.commands, [&](const Command& command) {
    return begins(command.name) || std::ranges::any_of(command.aliases, begins);
  });
}

/// Reads an answer by the grammar of commands, as what it would be behind "need edit".
bool take(Context& context, Need& need, std::string_view question, std::string_view text) {
  if (question == "skill") {
    set_skill(context, need, text);
    return !need.skill_id.empty() || !begins_like_a_command(context, text);
  }
  const std::vector<language::VerbSpec> verbs = {{.name = "need", .aliases = {}, .arguments = need_terms()}};
  const language::CommandGrammar grammar(verbs);
  const std::string forms[] = {fmt::format("need {}", text), question == "hours" ? fmt::format("need {}h/week", text)
                                                             : question == "deadline"
                                                                 ? fmt::format("need by {}", text)
                                                                 : fmt::format("need for {}", text)};
  for (const std::string& form : forms) {
    const auto results =
        grammar.parse({.text = form, .now = to_local(context.now, context.sender.time_zone), .addressed = true});
    const auto* parsed = results.size() == 1 ? std::get_if<language::ParsedCommand>(&results.front()) : nullptr;
    if (parsed == nullptr) continue;
    const Args args(*parsed);
    Need changed = need;
    read_terms(context, args, changed);
    if (!says(changed, question)) continue;
    need = changed;
    return true;
  }
  return false;
}

void go_on(Context& context, Message& message, const Need& need, std::size_t from) {
  close_dialogue(context);
  if (!ask_from(context, message, need, from)) {
    const bool whole = is_whole(need) && !need.skill_id.empty();
    context.say(message, whole ? "need.questions.done" : "need.questions.later", words_of(context.house, need));
    if (whole) {
      const std::string ref = need_ref(need.id);
      message.buttons.push_back({context.button("button.match", "match " + ref, {{"need", ref}})});
    }
  }
  context.reply(message);
}

bool take_terms(Context& context, const std::string& payload, std::string_view text) {
  const Payload kept(payload);
  const auto asked = static_cast<std::size_t>(kept.integer("question"));
  const auto before = storage::needs::find(context.db, kept.integer("need"));
  if (!before || before->state != storage::NeedState::open || asked >= questions.size()) {
    close_dialogue(context);
    return false;
  }
  Message message;
  const Steer steer = steer_of(context, text);
  if (steer == Steer::stop) {
    close_dialogue(context);
    context.reply("need.questions.later", words_of(context.house, *before));
    return true;
  }
  if (steer == Steer::skip) {
    go_on(context, message, *before, asked + 1);
    return true;
  }
  if (std::ranges::count(text, ' ') >= words_of_an_answer) return false;
  Need after = *before;
  context.project = storage::projects::find(context.db, before->project_id);
  if (steer == Steer::back || !take(context, after, questions[asked], text)) {
    if (steer == Steer::none && begins_like_a_command(context, text)) return false;
    if (steer == Steer::none) context.say(message, "need.question.unclear", {{"question", questions[asked]}});
    ask_from(context, message, *before, steer == Steer::back ? 0 : asked);
    context.reply(message);
    return true;
  }
  after = keep_edited(context, *before, after);
  context.say(message, "need.edited", words_of(context.house, after));
  if (questions[asked] == "skill" && after.skill_id.empty()) {
    context.say(message, "need.question.unclear", {{"question", "skill"}});
  }
  go_on(context, message, after, asked + (after.skill_id.empty() ? 1 : 0));
  announce_if_whole(context, after, &*before);
  return true;
}

std::vector<Button> term_buttons(Context& context, const std::string& payload) {
  const auto asked = static_cast<std::size_t>(Payload(payload).integer("question"));
  return asked < questions.size() ? answers_to(context, questions[asked]) : std::vector<Button>{};
}

}  // namespace

bool ask_next(Context& context, Message& message, const Need& need) {
  return ask_from(context, message, need, 0);
}

Dialogue need_questions() {
  return {.kind = questions_dialogue, .answer = take_terms, .buttons = term_buttons};
}

}  // namespace osrbot
