// What a message looks like after one of its buttons was pressed.
#include <algorithm>
#include <optional>

#include <nlohmann/json.hpp>

#include "adapters/json_fields.h"
#include "adapters/json_text.h"
#include "adapters/slack/blocks.h"
#include "adapters/slack/render.h"

namespace osrbot::slack {

namespace {

using nlohmann::json;

constexpr const char* presses_block = "presses";
constexpr std::size_t most_presses = 10;  // Slack: elements of a context block

std::string word_of(const json& object, const char* name) {
  const json* found = field(object, name);
  return found != nullptr && found->is_string() ? found->get<std::string>() : std::string();
}

const json* object_of(const json& parent, const char* name) {
  const json* found = field(parent, name);
  return found != nullptr && found->is_object() ? found : nullptr;
}

json* elements_of(json& block) {
  const auto found = block.find("elements");
  return found != block.end() && found->is_array() ? &*found : nullptr;
}

json note(const json& interaction, const json& action) {
  const json* user = object_of(interaction, "user");
  const json* text = object_of(action, "text");
  const std::string label = text == nullptr ? std::string() : word_of(*text, "text");
  const std::string id = user == nullptr ? std::string() : word_of(*user, "id");
  return {{"type", "mrkdwn"}, {"text", "✓ <@" + escaped(id) + "> " + escaped(label)}, {"verbatim", true}};
}

/// Adds who pressed what, in the message's last block; what is most recent stays.
void add_note(json& blocks, json press) {
  if (blocks.empty() || !blocks.back().is_object() || word_of(blocks.back(), "block_id") != presses_block ||
      elements_of(blocks.back()) == nullptr) {
    blocks.push_back({{"type", "context"}, {"block_id", presses_block}, {"elements", json::array()}});
  }
  json& elements = *elements_of(blocks.back());
  elements.push_back(std::move(press));
  if (elements.size() > most_presses) elements.erase(elements.begin());
}

/// Takes the button that was pressed away, or its row; false when nothing was there to take.
bool take_away(json& blocks, const std::string& block_id, const std::string& action_id) {
  const auto block = std::ranges::find_if(
      blocks, [&](const json& one) { return one.is_object() && word_of(one, "block_id") == block_id; });
  if (block == blocks.end()) return false;
  json* elements = elements_of(*block);
  if (elements == nullptr) return false;
  if (!action_id.starts_with("pick.")) {
    const auto button = std::ranges::find_if(
        *elements, [&](const json& one) { return one.is_object() && word_of(one, "action_id") == action_id; });
    if (button == elements->end()) return false;
    elements->erase(button);
  }
  if (elements->empty() || action_id.starts_with("pick.")) blocks.erase(block);
  return true;
}

}  // namespace

std::string after_press(const json& interaction) {
  const json* actions = field(interaction, "actions");
  if (actions == nullptr || !actions->is_array() || actions->empty() || !actions->front().is_object()) return {};
  const json& action = actions->front();
  const std::string action_id = word_of(action, "action_id");
  if (action_id.starts_with("again.")) return {};
  const json* message = object_of(interaction, "message");
  if (message == nullptr) {
    // Slack does not send what only one person sees: it has done its work.
    const json* container = object_of(interaction, "container");
    const bool aside = container != nullptr && flag(*container, "is_ephemeral");
    return aside ? json_text({{"delete_original", true}}) : std::string();
  }
  const json* shown = field(*message, "blocks");
  if (shown == nullptr || !shown->is_array()) return {};
  json blocks = *shown;
  if (!take_away(blocks, word_of(action, "block_id"), action_id)) return {};
  add_note(blocks, note(interaction, action));
  return json_text({{"replace_original", true}, {"text", word_of(*message, "text")}, {"blocks", std::move(blocks)}});
}

}  // namespace osrbot::slack
