// An answer to a post that a person sends: the bot may not.
#include <fmt/format.h>

#include "adapters/post_parts.h"
#include "commands/drafts.h"
#include "commands/first_steps.h"
#include "commands/language/entities.h"
#include "commands/post_card.h"
#include "commands/posts.h"
#include "commands/queue.h"
#include "commands/queue_decisions.h"
#include "commands/skill_words.h"

namespace osrbot {
namespace {

using storage::Post;

/// The words of an answer, in the language of the post where the bot has it.
std::string words_for(const Context& context, const Post& post, const language::Post& read, bool with_need) {
  const Catalogue& words = context.house.words;
  Arguments arguments = {{"bot", context.house.config.names.front()}, {"need", ""}, {"skill", ""}, {"project", ""}};
  const auto name = [&](const storage::Need& need) {
    arguments = {{"bot", context.house.config.names.front()},
                 {"need", need_ref(need.id)},
                 {"skill", wanted_skill(context.house.vocabulary, need.skill)},
                 {"project", project_ref(need.project_id)}};
  };
  if (with_need && post.need_id) {
    if (const auto need = storage::needs::find(context.db, *post.need_id)) name(*need);
    return words.text(read.language, "draft.kept", arguments);
  }
  switch (read.intent) {
    case language::Intent::call: {
      const bool has_deadline = !read.deadline.empty();
      return words.text(
          read.language, "draft.call",
          {{"due", has_deadline ? "" : "missing"}, {"hours", read.extra.hours_per_week ? "" : "missing"}});
    }
    case language::Intent::offer:
    case language::Intent::join: {
      const auto fitting = fitting_needs(context, read.skills);
      if (with_need && !fitting.empty()) name(fitting.front());
      return words.text(read.language, "draft.volunteer", arguments);
    }
    case language::Intent::idea:
      return words.text(read.language, "draft.idea", arguments);
    case language::Intent::question:
      return words.text(read.language, "draft.question", arguments);
    case language::Intent::update:
      return words.text(read.language, "draft.update");
    case language::Intent::leave:
    case language::Intent::optout:
    case language::Intent::none:
      break;
  }
  return words.text(read.language, "draft.other", arguments);
}

void run_draft(Context& context, const Args& args) {
  const Post post = named_post(context, args.text("post"));
  if (!post.withheld_for.empty()) throw UserError("queue.withheld", {{"post", post_ref(post.id)}});
  if (post.state != storage::PostState::converted && !post.is_open()) {
    throw UserError("queue.decided", {{"post", post_ref(post.id)}, {"state", to_string(post.state)}, {"need", ""}});
  }
  if (post.text.empty()) throw UserError("queue.gone", {{"post", post_ref(post.id)}});
  const language::Post read = reading_of(context, post);
  std::string text = words_for(context, post, read, true);
  if (language::weighted_length(text) > heaviest_post) text = words_for(context, post, read, false);
  Message message;
  context.say(message, "queue.draft", {{"post", post_ref(post.id)}, {"author", post.author}});
  message.blocks.push_back({.kind = Block::Kind::paragraph, .spans = {{Span::Style::plain, text, ""}}});
  std::vector<Button> buttons;
  const std::string& page = context.house.platform(post.adapter).reply_page;
  if (!page.empty()) {
    buttons.push_back(
        {.label = context.words("button.send_answer"), .command = "", .url = reply_link(page, post.message_id, text)});
  } else if (!post.url.empty()) {
    buttons.push_back({.label = context.words("button.open_post"), .command = "", .url = post.url});
  }
  if (post.is_open()) buttons.push_back(context.button("button.answered", "queue answered " + post_ref(post.id)));
  context.say(message, "queue.draft.foot", {{"page", page.empty() ? "no" : "yes"}});
  if (!buttons.empty()) message.buttons.push_back(std::move(buttons));
  context.reply(message);
}

}  // namespace

Command queue_draft() {
  return {.name = "queue draft",
          .aliases = {"queue answer", "queue reply"},
          .role = Role::coordinator,
          .arguments = {{.name = "post", .kind = language::ArgumentKind::rest}},
          .run = run_draft};
}

}  // namespace osrbot
