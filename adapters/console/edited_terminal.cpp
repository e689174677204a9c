#include "adapters/console/edited_terminal.h"

#include <cstdlib>
#include <cwchar>
#include <stdexcept>
#include <utility>

#include <unistd.h>

namespace osrbot::console {
namespace {

constexpr int history_lines = 1000;
constexpr std::string_view clear_line = "\r\x1b[K";

/// libedit reads characters as the thread's locale says; a plain "C" locale would break everything that is not ASCII.
class ThreadLocale {
 public:
  explicit ThreadLocale(locale_t locale) : before_(::uselocale(locale)) {}
  ~ThreadLocale() { ::uselocale(before_); }
  ThreadLocale(const ThreadLocale&) = delete;
  ThreadLocale& operator=(const ThreadLocale&) = delete;

 private:
  locale_t before_;
};

}  // namespace

EditedTerminal::EditedTerminal(std::FILE* in, std::FILE* out)
    : in_(in), out_(out), utf8_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
  if (utf8_ == nullptr) throw std::runtime_error("the system has no locale C.UTF-8");
  const ThreadLocale locale(utf8_);
  editor_.reset(::el_init("osrbot", in, out, out));
  history_.reset(::history_init());
  if (!editor_ || !history_) throw std::runtime_error("the line editor cannot use this terminal");
  HistEvent event;
  ::history(history_.get(), &event, H_SETSIZE, history_lines);
  ::history(history_.get(), &event, H_SETUNIQUE, 1);
  ::el_set(editor_.get(), EL_CLIENTDATA, this);
  ::el_set(editor_.get(), EL_SIGNAL, 0);
  ::el_set(editor_.get(), EL_EDITOR, "emacs");
  ::el_set(editor_.get(), EL_HIST, ::history, history_.get());
  ::el_set(editor_.get(), EL_PROMPT, &EditedTerminal::prompt_of);
  ::el_set(editor_.get(), EL_GETCFN, &EditedTerminal::read_character);
  ::el_set(editor_.get(), EL_BIND, "^R", "em-inc-search-prev", nullptr);
}

EditedTerminal::~EditedTerminal() {
  {
    const ThreadLocale locale(utf8_);
    editor_.reset();
    history_.reset();
  }
  ::freelocale(utf8_);
}

bool EditedTerminal::has_styles() const {
  const char* terminal = std::getenv("TERM");
  return terminal != nullptr && std::string_view(terminal) != "dumb" && std::getenv("NO_COLOR") == nullptr;
}

EditedTerminal& EditedTerminal::of(EditLine* editor) {
  void* terminal = nullptr;
  ::el_get(editor, EL_CLIENTDATA, &terminal);
  return *static_cast<EditedTerminal*>(terminal);
}

char* EditedTerminal::prompt_of(EditLine* editor) {
  return of(editor).prompt_.data();
}

std::optional<std::string> EditedTerminal::next(const std::string& prompt, std::stop_token stop) {
  const ThreadLocale locale(utf8_);
  const std::stop_callback wake(stop, [this] { wake_.wake(); });
  prompt_ = prompt;
  stop_ = stop;
  {
    const std::scoped_lock lock(mutex_);
    at_prompt_ = true;
  }
  int count = 0;
  const char* typed = ::el_gets(editor_.get(), &count);
  std::string line = typed != nullptr && count > 0 ? std::string(typed, static_cast<std::size_t>(count)) : "";
  {
    const std::scoped_lock lock(mutex_);
    at_prompt_ = false;
    write(std::exchange(waiting_, ""));
  }
  if (line.empty()) {
    show("\n");
    return std::nullopt;
  }
  while (line.ends_with('\n') || line.ends_with('\r')) line.pop_back();
  if (line.size() > longest_line) line.resize(longest_line);
  HistEvent event;
  if (!line.empty()) ::history(history_.get(), &event, H_ENTER, line.c_str());
  return line;
}

int EditedTerminal::read_character(EditLine* editor, wchar_t* character) {
  EditedTerminal& self = of(editor);
  std::mbstate_t state{};
  while (true) {
    if (self.stop_.stop_requested()) return 0;
    if (!self.wake_.wait_readable(::fileno(self.in_))) {
      const std::scoped_lock lock(self.mutex_);
      if (self.waiting_.empty()) continue;
      self.write(clear_line);
      self.write(std::exchange(self.waiting_, ""));
      ::el_set(editor, EL_REFRESH);
      continue;
    }
    char byte = 0;
    const ssize_t got = ::read(::fileno(self.in_), &byte, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return static_cast<int>(got);
    const std::size_t length = std::mbrtowc(character, &byte, 1, &state);
    if (length <= 1) return 1;  // a whole character
    if (length == static_cast<std::size_t>(-1)) state = {};
  }
}

bool EditedTerminal::show(std::string_view text) {
  const std::scoped_lock lock(mutex_);
  if (!at_prompt_) return write(text);
  waiting_ += text;
  wake_.wake();
  return true;
}

bool EditedTerminal::write(std::string_view text) {
  return std::fwrite(text.data(), 1, text.size(), out_) == text.size() && std::fflush(out_) == 0;
}

}  // namespace osrbot::console
