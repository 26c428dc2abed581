#include "cli/secret_question.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>

#include <fmt/core.h>

#include "hallmark/base/file.h"

namespace hallmark::cli {
namespace {

constexpr std::size_t kLongestAnswer = 4096;

// A terminal that does not show what is typed, until this ends.
class SilentTerminal {
 public:
  explicit SilentTerminal(int descriptor) : descriptor_(descriptor) {
    if (::tcgetattr(descriptor_, &before_) != 0) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    changed_ = ::tcsetattr(descriptor_, TCSAFLUSH, &silent) == 0;
  }
  ~SilentTerminal() {
    if (changed_) ::tcsetattr(descriptor_, TCSAFLUSH, &before_);
  }
  SilentTerminal(const SilentTerminal&) = delete;
  SilentTerminal& operator=(const SilentTerminal&) = delete;

  [[nodiscard]] bool silent() const { return changed_; }

 private:
  int descriptor_;
  termios before_{};
  bool changed_ = false;
};

void say(int terminal, std::string_view text) {
  [[maybe_unused]] const ssize_t written = ::write(terminal, text.data(), text.size());
}

Result<base::Secret> read_line(int terminal, const SecretQuestion& question,
                               const base::Cancellation& cancellation) {
  std::string line;
  line.reserve(kLongestAnswer);
  char c = 0;
  ssize_t n = 0;
  while (line.size() < kLongestAnswer) {
    n = ::read(terminal, &c, 1);
    if (n != 1 || c == '\n') break;
    line.push_back(c);
  }
  const int error_number = errno;
  const bool too_long = line.size() == kLongestAnswer;
  base::Secret secret(std::move(line));  // wiped, whatever comes of it
  HALLMARK_TRY(cancellation.check());
  if (n < 0) return fail(base::system_error(error_number, "read", "/dev/tty"));
  if (n == 0) {
    return fail(question.missing, fmt::format("the terminal ended before a {}", question.of));
  }
  if (too_long) return fail(Code::kUsage, fmt::format("the {} is too long", question.of));
  return secret;
}

}  // namespace

Result<base::Secret> ask_secretly(const SecretQuestion& question,
                                  const base::Cancellation& cancellation) {
  const base::FileDescriptor terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC));
  if (!terminal.valid() || ::isatty(STDIN_FILENO) == 0) {
    return fail(question.missing, question.nobody);
  }
  const SilentTerminal silent(terminal.get());
  if (!silent.silent()) {
    return fail(question.missing,
                fmt::format("cannot keep the terminal from showing the {}", question.of));
  }
  say(terminal.get(), question.prompt);
  auto line = read_line(terminal.get(), question, cancellation);
  say(terminal.get(), "\n");
  return line;
}

}  // namespace hallmark::cli
