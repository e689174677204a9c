#include "adapters/slack/workspaces.h"

#include <mutex>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "adapters/json_fields.h"
#include "adapters/json_text.h"

namespace osrbot::slack {

using nlohmann::json;

namespace {

constexpr const char* index_name = "slack/workspaces";

std::string name_of(const std::string& id) {
  return "slack/" + id;
}

std::string to_json(const Workspace& workspace) {
  return json_text({{"name", workspace.name},
                    {"token", workspace.token.reveal()},
                    {"bot_user", workspace.bot_user},
                    {"bot_id", workspace.bot_id}});
}

Workspace from_json(const std::string& id, const std::string& text) {
  const json kept = read_json(text);
  return {.id = id,
          .name = string(kept, "name"),
          .token = Secret(string(kept, "token")),
          .bot_user = string(kept, "bot_user"),
          .bot_id = string(kept, "bot_id")};
}

}  // namespace

void Workspaces::load() {
  std::map<std::string, std::shared_ptr<const Workspace>> found;
  if (secrets_ != nullptr) {
    const auto index = secrets_->find(index_name);
    const json ids = index ? read_json(*index) : json::array();
    for (const auto& id : ids) {
      const auto kept = secrets_->find(name_of(id.get<std::string>()));
      // The bot was killed between two writes of an installation: it has to be made again.
      if (kept) found.emplace(id, std::make_shared<const Workspace>(from_json(id, *kept)));
    }
  }
  const std::unique_lock lock(mutex_);
  workspaces_.merge(found);  // the configuration's own come first
  loaded_ = true;
}

std::shared_ptr<const Workspace> Workspaces::find(const std::string& id) const {
  const std::shared_lock lock(mutex_);
  const auto found = workspaces_.find(id);
  return found == workspaces_.end() ? nullptr : found->second;
}

bool Workspaces::loaded() const {
  const std::shared_lock lock(mutex_);
  return loaded_;
}

std::size_t Workspaces::size() const {
  const std::shared_lock lock(mutex_);
  return workspaces_.size();
}

void Workspaces::add(Workspace workspace) {
  const std::string id = workspace.id;
  const bool kept = !workspace.configured;
  if (kept && secrets_ != nullptr) secrets_->put(name_of(id), to_json(workspace));
  {
    const std::unique_lock lock(mutex_);
    workspaces_.insert_or_assign(id, std::make_shared<const Workspace>(std::move(workspace)));
  }
  if (kept) keep_index();
}

void Workspaces::remove(const std::string& id) {
  {
    const std::unique_lock lock(mutex_);
    if (workspaces_.erase(id) == 0) return;
  }
  log_(LogLevel::info, fmt::format("the bot is no longer installed in workspace {}", id));
  if (secrets_ == nullptr) return;
  secrets_->erase(name_of(id));
  keep_index();
}

void Workspaces::keep_index() {
  if (secrets_ == nullptr) return;
  json ids = json::array();
  {
    const std::shared_lock lock(mutex_);
    for (const auto& [id, workspace] : workspaces_) {
      if (!workspace->configured) ids.push_back(id);
    }
  }
  secrets_->put(index_name, ids.dump());
}

}  // namespace osrbot::slack
