#include "adapters/console/console_adapter.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>
#include <unicode/unistr.h>

#include "adapters/console/files.h"
#include "adapters/console/render.h"

namespace osrbot::console {
namespace {

constexpr std::string_view bot_handle = "osrbot";
constexpr std::size_t commands_shown = 6;
constexpr std::size_t longest_name = 64;
constexpr std::string_view name_ends = " \t#@,;:!?()[]{}<>\"'`/";

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// A terminal sends any bytes; an update holds UTF-8.
std::string valid_utf8(std::string_view bytes) {
  std::string text;
  icu::UnicodeString::fromUTF8({bytes.data(), static_cast<int32_t>(bytes.size())}).toUTF8String(text);
  return text;
}

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= longest_name && name.find_first_of(name_ends) == std::string_view::npos &&
         printable(name) == name;
}

Place place(std::string conversation, bool is_private) {
  return {.adapter = "console",
          .workspace = "",
          .conversation = std::move(conversation),
          .thread = "",
          .is_private = is_private};
}

std::vector<MentionedPerson> mentions_in(std::string_view text) {
  std::vector<MentionedPerson> mentioned;
  for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    if (at > 0 && name_ends.find(text[at - 1]) == std::string_view::npos) continue;  // an e-mail address
    std::size_t end = std::min(text.find_first_of(name_ends, at + 1), text.size());
    while (end > at + 1 && text[end - 1] == '.') --end;
    if (end == at + 1) continue;
    MentionedPerson& person = mentioned.emplace_back();
    person.range = {at, end};
    person.person.handle = lower(text.substr(at + 1, end - at - 1));
  }
  return mentioned;
}

}  // namespace

ConsoleAdapter::ConsoleAdapter(std::unique_ptr<Terminal> terminal, std::function<std::chrono::sys_seconds()> now,
                               std::filesystem::path folder)
    : terminal_(std::move(terminal)), now_(std::move(now)), folder_(std::move(folder)) {
  become(me_);
}

std::chrono::sys_seconds ConsoleAdapter::system_time() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

Capabilities ConsoleAdapter::capabilities() const {
  return {.buttons = true, .files = true, .private_messages = true, .sends_in_flight = 64};
}

void ConsoleAdapter::publish(const Menus& menus) {
  if (!terminal_->is_interactive()) return;
  for (Menu& menu : menus()) {
    if (menu.language.empty()) menu_ = std::move(menu.entries);
  }
}

void ConsoleAdapter::receive(std::stop_token stop, const std::string& cursor, const Deliver& deliver) {
  delivered_ = 0;
  std::from_chars(cursor.data(), cursor.data() + cursor.size(), delivered_);
  deliver_ = &deliver;
  stopping_ = false;
  if (terminal_->is_interactive()) describe();
  while (!stopping_ && !deserted_) {
    std::optional<std::string> line = terminal_->next(prompt(), stop);
    if (!line || !read_line(std::move(*line))) break;
  }
  if (!stop.stop_requested()) wait_until_quiet();
  deliver_ = nullptr;
}

/// False when the conversation is over.
bool ConsoleAdapter::read_line(std::string raw) {
  if (raw.size() >= longest_line) {
    note(fmt::format("That line is longer than {} bytes and was not read.", longest_line));
    return true;
  }
  const std::string text = valid_utf8(raw);
  const std::string_view line = trim(text);
  const bool is_comment = !terminal_->is_interactive() && line.starts_with("# ");
  if (line.empty() || is_comment) return true;
  if (line.starts_with('/')) {
    const std::size_t space = std::min(line.find(' '), line.size());
    const std::string verb = lower(line.substr(1, space - 1));
    if (verb == "quit") return false;
    if (own_command(verb, trim(line.substr(space)))) return true;
  }
  if (!press(line)) say(line);
  return true;
}

bool ConsoleAdapter::own_command(std::string_view verb, std::string_view argument) {
  if (verb == "as") {
    become(argument);
  } else if (verb == "in") {
    enter(argument);
  } else if (verb == "who") {
    describe();
  } else if (verb == "join" && argument.empty()) {  // with a project it is a command for the bot
    deliver(UpdateKind::joined, "", "", false);
  } else if (verb == "leave" && argument.empty()) {
    deliver(UpdateKind::left, "", "", false);
  } else {
    return false;
  }
  return true;
}

void ConsoleAdapter::become(std::string_view name) {
  if (name.starts_with('@')) name.remove_prefix(1);
  if (!is_name(name)) return note("A name is one word, for example: /as ana");
  const std::scoped_lock lock(mutex_);
  me_ = name;
  people_.insert(me_);
  if (here_.conversation.empty() || here_.is_private) {
    here_ = place(lower(me_), true);
  }
}

void ConsoleAdapter::enter(std::string_view room) {
  const std::scoped_lock lock(mutex_);
  if (lower(room) == "dm") {
    here_ = place(lower(me_), true);
    return;
  }
  if (room.starts_with('#')) room.remove_prefix(1);
  if (!is_name(room)) return note("A room is one word, for example: /in #general (or /in dm to talk to the bot alone)");
  here_ = place("#" + lower(room), false);
  rooms_.insert(here_.conversation);
}

