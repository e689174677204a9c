#include "bot/router.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "bot/mark.h"
#include "bot/mistakes.h"
#include "commands/forms.h"
#include "commands/language/opening.h"
#include "commands/local_time.h"
#include "commands/matching/pool.h"
#include "commands/moderation.h"
#include "commands/posts.h"
#include "commands/start.h"
#include "commands/stopping.h"
#include "commands/unreachable.h"
#include "commands/welcome.h"
#include "storage/changes.h"
#include "storage/conversations.h"
#include "storage/invitations.h"
#include "storage/outbox.h"
#include "storage/profiles.h"
#include "storage/updates.h"

namespace osrbot {
namespace {

namespace conversations = storage::conversations;

constexpr std::size_t longest_text = 20'000;  // bytes: no platform lets people write so much in one message

std::vector<language::VerbSpec> verbs_of(const std::vector<Command>& commands) {
  std::vector<language::VerbSpec> verbs;
  for (const Command& command : commands) {
    verbs.push_back({.name = command.name, .aliases = command.aliases, .arguments = command.arguments});
  }
  return verbs;
}

/// Whether what somebody wrote is offered to the question that is open for them before it is read as commands.
bool may_answer_question(Context& context, const std::vector<language::CommandResult>& results) {
  return !is_plainly_commands(context.update.text, results) || names_button(context, context.update.text);
}

}  // namespace

Router::Router(const Config& config, const Catalogue& words, const Vocabulary& vocabulary, matching::Pool& pool,
               std::vector<Command> commands, const std::vector<Timer>& timers, std::vector<Dialogue> dialogues)
    : commands_(std::move(commands)),
      dialogues_(std::move(dialogues)),
      verbs_(verbs_of(commands_)),
      house_{config, words, commands_, vocabulary, pool, outgoing_, platforms_, dialogues_},
      grammar_(verbs_) {
  for (const Timer& timer : timers) on_timer(timer.kind, timer.run);
}

Router::~Router() = default;

void Router::add_platform(std::string_view name, Capabilities can) {
  platforms_.insert_or_assign(std::string(name), std::move(can));
}

void Router::on_timer(std::string_view kind, Job job) {
  jobs_.emplace(kind, std::move(job));
}

void Router::run_timer(const Update& update, storage::Connection& db, std::chrono::sys_seconds now) {
  const auto job = jobs_.find(update.text);
  if (job == jobs_.end()) throw std::logic_error("no handler for jobs of kind " + update.text);
  storage::changes::begin(db);
  job->second(Voice(house_, db, now, update.key), update.payload);
}

bool Router::concerns(const Update& update) const {
  if (update.from.is_bot) return false;
  switch (update.kind) {
    case UpdateKind::message:
      return update.addressed || is_tagged(update.text, house_.config);
    case UpdateKind::edited:
      return update.addressed;
    case UpdateKind::left:
      return false;
    case UpdateKind::deleted:
    case UpdateKind::button:
    case UpdateKind::form:
    case UpdateKind::submitted:
    case UpdateKind::home:
    case UpdateKind::joined:
    case UpdateKind::blocked:
    case UpdateKind::unblocked:
    case UpdateKind::migrated:
    case UpdateKind::timer:
      return true;
  }
  std::unreachable();
}

void Router::handle(const Update& update, storage::Connection& db, std::chrono::sys_seconds now) {
  switch (update.kind) {
    case UpdateKind::message:
    case UpdateKind::edited:
      handle_commands(update, db, now);
      return;
    case UpdateKind::button:
      handle_commands(update, db, now);
      // The page on which the button stands shows what came of it.
      if (update.payload == "home") handle_home(update, db, now);
      return;
    case UpdateKind::joined:
      welcome(Voice(house_, db, now, update.key), update);
      return;
    case UpdateKind::blocked:
      storage::outbox::cancel_conversation(db, conversation_of(update.place), "the bot was blocked", now);
      conversations::lose(db, conversation_of(update.place));
      storage::invitations::lose(db, conversation_of(update.place), now);
      return;
    case UpdateKind::unblocked:
      note_reachable(db, conversation_of(update.place));
      introduce(update, db, now);
      return;
    case UpdateKind::migrated:
      conversations::move(db, conversation_of(update.place), update.text);
      return;
    case UpdateKind::timer:
      run_timer(update, db, now);
      return;
    case UpdateKind::deleted:
      forget_message(db, update, now);
      return;
    case UpdateKind::form:
    case UpdateKind::submitted:
      handle_form(update, db, now);
      return;
    case UpdateKind::home:
      handle_home(update, db, now);
      return;
    case UpdateKind::left:
      return;
  }
}

void Router::handle_commands(const Update& update, storage::Connection& db, std::chrono::sys_seconds now) {
  Context context(house_, db, update, now);
  if (update.text.size() > longest_text) {
    context.refuse("error.too_long", {{"limit", longest_text}});
    return;
  }
  if (update.kind != UpdateKind::button && withhold_patient_data(context, update.text)) return;
  if (update.kind == UpdateKind::message && !update.addressed) {
    hear_post(context);
    return;
  }
  storage::profiles::note_activity(db, context.sender.id, now);
  context.run_confirmed = [this, &context](const std::string& command) { run_confirmed(context, command); };
  const auto results = parse(update, update.text, to_local(now, context.sender.time_zone));

  const bool remembers = !update.message_id.empty() && update.kind != UpdateKind::button;
  const std::string original = mark_of(message_key(update.place, update.message_id));
  std::string marks;
  if (update.kind == UpdateKind::edited) {
    marks = storage::updates::commands_of(db, update.place.adapter, original).value_or("");
  }
  bool marked = false;
  if (update.kind != UpdateKind::button && may_answer_question(context, results) && take_answer(context)) return;
  if (results.empty() && update.addressed && update.text.empty()) {
    // The bot was called by its name and nothing else.
    greet(context);
  } else if (results.empty() && update.kind == UpdateKind::message) {
    take_opening(context);
  }
  for (const auto& result : results) {
    const auto* parsed = std::get_if<language::ParsedCommand>(&result);
    if (!parsed) {
      // An edit that leaves a mistake as it was is not answered a second time.
      const auto& error = std::get<language::CommandError>(result);
      const std::string mark = mark_of(update.text.substr(error.begin, error.end - error.begin));
      if (marks.contains(mark)) continue;
      marks += mark;
      marked = true;
      if (is_no_command(error) && stop_if_asked(context)) continue;
      if (is_prose(error, update) && answer_post(context)) continue;
      const bool mistyped = error.kind != language::CommandError::Kind::unknown_verb || names_any_object(update.text);
      if (mistyped || !take_opening(context)) explain(context, error, update.text);
      continue;
    }
    const std::string mark = mark_of(std::string_view(update.text).substr(parsed->begin, parsed->end - parsed->begin));
    if (update.kind == UpdateKind::edited && marks.contains(mark)) continue;
    marks += mark;
    marked = true;
    context.confirmed = false;
    run(context, *parsed, update.text);
  }
  if (remembers && marked) storage::updates::remember_commands(db, update.place.adapter, original, marks, now);
}

std::vector<language::CommandResult> Router::parse(const Update& update, std::string_view text,
                                                   std::chrono::local_seconds now) const {
  language::CommandGrammar::Input input{.text = text, .now = now, .addressed = true};
  for (const std::string& name : house_.config.names) input.bot_names.push_back(name);
  for (const TextRange& range : update.called)
    input.bot_names.push_back(std::string_view(update.text).substr(range.begin, range.end - range.begin));
  for (const TextRange& range : update.quoted) input.skipped.emplace_back(range.begin, range.end);
  for (const MentionedPerson& one : update.mentioned) input.people.emplace_back(one.range.begin, one.range.end);
  return grammar_.parse(input);
}

void Router::run_confirmed(Context& context, const std::string& command) {
  const auto results = parse({}, command, to_local(context.now, context.sender.time_zone));
  if (results.empty()) throw std::logic_error("a command that was asked about is not one any more");
  if (const auto* error = std::get_if<language::CommandError>(&results.front()))
    return explain(context, *error, command);
  context.confirmed = true;
  run(context, std::get<language::ParsedCommand>(results.front()), command);
}

bool Router::take_answer(Context& context) {
  try {
    storage::Savepoint savepoint(context.db);
    storage::changes::begin(context.db);
    const bool edited = context.update.kind == UpdateKind::edited;
    const bool taken =
        edited ? correct_dialogue(context, context.update.text) : answer_dialogue(context, context.update.text);
    savepoint.keep();
    return taken;
  } catch (const UserError& error) {
    context.refuse(error.key(), error.arguments(), error.buttons());
    return true;
  }
}

bool Router::take_opening(Context& context) {
  const std::string& text = context.update.text;
  if (text.starts_with('/')) return false;
  if (yes_or_no(context, text)) {
    context.refuse("confirm.none");
    return true;
  }
  switch (language::read_opening(text, house_.vocabulary.lexicon())) {
    case language::Opening::greeting:
      greet(context);
      return true;
    case language::Opening::help:
      run(context, {.verb = &*std::ranges::find(verbs_, "help", &language::VerbSpec::name)}, {});
      return true;
    case language::Opening::none:
      return false;
  }
  std::unreachable();
}

void Router::run(Context& context, const language::ParsedCommand& parsed, std::string_view text) {
  const Command& command = command_of(*parsed.verb);
  if (offer_change(context, command, parsed)) return;
  const auto error = attempt(context, command, parsed, text.substr(parsed.begin, parsed.end - parsed.begin));
  if (error && !offer_form(context, command, parsed, *error)) {
    context.refuse(error->key(), error->arguments(), error->buttons());
  }
}

const Command& Router::command_of(const language::VerbSpec& verb) const {
  return commands_.at(static_cast<std::size_t>(&verb - verbs_.data()));
}

std::optional<UserError> Router::attempt(Context& context, const Command& command,
                                         const language::ParsedCommand& parsed, std::string_view written) {
  try {
    storage::Savepoint savepoint(context.db);
    storage::changes::begin(context.db);
    const Args args(parsed);
    context.written = written;
    context.personal = command.topic == Topic::oneself;
    context.resolve(command, args);
    command.run(context, args);
    savepoint.keep();
    return std::nullopt;
  } catch (const UserError& error) {
    return error;
  }
}

void Router::handle_home(const Update& update, storage::Connection& db, std::chrono::sys_seconds now) {
  Update opened = update;
  opened.kind = UpdateKind::home;
  Context context(house_, db, opened, now);
  const auto home = std::ranges::find(verbs_, "home", &language::VerbSpec::name);
  run(context, {.verb = &*home}, {});
}

void Router::introduce(const Update& update, storage::Connection& db, std::chrono::sys_seconds now) {
  Context context(house_, db, update, now);
  // In private the person can be reached again and that is noted; the Restart button sends /start by itself.
  if (update.place.is_private) return;
  context.reply("introduction", {}, {context.button("button.help", "help")});
}

void Router::apologise(const Update& update, storage::Connection& db, std::chrono::sys_seconds now) {
  if (update.kind == UpdateKind::timer || update.from.id.empty()) return;
  Context context(house_, db, update, now);
  if (update.kind == UpdateKind::submitted && !update.dialog.empty()) close_form(context);
  context.refuse("error.internal", {{"reference", update.key}});
}

void Router::committed(storage::Connection& db) {
  house_.pool.settle(db);
}

std::vector<Menu> Router::menus(const Catalogue& words) const {
  std::vector<Menu> menus;
  for (const std::string& language : words.languages()) {
    Menu menu{.language = language == "en" ? "" : language, .entries = {}};
    for (const Command& command : commands_) {
      if (command.hidden) continue;
      menu.entries.push_back({.command = std::string(command.name),
                              .description = words.text(language, "help." + catalogue_name(command))});
    }
    menus.push_back(std::move(menu));
  }
  return menus;
}

}  // namespace osrbot
