// The grammar of commands: one verb, then arguments in near-English, in any order where it is unambiguous. Pure: the
// verbs are given as data, the result is a value; nothing is looked up and nothing is executed here.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace osrbot::language {

enum class ArgumentKind : std::uint8_t {
  project,     ///< P7, p7, #7, 7 where no other kind of number fits, or a registered slug
  need,        ///< N5
  task,        ///< T31
  person,      ///< @ana, or "me"
  date,        ///< 31 March, next Friday, in 2 weeks, 2026-05-04
  duration,    ///< 30 min, 2 weeks, half a day
  hours,       ///< 5h/week, 5 hours a week
  count,       ///< 2, two
  percentage,  ///< 60%, or 60 where no count fits
  choice,      ///< one of `choices`
  url,         ///< https://...
  text,        ///< "quoted text", or the words up to the next recognised argument
  rest,        ///< everything that no other argument took; comes last
};

struct ArgumentSpec {
  std::string_view name;  ///< by which a command asks for the value, and which the usage line shows
  ArgumentKind kind = ArgumentKind::rest;
  bool required = true;
  bool repeated = false;                        ///< may come more than once
  std::vector<std::string_view> introduced_by;  ///< words that announce it: "by", "due"; empty: recognised by its form
  std::vector<std::string_view> choices;        ///< for ArgumentKind::choice
};

struct VerbSpec {
  std::string_view name;                  ///< one or more words: "task add"
  std::vector<std::string_view> aliases;  ///< "take" for claim
  std::vector<ArgumentSpec> arguments;
};

/// A numbered object: kind is 'P', 'N' or 'T'.
struct Ref {
  char kind = 0;
  std::int64_t number = 0;
  bool operator==(const Ref&) const = default;
};
/// Somebody named by handle (without '@'), as written; "me" is the sender.
struct PersonName {
  std::string handle;
  bool is_me = false;
  bool operator==(const PersonName&) const = default;
};
/// A day, or the two that an ambiguous date (04/05/2026) may mean. `minute_of_day` < 0: no time of day was given.
struct DateValue {
  std::vector<std::chrono::year_month_day> candidates;
  int minute_of_day = -1;
  bool operator==(const DateValue&) const = default;
};
using ArgumentValue = std::variant<Ref, PersonName, DateValue, std::chrono::minutes, std::int64_t, double, std::string>;

struct ParsedArgument {
  std::string_view name;  ///< the spec's name
  ArgumentValue value;
  std::size_t begin = 0;  ///< bytes in the message
  std::size_t end = 0;
};

struct ParsedCommand {
  const VerbSpec* verb = nullptr;
  std::vector<ParsedArgument> arguments;
  std::size_t begin = 0;  ///< of the command, in bytes of the message
  std::size_t end = 0;
};

struct CommandError {
  enum class Kind : std::uint8_t { unknown_verb, missing_argument, bad_argument, unexpected_text, ambiguous_date };

  Kind kind = Kind::unknown_verb;
  const VerbSpec* verb = nullptr;        ///< the verb, where it was recognised
  std::string argument;                  ///< name of the argument that is missing or wrong
  std::size_t begin = 0;                 ///< the place, in bytes of the message
  std::size_t end = 0;
  std::vector<std::string> suggestions;  ///< "did you mean": nearest verbs or choices, or ISO dates, best first
};

using CommandResult = std::variant<ParsedCommand, CommandError>;

/// The verbs of a bot, prepared for look-up once. Holds references into `verbs`, which must outlive it.
class CommandGrammar {
 public:
  explicit CommandGrammar(const std::vector<VerbSpec>& verbs);
  ~CommandGrammar();
  CommandGrammar(CommandGrammar&&) noexcept;
  CommandGrammar& operator=(CommandGrammar&&) noexcept;

  struct Input {
    std::string_view text;                                     ///< UTF-8, any bytes
    std::vector<std::pair<std::size_t, std::size_t>> skipped;  ///< byte ranges that are quoted: never commands
    std::chrono::local_seconds now{};                          ///< the sender's local time: dates are relative to it
    bool addressed = false;  ///< written to the bot: an unknown verb is then an error and not prose
  };

  /// The commands of a message in order: every line that starts with a known verb is one; prose is passed over. When
  /// `addressed` and no line holds a command, there is one error. Time is linear in the length of the text.
  std::vector<CommandResult> parse(const Input& input) const;

  /// Nearest verbs to a word that is none, best first, at most three.
  std::vector<std::string> suggest(std::string_view word) const;

 private:
  struct Index;
  Index* index_;
};

}  // namespace osrbot::language
