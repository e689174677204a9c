#include "commands/searches.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "commands/candidates.h"
#include "commands/context.h"
#include "commands/local_time.h"
#include "commands/matches.h"
#include "commands/need_questions.h"
#include "commands/need_terms.h"
#include "commands/payload.h"
#include "commands/skill_words.h"
#include "storage/audit.h"
#include "storage/invitations.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::Invitation;
using storage::Need;
using storage::NeedState;
using storage::Search;
namespace searches = storage::searches;

constexpr int invitations_on_a_page = 10;

Arguments words_about(const House& house, const Need& need, const storage::Project& project) {
  Arguments arguments = words_of(house, need);
  arguments.emplace_back("title", project.title);
  return arguments;
}

void tell_coordinators(const Voice& voice, const storage::Project& project, std::string_view key,
                       const Arguments& arguments) {
  for (const storage::Person& one : storage::projects::coordinators(voice.db, project.id)) {
    voice.tell(one, key, arguments, {}, {}, Occasion::personal);
  }
}

/// The invitation, with what speaks for the person and every way to answer.
Message letter(const Voice& voice, const Need& need, const storage::Project& project, const Proposal& to) {
  const std::string& language = voice.language_of(to.person);
  Message message;
  voice.say(message, language, "invitation", words_about(voice.house, need, project));
  say_reasons(voice, message, language, to.reasons);
  voice.say(message, language, "invitation.foot", {{"need", need_ref(need.id)}});
  const auto button = [&](std::string_view label, std::string command) {
    return Button{.label = voice.house.words.text(language, label), .command = std::move(command), .url = ""};
  };
  const std::string ref = need_ref(need.id);
  message.buttons.push_back(
      {button("button.yes", "invitation yes " + ref), button("button.no", "invitation no " + ref)});
  message.buttons.push_back({button("button.refer", "invitation refer " + ref),
                             button("button.why_me", "invitation why " + ref), button("button.stop", "stop")});
  return message;
}

/// Sends one wave; how many it reached. Those who cannot be reached are noted, and others asked in their place.
int send_wave(const Voice& voice, const Need& need, const storage::Project& project, std::int64_t wave,
              std::size_t size) {
  int reached = 0;
  // Whoever was noted is not proposed again: this ends when the wave is full or nobody is left.
  while (std::cmp_less(reached, size)) {
    const auto proposals = next_wave(voice, need, size - static_cast<std::size_t>(reached));
    if (proposals.empty()) break;
    for (const Proposal& one : proposals) {
      auto direct = storage::people::direct_conversation(voice.db, one.person.id, {});
      const bool told =
          direct && voice.tell(one.person, letter(voice, need, project, one), direct->adapter, Occasion::unasked);
      if (!told) direct.reset();
      storage::invitations::add(voice.db, need.id, one.person.id, wave, to_json(one.reasons), direct, voice.now);
      reached += told ? 1 : 0;
    }
  }
  return reached;
}

void record_wave(const Voice& voice, const Need& need, std::int64_t wave, int reached) {
  storage::audit::append(voice.db,
                         {.person_id = std::nullopt,
                          .action = "invitations.sent",
                          .object = need_ref(need.id),
                          .project_id = need.project_id,
                          .details = to_payload({{"wave", wave}, {"people", reached}}),
                          .adapter = timer_adapter,
                          .update_key = voice.update_key},
                         voice.now);
}

