#include "adapters/slack/message_text.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace osrbot::slack {

namespace {

constexpr auto npos = std::string_view::npos;

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}

/// "https://example.org" is what "example.org" was made of by Slack.
bool is_same_address(std::string_view url, std::string_view label) {
  for (const std::string_view scheme : {"http://", "https://", "mailto:", "tel:"}) {
    if (url.starts_with(scheme) && url.substr(scheme.size()) == label) return true;
  }
  return url == label;
}

class MrkdwnReading {
 public:
  MrkdwnReading(std::string_view in, std::string_view bot_user) : in_(in), bot_user_(bot_user) {}

  MessageText result() && {
    bool line_begins = true;
    while (at_ < in_.size()) {
      const bool began = std::exchange(line_begins, false);
      const char c = in_[at_];
      if (began && in_.substr(at_).starts_with("&gt;")) {
        read_quotation();
        line_begins = true;
      } else if (c == '`') {
        read_code();
      } else if (c == '<') {
        read_bracket();
      } else if (c == '*' || c == '_' || c == '~') {
        read_style(c);
      } else if (c == '\n') {
        drop_emoji();
        put(1);
        line_begins = true;
      } else {
        read_character();
      }
    }
    drop_emoji();
    drop_trailing_blanks();
    return std::move(out_);
  }

 private:
  void put(std::size_t count) {
    out_.text += in_.substr(at_, count);
    at_ += count;
  }

  /// One character, unescaped.
  void read_character() {
    for (const auto& [name, character] : {std::pair{"&lt;", '<'}, std::pair{"&gt;", '>'}, std::pair{"&amp;", '&'}}) {
      if (!in_.substr(at_).starts_with(name)) continue;
      out_.text += character;
      at_ += std::string_view(name).size();
      return;
    }
    put(1);
  }

  void read_until(std::size_t end) {
    while (at_ < end) read_character();
  }

  /// "&gt; line", or "&gt;&gt;&gt; all the rest".
  void read_quotation() {
    const auto begin = out_.text.size();
    const bool rest = in_.substr(at_).starts_with("&gt;&gt;&gt;");
    const auto line = in_.find('\n', at_);
    read_until(rest || line == npos ? in_.size() : line);
    out_.quoted.push_back({begin, out_.text.size()});
    if (at_ < in_.size()) put(1);
  }

  void read_code() {
    const std::string_view fence = in_.substr(at_).starts_with("```") ? "```" : "`";
    const auto end = in_.find(fence, at_ + fence.size());
    const bool closes = end != npos && (fence.size() == 3 || in_.substr(at_, end - at_).find('\n') == npos);
    if (!closes) return put(1);
    const auto begin = out_.text.size();
    read_until(end + fence.size());
    out_.quoted.push_back({begin, out_.text.size()});
  }

  /// A style of whole words: "*so*". Its marks go; what is struck out was not said.
  void read_style(char mark) {
    const bool opens = at_ == 0 || !is_word(in_[at_ - 1]);
    const bool words_follow = at_ + 1 < in_.size() && !is_space(in_[at_ + 1]) && in_[at_ + 1] != mark;
    if (open_ == mark && close_ == at_) {
      if (mark == '~') out_.quoted.push_back({struck_from_, out_.text.size()});
      open_ = '\0';
      ++at_;
      return;
    }
    if (open_ != '\0' || !opens || !words_follow) return put(1);
    const auto line = std::min(in_.find('\n', at_), in_.size());
    for (auto end = in_.find(mark, at_ + 2); end < line; end = in_.find(mark, end + 1)) {
      if (is_space(in_[end - 1]) || (end + 1 < in_.size() && is_word(in_[end + 1]))) continue;
      open_ = mark;
      close_ = end;
      struck_from_ = out_.text.size();
      ++at_;
      return;
    }
    put(1);
  }

  void read_bracket() {
    const auto end = in_.find('>', at_);
    const auto inside = end == npos ? std::string_view() : in_.substr(at_ + 1, end - at_ - 1);
    if (inside.empty() || inside.find_first_of("<\n") != npos) return put(1);
    const auto bar = inside.find('|');
    const auto target = inside.substr(0, bar);
    const auto label = bar == npos ? std::string_view() : inside.substr(bar + 1);
    at_ = end + 1;
    if (target.starts_with('@')) {
      mention(target.substr(1), label);
    } else if (target.starts_with('#')) {
      say(label.empty() ? target : std::string("#").append(label));
    } else if (target.starts_with('!')) {
      say(!label.empty() ? std::string(label) : "@" + std::string(target.substr(1, target.find('^') - 1)));
    } else if (label.empty() || is_same_address(target, label)) {
      say(label.empty() ? target : label);
    } else {
      say(label);
      out_.text += " (";
      say(target);
      out_.text += ")";
    }
  }

  void say(std::string_view escaped) {
    const auto in = std::exchange(in_, escaped);
    const auto at = std::exchange(at_, 0);
    read_until(escaped.size());
    in_ = in;
    at_ = at;
  }

  void mention(std::string_view id, std::string_view label) {
    const bool first = std::ranges::all_of(out_.text, is_space);
    if (id == bot_user_ && !bot_user_.empty()) {
      out_.calls_bot = true;
      if (first) {
        // The first words of a message call the bot; they are no part of what it is told.
        while (at_ < in_.size() && (is_space(in_[at_]) || in_[at_] == ',' || in_[at_] == ':')) ++at_;
        return;
      }
      const auto begin = out_.text.size();
      say(label.empty() ? std::string("@").append(id) : std::string("@").append(label));
      out_.called.push_back({begin, out_.text.size()});
      return;
    }
    out_.calls_others = out_.calls_others || first;
    if (label.starts_with('@')) label.remove_prefix(1);
    const auto begin = out_.text.size();
    out_.text += '@';
    say(label.empty() ? id : label);
    osrbot::Sender person;
    person.id = id;
    person.handle = label;
    person.direct = id;
    out_.mentioned.push_back({{begin, out_.text.size()}, std::move(person)});
  }

  void drop_trailing_blanks() {
    while (!out_.text.empty() && is_space(out_.text.back())) out_.text.pop_back();
    std::erase_if(out_.quoted, [&](TextRange& range) {
      range.end = std::min(range.end, out_.text.size());
      return range.begin >= range.end;
    });
  }

  /// "claim T12 :tada:": a code that ends a line is decoration, unless it is all there is.
  void drop_emoji() {
    auto& text = out_.text;
    for (;;) {
      auto end = text.size();
      while (end > 0 && text[end - 1] == ' ') --end;
      if (end < 3 || text[end - 1] != ':') return;
      const auto colon = text.rfind(':', end - 2);
      if (colon == npos || colon == 0 || colon + 2 >= end || text[colon - 1] != ' ') return;
      const auto name = std::string_view(text).substr(colon + 1, end - colon - 2);
      const bool is_name = std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '+';
      });
      const auto before = text.find_last_not_of(' ', colon - 1);
      if (!is_name || before == npos || text[before] == '\n') return;
      if (!out_.quoted.empty() && out_.quoted.back().end > colon) return;
      text.resize(before + 1);
    }
  }

  std::string_view in_;
  const std::string_view bot_user_;
  std::size_t at_ = 0;
  MessageText out_;
  char open_ = '\0';  ///< the mark of the style that was opened; it closes at close_
  std::size_t close_ = 0;
  std::size_t struck_from_ = 0;
};

}  // namespace

MessageText read_text(std::string_view mrkdwn, std::string_view bot_user) {
  return MrkdwnReading(mrkdwn, bot_user).result();
}

}  // namespace osrbot::slack
