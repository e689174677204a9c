#include "adapters/console/console_adapter.h"

#include <deque>
#include <fstream>
#include <iterator>
#include <thread>

#include <doctest/doctest.h>

#include "tests/fakes/temporary_folder.h"

using namespace osrbot;
using console::ConsoleAdapter;

namespace {

/// A terminal that types prepared lines and keeps what it is shown.
class ScriptedTerminal final : public console::Terminal {
 public:
  explicit ScriptedTerminal(std::deque<std::string> lines, bool interactive = false)
      : lines_(std::move(lines)), interactive_(interactive) {}

  std::optional<std::string> next(const std::string& prompt, std::stop_token) override {
    if (lines_.empty()) return std::nullopt;
    std::string line = std::move(lines_.front());
    lines_.pop_front();
    shown += "[" + prompt + line + "]\n";
    return line;
  }
  bool show(std::string_view text) override {
    shown += text;
    return open;
  }
  bool is_interactive() const override { return interactive_; }
  bool has_styles() const override { return false; }

  std::string shown;
  bool open = true;

 private:
  std::deque<std::string> lines_;
  bool interactive_;
};

/// A console with an engine that notes every update, and answers as the test says, one message for each batch.
struct Conversation {
  explicit Conversation(std::deque<std::string> lines, bool interactive = false,
                        const std::filesystem::path& folder = ".")
      : terminal(new ScriptedTerminal(std::move(lines), interactive)),
        adapter(
            std::unique_ptr<console::Terminal>(terminal), [] { return std::chrono::sys_seconds{}; }, folder) {}

  void run(const std::string& cursor = "") {
    adapter.receive({}, cursor, [this](Batch batch) {
      if (!accepting) return false;
      if (!waiting.empty()) {
        adapter.send(std::move(waiting.front()), [this](Delivery delivery) { deliveries.push_back(delivery); });
        waiting.pop_front();
      }
      for (Update& update : batch.updates) {
        if (answer) {
          for (OutboundMessage& message : answer(update)) waiting.push_back(std::move(message));
        }
        updates.push_back(std::move(update));
        cursors.push_back(batch.cursor);
      }
      return true;
    });
  }

  static OutboundMessage message(Place to, const std::string& text, std::vector<std::string> labels = {}) {
    OutboundMessage out;
    out.id = 7;
    out.to = std::move(to);
    out.message.blocks = {{Block::Kind::paragraph, {{Span::Style::plain, text, ""}}}};
    for (const std::string& label : labels) out.message.buttons.push_back({{label, "do " + label, ""}});
    return out;
  }

  ScriptedTerminal* terminal;
  ConsoleAdapter adapter;
  std::function<std::vector<OutboundMessage>(const Update&)> answer;
  bool accepting = true;
  std::deque<OutboundMessage> waiting;
  std::vector<Update> updates;
  std::vector<std::string> cursors;
  std::vector<Delivery> deliveries;
};

}  // namespace

TEST_CASE("what is typed goes to the bot as the person and the place that were chosen") {
  Conversation talk({"help", "/as Ana", "/in #General", "hello", "/claim T1", "@osrbot, status", "thank you, @osrbot!",
                     "/in dm", "tasks"});
  talk.run();
  REQUIRE(talk.updates.size() == 6);
  CHECK(talk.updates[0].from.id == "operator");
  CHECK(talk.updates[0].from_workspace_admin);
  CHECK(talk.updates[0].place == Place{"console", "", "operator", "", true});
  CHECK(talk.updates[0].addressed);
  CHECK(talk.updates[1].from.id == "ana");
  CHECK(talk.updates[1].from.name == "Ana");
  CHECK_FALSE(talk.updates[1].from_workspace_admin);
  CHECK(talk.updates[1].place == Place{"console", "", "#general", "", false});
  CHECK_FALSE(talk.updates[1].addressed);
  CHECK(talk.updates[2].text == "claim T1");
  CHECK(talk.updates[2].addressed);
  CHECK(talk.updates[3].text == "status");
  CHECK(talk.updates[3].addressed);
  CHECK(talk.updates[4].text == "thank you, @osrbot!");
  CHECK(talk.updates[4].addressed);
  CHECK(talk.updates[5].place == Place{"console", "", "ana", "", true});
}

TEST_CASE("every update has a key of its own, also after a restart") {
  Conversation first({"a", "b"});
  first.run();
  CHECK(first.updates[0].key == "1");
  CHECK(first.updates[1].key == "2");
  CHECK(first.cursors == std::vector<std::string>{"1", "2"});
  Conversation second({"c"});
  second.run(first.cursors.back());
  CHECK(second.updates[0].key == "3");
}

