// Decides what an update is, and who handles it: command, button, join, a timer ... or nobody.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/adapter.h"
#include "bot/update_handler.h"
#include "commands/context.h"
#include "commands/dialogue.h"
#include "commands/language/form_values.h"
#include "commands/timer.h"

namespace osrbot {

/// The handler of everything. Holds no state of its own between transactions: all of it is in the database.
class Router final : public UpdateHandler {
 public:
  Router(const Config& config, const Catalogue& words, const Vocabulary& vocabulary, matching::Pool& pool,
         std::vector<Command> commands, const std::vector<Timer>& timers, std::vector<Dialogue> dialogues);
  ~Router() override;

  bool concerns(const Update& update) const override;
  void handle(const Update& update, storage::Connection& db, std::chrono::sys_seconds now) override;
  void apologise(const Update& update, storage::Connection& db, std::chrono::sys_seconds now) override;
  Outgoing* outgoing() override { return &outgoing_; }
  void committed(storage::Connection& db) override;

  /// The command menus, one for each language of `words`, for platforms that show such. Of the words only those of the
  /// keys "help." are used.
  std::vector<Menu> menus(const Catalogue& words) const;

  /// Tells what a platform can do. Before the first update.
  void add_platform(std::string_view name, Capabilities can);

  /// What else happens when a job of a kind is due. Before the first update.
  using Job = std::function<void(const Voice& voice, const std::string& payload)>;
  void on_timer(std::string_view kind, Job job);

 private:
  void handle_commands(const Update& update, storage::Connection& db, std::chrono::sys_seconds now);
  std::vector<language::CommandResult> parse(const Update& update, std::string_view text,
                                             std::chrono::local_seconds now) const;
  bool take_answer(Context& context);
  /// Meets whoever greets or asks for help in words that are no command. False: the message says something else.
  bool take_opening(Context& context);
  void run(Context& context, const language::ParsedCommand& parsed, std::string_view text);
  /// Runs a command; what it refuses is undone and returned.
  std::optional<UserError> attempt(Context& context, const Command& command, const language::ParsedCommand& parsed,
                                   std::string_view written);
  const Command& command_of(const language::VerbSpec& verb) const;
  void run_confirmed(Context& context, const std::string& command);
  void run_timer(const Update& update, storage::Connection& db, std::chrono::sys_seconds now);
  void handle_home(const Update& update, storage::Connection& db, std::chrono::sys_seconds now);

  /// Says what was not understood, and how it goes: router_mistakes.cpp.
  void explain(Context& context, const language::CommandError& error, std::string_view text);

  // Forms: router_forms.cpp.
  void handle_form(const Update& update, storage::Connection& db, std::chrono::sys_seconds now);
  void submit_form(Context& context, const Command& command, const std::vector<language::FormValue>& values,
                   const std::string& object);
  /// What a command would change, as its form shows it; no value: it changes nothing that is kept, or may not.
  std::optional<std::vector<language::FormValue>> kept_by(Context& context, const Command& command,
                                                          const std::string& object);
  /// Shows a command that changes what is kept as a form, when no change was named with it; false when one was.
  bool offer_change(Context& context, const Command& command, const language::ParsedCommand& parsed);
  /// Shows the command as a form when what it was refused for is an argument that is missing; false when it was not.
  bool offer_form(Context& context, const Command& command, const language::ParsedCommand& parsed,
                  const UserError& refusal);
  /// Why the sender may not give a command, as far as is known before it is complete.
  std::optional<UserError> refusal_beforehand(Context& context, const Command& command,
                                              const language::ParsedCommand& parsed);

  void introduce(const Update& update, storage::Connection& db, std::chrono::sys_seconds now);

  std::vector<Command> commands_;
  std::vector<Dialogue> dialogues_;
  std::vector<language::VerbSpec> verbs_;
  Platforms platforms_;
  Outgoing outgoing_;
  House house_;
  language::CommandGrammar grammar_;
  std::map<std::string, Job, std::less<>> jobs_;
};

}  // namespace osrbot
