#include "cli/passphrase.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "hallmark/base/file.h"

namespace hallmark::cli {
namespace {

constexpr std::size_t kLongestPassphrase = 4096;

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

Result<base::Secret> read_line(int terminal, const base::Cancellation& cancellation) {
  std::string line;
  line.reserve(kLongestPassphrase);
  char c = 0;
  ssize_t n = 0;
  while (line.size() < kLongestPassphrase) {
    n = ::read(terminal, &c, 1);
    if (n != 1 || c == '\n') break;
    line.push_back(c);
  }
  const int error_number = errno;
  const bool too_long = line.size() == kLongestPassphrase;
  base::Secret secret(std::move(line));  // wiped, whatever comes of it
  HALLMARK_TRY(cancellation.check());
  if (n < 0) return fail(base::system_error(error_number, "read", "/dev/tty"));
  if (n == 0) return fail(Code::kPassphraseRequired, "the terminal ended before a passphrase");
  if (too_long) return fail(Code::kUsage, "the passphrase is too long");
  return secret;
}

Result<base::Secret> ask(const base::Cancellation& cancellation) {
  const base::FileDescriptor terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC));
  if (!terminal.valid() || ::isatty(STDIN_FILENO) == 0) {
    return fail(Code::kPassphraseRequired,
                "the private key is encrypted and there is no terminal "
                "to ask for its passphrase");
  }
  const SilentTerminal silent(terminal.get());
  if (!silent.silent()) {
    return fail(Code::kPassphraseRequired, "cannot keep the terminal from showing the passphrase");
  }
  say(terminal.get(), "Passphrase of the private key: ");
  auto line = read_line(terminal.get(), cancellation);
  say(terminal.get(), "\n");
  return line;
}

}  // namespace

Result<base::Secret> read_passphrase_file(const std::string& path) {
  HALLMARK_ASSIGN_OR_RETURN(const base::Secret contents,
                            base::read_secret_file(path, kLongestPassphrase));
  std::string_view text = contents.expose_secret();
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return base::Secret(std::string(text));
}

UserPassphrase::UserPassphrase(const PassphraseOptions& options, base::LogSink& log,
                               const base::Cancellation& cancellation)
    : options_(options), cancellation_(cancellation) {
  if (!options.argument) return;
  log.log(base::LogLevel::kWarning,
          "--password shows the passphrase to everyone on this machine; use --password-file");
}

Result<base::Secret> UserPassphrase::passphrase() {
  if (!options_.file.empty()) return read_passphrase_file(options_.file);
  if (options_.argument) return base::Secret(std::string(*options_.argument));
  if (const char* variable = std::getenv("HALLMARK_KEY_PASSWORD")) {
    return base::Secret(std::string(variable));
  }
  return ask(cancellation_);
}

}  // namespace hallmark::cli
