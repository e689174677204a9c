#include "commands/matches.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "commands/context.h"
#include "commands/need_terms.h"
#include "commands/skill_words.h"
#include "storage/profiles.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::Need;

constexpr std::size_t candidates_on_a_page = 10;
constexpr std::int64_t most_candidates = 90;  // whoever looks further should say more in the need
constexpr std::size_t suggestions_shown = 5;

void run_match(Context& context, const Args& args) {
  const Need& need = *context.need;
  const std::string ref = need_ref(need.id);
  if (need.state != storage::NeedState::open) throw UserError("invite.over", words_of(context.house, need));
  const auto* after = args.find<std::int64_t>("after");
  const auto from = static_cast<std::size_t>(after ? std::clamp<std::int64_t>(*after, 0, most_candidates) : 0);
  const auto found = candidates_for(context, need, from + candidates_on_a_page + 1);
  if (found.size() <= from) {
    context.reply(after ? "list.end" : "match.nobody",
                  {{"need", ref}, {"skill", wanted_skill(context.house.vocabulary, need.skill)}});
    return;
  }
  Message message;
  context.say(message, "match.head",
              {{"need", ref},
               {"skill", wanted_skill(context.house.vocabulary, need.skill)},
               {"project", project_ref(need.project_id)}});
  const std::size_t shown = std::min(found.size() - from, candidates_on_a_page);
  for (std::size_t i = from; i < from + shown; ++i) say_proposal(context, message, found[i]);
  context.say(message, "match.foot", {{"need", ref}});
  std::vector<Button> buttons = {context.button("button.invite", "invite " + ref, {{"need", ref}})};
  if (found.size() > from + shown && from + shown <= most_candidates) {
    buttons.push_back(context.button("button.more", fmt::format("match {} after {}", ref, from + shown)));
  }
  message.buttons.push_back(std::move(buttons));
  context.reply(message);
}

void run_suggest(Context& context, const Args&) {
  const auto profile = storage::profiles::find(context.db, context.sender.id);
  if (!profile || !profile->has_consent()) {
    throw UserError("suggest.no_profile", {}, {context.button("button.needs", "needs everywhere")});
  }
  Message message;
  if (!say_suggestions(context, message, suggestions_shown)) {
    throw UserError("suggest.none", {}, {context.button("button.needs", "needs everywhere")});
  }
  context.say(message, "suggest.foot");
  context.reply(message);
}

}  // namespace

bool say_suggestions(const Context& context, Message& message, std::size_t limit) {
  const auto suggestions = suggestions_for(context, context.sender.id, limit);
  if (suggestions.empty()) return false;
  context.say(message, "suggest.head");
  std::vector<Button> joins;
  for (const Suggestion& one : suggestions) {
    context.say(message, "suggest.line", words_of(context.house, one.need));
    say_reasons(context, message, context.language_of(context.sender), one.reasons);
    if (joins.size() < buttons_in_a_row) joins.push_back(join_button(context, one.need));
  }
  message.buttons.push_back(std::move(joins));
  return true;
}

Command match() {
  return {.name = "match",
          .aliases = {"candidates", "who fits"},
          .role = Role::coordinator,
          .about = About::need,
          .arguments = {{.name = "need", .kind = ArgumentKind::need},
                        {.name = "after", .kind = ArgumentKind::count, .required = false, .introduced_by = {"after"}}},
          .run = run_match};
}

Command suggest() {
  return {.name = "suggest",
          .aliases = {"what fits me", "suggestions", "needs for me"},
          .role = Role::guest,
          .about = About::nothing,
          .arguments = {},
          .run = run_suggest};
}

}  // namespace osrbot
