#include "commands/call_pictures.h"

#include <algorithm>
#include <array>

#include "commands/text_limits.h"
#include "storage/announcements.h"

namespace osrbot {
namespace {

namespace calls = storage::calls;

constexpr std::size_t longest_alt = 1000;  // code points, as X takes them
constexpr std::size_t megabytes = largest_picture / 1'000'000;
constexpr std::string_view blanks = " \t\n";
constexpr std::array<std::string_view, 10> quotation_marks = {"\"", "“", "”", "„", "«", "»", "‘", "’", "「", "」"};

std::string_view trimmed(std::string_view text) {
  const auto begin = std::min(text.find_first_not_of(blanks), text.size());
  const auto end = text.find_last_not_of(blanks);
  return end == std::string_view::npos ? std::string_view() : text.substr(begin, end - begin + 1);
}

/// What is left when a word that stands alone is taken from the beginning; nothing: the text does not begin with it.
std::optional<std::string_view> behind(std::string_view text, std::string_view word) {
  if (!text.starts_with(word)) return std::nullopt;
  text.remove_prefix(word.size());
  if (text.starts_with(':')) text.remove_prefix(1);
  if (!text.empty() && !blanks.contains(text.front())) return std::nullopt;
  return trimmed(text);
}

/// Behind "alt" or "alt text".
std::optional<std::string_view> description(std::string_view text) {
  for (const std::string_view word : {"alt text", "Alt text", "alt", "Alt"}) {
    if (const auto rest = behind(text, word)) return rest;
  }
  return std::nullopt;
}

/// The text in quotation marks that a text is, and nothing else.
std::optional<std::string_view> quotation(std::string_view text) {
  const auto opens = std::ranges::find_if(quotation_marks, [&](auto mark) { return text.starts_with(mark); });
  if (opens == quotation_marks.end()) return std::nullopt;
  text.remove_prefix(opens->size());
  const auto closes = std::ranges::find_if(quotation_marks, [&](auto mark) { return text.ends_with(mark); });
  if (closes == quotation_marks.end()) return std::nullopt;
  text.remove_suffix(closes->size());
  return text;
}

}  // namespace

CallWords call_words_in(std::string_view written) {
  written = trimmed(written);
  if (const auto all = description(written)) {
    return {.text = "", .alt = std::string(trimmed(quotation(*all).value_or(*all)))};
  }
  // The last "alt" that is followed by nothing but a quotation: the word itself may well be one of the call's.
  for (auto at = written.rfind("alt"); at != std::string_view::npos && at > 0; at = written.rfind("alt", at - 1)) {
    if (!blanks.contains(written[at - 1])) continue;
    const auto rest = description(written.substr(at));
    const auto quoted = rest ? quotation(*rest) : std::nullopt;
    if (quoted) return {.text = std::string(trimmed(written.substr(0, at))), .alt = std::string(trimmed(*quoted))};
  }
  return {.text = std::string(written), .alt = ""};
}

std::string keep_picture(Context& context, const PictureWish& wish) {
  using State = SentPicture::State;
  const std::int64_t need = context.need->id;
  const auto refuse = [&](std::string_view why) {
    throw UserError("announce.picture", {{"why", why}, {"need", need_ref(need)}, {"limit", megabytes}});
  };
  const auto note = [&](std::string_view state) {
    context.record("call.pictured", need_ref(need), {{"language", wish.language}, {"state", state}});
  };
  const std::string alt = checked_optional_text(wish.alt, "announce.alt", longest_alt);
  const auto& sent = context.update.picture;
  const bool takes_pictures = context.house.platform(wish.target).pictures;
  if (sent && !takes_pictures) refuse("place");
  const auto kept = calls::picture_alt(context.db, need, wish.language);
  if (wish.gone) {
    if (!kept && !context.confirmed) refuse("none");
    if (!kept) return "";  // it went with the preview
    calls::drop_picture(context.db, need, wish.language);
    note("gone");
    return "";
  }
  if (sent) {
    if (sent->state == State::too_large) refuse("size");
    if (sent->state == State::other_kind) refuse("kind");
    if (sent->state == State::missing) refuse("missing");
    if (alt.empty()) refuse("alt");
    calls::give_picture(context.db, need, wish.language,
                        {.media_type = sent->picture.media_type, .content = sent->picture.content, .alt = alt},
                        context.now);
    note("given");
    return alt;
  }
  if (!alt.empty() && alt != kept) {
    if (!kept) refuse("none");
    calls::set_picture_alt(context.db, need, wish.language, alt);
    note("given");
    return alt;
  }
  return takes_pictures ? kept.value_or("") : "";
}

std::optional<Picture> picture_of_call(const Context& context, const std::string& language) {
  auto kept = calls::picture(context.db, context.need->id, language);
  if (!kept) return std::nullopt;
  return Picture{
      .media_type = std::move(kept->media_type), .content = std::move(kept->content), .alt = std::move(kept->alt)};
}

}  // namespace osrbot
