#include "commands/onboarding.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "commands/consent.h"
#include "commands/facts.h"
#include "commands/first_steps.h"
#include "commands/language/post.h"
#include "commands/local_time.h"
#include "commands/onboarding_questions.h"
#include "commands/personal_time.h"
#include "storage/dialogues.h"

namespace osrbot {
namespace {

constexpr std::string_view onboarding_dialogue = "onboarding";
constexpr std::chrono::days patience{60};    // for an answer, from the last one on
constexpr std::size_t longest_command = 64;  // bytes: no platform takes more behind a button
constexpr std::size_t longest_draft = 1000;  // bytes

/// One answer of one person, and what the bot says to it.
class Onboarding {
 public:
  Onboarding(Context& context, OnboardingState state)
      : context_(context), state_(std::move(state)), language_(context.language_of(context.sender)) {}

  void greet() {
    say("onboarding.greeting", {{"person", context_.sender.name}});
    say_where_from();
    say_open_needs(context_, message_, language_, {});
    ask(OnboardingStep::consent);
  }

  void go_on() {
    say("onboarding.back", {{"person", context_.sender.name}});
    say_where_from();
    if (state_.draft.empty()) {
      ask(state_.at);
    } else {
      ask_whether();
    }
  }

  /// "hours=3", what a button of the question "hours" answers. An earlier question's button corrects its answer.
  bool press(OnboardingStep question, std::string_view value) {
    if (question == OnboardingStep::consent) return consent(value);
    if (!has_consented(context_)) return false;
    const OnboardingStep at = state_.at;
    if (value == "back") {
      state_.draft.clear();
      return go_back();
    }
    if (value == "done" || value == "skip") {
      state_.set_answered(question);
    } else if (!take_value(question, value)) {
      return false;
    }
    if (!state_.draft.empty()) {
      ask_whether();
    } else if (is_list(question) && value != "done" && value != "skip" && question == at) {
      ask_more(question);
    } else if (question != at && !state_.is_answered(at)) {
      ask(at);
    } else {
      next();
    }
    return true;
  }

  /// "yes", to what was understood or is asked.
  bool yes_or_no(bool yes) {
    if (state_.at == OnboardingStep::consent) return consent(yes ? "yes" : "no");
    if (!state_.draft.empty()) return yes ? keep_draft() : drop_draft();
    if (state_.at == OnboardingStep::first_timer) return press(OnboardingStep::first_timer, yes ? "yes" : "no");
    if (!yes) return press(state_.at, "skip");
    say("onboarding.unclear");
    ask(state_.at);
    return true;
  }

  bool agree(bool yes) { return state_.at == OnboardingStep::consent && consent(yes ? "yes" : "no"); }

  /// What stands under what is asked now.
  std::vector<Button> buttons() {
    if (!state_.draft.empty()) return whether_right();
    say_question(context_, message_, language_, state_);
    if (is_list(state_.at)) say_more(context_, message_, language_, state_);
    std::vector<Button> all;
    for (auto& row : message_.buttons) std::ranges::move(row, std::back_inserter(all));
    return all;
  }

  bool steer(Steer steer) {
    switch (steer) {
      case Steer::back:
        return state_.draft.empty() ? go_back() : drop_draft();
      case Steer::skip:
        if (!state_.draft.empty()) return drop_draft();
        return state_.at == OnboardingStep::consent ? consent("no") : press(state_.at, "skip");
      case Steer::stop:
        return stop();
      case Steer::none:
        break;
    }
    return false;
  }

  bool write(std::string_view text) {
    if (state_.at == OnboardingStep::consent) return ask_to_keep(text);
    if (state_.at == OnboardingStep::zone) return write_zone(text);
    const Facts facts = read_facts(context_, text, asked_by(state_.at));
    if (facts.empty()) return refuse(text);
    if (state_.draft_size() + text.size() > longest_draft) return refuse(text);
    remember(text);
    if (told_by(facts) == std::vector{state_.at}) {
      keep(facts);
      state_.set_answered(state_.at);
      go_on_asking();  // what was understood before may still wait for a yes
      return true;
    }
    state_.add_to_draft(std::string(text));
    ask_whether();
    return true;
  }

