#include "cli/process_guards.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <csignal>

namespace hallmark::cli {
namespace {

// A signal handler can reach nothing but a global.
base::Cancellation* g_cancellation = nullptr;

void request_stop(int /*signal*/) { g_cancellation->request(); }

// nohup and the like want it so.
bool is_ignored(int signal) {
  struct sigaction inherited{};
  return ::sigaction(signal, nullptr, &inherited) == 0 && inherited.sa_handler == SIG_IGN;
}

}  // namespace

SignalGuard::SignalGuard(base::Cancellation& cancellation) {
  g_cancellation = &cancellation;
  struct sigaction stop{};
  stop.sa_handler = request_stop;
  stop.sa_flags = static_cast<int>(SA_RESETHAND);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    if (!is_ignored(signal)) ::sigaction(signal, &stop, nullptr);
  }
  struct sigaction ignore{};
  ignore.sa_handler = SIG_IGN;
  for (const int signal : {SIGXFSZ, SIGPIPE}) ::sigaction(signal, &ignore, nullptr);
}

NoCoreFiles::NoCoreFiles() : was_dumpable_(::prctl(PR_GET_DUMPABLE)) {
  ::prctl(PR_SET_DUMPABLE, 0);
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
}

NoCoreFiles::~NoCoreFiles() { ::prctl(PR_SET_DUMPABLE, was_dumpable_); }

}  // namespace hallmark::cli
