// What a command's handler works with: who wrote, where, about which project, and how to answer.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/message.h"
#include "adapters/update.h"
#include "commands/command.h"
#include "commands/payload.h"
#include "commands/user_error.h"
#include "commands/voice.h"
#include "storage/conversations.h"
#include "storage/credits.h"
#include "storage/join_requests.h"
#include "storage/needs.h"
#include "storage/people.h"
#include "storage/projects.h"
#include "storage/sql.h"
#include "storage/tasks.h"

namespace osrbot {

/// One command, or one other thing that happened, inside the transaction that applies it. Lives as long as the handler
/// runs.
class Context : public Voice {
 public:
  Context(const House& house, storage::Connection& db, const Update& update, std::chrono::sys_seconds now);

  const Update& update;
  const storage::Person sender;
  const bool is_administrator;

  // What the command is about, found out by resolve().
  std::optional<storage::Project> project;
  std::optional<storage::Task> task;
  std::optional<storage::Need> need;
  std::optional<storage::JoinRequest> request;
  std::optional<storage::Credit> credit;
  Role role = Role::guest;  ///< of the sender, in `project` if there is one, else the highest anywhere

  /// Finds out what a command is about, and whether the sender may give it. Throws UserError.
  void resolve(const Command& command, const Args& args);

  /// Refuses unless the sender has that role and the project is not archived. For commands that show something to
  /// everybody and change it for some.
  void require(Role needed) const;

  /// "Ana, Ben": who coordinates the project; empty when nobody does.
  std::string coordinator_names() const;

  /// The words of the command that runs, as they were written.
  std::string_view written;

  /// The person whom an argument names, if the bot knows them. Throws UserError when it does not.
  storage::Person person(const Args& args, std::string_view name);
  storage::Person person(const language::PersonName& named);

  /// Composes a message in the sender's language; several calls make a longer one.
  void say(Message& message, std::string_view key, const Arguments& arguments = {}) const;
  std::string words(std::string_view key, const Arguments& arguments = {}) const;
  /// Where the catalogue has `<label_key>.ask`, that is asked before the button does its work.
  Button button(std::string_view label_key, std::string command, const Arguments& arguments = {}) const;

  /// Whether the bot may answer where the update came from: on a public platform only those who addressed it.
  bool may_answer() const;

  /// Answers where the update came from; nothing is said where the bot may not answer.
  void reply(Message message) const;
  void reply(std::string_view key, const Arguments& arguments = {}, std::vector<Button> buttons = {}) const;

  /// What is replied concerns the sender alone: where others read along, a platform that can shows it to nobody else.
  bool personal = false;

  /// Replies to the sender alone, whatever the command.
  void refuse(std::string_view key, const Arguments& arguments = {}, std::vector<Button> buttons = {}) const;

  /// Shows a dialog in answer to the update, or changes or closes the one that it comes from. The update has one.
  void show_dialog(Message message) const;

  /// Shows what the command is going to do and asks yes or no. For commands that change much: they call this, and
  /// return, unless `confirmed`; after a yes from the same person in the same place the command runs again with
  /// `confirmed`.
  void ask(Message preview);
  bool confirmed = false;

  /// Runs a command as if the sender had written it, with `confirmed`. Set by whoever runs commands.
  std::function<void(const std::string& command)> run_confirmed;

  /// A person as the platform of this conversation can mention them.
  Mention mention(const storage::Person& person) const;
  Mention mention(std::int64_t person_id, std::string_view name) const;

  /// Writes down that the sender did something: one event for each effect of a command, after the effect, for what has
  /// changed since the event before it is taken for this one's work. `details`: what it says besides who, what and
  /// when, from which it can be reversed. `undoes`: the event that it takes back. What has no `object` is about the
  /// sender and stands in no project's log.
  void record(std::string_view action, std::string_view object, std::initializer_list<Detail> details = {},
              std::optional<std::int64_t> undoes = std::nullopt);

 private:
  void find_project(const Command& command, const Args& args);
  void find_task(const language::Ref& ref);
  void find_need(const language::Ref& ref);
  void find_credit(const language::Ref& ref);
  void find_request(const Args& args);
  void find_named_project(const language::Ref& ref);
  void find_called_project(const Command& command, std::string_view name);
  void choose_among_namesakes(const Command& command);
  void find_project_of_place(const Command& command);
  std::optional<std::int64_t> project_of_place();
  void find_role();
  void join_if_new();
  [[noreturn]] void throw_refusal(Role needed) const;
  void show_sender_alone(Message& message) const;

  // Of the command that is resolved: looked up once.
  bool is_member_ = false;  ///< the sender is, of `project`
  std::optional<std::optional<std::int64_t>> project_of_place_;
};

/// The conversation of a place, as storage knows it. Refers to the place's strings.
storage::conversations::Id conversation_of(const Place& place);

/// "P7", "T12", "N5", "C3".
std::string project_ref(std::int64_t id);
std::string task_ref(std::int64_t id);
std::string need_ref(std::int64_t id);
std::string credit_ref(std::int64_t id);

}  // namespace osrbot