std::string joined(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

/// What people have answered so far, and what a coordinator could do about it.
Arguments answers_to(const Voice& voice, const Need& need) {
  auto noes = storage::invitations::reasons(voice.db, need.id);
  int all = 0;
  for (const auto& [reason, count] : noes) all += count;
  return {{"noes", all},
          {"time", noes["time"]},
          {"skill", noes["skill"]},
          {"language", noes["language"]},
          {"topic", noes["topic"]},
          {"need", need_ref(need.id)}};
}

void give_up(const Voice& voice, const Need& need, const storage::Project& project, std::string_view why,
             const std::vector<std::string>& unreachable) {
  searches::end(voice.db, need.id, why);
  Arguments arguments = answers_to(voice, need);
  arguments.emplace_back("why", why);
  arguments.emplace_back("wanted", wanted_skill(voice.house.vocabulary, need.skill));
  arguments.emplace_back("unreachable", joined(unreachable));
  tell_coordinators(voice, project, "search.over", arguments);
}

void go_on(const Voice& voice, const Need& need, const storage::Project& project, const Search& search) {
  const MatchingConfig& config = voice.house.config.matching;
  const auto later = voice.now + std::chrono::days(config.wave_days);
  auto unreachable = storage::invitations::tell_unreachable(voice.db, need.id);
  const std::int64_t pending = storage::invitations::pending(voice.db, need.id, search.wave);
  const bool is_due = *search.next_at <= voice.now;
  const bool enough_say_no = pending < need.wanted();
  const bool enough_say_yes = pending >= need.wanted() && storage::invitations::open(voice.db, need.id) == 0;
  if ((!is_due && !enough_say_no) || enough_say_yes) {
    // Enough may still come, or have said yes and wait for a coordinator.
    searches::go_on(voice.db, need.id, search.wave, is_due ? later : *search.next_at);
    if (!unreachable.empty()) {
      tell_coordinators(voice, project, "search.unreachable",
                        {{"need", need_ref(need.id)}, {"unreachable", joined(unreachable)}});
    }
    return;
  }
  if (search.wave >= config.waves) return give_up(voice, need, project, "waves", unreachable);
  const std::int64_t wave = search.wave + 1;
  const int reached = send_wave(voice, need, project, wave, static_cast<std::size_t>(search.size));
  std::ranges::move(storage::invitations::tell_unreachable(voice.db, need.id), std::back_inserter(unreachable));
  if (reached == 0 && pending == 0) return give_up(voice, need, project, "nobody", unreachable);
  if (reached > 0) record_wave(voice, need, wave, reached);
  searches::go_on(voice.db, need.id, reached > 0 ? wave : search.wave, later);
  if (reached == 0) return;
  Arguments arguments = answers_to(voice, need);
  arguments.emplace_back("wave", wave);
  arguments.emplace_back("people", reached);
  arguments.emplace_back("unreachable", joined(unreachable));
  tell_coordinators(voice, project, "search.wave", arguments);
}

void run_timer(const Voice& voice, const std::string& payload) {
  const auto need = storage::needs::find(voice.db, Payload(payload).integer("need"));
  if (!need) return;
  const auto search = searches::find(voice.db, need->id);
  if (!search || !search->next_at) return;
  const auto project = storage::projects::find(voice.db, need->project_id);
  if (need->state != NeedState::open || project->archived_at) {
    end_search(voice, *need, need->state == NeedState::filled ? "filled" : "closed");
    return;
  }
  try {
    go_on(voice, *need, *project, *search);
  } catch (const UserError&) {
    // The index is being built, or the need lost its skill: a coordinator is told when they look; it is tried again.
    searches::go_on(voice.db, need->id, search->wave, voice.now + std::chrono::minutes(5));
  }
}

/// Refuses for a need that nobody can be invited for.
void require_open(const Context& context) {
  if (context.need->state == NeedState::open) return;
  throw UserError("invite.over", words_of(context.house, *context.need));
}

void run_invite(Context& context, const Args&) {
  require_open(context);
  const Need& need = *context.need;
  const std::string ref = need_ref(need.id);
  if (!is_whole(need) || need.skill_id.empty()) {
    Message message;
    context.say(message, "invite.incomplete", {{"need", ref}});
    ask_next(context, message, need);
    context.reply(message);
    return;
  }
  const auto before = searches::find(context.db, need.id);
  if (before && before->next_at) {
    throw UserError("invite.running", {{"need", ref}, {"wave", before->wave}},
                    {context.button("button.invitations", "invitations " + ref, {{"need", ref}})});
  }
  const MatchingConfig& config = context.house.config.matching;
  const auto size = static_cast<std::size_t>(config.wave_size);
  if (!context.confirmed) {
    const auto proposals = next_wave(context, need, size);
    if (proposals.empty())
      throw UserError("invite.nobody", {{"need", ref}, {"skill", wanted_skill(context.house.vocabulary, need.skill)}});
    Message preview;
    context.say(preview, "invite.preview",
                {{"need", ref},
                 {"skill", wanted_skill(context.house.vocabulary, need.skill)},
                 {"count", proposals.size()},
                 {"days", config.wave_days}});
    for (const Proposal& one : proposals) say_proposal(context, preview, one);
    context.say(preview, "invite.preview.foot", {{"days", config.wave_days}, {"waves", config.waves}});
    context.ask(std::move(preview));
    return;
  }
  const std::int64_t wave = before ? before->wave + 1 : 1;
  searches::start(context.db, need.id, context.sender.id, config.wave_size, context.now);
  const int reached = send_wave(context, need, *context.project, wave, size);
  const auto unreachable = storage::invitations::tell_unreachable(context.db, need.id);
  context.record("invitations.started", ref, {{"wave", wave}, {"people", std::int64_t{reached}}});
  if (reached == 0) {
    searches::end(context.db, need.id, "nobody");
    context.reply("invite.none_reached", {{"need", ref}, {"unreachable", joined(unreachable)}});
    return;
  }
  searches::go_on(context.db, need.id, wave, context.now + std::chrono::days(config.wave_days));
  context.reply("invite.done",
                {{"need", ref}, {"count", reached}, {"days", config.wave_days}, {"unreachable", joined(unreachable)}},
                {context.button("button.invitations", "invitations " + ref, {{"need", ref}})});
}

void run_invite_stop(Context& context, const Args&) {
  const Need& need = *context.need;
  const auto search = searches::find(context.db, need.id);
  if (!search || !search->next_at) throw UserError("invite.stop.none", {{"need", need_ref(need.id)}});
  end_search(context, need, "stopped");
  context.record("invitations.stopped", need_ref(need.id));
  context.reply("invite.stopped", {{"need", need_ref(need.id)}});
}

void run_invitations(Context& context, const Args& args) {
  const Need& need = *context.need;
  const std::string ref = need_ref(need.id);
  const auto* after = args.find<std::int64_t>("after");
  const auto page = storage::invitations::of_need(context.db, need.id, after ? *after : 0, invitations_on_a_page + 1);
  const auto search = searches::find(context.db, need.id);
  if (page.empty()) {
    context.reply(after ? "list.end" : "invitations.empty", {{"need", ref}});
    return;
  }
  Message message;
  const auto next = search ? search->next_at : std::nullopt;
  context.say(message, "invitations.head",
              {{"need", ref},
               {"skill", wanted_skill(context.house.vocabulary, need.skill)},
               {"filled", need.filled},
               {"count", need.count},
               {"wave", search ? search->wave : 0},
               {"ended", search ? search->ended : ""},
               {"next", next ? std::optional(local_day(*next, context.sender.time_zone)) : std::nullopt}});
  const std::size_t shown = std::min<std::size_t>(page.size(), invitations_on_a_page);
  for (std::size_t i = 0; i < shown; ++i) {
    const Invitation& one = page[i];
    context.say(message, "invitations.line",
                {{"wave", one.wave},
                 {"person", one.person_name},
                 {"state", one.has_come ? std::string("came") : one.state},
                 {"reason", one.why_not}});
  }
  if (page.size() > shown) {
    message.buttons.push_back(
        {context.button("button.more", fmt::format("invitations {} after {}", ref, page[shown - 1].id))});
  }
  context.reply(message);
}

}  // namespace