TEST_CASE("all answers to a line are shown before the next line is read") {
  Conversation talk({"one", "two"});
  talk.answer = [](const Update& update) {
    return std::vector{Conversation::message(update.place, "first answer to " + update.text),
                       Conversation::message(update.place, "second answer to " + update.text)};
  };
  talk.run();
  CHECK(talk.terminal->shown ==
        "[operator> one]\nfirst answer to one\n\nsecond answer to one\n\n"
        "[operator> two]\nfirst answer to two\n\nsecond answer to two\n\n");
  CHECK(talk.deliveries.size() == 4);
}

TEST_CASE("a number presses the button of the last message with buttons in the same conversation") {
  Conversation talk({"delete", "2", "3", "/in #general", "1"});
  talk.answer = [](const Update& update) -> std::vector<OutboundMessage> {
    if (update.text != "delete") return {};
    return {Conversation::message(update.place, "Sure?", {"yes", "no"}), Conversation::message(update.place, "Think.")};
  };
  talk.run();
  REQUIRE(talk.updates.size() == 4);
  CHECK(talk.updates[1].kind == UpdateKind::button);
  CHECK(talk.updates[1].text == "do no");
  CHECK(talk.updates[1].message_id == "out-7");
  CHECK(talk.updates[1].addressed);
  CHECK(talk.updates[2].kind == UpdateKind::message);  // there is no third button
  CHECK(talk.updates[3].kind == UpdateKind::message);  // no buttons in the room
}

TEST_CASE("a button that opens a page shows its address") {
  Conversation talk({"read", "1"});
  talk.answer = [](const Update& update) {
    OutboundMessage message = Conversation::message(update.place, "Here.");
    message.message.buttons = {{{"Open", "", "https://example.org"}}};
    return std::vector{message};
  };
  talk.run();
  CHECK(talk.updates.size() == 1);
  CHECK(talk.terminal->shown.ends_with("[operator> 1]\nhttps://example.org\n\n"));
}

TEST_CASE("messages to somebody else or to another room say so") {
  Conversation talk({"hello"});
  talk.answer = [](const Update&) {
    return std::vector{Conversation::message({"console", "", "ben", "", true}, "Psst."),
                       Conversation::message({"console", "", "#general", "", false}, "All!")};
  };
  talk.run();
  CHECK(talk.terminal->shown == "[operator> hello]\n(to ben)\nPsst.\n\n(in #general)\nAll!\n\n");
}

TEST_CASE("commands are shown as they can be typed in private and in rooms alike") {
  Conversation talk({"hello"});
  talk.answer = [](const Update& update) {
    OutboundMessage message = Conversation::message(update.place, "");
    message.message.blocks = {{Block::Kind::paragraph, {{Span::Style::code, "claim T1", ""}}}};
    return std::vector{message};
  };
  talk.run();
  CHECK(talk.terminal->shown == "[operator> hello]\n`/claim T1`\n\n");
}

TEST_CASE("people named with @ are marked, e-mail addresses are not") {
  Conversation talk({"assign T1 @Ana, (@ben.) x@y.org @"});
  talk.run();
  const auto& mentioned = talk.updates[0].mentioned;
  REQUIRE(mentioned.size() == 2);
  CHECK(mentioned[0].person.handle == "ana");
  CHECK(mentioned[0].person.id.empty());
  CHECK(mentioned[0].range.begin == 10);
  CHECK(mentioned[0].range.end == 14);
  CHECK(mentioned[1].person.handle == "ben");
}

TEST_CASE("joining and leaving a room are told to the bot") {
  Conversation talk({"/in #general", "/join", "/leave"});
  talk.run();
  REQUIRE(talk.updates.size() == 2);
  CHECK(talk.updates[0].kind == UpdateKind::joined);
  CHECK(talk.updates[1].kind == UpdateKind::left);
}

TEST_CASE("joining and leaving a project are commands for the bot") {
  Conversation talk({"/in #general", "/join P1", "/leave P1 no time"});
  talk.run();
  REQUIRE(talk.updates.size() == 2);
  CHECK(talk.updates[0].kind == UpdateKind::message);
  CHECK(talk.updates[0].text == "join P1");
  CHECK(talk.updates[1].text == "leave P1 no time");
}

TEST_CASE("mistakes at the console are explained and reach nobody") {
  Conversation talk({"/as", "/as two words", "/in", std::string(console::longest_line, 'x')});
  talk.run();
  CHECK(talk.updates.empty());
  CHECK(talk.terminal->shown.contains("A name is one word, for example: /as ana\n"));
  CHECK(talk.terminal->shown.contains("A room is one word"));
  CHECK(talk.terminal->shown.contains("That line is longer than 65536 bytes and was not read.\n"));
}