  /// An answer was edited: it counts as it is now, and what it said before does not. What is asked stays asked.
  bool correct(std::string_view text) {
    if (state_.at == OnboardingStep::consent) return write(text);  // nothing is kept yet
    const auto before = state_.answer_in(context_.update.message_id);
    if (!before) return false;
    const auto undecided = std::ranges::find(state_.draft, before->words);
    const bool is_undecided = undecided != state_.draft.end();
    if (before->question == OnboardingStep::zone) return correct_zone(text);
    const Facts facts = read_facts(context_, text, asked_by(before->question));
    if (facts.empty() || text.size() > longest_draft) {
      if (is_undecided) state_.draft.erase(undecided);
      say("onboarding.unclear");
      go_on_asking();
      return true;
    }
    state_.set_written({.question = before->question, .message = before->message, .words = std::string(text)});
    if (is_undecided) {
      *undecided = std::string(text);
      ask_whether();
      return true;
    }
    take_back_facts(context_, read_facts(context_, before->words, asked_by(before->question)), facts);
    keep(facts);
    mark(facts);
    go_on_asking();
    return true;
  }

 private:
  void remember(std::string_view words) {
    state_.set_written({.question = state_.at, .message = context_.update.message_id, .words = std::string(words)});
  }

  /// The question that is open, if it still is one.
  void go_on_asking() {
    if (!state_.draft.empty()) {
      ask_whether();
    } else if (state_.is_answered(state_.at)) {
      next();
    } else {
      ask(state_.at);
    }
  }

  bool correct_zone(std::string_view text) {
    const auto zone = find_time_zone(text);
    if (zone) {
      set_clock(context_, *zone);
    } else {
      say("onboarding.unclear");
    }
    go_on_asking();
    return true;
  }

  void say(std::string_view key, const Arguments& arguments = {}) {
    context_.Voice::say(message_, language_, key, arguments);
  }

  Button button(std::string_view key, std::string command, const Arguments& arguments = {}) const {
    return {.label = context_.house.words.text(language_, key, arguments), .command = std::move(command), .url = ""};
  }

  /// Sends what was composed, and waits for the answer.
  void wait() {
    open_dialogue(context_, onboarding_dialogue, to_json(state_), patience);
    context_.reply(message_);
  }

  /// Whoever comes for a project can take part at once, whatever they tell of themselves.
  void say_where_from() {
    const auto project = state_.project ? storage::projects::find(context_.db, *state_.project) : std::nullopt;
    if (!project || project->team_only || project->archived_at) return;
    const std::string ref = project_ref(project->id);
    say("onboarding.project", {{"project", ref}, {"title", project->title}});
    message_.buttons.push_back({button("button.join", "join " + ref, {{"ref", ref}})});
  }

  void ask(OnboardingStep question) {
    state_.at = question;
    say_question(context_, message_, language_, state_);
    wait();
  }

  void ask_more(OnboardingStep question) {
    state_.at = question;
    say_more(context_, message_, language_, state_);
    wait();
  }

  bool consent(std::string_view value) {
    if (value == "no") {
      if (has_consented(context_)) {
        say("consent.withdraw");
        message_.buttons.push_back({button("button.forget_me", "forget me")});
        context_.reply(message_);
        return true;
      }
      close_dialogue(context_);
      say("consent.declined");
      context_.reply(message_);
      return true;
    }
    // "yes", or "yes" and what the person had told before they were asked: only the button remembers it.
    if (!value.starts_with("yes")) return false;
    if (!has_consented(context_)) give_consent(context_);
    const std::string_view told = value.substr(3);
    const Facts facts = told.empty() ? Facts{} : read_facts(context_, told);
    if (!facts.empty()) {
      keep(facts);
    } else if (state_.told_early) {
      say("onboarding.tell_again");
    }
    state_.told_early = false;
    mark(facts);
    next();
    return true;
  }

