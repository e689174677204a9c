#include "adapters/x/post_reader.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "adapters/json_fields.h"
#include "adapters/json_parts.h"

namespace osrbot::x {
namespace {

using nlohmann::json;

constexpr std::string_view blanks = " \t\n";

const json& no_array() {
  static const json none = json::array();
  return none;
}

/// A member that is an array; an empty one when it is absent. X is renaming "tweets" to "posts".
const json& list(const json& object, const char* name, const char* older_name = nullptr) {
  const json* found = field(object, name);
  if (found == nullptr && older_name != nullptr) found = field(object, older_name);
  return found != nullptr && found->is_array() ? *found : no_array();
}

bool same_handle(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

/// X escapes these three, and nothing else.
std::string unescaped(std::string_view text) {
  static constexpr std::pair<std::string_view, char> escapes[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}};
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto escape = std::ranges::find_if(
        escapes, [&](const auto& one) { return text[at] == '&' && text.substr(at).starts_with(one.first); });
    if (escape != std::end(escapes)) {
      out += escape->second;
      at += escape->first.size();
    } else {
      out += text[at++];
    }
  }
  return out;
}

/// The byte at which the code point of this number begins.
std::size_t byte_of(std::string_view text, std::int64_t code_point) {
  std::size_t at = 0;
  for (; at < text.size() && code_point > 0; --code_point) {
    do ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U);
  }
  return at;
}

struct PostText {
  std::string text;
  std::vector<TextRange> mentions;
};

/// The text without what X hides at its beginning: the mentions by which an answer reaches those who take part.
std::string visible_text(const json& post) {
  const json* note = field(post, "note_post");
  if (note == nullptr) note = field(post, "note_tweet");
  std::string text = string(note != nullptr && note->is_object() ? *note : post, "text");
  const json& range = list(post, "display_text_range");
  if (range.size() == 2 && range[0].is_number_integer()) text.erase(0, byte_of(text, range[0].get<std::int64_t>()));
  return unescaped(text);
}

class Reading {
 public:
  Reading(const json& post, const json& includes, const Self& self, const TextRules& rules)
      : post_(post), includes_(includes), self_(self), rules_(rules) {}

  std::optional<Update> update() {
    const auto id = string(post_, "id");
    const auto author = string(post_, "author_id");
    if (to_id(id) == 0 || to_id(author) == 0 || author == self_.id || refers("retweeted")) return std::nullopt;
    const auto root = string(post_, "conversation_id");
    Update update;
    update.place = {.adapter = "x", .workspace = {}, .conversation = root.empty() ? id : root, .thread = {}};
    update.from = person(author);
    update.message_id = id;
    update.key = message_key(update.place, id);
    read_edit(id, update);
    update.url = "https://x.com/" + (update.from.handle.empty() ? "i" : update.from.handle) + "/status/" + id;
    update.at = time_of(to_id(id));
    if (const json* replied = reference("replied_to")) update.reply_to = string(*replied, "id");
    read_text(update);
    return update;
  }

 private:
  const json* reference(std::string_view type) const {
    for (const json& one : list(post_, "referenced_posts", "referenced_tweets")) {
      if (string(one, "type") == type) return &one;
    }
    return nullptr;
  }
  bool refers(std::string_view type) const { return reference(type) != nullptr; }

  const json* user_by_id(std::string_view id) const {
    for (const json& one : list(includes_, "users")) {
      if (string(one, "id") == id) return &one;
    }
    return nullptr;
  }
  const json* user_by_handle(std::string_view handle) const {
    for (const json& one : list(includes_, "users")) {
      if (same_handle(string(one, "username"), handle)) return &one;
    }
    return nullptr;
  }

  Sender person(const std::string& id) const {
    Sender sender{.id = id};
    if (const json* known = user_by_id(id)) {
      sender.name = string(*known, "name");
      sender.handle = string(*known, "username");
    } else {
      sender.handle = string(post_, "username");
    }
    if (sender.name.empty()) sender.name = sender.handle;
    return sender;
  }

