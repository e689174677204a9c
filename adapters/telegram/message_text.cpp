#include "adapters/telegram/message_text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <nlohmann/json.hpp>

namespace osrbot::telegram {

using nlohmann::json;

namespace {

// Bot API: 4,096 characters at most, so what is longer than this does not come from Telegram.
constexpr std::size_t longest_update_text = 65'536;
// Telegram keeps 100 of them.
constexpr std::size_t most_entities = 1'000;
constexpr std::size_t longest_payload = 64;

constexpr auto npos = std::string_view::npos;

/// Byte positions by UTF-16 offset.
class Utf16Offsets {
 public:
  explicit Utf16Offsets(std::string_view text) {
    bytes_.reserve(text.size() + 1);
    for (std::size_t i = 0; i < text.size(); ++i) {
      const auto byte = static_cast<unsigned char>(text[i]);
      if ((byte & 0xC0U) == 0x80U) continue;  // not the first of its character
      bytes_.push_back(i);
      if (byte >= 0xF0U) bytes_.push_back(i);  // a surrogate pair: both halves lead to the character
    }
    bytes_.push_back(text.size());
  }

  std::size_t byte_at(std::int64_t offset) const {
    return bytes_[static_cast<std::size_t>(
        std::clamp<std::int64_t>(offset, 0, static_cast<std::int64_t>(bytes_.size()) - 1))];
  }