  /// Somebody tells of themselves before they have agreed that it is kept: it is kept nowhere but in the button.
  bool ask_to_keep(std::string_view text) {
    const Facts facts = read_facts(context_, text);
    if (facts.empty()) return false;
    say("onboarding.understood");
    say_facts(context_, message_, language_, facts);
    say("consent.text");
    std::string words = " " + language::words_about_oneself(text, context_.house.vocabulary.lexicon());
    const std::string agree = answer_to(OnboardingStep::consent, "yes");
    while (agree.size() + words.size() > longest_command) {
      const auto comma = words.rfind(',');
      words.erase(comma == std::string::npos ? 0 : comma);
    }
    message_.buttons.push_back(
        {button("button.agree", agree + words), button("button.disagree", answer_to(OnboardingStep::consent, "no"))});
    state_.told_early = true;
    wait();
    return true;
  }

  bool take_value(OnboardingStep question, std::string_view value) {
    switch (question) {
      case OnboardingStep::skills:
      case OnboardingStep::wants: {
        Facts facts;
        (question == OnboardingStep::skills ? facts.skills : facts.wants).emplace_back(value);
        keep_facts(context_, facts);
        return true;
      }
      case OnboardingStep::languages: {
        Facts facts;
        facts.languages = {std::string(value)};
        keep(facts);
        break;
      }
      case OnboardingStep::zone:
        if (!find_time_zone(value)) return false;
        set_clock(context_, *find_time_zone(value));
        state_.country.clear();
        break;
      case OnboardingStep::first_timer:
        if (value != "yes" && value != "no") return false;
        keep_first_timer(context_, value == "yes");
        break;
      case OnboardingStep::hours:
      case OnboardingStep::place: {
        const Facts facts = read_facts(context_, value, asked_by(question));
        if (facts.empty()) return false;
        keep(facts);
        break;
      }
      case OnboardingStep::consent:
        return false;
    }
    state_.set_answered(question);
    return true;
  }

  /// Keeps what was told, says so, and from then on speaks the language that was asked for.
  void keep(const Facts& facts) {
    keep_facts(context_, facts);
    if (!facts.languages.empty()) {
      const auto person = storage::people::find(context_.db, context_.sender.id);
      language_ = context_.language_of(*person);
    }
    say("onboarding.noted");
    say_facts(context_, message_, language_, facts);
    if (!facts.country.empty()) {
      const std::string zone = zone_of_place(context_, facts.country, facts.city);
      state_.country = zone.empty() ? facts.country : "";
      std::erase(state_.answered, OnboardingStep::zone);
    }
  }

  /// The questions that facts answer.
  static std::vector<OnboardingStep> told_by(const Facts& facts) {
    std::vector<OnboardingStep> told;
    if (!facts.languages.empty()) told.push_back(OnboardingStep::languages);
    if (!facts.skills.empty()) told.push_back(OnboardingStep::skills);
    if (!facts.wants.empty()) told.push_back(OnboardingStep::wants);
    if (facts.hours) told.push_back(OnboardingStep::hours);
    if (!facts.country.empty()) told.push_back(OnboardingStep::place);
    if (facts.first_timer) told.push_back(OnboardingStep::first_timer);
    return told;
  }

  void mark(const Facts& facts) {
    for (const OnboardingStep question : told_by(facts)) state_.set_answered(question);
  }

  std::vector<Button> whether_right() const {
    return {button("button.thats_right", "yes"), button("button.thats_wrong", "no")};
  }

  /// Everything that waits for a yes, each message read by itself, as it was written.
  Facts drafted() const {
    Facts all;
    for (const std::string& words : state_.draft) {
      add_facts(all, read_facts(context_, words, asked_by(state_.at)));
    }
    return all;
  }

  void ask_whether() {
    say("onboarding.understood");
    say_facts(context_, message_, language_, drafted());
    say("onboarding.right");
    message_.buttons.push_back(whether_right());
    wait();
  }

  bool keep_draft() {
    const Facts facts = drafted();
    state_.draft.clear();
    keep(facts);
    mark(facts);
    next();
    return true;
  }

  bool drop_draft() {
    for (WrittenAnswer& one : state_.written) {
      if (std::ranges::count(state_.draft, one.words) > 0) one.words.clear();  // they may still edit it
    }
    state_.draft.clear();
    say("onboarding.dropped");
    ask(state_.at);
    return true;
  }

