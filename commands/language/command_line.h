// The grammar of commands: one verb, then arguments in near-English, in any order where it is unambiguous. Pure: the
// verbs are given as data, the result is a value; nothing is looked up and nothing is executed here.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace osrbot::language {

enum class ArgumentKind : std::uint8_t {
  project,     ///< Ref P7, p7, #7, 7 where no other kind of number fits; or a name ("coloai"), as std::string
  need,        ///< N5
  task,        ///< T31
  credit,      ///< C5
  person,      ///< @ana, or "me"
  date,        ///< 31 March, next Friday, in 2 weeks, 2026-05-04
  duration,    ///< 30 min, 2 weeks, half a day: std::chrono::minutes
  hours,       ///< 5h/week, 5 hours a week: double
  count,       ///< 2, two, x2: std::int64_t
  percentage,  ///< 60%, or 60 where no count fits: double, 0 to 100
  choice,      ///< one of `choices`, as written there; case, dashes and punctuation do not matter
  url,         ///< https://...
  text,        ///< "quoted text", or the words up to the next recognised argument
  rest,        ///< everything that no other argument took; comes last
};

struct ArgumentSpec {
  std::string_view name;  ///< by which a command asks for the value, and which the usage line shows
  ArgumentKind kind = ArgumentKind::rest;
  bool required = true;
  bool repeated = false;  ///< may come more than once
  std::vector<std::string_view> introduced_by =
      {};                                      ///< words that announce it: "by", "due"; empty: recognised by its form
  std::vector<std::string_view> choices = {};  ///< for ArgumentKind::choice
};

struct VerbSpec {
  std::string_view name;                       ///< one or more words: "task add"
  std::vector<std::string_view> aliases = {};  ///< "take" for claim
  std::vector<ArgumentSpec> arguments = {};
};

/// A numbered object: kind is 'P', 'N', 'T' or 'C'.
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
/// A day. (In a parsed command exactly one candidate: an ambiguous date is an error.) `minute_of_day` < 0: no time of
/// day.
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
  std::vector<std::string_view> emptied = {};  ///< arguments that a form showed with a value, and came back without
};

struct CommandError {
  enum class Kind : std::uint8_t {
    unknown_verb,       ///< suggestions: verbs
    missing_argument,   ///< begin == end: where it should stand
    bad_argument,       ///< the place holds something else than `argument`; suggestions: choices, or "@name"
    unexpected_text,    ///< a value that the verb takes no argument for
    second_command,     ///< more to do, where a note stands: "claim T2" behind "done T1"
    ambiguous_date,     ///< 04/05/2026; suggestions: both days in ISO form, day before month first
    ambiguous_number,   ///< "12" where a task and a percentage fit; suggestions: "T12", "12%"
    too_many_commands,  ///< everything from `begin` on was left alone
  };

  Kind kind = Kind::unknown_verb;
  const VerbSpec* verb = nullptr;  ///< the verb, where it was recognised
  std::string argument = {};       ///< name of the argument that is missing or wrong
  std::size_t begin = 0;           ///< the place, in bytes of the message
  std::size_t end = 0;
  std::vector<std::string> suggestions = {};    ///< "did you mean", best first
  std::vector<ParsedArgument> understood = {};  ///< the other arguments, where the verb was recognised
};

class VerbIndex;

using CommandResult = std::variant<ParsedCommand, CommandError>;

/// The verbs of a bot, prepared for look-up once. Holds references into `verbs`, which must outlive it.
///
/// What is read, and what is not:
///  * Case does not matter. "/verb", "/verb_of_words", "/verb@bot" and Telegram's clickable "/claim_T12" are the verb;
///    the bot's mention, greetings and "please" before it and thanks, emoji and full stops behind it are no part of it.
///  * Verbs and aliases of several words go before shorter ones.
///  * Written to the bot, objects may stand before their verb ("T1 is done"): where every word is understood, and
///    nothing is asked.
///  * An argument with a form of its own is found wherever it stands. A plain number fits where one kind of number is
///    missing; several go in the order of the arguments; one that could be two things is an error and not a guess.
///  * A verb about one object, with nothing but several of them behind it, is said of each: "done T1, T2 and T3".
///    A note that names another object first, or that is a command itself, is an error: "done T1 /claim T2".
///  * Where a verb has a `rest`, the rest is one unbroken piece of the line: typed arguments stand before or behind it.
///    A reference, person, percentage or date inside it is read as well if it is the only one of its kind, and stays
///    in it. Dates are then taken only behind a word that announces them, if the argument has such words.
///  * `text` that an argument's words announce, or in quotation marks, is kept apart from other text.
///  * A verb whose last argument is a repeated `rest` takes the lines below it as further values, up to the next line
///    that starts with a verb; bulleted lines are always values.
///  * Lines that start with '>', code and the `skipped` ranges are never read.
///  * A message not written to the bot is read strictly, for prose may begin with a verb ("Need P7 results by Friday"):
///    only a line whose every word is understood, that names an object (P7, N5, T12, C5) and holds no free text outside
///    quotation marks is a command, and no errors come back. A line with a slash is written to the bot.
class CommandGrammar {
 public:
  /// More commands than this in one message are refused.
  static constexpr std::size_t kMostCommands = 50;

  explicit CommandGrammar(const std::vector<VerbSpec>& verbs);
  ~CommandGrammar();
  CommandGrammar(CommandGrammar&&) noexcept;
  CommandGrammar& operator=(CommandGrammar&&) noexcept;

  struct Input {
    std::string_view text;                                          ///< UTF-8, any bytes
    std::vector<std::pair<std::size_t, std::size_t>> skipped = {};  ///< byte ranges that are quoted: never commands
    std::chrono::local_seconds now{};  ///< the sender's local time: dates are relative to it
    bool addressed = false;            ///< written to the bot: an unknown verb is then an error and not prose
    std::vector<std::string_view> bot_names =
        {};  ///< handles of the bot; empty: any mention before the verb is the bot's
    std::vector<std::pair<std::size_t, std::size_t>> people = {};  ///< byte ranges that the platform resolved as people
  };

  /// The commands of a message in order: every line that starts with a known verb, or with objects before one, is one;
  /// prose is passed over. When `addressed` and no line holds a command, there is one error, unless the message says
  /// nothing but thanks. Beside commands, a line is an error when it names an object behind a misspelt verb. Time is
  /// linear in the length of the text.
  std::vector<CommandResult> parse(const Input& input) const;

  /// Nearest verbs to a word that is none, best first, at most three.
  std::vector<std::string> suggest(std::string_view word) const;

 private:
  std::unique_ptr<VerbIndex> index_;
};

}  // namespace osrbot::language