void ConsoleAdapter::describe() {
  const Place here = update_here().place;
  std::string text = here.is_private ? fmt::format("You are {}, alone with the bot.\n", me_)
                                     : fmt::format("You are {}, in the room {}.\n", me_, here.conversation);
  if (people_.size() > 1) text += fmt::format("People so far: {}\n", fmt::join(people_, ", "));
  if (!rooms_.empty()) text += fmt::format("Rooms so far: {}\n", fmt::join(rooms_, ", "));
  text += "\nSay hello, or give a command, for example:\n";
  for (std::size_t i = 0; i < std::min(menu_.size(), commands_shown); ++i) {
    text += fmt::format("  {:<14}{}\n", menu_[i].command, menu_[i].description);
  }
  text +=
      "A number presses the button of that number.\n\n"
      "The console itself knows:\n"
      "  /as ana       be somebody else\n"
      "  /in #general  go to a room, where the bot hears what begins with a slash; /in dm: back to the bot alone\n"
      "  /join, /leave tell the bot that you have joined or left the room\n"
      "  /who          who and where you are\n"
      "  /quit         end the conversation\n\n";
  terminal_->show(text);
}

bool ConsoleAdapter::press(std::string_view line) {
  std::size_t number = 0;
  const auto [rest, error] = std::from_chars(line.data(), line.data() + line.size(), number);
  if (error != std::errc() || rest != line.data() + line.size() || number == 0) return false;
  Choices choices;
  {
    const std::scoped_lock lock(mutex_);
    const auto found = choices_.find(here_.conversation);
    if (found == choices_.end() || number > found->second.buttons.size()) return false;
    choices = found->second;
  }
  const Button& button = choices.buttons[number - 1];
  if (button.url.empty()) {
    deliver(UpdateKind::button, button.command, choices.message_id, true);
  } else {
    note(printable(button.url));
  }
  return true;
}

void ConsoleAdapter::say(std::string_view line) {
  bool addressed = update_here().place.is_private;
  if (line.starts_with('/')) {
    addressed = true;
    line.remove_prefix(1);
  }
  for (const MentionedPerson& named : mentions_in(line)) {
    if (named.person.handle != bot_handle) continue;
    addressed = true;
    // In front it calls the bot; elsewhere it is part of what is said.
    if (named.range.begin == 0)
      line.remove_prefix(std::min(line.find_first_not_of(" ,:", named.range.end), line.size()));
    break;
  }
  deliver(UpdateKind::message, std::string(line), "", addressed);
}

bool ConsoleAdapter::deliver(UpdateKind kind, std::string text, std::string message_id, bool addressed) {
  Update update = update_here();
  update.kind = kind;
  update.key = std::to_string(delivered_ + 1);
  update.message_id = message_id.empty() ? "in-" + update.key : std::move(message_id);
  update.mentioned = mentions_in(text);
  update.text = std::move(text);
  update.addressed = addressed;
  if (!(*deliver_)({.adapter = "console", .updates = {std::move(update)}, .cursor = std::to_string(delivered_ + 1)})) {
    stopping_ = true;
    return false;
  }
  ++delivered_;
  wait_until_quiet();
  return true;
}

/// Batches are committed in order and what they cause is sent after each commit, so an empty batch is a barrier: when
/// nothing was sent between two of them, nothing is on its way.
void ConsoleAdapter::wait_until_quiet() {
  const auto barrier = [this] { return (*deliver_)({.adapter = "console", .updates = {}, .cursor = ""}); };
  for (std::uint64_t before = sent_ + 1; before != sent_ && !stopping_;) {
    before = sent_;
    stopping_ = !barrier() || !barrier();
  }
}

Update ConsoleAdapter::update_here() const {
  Update update;
  {
    const std::scoped_lock lock(mutex_);
    update.place = here_;
  }
  update.from.id = lower(me_);
  update.from.name = me_;
  update.from.handle = lower(me_);
  update.from_workspace_admin = me_ == operator_name;
  update.at = now_();
  return update;
}

std::string ConsoleAdapter::prompt() const {
  const Place here = update_here().place;
  return here.is_private ? me_ + "> " : me_ + " " + here.conversation + "> ";
}

void ConsoleAdapter::note(std::string_view text) {
  terminal_->show(fmt::format("{}\n\n", text));
}

/// What is shown of a file: where it was put, or itself.
std::string ConsoleAdapter::deliver_file(const File& file) const {
  if (!terminal_->is_interactive()) return show(file);
  const auto path = keep(file, folder_);
  if (path) return fmt::format("Saved as {}\n", printable(path->string()));
  return fmt::format("{} could not be saved ({}), so here it is:\n", printable(file.name), path.error()) + show(file);
}

void ConsoleAdapter::send(OutboundMessage message, std::function<void(Delivery)> done) {
  ++sent_;
  const std::string id = fmt::format("out-{}", message.id);
  std::string text;
  {
    const std::scoped_lock lock(mutex_);
    if (message.to.conversation != here_.conversation) {
      text = fmt::format("({} {})\n", message.to.is_private ? "to" : "in", message.to.conversation);
    }
    if (!message.message.buttons.empty()) {
      Choices& choices = choices_[message.to.conversation];
      choices = {.message_id = id, .buttons = {}};
      for (const auto& row : message.message.buttons) std::ranges::copy(row, std::back_inserter(choices.buttons));
    }
  }
  address_commands(message.message, "/");
  text += render(message.message, terminal_->has_styles());
  if (message.message.file) text += deliver_file(*message.message.file);
  text += '\n';
  if (terminal_->show(text)) {
    done(Sent{id});
  } else {
    deserted_ = true;
    done(Rejected{.why = "the console's output is closed"});
  }
}

}  // namespace osrbot::console