  /// An edited post is a new one that names those before it; what the first one ran is not run again.
  void read_edit(const std::string& id, Update& update) const {
    const json& versions = list(post_, "edit_history_post_ids", "edit_history_tweet_ids");
    if (versions.empty() || !versions[0].is_string() || versions[0] == id) return;
    update.kind = UpdateKind::edited;
    update.message_id = versions[0].get<std::string>();
    update.key = "e" + update.place.conversation + ":" + id;
  }

  void read_text(Update& update) const {
    std::string text = visible_text(post_);
    const bool is_reply = !update.reply_to.empty();
    const auto mentions = rules_.mentions(text);
    const auto is_self = [&](const TextRange& one) { return is_own(std::string_view(text), one); };
    update.addressed = std::ranges::any_of(mentions, is_self) ||
                       (is_reply && string(post_, "in_reply_to_user_id") == self_.id) || quotes_self();
    // Answers begin with those who take part, as long as X does not hide that; the bot's own name says nothing more.
    std::size_t begin = 0;
    std::size_t first = 0;
    for (; first < mentions.size(); ++first) {
      const auto words = text.find_first_not_of(blanks, begin);
      if (words != mentions[first].begin || !(is_reply || is_self(mentions[first]))) break;
      begin = mentions[first].end;
    }
    std::size_t end = text.size();
    std::size_t last = mentions.size();
    while (last > first && is_self(mentions[last - 1]) &&
           text.find_first_not_of(blanks, mentions[last - 1].end) >= end) {
      end = mentions[--last].begin;
    }
    begin = std::min(text.find_first_not_of(blanks, begin), end);
    while (end > begin && blanks.contains(text[end - 1])) --end;
    for (std::size_t i = first; i < last; ++i) {
      update.mentioned.push_back({.range = {mentions[i].begin - begin, mentions[i].end - begin},
                                  .person = mentioned(std::string_view(text), mentions[i])});
    }
    update.text = text.substr(begin, end - begin);
  }

  static std::string_view handle_of(std::string_view text, const TextRange& mention) {
    auto handle = text.substr(mention.begin, mention.end - mention.begin);
    handle.remove_prefix(handle.front() == '@' ? 1 : 3);  // or the full-width sign
    return handle;
  }
  bool is_own(std::string_view text, const TextRange& mention) const {
    return same_handle(handle_of(text, mention), self_.handle);
  }

  Sender mentioned(std::string_view text, const TextRange& mention) const {
    Sender sender{.handle = std::string(handle_of(text, mention))};
    sender.name = sender.handle;
    if (const json* known = user_by_handle(sender.handle)) return person(string(*known, "id"));
    const json* entities = field(post_, "entities");
    if (entities == nullptr) return sender;
    for (const json& one : list(*entities, "mentions")) {
      if (same_handle(string(one, "username"), sender.handle)) sender.id = string(one, "id");
    }
    return sender;
  }

  bool quotes_self() const {
    const json* quoted = reference("quoted");
    if (quoted == nullptr) return false;
    const auto id = string(*quoted, "id");
    return std::ranges::any_of(list(includes_, "posts", "tweets"), [&](const json& one) {
      return string(one, "id") == id && string(one, "author_id") == self_.id;
    });
  }

  const json& post_;
  const json& includes_;
  const Self& self_;
  const TextRules& rules_;
};

ReadPost read_post(const json& post, const json& includes, const Self& self, const TextRules& rules) {
  ReadPost read{.id = to_id(string(post, "id")), .update = std::nullopt};
  read.update = Reading(post, includes, self, rules).update();
  return read;
}

struct Parts {
  std::vector<std::string_view> data;
  json includes = json::object();
  json meta = json::object();
};

