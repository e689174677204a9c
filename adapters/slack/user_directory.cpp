#include "adapters/slack/user_directory.h"

#include <algorithm>
#include <condition_variable>
#include <optional>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "adapters/json_fields.h"

namespace osrbot::slack {

using nlohmann::json;

namespace {

constexpr std::size_t most_people = 20'000;
constexpr std::chrono::hours good_for{1};
constexpr std::chrono::minutes failure_good_for{1};
// Slack wants its answer within 3 s, of which most belong to the commit.
constexpr std::chrono::milliseconds longest_wait{1'200};

std::string key_of(const std::string& workspace, const std::string& user) {
  return workspace + "/" + user;
}

/// What nobody asked the bot for leaves no trace: nobody's name is needed for it.
bool may_matter(const Update& update) {
  if (update.kind != UpdateKind::message && update.kind != UpdateKind::edited)
    return update.kind != UpdateKind::deleted;
  return update.addressed || update.text.find('#') != std::string::npos;
}

}  // namespace

struct UserDirectory::Answers {
  std::mutex mutex;  // guards what follows
  std::condition_variable_any came;
  std::size_t awaited = 0;
  std::vector<std::pair<std::string, std::optional<Profile>>> people;
};

void UserDirectory::complete(const std::stop_token& stop, std::vector<Reading>& readings) {
  const auto now = std::chrono::steady_clock::now();
  std::set<std::pair<std::string, std::string>> unknown;
  for (const auto& reading : readings) {
    if (!reading.update || !may_matter(*reading.update)) continue;
    const auto want = [&](const osrbot::Sender& person) {
      if (person.id.empty() || (!person.name.empty() && !person.handle.empty())) return;
      if (!is_known(reading.workspace, person.id, now)) unknown.emplace(reading.workspace, person.id);
    };
    want(reading.update->from);
    for (const auto& mention : reading.update->mentioned) want(mention.person);
  }
  if (!unknown.empty()) {
    const auto answers = std::make_shared<Answers>();
    for (const auto& [workspace, user] : unknown) ask(workspace, user, answers);
    std::unique_lock lock(answers->mutex);
    answers->came.wait_for(lock, stop, longest_wait, [&] { return answers->awaited == 0; });
    learn(*answers, now);
    for (const auto& [workspace, user] : unknown) {
      if (!is_known(workspace, user, now)) people_[key_of(workspace, user)] = {{}, now + failure_good_for};
    }
  }
  for (auto& reading : readings) {
    if (!reading.update || !may_matter(*reading.update)) continue;
    const auto fill = [&](osrbot::Sender& person) {
      const Profile* profile = find(reading.workspace, person.id);
      if (profile != nullptr) {
        if (person.name.empty()) person.name = profile->name;
        if (person.handle.empty()) person.handle = profile->handle;
        if (person.language.empty()) person.language = profile->language;
      }
      if (person.name.empty()) person.name = person.handle.empty() ? person.id : person.handle;
      return profile;
    };
    const Profile* author = fill(reading.update->from);
    reading.update->from_workspace_admin = author != nullptr && author->administers;
    for (auto& mention : reading.update->mentioned) fill(mention.person);
  }
}

bool UserDirectory::is_known(const std::string& workspace, const std::string& user, Time now) const {
  const auto found = people_.find(key_of(workspace, user));
  return found != people_.end() && now < found->second.until;
}

const UserDirectory::Profile* UserDirectory::find(const std::string& workspace, const std::string& user) const {
  const auto found = people_.find(key_of(workspace, user));
  return found == people_.end() || found->second.profile.name.empty() ? nullptr : &found->second.profile;
}

void UserDirectory::ask(const std::string& workspace, const std::string& user,
                        const std::shared_ptr<Answers>& answers) {
  const auto known = workspaces_.find(workspace);
  if (!known) return;
  {
    const std::lock_guard lock(answers->mutex);
    ++answers->awaited;
  }
  api_.call_form("users.info", known->token, {{"user", user}, {"include_locale", "true"}},
                 [answers, key = key_of(workspace, user)](const ApiOutcome& outcome) {
                   std::optional<Profile> profile;
                   if (const auto* result = std::get_if<ApiResult>(&outcome)) {
                     try {
                       const json answer = read_json(result->json);
                       if (const json* told = field(answer, "user"); told != nullptr) {
                         profile = Profile{.name = display_name(*told),
                                           .handle = string(*told, "name"),
                                           .language = string(*told, "locale"),
                                           .administers = flag(*told, "is_admin") || flag(*told, "is_owner")};
                       }
                     } catch (const Malformed&) {
                       profile.reset();
                     }
                   }
                   const std::lock_guard lock(answers->mutex);
                   answers->people.emplace_back(key, std::move(profile));
                   --answers->awaited;
                   answers->came.notify_all();
                 });
}

void UserDirectory::learn(Answers& answers, Time now) {
  // Whoever is still around tells of themselves again.
  if (people_.size() > most_people) people_.clear();
  for (auto& [key, profile] : answers.people) {
    if (profile) people_[key] = {std::move(*profile), now + good_for};
  }
}

}  // namespace osrbot::slack
