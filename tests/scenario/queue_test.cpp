// What coordinators see of X: the form that makes a need of a post, the budget, and calls as they will be posted.
#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "adapters/x/render.h"
#include "commands/post_rules.h"
#include "config/billing.h"
#include "storage/jobs.h"
#include "storage/needs.h"
#include "storage/posts.h"
#include "storage/x_costs.h"
#include "tests/fakes/temporary_folder.h"
#include "tests/scenario/environment.h"
#include "tests/scenario/world.h"

using namespace osrbot;
using namespace osrbot::scenario;

namespace {

/// Ana, who coordinates P1, on Slack.
class QueueDesk {
 public:
  QueueDesk() {
    says("project new Hernia repair");
    says("yes");
  }

  Update update(UpdateKind kind, std::string text) {
    Update update;
    update.key = std::to_string(++updates_);
    update.kind = kind;
    update.place = {.adapter = "slack", .workspace = "T1", .conversation = "C1"};
    update.from = {.id = "U1", .name = "Ana", .handle = "ana", .language = "en"};
    update.message_id = update.key;
    update.text = std::move(text);
    update.addressed = true;
    update.at = world.now();
    return update;
  }
  std::vector<Said> happens(Update update) {
    world.happens(std::move(update));
    CHECK(world.take_failures().empty());
    return world.take_said();
  }
  std::vector<Said> says(std::string text) { return happens(update(UpdateKind::message, std::move(text))); }
  std::vector<Said> presses(std::string command) {
    Update update = this->update(UpdateKind::button, std::move(command));
    update.dialog = "trigger-" + update.key;
    return happens(std::move(update));
  }
  std::vector<Said> submits(std::string payload) {
    Update update = this->update(UpdateKind::submitted, "queue keep");
    update.payload = std::move(payload);
    update.dialog = "view-" + update.key;
    return happens(std::move(update));
  }
  /// Somebody writes on X.
  void posted(std::string text) {
    Update update = this->update(UpdateKind::message, std::move(text));
    update.place = {.adapter = "x", .workspace = "", .conversation = "t" + update.key};
    update.from = {.id = "900" + update.key, .name = "Ben", .handle = "ben"};
    update.addressed = false;
    happens(std::move(update));
  }

  fakes::TemporaryFolder folder;
  World world{folder.path(), source_folder / "config"};

 private:
  int updates_ = 0;
};

std::string text_of(const std::vector<Said>& said) {
  std::string text;
  for (const Said& one : said) text += plain_text(one.message) + "\n";
  return text;
}

const Form* form_in(const std::vector<Said>& said) {
  const auto found = std::ranges::find_if(said, [](const Said& one) { return one.message.form.has_value(); });
  return found == said.end() ? nullptr : &*found->message.form;
}

std::vector<std::string> values(const Form& form, const std::string& name) {
  const auto found = std::ranges::find(form.fields, name, &Field::name);
  REQUIRE(found != form.fields.end());
  return found->values;
}

using Values = std::vector<std::string>;

}  // namespace

TEST_CASE("a post becomes a need by a form in which all that was understood stands already") {
  QueueDesk ana;
  ana.posted("We need 2 data collectors for P1, closing 15 April #OpenSourceResearch");
  const auto shown = ana.presses("queue need Q1");
  const Form* form = form_in(shown);
  REQUIRE(form != nullptr);
  CHECK(form->title == "New need");
  CHECK(values(*form, "post") == Values{"Q1"});
  CHECK(values(*form, "project") == Values{"P1"});
  CHECK(values(*form, "skill") == Values{"Data collection"});
  CHECK(values(*form, "count") == Values{"2"});
  CHECK(values(*form, "deadline") == Values{"2026-04-15"});
  CHECK_FALSE(storage::needs::find(ana.world.db(), 1));

  const auto wrong = ana.submits(R"({"post":"Q1","project":"P1","skill":"Data collection","count":"lots"})");
  REQUIRE(form_in(wrong) != nullptr);
  CHECK_FALSE(storage::needs::find(ana.world.db(), 1));

  const auto done = ana.submits(
      R"({"post":"Q1","project":"P1","skill":"Data collection","count":"3","deadline":"2026-04-15","hours":"4"})");
  CHECK(form_in(done) == nullptr);
  CHECK(text_of(done).contains("Q1 is kept as N1"));
  const auto need = storage::needs::find(ana.world.db(), 1);
  REQUIRE(need);
  CHECK(need->count == 3);
  const auto post = storage::posts::find(ana.world.db(), 1);
  REQUIRE(post);
  CHECK(post->need_id == 1);

  CHECK(form_in(ana.submits(R"({"post":"Q1","project":"P1","skill":"R"})"))->error.find("N1") != std::string::npos);
  CHECK_FALSE(storage::needs::find(ana.world.db(), 2));
}

