#include "tests/fakes/telegram_html.h"

#include <array>
#include <utility>

namespace osrbot::fakes {

namespace {

constexpr auto npos = std::string_view::npos;

/// The bytes of the character at the front, or 0 when it is not UTF-8.
std::size_t character_length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = lead < 0x80                   ? 1
                             : lead >= 0xC2 && lead < 0xE0 ? 2
                             : lead >= 0xE0 && lead < 0xF0 ? 3
                             : lead >= 0xF0 && lead < 0xF5 ? 4
                                                           : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) return 0;
  }
  const auto second = length > 1 ? static_cast<unsigned char>(text[1]) : 0U;
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool no_character = (lead == 0xED && second > 0x9F) || (lead == 0xF4 && second > 0x8F);
  return overlong || no_character ? 0 : length;
}

class Reader {
 public:
  explicit Reader(std::string_view html) : rest_(html) {}

  ReadHtml read() {
    while (!rest_.empty() && out_.error.empty()) {
      if (rest_[0] == '<') {
        read_tag();
      } else if (rest_[0] == '&') {
        read_reference();
      } else if (rest_[0] == '>') {
        out_.error = "a '>' that is not escaped";
      } else {
        take(character_length(rest_));
      }
    }
    if (out_.error.empty() && !open_.empty()) out_.error = "<" + out_.entities[open_.back()].tag + "> is not closed";
    return std::move(out_);
  }

 private:
  void take(std::size_t bytes) {
    if (bytes == 0) {
      out_.error = "not UTF-8";
      return;
    }
    out_.text += rest_.substr(0, bytes);
    out_.length += bytes == 4 ? 2 : 1;
    rest_.remove_prefix(bytes);
  }

  void read_reference() {
    static constexpr std::array<std::pair<std::string_view, char>, 4> known = {
        {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}}};
    for (const auto& [name, c] : known) {
      if (!rest_.starts_with(name)) continue;
      out_.text += c;
      ++out_.length;
      rest_.remove_prefix(name.size());
      return;
    }
    out_.error = "an '&' that is not escaped";
  }

  void read_tag() {
    const auto end = rest_.find('>');
    if (end == npos) {
      out_.error = "a '<' that is not escaped";
      return;
    }
    auto tag = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    if (tag.starts_with('/')) return close(tag.substr(1));
    HtmlEntity entity{.tag = std::string(tag.substr(0, tag.find(' '))), .href = {}, .offset = out_.length, .length = 0};
    if (tag.starts_with("a href=\"") && tag.ends_with('"') && tag.size() > 9) {
      entity.href = tag.substr(8, tag.size() - 9);
      if (entity.href.find_first_of("\"<>") != std::string::npos) out_.error = "an attribute that is not escaped";
    } else if (tag != "b" && tag != "i" && tag != "code" && tag != "pre") {
      out_.error = "unknown tag <" + std::string(tag) + ">";
    }
    open_.push_back(out_.entities.size());
    out_.entities.push_back(std::move(entity));
  }

  void close(std::string_view tag) {
    if (open_.empty() || out_.entities[open_.back()].tag != tag) {
      out_.error = "</" + std::string(tag) + "> closes nothing";
      return;
    }
    auto& entity = out_.entities[open_.back()];
    entity.length = out_.length - entity.offset;
    open_.pop_back();
  }

  std::string_view rest_;
  std::vector<std::size_t> open_;
  ReadHtml out_;
};

}  // namespace

ReadHtml read_html(std::string_view html) {
  return Reader(html).read();
}

}  // namespace osrbot::fakes
