#include "tests/scenario/stage.h"

#include <algorithm>
#include <regex>
#include <sstream>
#include <utility>

#include <fmt/format.h>

#include "storage/people.h"
#include "storage/profiles.h"

namespace osrbot::scenario {
namespace {

constexpr std::string_view indent = "    ";
constexpr std::string_view deep_indent = "        ";

Place place_of(const std::string& who, const Scene& scene) {
  const bool is_private = scene.room.empty();
  return {.adapter = scene.platform,
          .workspace = "",
          .conversation = is_private ? "with-" + who : scene.room,
          .thread = "",
          .is_private = is_private};
}

/// "bot", "bot in #surgery", "bot to ben", "bot on slack to ben": no more than is needed after `scene`.
std::string speaker(const Place& to, const std::optional<Scene>& scene, const std::string& who) {
  std::string text = "bot";
  if (to.adapter != (scene ? scene->platform : Scene().platform)) text += " on " + to.adapter;
  const bool here = scene && to == place_of(who, *scene);
  if (here) return text;
  return text + (to.is_private ? " to " + to.conversation.substr(5) : " in " + to.conversation);
}

std::string written(const Span& span) {
  switch (span.style) {
    case Span::Style::bold:
      return "*" + span.text + "*";
    case Span::Style::italic:
      return "_" + span.text + "_";
    case Span::Style::code:
      return "`" + span.text + "`";
    case Span::Style::link:
      return "[" + span.text + "](" + span.target + ")";
    case Span::Style::mention:
      return "@" + span.text;
    case Span::Style::plain:
      return span.text;
  }
  return span.text;
}

}  // namespace

std::vector<std::string> written(const Message& message) {
  std::vector<std::string> lines;
  for (const Block& block : message.blocks) {
    std::string line = block.kind == Block::Kind::item ? "- " : "";
    for (const Span& span : block.spans) line += written(span);
    lines.push_back(std::move(line));
  }
  for (const auto& row : message.buttons) {
    std::string line;
    for (const Button& button : row) {
      line += fmt::format("{}[{}]{}", line.empty() ? "" : " ", button.label,
                          button.url.empty() ? "" : "(" + button.url + ")");
    }
    lines.push_back(std::move(line));
  }
  if (message.file) {
    lines.push_back(fmt::format("({})", message.file->name));
    for (std::string& line : lines_of(message.file->content)) {
      if (line.ends_with('\r')) line.pop_back();
      lines.push_back("> " + line);
    }
  }
  return lines;
}

std::vector<std::string> Stage::play(const Step& step) {
  if (step.kind == Step::Kind::direction) {
    direct(step);
    return answers(std::nullopt);
  }
  if (step.kind == Step::Kind::presses) {
    press(step);
  } else {
    Update update = this->update(step.who, step.scene);
    std::string& last = last_message_[step.who + update.place.adapter + update.place.conversation];
    if (step.kind == Step::Kind::edits) {
      if (last.empty()) throw TranscriptError(fmt::format("{}: {} wrote nothing there", step.line, step.who));
      update.kind = UpdateKind::edited;
      update.message_id = last;
    }
    last = update.message_id;
    write(update, std::regex_replace(step.text, std::regex(R"(\{code\})"), code_));
    happens(std::move(update));
  }
  return answers(step.scene);
}

Stage::Person& Stage::person(const std::string& who) {
  const auto [found, is_new] = people_.try_emplace(who);
  if (is_new) {
    found->second.name = who;
    if (who[0] >= 'a' && who[0] <= 'z') found->second.name[0] = static_cast<char>(who[0] - 'a' + 'A');
  }
  return found->second;
}

Update Stage::update(const std::string& who, const Scene& scene) {
  const Person& sender = person(who);
  Update update;
  update.key = std::to_string(++updates_);
  update.place = place_of(who, scene);
  update.from.id = "id-" + who;
  update.from.name = sender.name;
  update.from.handle = who;
  update.from.language = sender.language;
  update.message_id = "message-" + update.key;
  if (scene.platform == "x" && !scene.room.empty()) update.url = "https://x.com/" + who + "/status/" + update.key;
  update.at = world_.now();
  return update;
}

/// Puts the words in as a platform does: a slash, or the bot's name anywhere, addresses the bot.
void Stage::write(Update& update, std::string_view text) const {
  update.addressed = update.place.is_private || text.find("@osrbot") != std::string_view::npos;
  for (std::string& line : lines_of(text)) {
    for (const std::string_view name : {"/osr ", "/", "@osrbot"}) {
      if (!line.starts_with(name)) continue;
      line.erase(0, name.size());
      update.addressed = true;
      break;
    }
    update.text += (update.text.empty() ? "" : "\n") + line;
  }
  static const std::regex handle("@([A-Za-z0-9_]+)");
  for (auto it = std::sregex_iterator(update.text.begin(), update.text.end(), handle); it != std::sregex_iterator();
       ++it) {
    MentionedPerson& mentioned = update.mentioned.emplace_back();
    mentioned.range.begin = static_cast<std::size_t>(it->position());
    mentioned.range.end = mentioned.range.begin + static_cast<std::size_t>(it->length());
    mentioned.person.handle = (*it)[1];
  }
}

void Stage::happens(Update update) {
  last_update_ = update;
  world_.happens(std::move(update));
}

void Stage::press(const Step& step) {
  Update update = this->update(step.who, step.scene);
  for (auto said = shown_.rbegin(); said != shown_.rend(); ++said) {
    if (said->to.adapter != update.place.adapter || said->to.conversation != update.place.conversation) continue;
    for (const auto& row : said->message.buttons) {
      const auto button = std::ranges::find(row, step.text, &Button::label);
      if (button == row.end()) continue;
      update.kind = UpdateKind::button;
      update.text = button->command;
      update.message_id = said->message_id;
      update.addressed = true;
      return happens(std::move(update));
    }
  }
  throw TranscriptError(fmt::format("{}: there is no button \"{}\" there", step.line, step.text));
}

void Stage::direct(const Step& step) {
  if (!direct_time(step.text) && !direct_platform(step.text) && !direct_person(step.text)) {
    throw TranscriptError(fmt::format("{}: I do not know how to play: -- {} --", step.line, step.text));
  }
}

bool Stage::direct_time(const std::string& text) {
  static const std::regex later(R"((\d+) (minute|hour|day|week)s? later)");
  static const std::regex away(R"(the bot is away for (\d+) (minute|hour|day|week)s?)");
  std::smatch match;
  const bool is_away = std::regex_match(text, match, away);
  if (!is_away && !std::regex_match(text, match, later)) return false;
  const int count = std::stoi(match[1]);
  const std::string unit = match[2];
  const std::chrono::seconds one = unit == "minute" ? std::chrono::minutes(1)
                                   : unit == "hour" ? std::chrono::seconds(std::chrono::hours(1))
                                   : unit == "day"  ? std::chrono::seconds(std::chrono::days(1))
                                                    : std::chrono::seconds(std::chrono::weeks(1));
  if (is_away) {
    world_.stay_away(count * one);
  } else {
    world_.advance(count * one);
  }
  return true;
}

bool Stage::direct_platform(const std::string& text) {
  static const std::regex state(R"(([a-z]+) is (down|back))");
  static const std::regex profile(R"((\S+) has a profile: (.+))");
  static const std::regex reach(R"(([a-z]+) cannot reach (\S+))");
  static const std::regex chat(R"(([a-z]+) (shuts the bot out of|archives|lets the bot into) (#\S+))");
  std::smatch match;
  if (text == "the bot is killed") {
    world_.kill();
  } else if (text == "the bot is killed before its next answer") {
    world_.kill_before_next_answer();
  } else if (text == "the last update comes again" && last_update_) {
    world_.happens(*last_update_);
  } else if (std::regex_match(text, match, state)) {
    world_.set_down(match[1], match[2] == "down");
  } else if (std::regex_match(text, match, reach)) {
    world_.cannot_reach(match[1], place_of(match[2], {}).conversation);
  } else if (std::regex_match(text, match, chat)) {
    if (match[2] == "lets the bot into") {
      world_.can_reach(match[1], match[3]);
    } else {
      world_.cannot_reach(match[1], match[3], match[2] == "archives" ? Obstacle::archived : Obstacle::not_member);
    }
  } else if (std::regex_match(text, match, profile)) {
    tell_profile(match[1], match[2]);
  } else {
    return false;
  }
  return true;
}

void Stage::tell_profile(const std::string& who, const std::string& text) {
  namespace profiles = storage::profiles;
  const Update update = this->update(who, {});
  storage::Connection& db = world_.db();
  storage::Transaction transaction(db);
  const auto person = storage::people::recognise(db,
                                                 {.adapter = update.place.adapter,
                                                  .workspace = update.place.workspace,
                                                  .user_id = update.from.id,
                                                  .name = update.from.name,
                                                  .handle = update.from.handle,
                                                  .language = update.from.language,
                                                  .direct = update.place.conversation},
                                                 world_.now());
  profiles::consent(db, person.id, 1, update.place.adapter, world_.now());
  storage::Profile profile = *profiles::find(db, person.id);
  std::istringstream parts(text);
  for (std::string part; std::getline(parts, part, ';');) {
    std::istringstream words(part);
    std::string first;
    words >> first;
    std::vector<std::string> others;
    for (std::string word; words >> word;) others.push_back(word);
    const auto skill = [&](storage::SkillKind kind) {
      for (const std::string& one : others) profiles::set_skill(db, person.id, one, kind);
    };
    if (first == "can") {
      skill(storage::SkillKind::has);
    } else if (first == "learns") {
      skill(storage::SkillKind::wants);
    } else if (first == "speaks") {
      profiles::set_languages(db, person.id, others);
    } else if (first == "in") {
      profile.country = others.at(0);
      storage::people::set_time_zone(db, person.id, others.at(1));
    } else if (first == "field") {
      profile.discipline = others.at(0);
    } else if (first == "growth") {
      profile.growth = true;
    } else if (first == "hours") {
      profile.hours = std::stod(others.at(0));
    } else {
      throw TranscriptError("a profile has no part \"" + first + "\"");
    }
  }
  profiles::describe(db, profile);
  transaction.commit();
}

bool Stage::direct_person(const std::string& text) {
  static const std::map<std::string, UpdateKind> events = {{"joins", UpdateKind::joined},
                                                           {"leaves", UpdateKind::left},
                                                           {"blocks the bot", UpdateKind::blocked},
                                                           {"unblocks the bot", UpdateKind::unblocked}};
  static const std::regex moves(R"((\S+) (joins|leaves) (#\S+)(?: on ([a-z]+))?)");
  static const std::regex block(R"((\S+) ((?:un)?blocks the bot)(?: on ([a-z]+))?)");
  static const std::regex deletes(R"((\S+) deletes what they wrote (?:on ([a-z]+) )?in (#\S+))");
  static const std::regex called(R"((\S+) is called (.+))");
  static const std::regex language(R"((\S+) writes in ([A-Za-z-]+))");
  static const std::regex administers(R"((\S+) administers the bot(?: on ([a-z]+))?)");
  static const std::regex profile(R"((\S+) has a profile: (.+))");
  std::smatch match;
  if (std::regex_match(text, match, moves)) {
    Scene scene{.platform = Scene().platform, .room = match[3]};
    if (match[4].matched) scene.platform = match[4];
    const bool is_bot = match[1] == "bot";
    Update update = this->update(is_bot ? "somebody" : match[1].str(), scene);
    update.kind = events.at(match[2]);
    if (is_bot) update.kind = match[2] == "joins" ? UpdateKind::unblocked : UpdateKind::blocked;
    happens(std::move(update));
  } else if (std::regex_match(text, match, block)) {
    Scene scene;
    if (match[3].matched) scene.platform = match[3];
    Update update = this->update(match[1], scene);
    update.kind = events.at(match[2]);
    happens(std::move(update));
  } else if (std::regex_match(text, match, deletes)) {
    Scene scene{.platform = Scene().platform, .room = match[3]};
    if (match[2].matched) scene.platform = match[2];
    Update update = this->update(match[1], scene);
    update.kind = UpdateKind::deleted;
    update.from = {};
    update.message_id = last_message_[match[1].str() + update.place.adapter + update.place.conversation];
    happens(std::move(update));
  } else if (std::regex_match(text, match, called)) {
    person(match[1]).name = match[2];
  } else if (std::regex_match(text, match, language)) {
    person(match[1]).language = match[2];
  } else if (std::regex_match(text, match, administers)) {
    const std::string platform = match[2].matched ? match[2].str() : Scene().platform;
    world_.config().administrators.push_back(platform + ":id-" + match[1].str());
  } else {
    return false;
  }
  return true;
}

/// Codes are different each time: a transcript shows and writes them as {code}.
std::string Stage::without_code(std::string line) {
  static const std::regex code("[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{2}");
  std::smatch match;
  if (std::regex_search(line, match, code)) code_ = match[0];
  return std::regex_replace(line, code, "{code}");
}

std::vector<std::string> Stage::answers(const std::optional<Scene>& scene) {
  std::vector<std::string> lines;
  for (Said& said : world_.take_said()) {
    const std::string who = last_update_ ? last_update_->from.handle : "";
    std::vector<std::string> words = written(said.message);
    for (std::string& line : words) line = without_code(std::move(line));
    for (std::size_t i = 0; i < words.size(); ++i) {
      const bool below = said.to.conversation == timeline && !said.reply_to.empty();
      lines.push_back(i == 0 ? fmt::format("{}{}{}: {}", indent, speaker(said.to, scene, who),
                                           below ? " below " + said.reply_to : "", words[i])
                             : fmt::format("{}{}", deep_indent, words[i]));
    }
    if (!said.message.buttons.empty()) shown_.push_back(std::move(said));
  }
  for (const std::string& failure : world_.take_failures()) {
    lines.push_back(fmt::format("{}the bot failed: {}", indent, failure));
  }
  return lines;
}

}  // namespace osrbot::scenario