TEST_CASE("a post that says nothing of a need, and no project, leaves those fields empty") {
  QueueDesk ana;
  ana.posted("We are looking for help with our study! #OpenSourceResearch");
  const auto shown = ana.presses("queue need Q1");
  const Form* form = form_in(shown);
  REQUIRE(form != nullptr);
  CHECK(values(*form, "skill").empty());
  CHECK(values(*form, "project") == Values{"P1"});  // her only one
}

TEST_CASE("words go before the form, several needs do not fit into one, and who must not decide sees none") {
  QueueDesk ana;
  ana.posted("We need 2 data collectors for P1, closing 15 April #OpenSourceResearch");
  Update update = ana.update(UpdateKind::button, "queue need Q1");
  update.from = {.id = "U2", .name = "Ben", .handle = "ben"};
  update.dialog = "trigger";
  CHECK(form_in(ana.happens(std::move(update))) == nullptr);
  const auto said = ana.presses("queue need Q1 P1 1 translator");
  CHECK(form_in(said) == nullptr);
  CHECK(text_of(said).contains("N1"));
}

TEST_CASE("the queue shows what X has cost this month and what is left, where the bot is on X") {
  QueueDesk ana;
  CHECK_FALSE(text_of(ana.says("queue")).contains("X this month"));
  ana.world.config().x.client_id = "client";
  ana.world.config().x.monthly_budget_dollars = 25;
  CHECK(text_of(ana.says("queue")).contains("X this month: $0.00 of $25.00 (0 %). $25.00 is left."));
  storage::x_costs::add(ana.world.db(), month_of(ana.world.now()),
                        {.what = "read_post", .count = 3'640, .micro_dollars = 18'200'000});
  CHECK(text_of(ana.says("queue")).contains("X this month: $18.20 of $25.00 (72 %). $6.80 is left."));
  ana.posted("We need 2 data collectors for P1, closing 15 April #OpenSourceResearch");
  CHECK(text_of(ana.says("queue")).contains("$6.80 is left."));
  storage::x_costs::add(ana.world.db(), month_of(ana.world.now()),
                        {.what = "read_post", .count = 1, .micro_dollars = 7'000'000});
  CHECK(text_of(ana.says("queue")).contains("Nothing is left"));
}

TEST_CASE("a call that the budget does not allow says when it will be posted") {
  QueueDesk ana;
  ana.says("need P1 statistician by 30 April 5h/week for authorship");
  ana.world.config().x.client_id = "client";
  CHECK_FALSE(text_of(ana.says("announce N1")).contains("budget"));
  ana.world.config().x.monthly_budget_dollars = 0.01;
  CHECK(text_of(ana.says("announce N1")).contains("first day of next month"));
}

TEST_CASE("coordinators hear where the queue is at home that people got no answer") {
  QueueDesk ana;
  ana.says("queue here");
  storage::Connection& db = ana.world.db();
  storage::jobs::plan(db, "unanswered", "unanswered:x", ana.world.now() + std::chrono::seconds(1),
                      R"({"adapter":"x","why":"the month's budget for X is used up"})");
  ana.says("queue");
  ana.world.advance(std::chrono::minutes(1));
  const auto said = ana.world.take_said();
  REQUIRE(said.size() == 1);
  CHECK(said.front().to.conversation == "C1");
  CHECK(text_of(said).contains("the month's budget for X is used up"));
}

TEST_CASE("what the preview of a call shows is what is posted, part by part") {
  const std::vector<std::string> pieces = {"we look for ",
                                           "two statisticians. ",
                                           "研究者を探しています。",
                                           "نبحث عن مترجم ",
                                           "👩‍🔬 ",
                                           "https://osf.io/abc ",
                                           "@ana_b ",
                                           "שלום עולם ",
                                           "@osrbot ",
                                           "#OpenSourceResearch ",
                                           "e\u0301"};
  QueueDesk ana;
  ana.says("need P1 statistician by 30 April 5h/week for authorship");
  const std::string handle = ana.world.config().names.front();
  std::mt19937 random(11);
  for (int round = 0; round < 20; ++round) {
    std::string words = fmt::format("call {} ", round);
    const auto count = std::uniform_int_distribution<int>(1, 60)(random);
    for (int i = 0; i < count; ++i) {
      words += pieces[std::uniform_int_distribution<std::size_t>(0, pieces.size() - 1)(random)];
    }
    const auto preview = ana.says("announce N1 in en: " + words);
    REQUIRE(preview.size() == 1);
    const auto said = ana.says("yes");
    const auto post = std::ranges::find(said, "x", [](const Said& one) { return one.to.adapter; });
    if (text_of(preview).contains("characters, and 1,000 fit")) continue;
    REQUIRE(post != said.end());
    const auto parts = x::render(post->message, {.handle = handle}, post_rules());
    const auto& blocks = preview.front().message.blocks;
    REQUIRE(blocks.size() > parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i) CHECK(blocks[i + 1].spans.front().text == parts[i]);
  }
}
