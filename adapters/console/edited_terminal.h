// A person's terminal: prompt, line editing, and the history of this session.
#pragma once

#include <clocale>
#include <memory>
#include <mutex>

#include <histedit.h>

#include "adapters/console/terminal.h"
#include "adapters/console/wake_fd.h"

namespace osrbot::console {

/// On libedit. What was typed is kept in memory only: a history file would keep what must not be stored, such as
/// patient data that the bot itself turns away.
class EditedTerminal final : public Terminal {
 public:
  EditedTerminal(std::FILE* in, std::FILE* out);
  ~EditedTerminal() override;

  std::optional<std::string> next(const std::string& prompt, std::stop_token stop) override;
  bool show(std::string_view text) override;
  bool is_interactive() const override { return true; }
  bool has_styles() const override;

 private:
  struct Close {
    void operator()(EditLine* editor) const { ::el_end(editor); }
    void operator()(History* history) const { ::history_end(history); }
  };

  static EditedTerminal& of(EditLine* editor);
  static char* prompt_of(EditLine* editor);
  static int read_character(EditLine* editor, wchar_t* character);
  bool write(std::string_view text);

  std::FILE* in_;
  std::FILE* out_;
  WakeFd wake_;
  locale_t utf8_;
  std::unique_ptr<EditLine, Close> editor_;
  std::unique_ptr<History, Close> history_;
  std::string prompt_;
  std::stop_token stop_;

  std::mutex mutex_;
  bool at_prompt_ = false;  ///< guarded by mutex_, like the rest
  std::string waiting_;     ///< to be shown by the thread that is at the prompt
};

}  // namespace osrbot::console
