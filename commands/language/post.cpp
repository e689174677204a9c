#include "commands/language/post.h"

#include <algorithm>

#include "commands/language/details.h"
#include "commands/language/guard.h"
#include "commands/language/intent.h"
#include "commands/language/needs.h"
#include "commands/language/project_ref.h"
#include "commands/language/safety.h"
#include "commands/language/text.h"

namespace osrbot::language {
namespace {

bool is_addressed(const Reading& reading, const PostContext& context) {
  const auto& tokens = reading.tokens();
  if (context.addressed) return true;
  return std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
    return token.kind == TokenKind::mention &&
           std::any_of(context.bot_handles.begin(), context.bot_handles.end(),
                       [&](const std::string& handle) { return fold(handle) == tokens.folded(token); });
  });
}

/// Contact details in a call are what their writer wants to be seen.
bool is_contact(const GuardFinding& finding) {
  return finding.severity == Severity::warn &&
         (finding.reason == "an e-mail address" || finding.reason == "a phone number");
}

void flag(Post& post, std::string_view name) {
  if (std::find(post.flags.begin(), post.flags.end(), name) == post.flags.end()) post.flags.emplace_back(name);
}

/// Intent, project, skills, needs and the rest of a text that may be read.
void understand(const Reading& reading, const PostContext& context, Post& post) {
  const auto& tokens = reading.tokens();
  const auto verdict = read_intent(reading);
  post.intent = verdict.intent;
  const auto note = [&](std::string_view field, std::string value, std::size_t first, std::size_t last) {
    post.evidence.push_back({field, std::move(value), tokens[first].begin, tokens[last - 1].end});
  };
  if (verdict.cue) note("intent", std::string(name_of(post.intent)), verdict.cue->first, verdict.cue->last);
  if (verdict.repost) {
    flag(post, "repost");
    post.action = Action::ignore;
    return;
  }
  if (verdict.negated_call) flag(post, "negated-call");
  if (post.intent == Intent::optout) return;

  if (const auto project = find_project(reading, context.projects)) {
    post.project = project->project;
    post.extra.project_hint = project->hint;
    note("project", post.project.empty() ? project->hint : post.project, project->first, project->last);
  }
  if (post.project.empty() && !context.thread_project.empty()) {
    post.project = context.thread_project;
    post.extra.project_source = "thread";
  }
  const auto quantities = find_quantities(tokens, reading.language());
  // "URGENT: 5 volunteers for data collection, P8" calls without a verb.
  const bool pressing = !post.project.empty() || reading.has(Sense::urgency) || reading.has(Sense::deadline);
  if (post.intent == Intent::none && !verdict.negated_call && pressing && reading.has(Sense::skill) &&
      read_needs(reading, quantities).count) {
    post.intent = Intent::call;
  }
  if (post.intent == Intent::call) {
    auto needs = read_needs(reading, quantities);
    for (const auto& need : needs.needs) post.skills.push_back(need.skill);
    post.needs = std::move(needs.needs);
    post.count = needs.count;
    post.extra.count_max = needs.count_max;
    post.evidence.insert(post.evidence.end(), needs.evidence.begin(), needs.evidence.end());
  } else if (post.intent != Intent::none) {
    for (const auto* hit : skills_of(reading)) {
      const auto& id = reading.lexicon().skills()[reading.meaning(*hit).value].id;
      post.skills.push_back(id);
      note("skills", id, hit->first, hit->last);
    }
  }
  read_details(reading, quantities, find_dates(tokens, context.posted_at, reading.language()), post);
  const bool wants_skill = post.intent == Intent::call || post.intent == Intent::offer;
  if (wants_skill && post.skills.empty() && post.extra.role.empty() && post.extra.languages.empty())
    flag(post, "no-skill-stated");
  if (post.intent != Intent::none && (has_number_of_things(reading, quantities))) flag(post, "number-not-count");
}

}  // namespace

std::string_view name_of(Intent intent) {
  switch (intent) {
    case Intent::none:
      return "none";
    case Intent::call:
      return "call";
    case Intent::offer:
      return "offer";
    case Intent::join:
      return "join";
    case Intent::idea:
      return "idea";
    case Intent::question:
      return "question";
    case Intent::update:
      return "update";
    case Intent::leave:
      return "leave";
    case Intent::optout:
      return "optout";
  }
  return "none";
}

std::string_view name_of(Action action) {
  switch (action) {
    case Action::ignore:
      return "ignore";
    case Action::queue:
      return "queue";
    case Action::reply:
      return "reply";
    case Action::withhold:
      return "withhold";
  }
  return "ignore";
}

std::string_view name_of(TagMatch match) {
  switch (match) {
    case TagMatch::none:
      return "none";
    case TagMatch::misspelling:
      return "misspelling";
    case TagMatch::alias:
      return "alias";
    case TagMatch::casefold:
      return "casefold";
    case TagMatch::exact:
      return "exact";
  }
  return "none";
}

Post parse_post(std::string_view text, const PostContext& context, const Lexicon& lexicon) {
  const Reading reading(text, lexicon);
  const auto guard = check_patient_data(reading.tokens());
  const auto safety = check_safety(reading);
  Post post;
  post.language = std::string(reading.language());
  post.addressed = is_addressed(reading, context);
  post.tag = find_tag(reading.tokens(), context.tag).match;

  bool patient_data = false;
  for (const auto& finding : guard.findings) {
    if (is_contact(finding)) continue;
    patient_data = true;
    flag(post, finding.name);
  }
  for (const auto& name : safety.flags) flag(post, name);
  if (patient_data || safety.withhold) {
    post.action = Action::withhold;
    return post;
  }
  if (safety.ignore) return post;

  post.action = post.addressed ? Action::reply : post.tag != TagMatch::none ? Action::queue : Action::ignore;
  understand(reading, context, post);
  // Orders to the bot between the lines of a post are not answered.
  const bool orders = std::find(post.flags.begin(), post.flags.end(), "injection-attempt") != post.flags.end();
  if (orders && post.intent != Intent::call && post.intent != Intent::optout) {
    const auto flags = post.flags;
    Post silent;
    silent.language = post.language;
    silent.addressed = post.addressed;
    silent.tag = post.tag;
    silent.flags = {"injection-attempt"};
    return silent;
  }
  return post;
}

}  // namespace osrbot::language
