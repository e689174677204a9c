// What the bot says: a platform-neutral text with structure. Each platform renders it and splits it by its own rules.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

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

/// A button. Pressing it is the same as typing `command`; with `url` it opens a link instead.
struct Button {
  std::string label;
  std::string command;
  std::string url;

  bool operator==(const Button&) const = default;
};

/// A message: blocks of text, then rows of buttons.
struct Message {
  std::vector<Block> blocks;
  std::vector<std::vector<Button>> buttons;

  bool operator==(const Message&) const = default;
};

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
