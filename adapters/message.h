// What the bot says: a platform-neutral text with structure. Each platform renders it and splits it by its own rules.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/picture.h"

namespace osrbot {

/// A run of text in one style. Escaping is the renderer's work: `text` holds what the reader is to see.
struct Span {
  enum class Style : std::uint8_t {
    plain,
    bold,
    italic,
    code,  ///< a command to the bot, without what addresses it: see address_commands()
    link,
    mention,
  };

  Style style = Style::plain;
  std::string text;
  std::string target;  ///< link: the URL; mention: the platform's user id in the conversation that is written to

  bool operator==(const Span&) const = default;
};

/// A paragraph or an entry of a list.
struct Block {
  enum class Kind : std::uint8_t { paragraph, item };

  Kind kind = Kind::paragraph;
  std::vector<Span> spans;

  bool operator==(const Block&) const = default;
};

/// What is asked before a button does what is hard to take back, on platforms that can ask.
struct Question {
  std::string text;
  std::string yes;  ///< label of the button that goes on
  std::string no;

  bool operator==(const Question&) const = default;
};

/// A button. Pressing it is the same as typing `command`; with `url` it opens a link instead.
struct Button {
  /// What becomes of it once it was pressed, on platforms that can change what they have shown.
  enum class Use : std::uint8_t {
    once,   ///< it goes: its work is done
    pick,   ///< one of its row is picked: the row goes ("Yes", "No")
    again,  ///< it stays, for others or for another time ("Join N5")
  };

  std::string label;
  std::string command;
  std::string url;
  /// Opens the private conversation of who presses it with the bot, and runs `command` there, which is "start" with at
  /// most one word behind it; where a platform cannot do that, the command runs where the button is. Without a command
  /// it opens that conversation and no more, and is not shown where that is not possible.
  bool in_private = false;
  Use use = Use::once;
  std::optional<Question> question = {};

  bool operator==(const Button&) const = default;
};

/// Whether it is plain what a button is about wherever it stands: its label names the object that its command names
/// ("Claim T12"), or it is for everybody at any time ("Status").
bool speaks_for_itself(const Button& button);

/// How many buttons stand in a row when there are many: on a phone these still show their words.
inline constexpr std::size_t buttons_in_a_row = 3;

/// One question of a form, which is one argument of the form's command.
struct Field {
  enum class Kind : std::uint8_t {
    line,     ///< a few words
    text,     ///< some sentences
    number,   ///< with decimals or without
    date,     ///< YYYY-MM-DD
    choice,   ///< one of `options`
    choices,  ///< any of `options`
  };
  struct Option {
    std::string value;
    std::string label;

    bool operator==(const Option&) const = default;
  };

  std::string name;  ///< of the argument
  Kind kind = Kind::line;
  std::string label = {};
  std::string hint = {};                 ///< shown beside the field; may be empty
  bool required = false;                 ///< the platform lets nobody submit without it
  std::size_t longest = 0;               ///< characters; 0: as long as the platform takes
  std::vector<Option> options = {};      ///< of a choice
  std::vector<std::string> values = {};  ///< what is filled in already: several for choices only
  std::string error = {};                ///< what is wrong with the value, for the person to mend; empty: nothing

  bool operator==(const Field&) const = default;
};

/// A command as a form, for platforms that show dialogs. Submitting it is an UpdateKind::submitted.
struct Form {
  std::string title;
  std::string submit;   ///< label of the button that submits it
  std::string command;  ///< what it runs: "need"
  std::vector<Field> fields;
  std::string error = {};  ///< what is wrong with the whole; empty: nothing

  bool operator==(const Form&) const = default;
};

/// A file that goes with a message, for platforms that take files (Capabilities::files).
struct File {
  std::string name;        ///< "credits-P7.csv"
  std::string media_type;  ///< "text/csv"
  std::string content;     ///< text in UTF-8

  bool operator==(const File&) const = default;
};

/// Where in a conversation a message is shown. A platform that has no such place shows it in the conversation.
enum class Surface : std::uint8_t {
  conversation,
  one_person,  ///< in the conversation, but to one person only; `surface_id`: their user id
  home,        ///< the person's page about the bot, in place of what it showed; `surface_id`: their user id
  dialog,      ///< over everything; `surface_id`: Update::dialog of what is answered. Without a form it closes
};

/// A message: blocks of text, then rows of buttons; or a form, and the text is what is said where the form cannot be
/// shown (any more).
struct Message {
  std::vector<Block> blocks;
  std::vector<std::vector<Button>> buttons;
  Surface surface = Surface::conversation;
  std::string surface_id = {};
  std::optional<Form> form = {};  ///< on Surface::dialog only
  std::optional<File> file = {};
  std::optional<Picture> picture = {};  ///< for platforms whose posts carry pictures (Capabilities::pictures)

  bool operator==(const Message&) const = default;
};

/// Adds rows for as many buttons as there are; none for none.
void append_rows(Message& message, std::vector<Button> buttons);

/// The message as compact JSON, the form in which the outbox keeps it. Bytes that are not UTF-8 become U+FFFD.
std::string to_json(const Message& message);

/// The reverse. Throws std::invalid_argument when `json` is not a message.
Message message_from_json(std::string_view json);

/// Puts `prefix` before every command in the text, as an adapter does before it renders: in a conversation with others
/// the bot hears only what is addressed to it ("/", "/osr ", "@osrbot "), and what it tells people to type has to work
/// wherever they type it.
void address_commands(Message& message, std::string_view prefix);

/// The line breaks between a block and `below`, the one that follows it: paragraphs stand apart, a list stands
/// together and close to the line that introduces it.
std::string_view block_separator(const Block& below);

/// The words alone, without style: for logs of tests, notifications and plain consoles. A link whose words are not its
/// address is followed by the address; buttons are left out.
std::string plain_text(const Message& message);

}  // namespace osrbot