  bool go_back() {
    const OnboardingStep before = state_.at == OnboardingStep::consent ? OnboardingStep::consent : state_.previous();
    std::erase(state_.answered, before);
    ask(before);
    return true;
  }

  bool stop() {
    close_dialogue(context_);
    say("onboarding.stopped");
    context_.reply(message_);
    return true;
  }

  bool write_zone(std::string_view text) {
    const auto zone = find_time_zone(text);
    if (!zone) return refuse(text);
    remember(text);
    return press(OnboardingStep::zone, *zone);
  }

  /// What was written is no answer. A question or a command is answered as such, and this one stays open.
  bool refuse(std::string_view text) {
    using language::Intent;
    const language::Post post = language::parse_post(
        text, {.bot_handles = context_.house.config.names, .addressed = true}, context_.house.vocabulary.lexicon());
    const bool other = post.action == language::Action::withhold || post.intent == Intent::question ||
                       post.intent == Intent::call || post.intent == Intent::idea || post.intent == Intent::update ||
                       post.intent == Intent::leave || post.intent == Intent::optout;
    if (other || begins_with_verb(text)) return false;
    remember("");  // said nothing, and may still be edited
    say("onboarding.unclear");
    go_on_asking();
    return true;
  }

  bool begins_with_verb(std::string_view text) const {
    const std::string_view word = text.substr(0, text.find(' '));
    return std::ranges::any_of(context_.house.commands, [&](const Command& command) {
      const auto begins = [&](std::string_view verb) { return verb.substr(0, verb.find(' ')) == word; };
      return begins(command.name) || std::ranges::any_of(command.aliases, begins);
    });
  }

  void next() {
    if (const auto question = state_.next()) {
      ask(*question);
      return;
    }
    finish();
  }

  void finish() {
    close_dialogue(context_);
    const Facts kept = kept_facts(context_);
    context_.record("person.onboarded", "");
    say("onboarding.done", {{"person", context_.sender.name}});
    auto skills = kept.skills;
    std::ranges::copy(kept.wants, std::back_inserter(skills));
    say_first_steps(context_, message_, language_, first_steps(context_, skills, state_.project));
    say("onboarding.later");
    context_.reply(message_);
  }

  Context& context_;
  OnboardingState state_;
  std::string language_;
  Message message_;
};

bool take(Context& context, const std::string& payload, std::string_view text) {
  Onboarding onboarding(context, onboarding_state_from(payload));
  if (text == "agree" || text == "disagree") return onboarding.agree(text == "agree");
  const auto sign = text.find('=');
  if (sign != std::string_view::npos) {
    if (const auto question = question_named(text.substr(0, sign)))
      return onboarding.press(*question, text.substr(sign + 1));
  }
  if (const Steer steer = steer_of(context, text); steer != Steer::none) return onboarding.steer(steer);
  if (const auto yes = yes_or_no(context, text)) return onboarding.yes_or_no(*yes);
  return onboarding.write(text);
}

bool take_correction(Context& context, const std::string& payload, std::string_view text) {
  return Onboarding(context, onboarding_state_from(payload)).correct(text);
}

std::vector<Button> buttons(Context& context, const std::string& payload) {
  return Onboarding(context, onboarding_state_from(payload)).buttons();
}

}  // namespace

bool resume_onboarding(Context& context, std::optional<std::int64_t> project) {
  const auto open =
      storage::dialogues::find(context.db, context.sender.id, conversation_of(context.update.place), context.now);
  if (!open || open->kind != onboarding_dialogue) return false;
  OnboardingState state = onboarding_state_from(open->payload);
  if (project) state.project = project;
  Onboarding(context, std::move(state)).go_on();
  return true;
}

void begin_onboarding(Context& context, std::optional<std::int64_t> project) {
  OnboardingState state;
  state.project = project;
  Onboarding(context, std::move(state)).greet();
}

Dialogue onboarding() {
  return {.kind = onboarding_dialogue, .answer = take, .correction = take_correction, .buttons = buttons};
}

}  // namespace osrbot