void end_search(const Voice& voice, const Need& need, std::string_view why) {
  const auto search = searches::find(voice.db, need.id);
  if (!search) return;
  searches::end(voice.db, need.id, why);
  const auto project = storage::projects::find(voice.db, need.project_id);
  for (const Invitation& one : storage::invitations::withdraw(voice.db, need.id, voice.now)) {
    const auto person = storage::people::find(voice.db, one.person_id);
    if (!person) continue;
    Arguments arguments = words_about(voice.house, need, *project);
    arguments.emplace_back("why", why);
    voice.tell(*person, "invitation.withdrawn", arguments, {}, {}, Occasion::unasked);
  }
}

Command invite() {
  return {.name = "invite",
          .aliases = {"invite people"},
          .role = Role::coordinator,
          .about = About::need,
          .arguments = {{.name = "need", .kind = ArgumentKind::need}},
          .run = run_invite};
}

Command invite_stop() {
  return {.name = "invite stop",
          .aliases = {"stop inviting", "uninvite"},
          .role = Role::coordinator,
          .about = About::need,
          .arguments = {{.name = "need", .kind = ArgumentKind::need}},
          .run = run_invite_stop};
}

Command invitations() {
  return {.name = "invitations",
          .aliases = {"invited"},
          .role = Role::coordinator,
          .about = About::need,
          .arguments = {{.name = "need", .kind = ArgumentKind::need},
                        {.name = "after", .kind = ArgumentKind::count, .required = false, .introduced_by = {"after"}}},
          .run = run_invitations};
}

Timer search_timer() {
  return {.kind = searches::job, .run = run_timer};
}

}  // namespace osrbot