TEST_CASE("empty lines and, in files, comments are passed over, invalid UTF-8 is repaired") {
  Conversation talk({"", "   ", "# a comment", "#OpenSourceResearch hello", "caf\xE9"});
  talk.run();
  REQUIRE(talk.updates.size() == 2);
  CHECK(talk.updates[0].text == "#OpenSourceResearch hello");
  CHECK(talk.updates[1].text == "caf\uFFFD");
}

TEST_CASE("a newcomer at a terminal is told what to type") {
  Conversation talk({"/quit", "never read"}, true);
  talk.adapter.publish([] {
    return std::vector<Menu>{{"", {{"help", "What I can do"}, {"project new", "Start a project"}}}};
  });
  talk.run();
  CHECK(talk.updates.empty());
  CHECK(talk.terminal->shown.starts_with("You are operator, alone with the bot.\n"));
  CHECK(
      talk.terminal->shown.contains("for example:\n  help          What I can do\n  project new   Start a project\n"));
  CHECK(talk.terminal->shown.contains("/quit"));
}

TEST_CASE("a bot that is stopping ends the conversation, and the line is not counted") {
  Conversation talk({"a", "b"});
  talk.accepting = false;
  talk.run("7");
  CHECK(talk.updates.empty());
  CHECK(talk.terminal->shown == "[operator> a]\n");
}

TEST_CASE("when nobody sees the answers any more, the conversation is over") {
  Conversation talk({"hello", "never read"});
  talk.terminal->open = false;
  talk.answer = [](const Update& update) { return std::vector{Conversation::message(update.place, "Hi.")}; };
  talk.run();
  CHECK(talk.updates.size() == 1);
  REQUIRE(talk.deliveries.size() == 1);
  CHECK(std::holds_alternative<Rejected>(talk.deliveries[0]));
}

TEST_CASE("in a pipe a file is shown between two lines") {
  Conversation talk({"export"});
  talk.answer = [](const Update& update) {
    auto message = Conversation::message(update.place, "Here it is.");
    message.message.file = File{"credits-P7.csv", "text/csv", "Author,Order\r\n\tAna\x1b[31m,1"};
    return std::vector{message};
  };
  talk.run();
  CHECK(talk.terminal->shown ==
        "[operator> export]\nHere it is.\n----- credits-P7.csv -----\nAuthor,Order\n\tAna[31m,1\n"
        "----- end of credits-P7.csv -----\n\n");
}

TEST_CASE("at a terminal a file is kept, whatever is there already, and nowhere else") {
  const fakes::TemporaryFolder folder;
  const std::string content = "Author,Order\r\n";
  const auto send = [&](const std::string& name) {
    Conversation talk({"export"}, true, folder.path());
    talk.answer = [&](const Update& update) {
      auto message = Conversation::message(update.place, "Here it is.");
      message.message.file = File{name, "text/csv", content};
      return std::vector{message};
    };
    talk.run();
    return talk.terminal->shown;
  };
  const auto kept = [&](const char* name) {
    std::ifstream in(folder.path() / name, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  CHECK(send("credits-P7.csv").find("Saved as " + (folder.path() / "credits-P7.csv").string()) != std::string::npos);
  CHECK(send("credits-P7.csv").find("Saved as " + (folder.path() / "credits-P7-2.csv").string()) != std::string::npos);
  CHECK(kept("credits-P7.csv") == content);
  CHECK(kept("credits-P7-2.csv") == content);
  CHECK(send("../../etc/pass\x1bwd").find("Saved as " + (folder.path() / "-..-etc-passwd").string()) !=
        std::string::npos);
  CHECK(kept("-..-etc-passwd") == content);
  CHECK(send("..").find("Saved as " + (folder.path() / "file").string()) != std::string::npos);
}

TEST_CASE("a file that cannot be kept is shown, with the reason") {
  const fakes::TemporaryFolder folder;
  Conversation talk({"export"}, true, folder.path() / "gone");
  talk.answer = [](const Update& update) {
    auto message = Conversation::message(update.place, "Here it is.");
    message.message.file = File{"a.csv", "text/csv", "x,y"};
    return std::vector{message};
  };
  talk.run();
  CHECK(talk.terminal->shown.find("a.csv could not be saved (No such file or directory), so here it is:\n"
                                  "----- a.csv -----\nx,y\n") != std::string::npos);
}
