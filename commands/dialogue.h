// Questions of the bot to one person that wait for an answer: declared like a timer, once, where they are asked. Which
// one is open stands in the database (storage/dialogues.h): it outlives a restart, and may wait for weeks.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/message.h"
#include "commands/command.h"

namespace osrbot {

class Context;

/// Answered by what the person writes next in the same place, or by a button whose command is "answer" and the answer.
///
/// What is a command and what an answer: a text that is plainly a command is one, also while a question is open. That
/// is a text with a slash, or one whose verb has several words ("task add"), or that names an object (P7, N5, T12), or
/// that holds no free words ("help", "tasks mine"). Anything else ("Project management", "help with statistics") is
/// offered to the open dialogue first, and is read as a command if the dialogue does not want it; so is what begins
/// with "I" ("I live in Ghana"). Yes, no, back, skip and the like are answers wherever a question is open, and so are
/// the labels of its buttons, also where one is a command ("Authorship").
struct Dialogue {
  std::string_view kind;  ///< "onboarding"
  /// Takes an answer, and closes the dialogue or opens it again with what it takes to go on. `payload`: as it was
  /// opened with. False, with nothing changed: this is no answer, read it as a command.
  bool (*answer)(Context& context, const std::string& payload, std::string_view text) = nullptr;
  /// Takes what the sender changed in a message of theirs, if that was an answer: it answers the same question again,
  /// in place of what it said before. False: it was none. Without it, messages that were edited are read as commands.
  bool (*correction)(Context& context, const std::string& payload, std::string_view text) = nullptr;
  /// The buttons under the question, as the sender sees them: whoever writes a label has pressed the button.
  std::vector<Button> (*buttons)(Context& context, const std::string& payload) = nullptr;
};

/// Waits for an answer of the sender in this place, instead of what was asked there before.
void open_dialogue(Context& context, std::string_view kind, std::string_view payload, std::chrono::seconds longest);

/// The question that waits for the sender in this place is over.
void close_dialogue(Context& context);

/// Gives an answer to the dialogue that is open for the sender here. False: none is, or it does not want it.
bool answer_dialogue(Context& context, std::string_view text);

/// Gives what the sender made of an earlier message to the dialogue that is open for them here. False: none is, or the
/// message was no answer in it.
bool correct_dialogue(Context& context, std::string_view text);

/// Whether a question waits for the sender here.
bool is_in_dialogue(const Context& context);

/// Whether a text is what stands on a button under the question that is open for the sender here.
bool names_button(Context& context, std::string_view text);

/// Whether each of the things that a message says is plainly a command, or a mistyped one, "clam T1", which is to be
/// explained and is no answer to anything.
bool is_plainly_commands(std::string_view text, const std::vector<language::CommandResult>& results);

/// A word by which people steer through questions, in their language or in English.
enum class Steer { none, back, skip, stop };
Steer steer_of(const Context& context, std::string_view text);

/// Whether a text says nothing but yes, or nothing but no, in the sender's language or in English. Nothing: neither, or
/// both ("no wait, yes").
std::optional<bool> yes_or_no(const Context& context, std::string_view text);

/// The command of buttons that answer.
Command answer();

}  // namespace osrbot