/// An answer with a list, cut into what can be read alone.
Parts parts_of(std::string_view text) {
  const auto found = members(text);
  if (!found) throw Malformed("the answer is not whole JSON");
  Parts parts;
  for (const auto& [name, value] : *found) {
    if (name == "data") {
      auto data = elements(value);
      if (!data) throw Malformed("data is no list");
      parts.data = *std::move(data);
    } else if (name == "includes") {
      parts.includes = read_json(value);
    } else if (name == "meta") {
      parts.meta = read_json(value);
    }
  }
  return parts;
}

template <typename Read>
Page page_of(std::string_view text, Read read) {
  const Parts parts = parts_of(text);
  Page page;
  for (const auto one : parts.data) {
    ReadPost post;
    try {
      post = read(read_json(one), parts.includes);
    } catch (const Malformed&) {
      // It is charged like any other; nothing can be made of it.
    }
    page.newest = std::max(page.newest, post.id);
    page.posts.push_back(std::move(post));
  }
  page.newest = std::max(page.newest, to_id(string(parts.meta, "newest_id")));
  page.next = string(parts.meta, "next_token");
  return page;
}

}  // namespace

StreamLine PostReader::stream_line(std::string_view line) const {
  StreamLine out;
  if (line.find_first_not_of(blanks) == std::string_view::npos) return out;
  try {
    const json value = read_json(line);
    if (const json* data = field(value, "data"); data != nullptr && data->is_object()) {
      const json* includes = field(value, "includes");
      out.post = read_post(*data, includes != nullptr ? *includes : json::object(), self_, rules_);
    } else if (const json& errors = list(value, "errors"); !errors.empty()) {
      out.problem = string(errors[0], "title") + ": " + string(errors[0], "detail");
    } else {
      out.problem = "neither a post nor an error";
    }
  } catch (const Malformed& error) {
    out.problem = error.what();
  }
  return out;
}

Page PostReader::posts(std::string_view text) const {
  return page_of(text,
                 [&](const json& post, const json& includes) { return read_post(post, includes, self_, rules_); });
}

Page PostReader::messages(std::string_view text) const {
  return page_of(text, [&](const json& event, const json& includes) {
    ReadPost read{.id = to_id(string(event, "id")), .update = std::nullopt};
    const auto sender = string(event, "sender_id");
    if (read.id == 0 || to_id(sender) == 0 || sender == self_.id) return read;
    Update update;
    update.place = {.adapter = "x", .workspace = {}, .conversation = sender, .thread = {}, .is_private = true};
    update.from.id = sender;
    for (const json& user : list(includes, "users")) {
      if (string(user, "id") != sender) continue;
      update.from.name = string(user, "name");
      update.from.handle = string(user, "username");
    }
    update.message_id = string(event, "id");
    update.key = message_key(update.place, update.message_id);
    update.text = unescaped(string(event, "text"));
    update.at = time_of(read.id);
    update.addressed = true;
    if (!update.text.empty()) read.update = std::move(update);
    return read;
  });
}

std::vector<std::string> missing_posts(std::string_view text) {
  std::vector<std::string> ids;
  const json answer = read_json(text);
  for (const json& error : list(answer, "errors")) {
    if (!string(error, "type").ends_with("/resource-not-found")) continue;
    auto id = string(error, "resource_id");
    if (id.empty()) id = string(error, "value");
    if (to_id(id) != 0) ids.push_back(std::move(id));
  }
  return ids;
}

std::vector<OwnPost> own_posts(std::string_view text) {
  std::vector<OwnPost> posts;
  for (const auto one : parts_of(text).data) {
    const json post = read_json(one);
    OwnPost own{.id = string(post, "id"), .reply_to = "", .text = unescaped(string(post, "text"))};
    for (const json& reference : list(post, "referenced_posts", "referenced_tweets")) {
      if (string(reference, "type") == "replied_to") own.reply_to = string(reference, "id");
    }
    posts.push_back(std::move(own));
  }
  return posts;
}

}  // namespace osrbot::x