 private:
  std::vector<std::size_t> bytes_;
};

TextRange range_of(const json& entity, const Utf16Offsets& offsets) {
  const auto offset = std::clamp<std::int64_t>(integer(entity, "offset"), 0, longest_update_text);
  const auto length = std::clamp<std::int64_t>(integer(entity, "length"), 0, longest_update_text);
  return {offsets.byte_at(offset), offsets.byte_at(offset + length)};
}

bool is_quotation(std::string_view type) {
  return type == "code" || type == "pre" || type == "blockquote" || type == "expandable_blockquote" ||
         type == "spoiler";
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::size_t end_of_word(std::string_view text, std::size_t at) {
  while (at < text.size() && is_word(text[at])) ++at;
  return at;
}

/// "/name@bot" at the beginning of a line.
struct Slash {
  std::string_view name;
  std::string_view bot;  ///< empty: whoever listens
  std::size_t end = 0;
};

std::optional<Slash> slash_at(std::string_view text, std::size_t at) {
  if (at >= text.size() || text[at] != '/') return std::nullopt;
  Slash out;
  out.end = end_of_word(text, at + 1);
  out.name = text.substr(at + 1, out.end - at - 1);
  if (out.end < text.size() && text[out.end] == '@') {
    const auto bot = out.end + 1;
    out.end = end_of_word(text, bot);
    out.bot = text.substr(bot, out.end - bot);
  }
  // "/usr/bin" is a path.
  const bool ends = out.end == text.size() || text[out.end] == ' ' || text[out.end] == '\n' || text[out.end] == '\t';
  if (out.name.empty() || !ends) return std::nullopt;
  return out;
}

struct Edit {
  TextRange range;
  std::string replacement;
};

/// Replaces ranges, which come in order and do not overlap, by something not longer, and moves what pointed into the
/// text.
void apply_edits(const std::vector<Edit>& edits, MessageText& message) {
  if (edits.empty()) return;
  const auto moved = [&](std::size_t position) {
    std::size_t to = position;
    for (const auto& [range, replacement] : edits) {
      if (range.begin >= position) break;
      const auto gone = std::min(position, range.end) - range.begin;
      to -= gone - std::min(gone, replacement.size());
    }
    return to;
  };
  const auto move = [&](TextRange& range) { range = {moved(range.begin), moved(range.end)}; };
  for (auto& range : message.quoted) move(range);
  for (auto& range : message.called) move(range);
  for (auto& mention : message.mentioned) move(mention.range);
  std::string text;
  std::size_t done = 0;
  for (const auto& [range, replacement] : edits) {
    text.append(message.text, done, range.begin - done);
    text += replacement;
    done = range.end;
  }
  text.append(message.text, done);
  message.text = std::move(text);
}

class Reading {
 public:
  Reading(const json& message, const Self& self) : self_(self) {
    const bool is_caption = field(message, "text") == nullptr;
    out_.text = string(message, is_caption ? "caption" : "text");
    if (out_.text.size() > longest_update_text) throw Malformed("the text is longer than Telegram allows");
    if (const json* entities = field(message, is_caption ? "caption_entities" : "entities")) read_entities(*entities);
    if (field(message, "forward_origin") != nullptr) out_.quoted = {{0, out_.text.size()}};
  }

  MessageText result() && {
    if (!read_deep_link()) {
      read_commands();
      apply_edits(edits_, out_);
    }
    return std::move(out_);
  }

 private:
  void read_entities(const json& entities) {
    if (!entities.is_array() || entities.size() > most_entities)
      throw Malformed("the entities are no array of at most 1000");
    if (entities.empty()) return;
    const Utf16Offsets offsets(out_.text);
    for (const auto& entity : entities) {
      const auto type = string(entity, "type");
      const bool by_handle = type == "mention";
      if (is_quotation(type)) {
        out_.quoted.push_back(range_of(entity, offsets));
      } else if (by_handle || type == "text_mention") {
        read_mention(entity, by_handle, range_of(entity, offsets));
      }
    }
  }

  void read_mention(const json& entity, bool by_handle, TextRange range) {
    Sender named;
    if (by_handle) {
      named.handle = out_.text.substr(range.begin, range.end - range.begin);
      if (named.handle.starts_with('@')) named.handle.erase(0, 1);
    } else if (const json* user = field(entity, "user")) {
      named = person(*user);
    }
    const bool is_self = by_handle ? same_name(named.handle, self_.username) : named.id == std::to_string(self_.id);
    if (!is_self) {
      out_.mentioned.push_back({range, std::move(named)});
      return;
    }
    out_.addressed = true;
    // The first words of a message call the bot; they are no part of what it is told.
    if (edits_.empty() && out_.text.find_first_not_of(" \n\t") == range.begin) {
      const auto words = std::min(out_.text.find_first_not_of(" \n\t,:", range.end), out_.text.size());
      edits_.push_back({{0, words}, ""});
    } else {
      out_.called.push_back(range);
    }
  }

  bool is_quoted(std::size_t position) const {
    return std::ranges::any_of(out_.quoted,
                               [&](const TextRange& range) { return range.begin <= position && position < range.end; });
  }

  bool read_deep_link() {
    const auto slash = slash_at(out_.text, 0);
    if (!slash || !same_name(slash->name, "start") || !is_for_us(*slash) || is_quoted(0)) return false;
    const auto payload = std::string_view(out_.text).substr(slash->end);
    const auto begin = payload.find_first_not_of(' ');
    if (begin == npos) return false;
    const auto word = payload.substr(begin);
    const bool valid =
        word.size() <= longest_payload && std::ranges::all_of(word, [](char c) { return is_word(c) || c == '-'; });
    if (!valid) return false;
    out_.payload = word;
    out_.text = "start";
    out_.addressed = true;
    out_.mentioned.clear();
    out_.called.clear();
    out_.quoted.clear();
    return true;
  }

  bool is_for_us(const Slash& slash) const { return slash.bot.empty() || same_name(slash.bot, self_.username); }

  void read_commands() {
    const std::string_view text = out_.text;
    for (std::size_t line = edits_.empty() ? 0 : edits_.front().range.end; line != npos;) {
      if (const auto slash = slash_at(text, line); slash && !is_quoted(line)) read_command(*slash, line);
      const auto end = text.find('\n', line);
      line = end == npos ? npos : end + 1;
    }
  }

  void read_command(const Slash& slash, std::size_t line) {
    if (is_for_us(slash)) {
      out_.addressed = true;
      std::string words(slash.name);
      std::ranges::replace(words, '_', ' ');
      edits_.push_back({{line, slash.end}, std::move(words)});
    } else if (line == 0) {
      out_.for_other_bot = true;
    } else {
      out_.quoted.push_back({line, std::min(out_.text.find('\n', line), out_.text.size())});
    }
  }

  const Self& self_;
  MessageText out_;
  std::vector<Edit> edits_;
};

}  // namespace

MessageText read_text(const json& message, const Self& self) {
  return Reading(message, self).result();
}

}  // namespace osrbot::telegram
