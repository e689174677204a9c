// Commands as dialogs, from the press to the effect: with the real router and database, on a platform of straw.
#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "storage/needs.h"
#include "storage/profiles.h"
#include "tests/fakes/temporary_folder.h"
#include "tests/scenario/environment.h"
#include "tests/scenario/stage.h"
#include "tests/scenario/world.h"

using namespace osrbot;
using namespace osrbot::scenario;

namespace {

using Texts = std::vector<std::string>;

/// Ana, who coordinates P1, on a platform that shows dialogs.
class FormDesk {
 public:
  FormDesk() {
    says("project new Hernia repair");
    says("yes");
    world.take_said();
  }

  Update update(UpdateKind kind, std::string text) {
    Update update;
    update.key = std::to_string(++updates_);
    update.kind = kind;
    update.place = {
        .adapter = "slack", .workspace = "T1", .conversation = in_private ? "U1" : "C1", .is_private = in_private};
    update.from = {.id = "U1", .name = "Ana", .handle = "ana"};
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

  std::vector<Said> says(std::string text) {
    Update update = this->update(UpdateKind::message, std::move(text));
    update.dialog = "trigger-" + update.key;
    return happens(std::move(update));
  }

  std::vector<Said> submits(std::string command, std::string payload) {
    Update update = this->update(UpdateKind::submitted, std::move(command));
    update.payload = std::move(payload);
    update.dialog = "view-" + update.key;
    return happens(std::move(update));
  }

  storage::Connection& db() { return world.db(); }

  bool in_private = false;
  fakes::TemporaryFolder folder;
  World world{folder.path(), source_folder / "config"};

 private:
  int updates_ = 0;
};

const Form& form_of(const std::vector<Said>& said) {
  REQUIRE(said.size() == 1);
  REQUIRE(said.front().message.surface == Surface::dialog);
  REQUIRE(said.front().message.form);
  CHECK(said.front().to.conversation == said.front().message.surface_id);
  return *said.front().message.form;
}

const Field& field(const Form& form, const std::string& name) {
  const auto found = std::ranges::find(form.fields, name, &Field::name);
  REQUIRE(found != form.fields.end());
  return *found;
}

}  // namespace

TEST_CASE("a command that lacks an argument is shown as a form, with what was typed filled in") {
  FormDesk desk;
  const auto said = desk.says("need 2 by 2026-05-04 5h/week for authorship");
  const Form& form = form_of(said);
  CHECK(form.command == "need");
  CHECK(form.title == "New need");
  CHECK(field(form, "skill").required);
  CHECK(field(form, "skill").values.empty());
  CHECK(field(form, "count").values == std::vector<std::string>{"2"});
  CHECK(field(form, "count").kind == Field::Kind::number);
  CHECK(field(form, "deadline").values == std::vector<std::string>{"2026-05-04"});
  CHECK(field(form, "deadline").kind == Field::Kind::date);
  CHECK(field(form, "credit").values == std::vector<std::string>{"authorship"});
  CHECK(field(form, "project").values == std::vector<std::string>{"P1"});
  CHECK(field(form, "project").options.front().label == "P1 Hernia repair");
  // Where the dialog comes too late, this is said instead.
  CHECK(plain_text(said.front().message).find("skill is missing") != std::string::npos);
}

TEST_CASE("where no dialog can be shown, the same mistake is explained in words") {
  FormDesk desk;
  const auto said = desk.happens(desk.update(UpdateKind::message, "need 2"));
  REQUIRE(said.size() == 1);
  CHECK(!said.front().message.form);
  CHECK(said.front().message.surface == Surface::one_person);
  CHECK(said.front().message.surface_id == "U1");
}

TEST_CASE("a form that is submitted runs the command and closes") {
  FormDesk desk;
  const auto said = desk.submits("need", R"({"project":"P1","skill":"reviewing by May","count":"2","hours":"3"})");
  REQUIRE(said.size() == 2);
  const auto closed = std::ranges::find(said, Surface::dialog, [](const Said& one) { return one.message.surface; });
  REQUIRE(closed != said.end());
  CHECK(!closed->message.form);
  const auto answer = std::ranges::find(said, "C1", [](const Said& one) { return one.to.conversation; });
  REQUIRE(answer != said.end());
  CHECK(plain_text(answer->message).find("reviewing by May") != std::string::npos);
  const auto need = storage::needs::find(desk.db(), 1);
  REQUIRE(need);
  CHECK(need->skill == "reviewing by May");
  CHECK(need->count == 2);
  CHECK(need->hours == 3);
}

TEST_CASE("what is wrong comes back in the same form, beside its field, and nothing is kept") {
  FormDesk desk;
  const auto unreadable = desk.submits("need", R"({"project":"P1","count":"lots","skill":""})");
  CHECK(field(form_of(unreadable), "count").error.find("do not understand") != std::string::npos);
  CHECK(field(form_of(unreadable), "count").values == std::vector<std::string>{"lots"});
  CHECK(field(form_of(unreadable), "skill").error == "Please fill this in.");

  const auto too_many = desk.submits("need", R"({"project":"P1","count":"1000","skill":"R"})");
  CHECK(!field(form_of(too_many), "count").error.empty());
  CHECK(field(form_of(too_many), "skill").values == std::vector<std::string>{"R"});

  const auto unknown = desk.submits("need", R"({"project":"P99","skill":"R"})");
  CHECK(!field(form_of(unknown), "project").error.empty());
  CHECK(!storage::needs::find(desk.db(), 1));
}

TEST_CASE("a refusal that is about no field is about the whole form") {
  FormDesk desk;
  Update update = desk.update(UpdateKind::submitted, "need");
  update.from = {.id = "U2", .name = "Ben", .handle = "ben"};
  update.payload = R"({"project":"P1","skill":"R"})";
  update.dialog = "view";
  const auto said = desk.happens(std::move(update));
  CHECK(!form_of(said).error.empty());
}

TEST_CASE("who may not give a command is told so before filling in a form") {
  FormDesk desk;
  Update update = desk.update(UpdateKind::form, "need");
  update.from = {.id = "U2", .name = "Ben", .handle = "ben"};
  update.dialog = "trigger";
  const auto said = desk.happens(std::move(update));
  REQUIRE(said.size() == 1);
  CHECK(!said.front().message.form);
  CHECK(said.front().message.surface == Surface::one_person);
}

TEST_CASE("a message becomes a task: its words and its address are filled in") {
  FormDesk desk;
  Update update = desk.update(UpdateKind::form, "task add");
  update.dialog = "trigger";
  update.payload = R"({"title":"Screen 100 abstracts <https://example.org>"})";
  const auto said = desk.happens(std::move(update));
  CHECK(field(form_of(said), "title").values == std::vector<std::string>{"Screen 100 abstracts <https://example.org>"});
}

TEST_CASE(
    "one's own profile opens as it is kept; what stays is left alone, what is emptied goes, lists come back whole") {
  FormDesk desk;
  desk.in_private = true;
  desk.says("agree");
  desk.says("profile edit skills R, SPSS hours 5h/week country Kenya field nursing orcid 0000-0002-1825-0097");
  desk.says("quiet hours 22:00 to 07:00");
  desk.says("my languages English, French");
  const auto shown = desk.says("profile edit");
  const Form& form = form_of(shown);
  CHECK(form.title == "My profile");
  CHECK(field(form, "hours").values == Texts{"5"});
  CHECK(field(form, "country").values == Texts{"Kenya"});
  CHECK(field(form, "field").values == Texts{"nursing"});
  CHECK(field(form, "languages").values == Texts{"English, French"});
  CHECK(field(form, "quiet").values == Texts{"22:00-07:00"});
  CHECK(field(form, "learn").values.empty());
  REQUIRE(field(form, "skills").values.size() == 1);
  const std::string skills = field(form, "skills").values.front();
  CHECK(skills.find("SPSS") != std::string::npos);

  nlohmann::json values;
  for (const Field& one : form.fields) values[one.name] = one.values.empty() ? "" : one.values.front();
  values["field"] = "";
  values["hours"] = "8";
  values["skills"] = skills.substr(0, skills.find(','));
  desk.submits(form.command, values.dump());
  const auto profile = storage::profiles::find(desk.db(), 1);
  REQUIRE(profile);
  CHECK(profile->hours == 8);
  CHECK(profile->country == "KE");
  CHECK(profile->discipline.empty());
  CHECK(profile->orcid == "0000-0002-1825-0097");
  CHECK(profile->quiet_from == "22:00");
  CHECK(storage::profiles::skills(desk.db(), 1).size() == 1);
  CHECK(storage::profiles::languages(desk.db(), 1) == Texts{"en", "fr"});

  // A list that nobody can read stays as it was, and the form says why.
  values["skills"] = "xyzzy";
  CHECK(!field(form_of(desk.submits(form.command, values.dump())), "skills").error.empty());
  CHECK(storage::profiles::skills(desk.db(), 1).size() == 1);
}

TEST_CASE("the shortcut to one's profile asks for consent first") {
  FormDesk desk;
  Update update = desk.update(UpdateKind::form, "profile edit");
  update.place = {.adapter = "slack", .workspace = "T1", .conversation = "U1", .is_private = true};
  update.dialog = "trigger";
  const auto said = desk.happens(std::move(update));
  REQUIRE(said.size() == 1);
  CHECK(!said.front().message.form);
  CHECK(plain_text(said.front().message).find("May I keep a profile of you?") != std::string::npos);
}

TEST_CASE("a need that is to change opens as it is, and is named by the form and not by a field") {
  FormDesk desk;
  desk.says("need P1 2 statistician by 2099-04-30 3h/week for authorship");
  const auto shown = desk.says("need edit N1");
  const Form& form = form_of(shown);
  CHECK(form.command == "need edit N1");
  CHECK(std::ranges::find(form.fields, "need", &Field::name) == form.fields.end());
  CHECK(field(form, "skill").values == Texts{"statistician"});
  CHECK(field(form, "count").values == Texts{"2"});
  CHECK(field(form, "deadline").values == Texts{"2099-04-30"});
  CHECK(field(form, "credit").values == Texts{"authorship"});

  desk.submits(form.command, R"({"skill":"statistician","count":"","deadline":"","hours":"4","credit":"authorship"})");
  const auto need = storage::needs::find(desk.db(), 1);
  REQUIRE(need);
  CHECK(need->count == 1);
  CHECK(!need->deadline);
  CHECK(need->hours == 4);
  CHECK(need->credit == "authorship");
  CHECK(need->skill == "statistician");

  // A need has a skill: without one the form stays open.
  CHECK(!field(form_of(desk.submits(form.command, R"({"skill":""})")), "skill").error.empty());
  // Where the need is a field of the form, nothing was shown, and what is empty stays as it is.
  desk.submits("need edit", R"({"need":"N1","count":"3","hours":"","credit":""})");
  CHECK(storage::needs::find(desk.db(), 1)->count == 3);
  CHECK(storage::needs::find(desk.db(), 1)->hours == 4);
  desk.submits("need edit N99", R"({"count":"3"})");
  desk.submits("need edit nonsense", R"({"count":"3"})");
}

TEST_CASE("patient data in a message becomes no form") {
  FormDesk desk;
  Update update = desk.update(UpdateKind::form, "task add");
  update.dialog = "trigger";
  update.reply_to = "1700000001.000100";
  update.payload = R"({"title":"patient MRN 12345678, DOB 01/02/1980"})";
  for (const Said& said : desk.happens(std::move(update))) CHECK(!said.message.form);
}

TEST_CASE("data of patients does not enter by a form either") {
  FormDesk desk;
  const auto said = desk.submits("need", R"({"project":"P1","skill":"patient MRN 12345678, DOB 01/02/1980"})");
  CHECK(!storage::needs::find(desk.db(), 1));
  CHECK(std::ranges::any_of(said, [](const Said& one) { return one.message.surface == Surface::dialog; }));
}

TEST_CASE("the form of a command that is gone, and values that make no sense, do no harm") {
  FormDesk desk;
  const auto said = desk.submits("conjure", "{}");
  REQUIRE(said.size() == 1);
  CHECK(plain_text(said.front().message).find("conjure") != std::string::npos);
  desk.world.happens([&] {
    Update update = desk.update(UpdateKind::submitted, "need");
    update.payload = R"({"skill":{"$ne":1}})";
    update.dialog = "view";
    return update;
  }());
  CHECK(desk.world.take_failures().size() == 1);
  CHECK(!storage::needs::find(desk.db(), 1));
}

TEST_CASE("the page about the bot shows tasks with their buttons, projects, and who is wanted") {
  FormDesk desk;
  desk.says("task add P1 Screen abstracts");
  desk.says("claim T1");
  desk.says("need P1 statistician");
  const auto said = desk.happens(desk.update(UpdateKind::home, ""));
  REQUIRE(said.size() == 1);
  const Message& page = said.front().message;
  CHECK(page.surface == Surface::home);
  CHECK(page.surface_id == "U1");
  const auto words = plain_text(page);
  CHECK(words.find("T1 Screen abstracts") != std::string::npos);
  CHECK(words.find("P1 Hernia repair") != std::string::npos);
  CHECK(words.find("N1 P1: statistician") != std::string::npos);
  CHECK(page.buttons.front().front().command == "done T1");
  REQUIRE(page.buttons.front().back().question);
  CHECK(page.buttons.front().back().question->yes == "Give T1 back");
}
