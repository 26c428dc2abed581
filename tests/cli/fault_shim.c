// A library to preload: it lets chosen calls of a program fail, or makes something happen just
// before one, so that a test can ask what the program does then.
//
//   HALLMARK_FAULT           faults apart by blanks: CALL:ACTION[:TEXT]
//   HALLMARK_FAULT_DO        command of the shell for the action "do"
//   HALLMARK_FAULT_HAPPENED  a path; when fault N happens, PATH.N is made
//
// CALL is one of those below. ACTION is the name of an errno, with which every such call fails from
// then on (EIO@2: from the second one on); the name of a signal, which is raised once before the
// call; "half", for a write that stores half of what it is given, once; or "do", once. TEXT is a
// part of the path that the call is about, its end when TEXT ends in "$", or for readdir and openat
// the whole name.

#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int __openat_2(int directory, const char* path, int flags);

#define EXPORT __attribute__((visibility("default")))

// The function of that name in the next library. The cast goes through a union, as ISO C has none.
#define NEXT(name)                                 \
  static __typeof__(&(name)) next = NULL;          \
  if (next == NULL) {                              \
    const union {                                  \
      void* object;                                \
      __typeof__(&(name)) function;                \
    } found = {.object = dlsym(RTLD_NEXT, #name)}; \
    next = found.function;                         \
  }

enum action { kFail, kRaise, kHalf, kDo };

struct name {
  const char* text;
  int value;
};

static const struct name kErrors[] = {
    {"EACCES", EACCES}, {"EAGAIN", EAGAIN}, {"EDQUOT", EDQUOT}, {"EINTR", EINTR},
    {"EIO", EIO},       {"EMFILE", EMFILE}, {"ENOSPC", ENOSPC}, {"ENOSYS", ENOSYS},
    {"EPERM", EPERM},   {"EROFS", EROFS},   {"ESTALE", ESTALE},
};

static const struct name kSignals[] = {
    {"SIGHUP", SIGHUP},
    {"SIGINT", SIGINT},
    {"SIGTERM", SIGTERM},
};

struct fault {
  enum action action;
  int value;
  atomic_int spared;  // calls that still succeed
  char call[32];
  char text[256];
  atomic_flag happened_once;
};

enum { kMostFaults = 4 };

static struct fault faults[kMostFaults];
static size_t fault_count = 0;
static char command[4096];
static char happened[4096];

static void copy_text(char* target, size_t size, const char* source) {
  if (source != NULL && snprintf(target, size, "%s", source) >= (int)size) abort();
}

static int look_up(const struct name* names, size_t count, const char* text, int* value) {
  for (size_t i = 0; i < count; ++i) {
    if (strcmp(names[i].text, text) != 0) continue;
    *value = names[i].value;
    return 1;
  }
  return 0;
}

static enum action parse_action(const char* text, int* value) {
  if (strcmp(text, "do") == 0) return kDo;
  if (strcmp(text, "half") == 0) return kHalf;
  if (look_up(kErrors, sizeof(kErrors) / sizeof(kErrors[0]), text, value)) return kFail;
  if (look_up(kSignals, sizeof(kSignals) / sizeof(kSignals[0]), text, value)) return kRaise;
  fprintf(stderr, "fault_shim: no action %s\n", text);
  abort();
}

// Children of the program, and commands run from here, are left alone.
static void forget_environment(void) {
  unsetenv("LD_PRELOAD");
  unsetenv("HALLMARK_FAULT");
  unsetenv("HALLMARK_FAULT_DO");
  unsetenv("HALLMARK_FAULT_HAPPENED");
}

static void add_fault(char* rest) {
  if (fault_count == kMostFaults) abort();
  struct fault* fault = &faults[fault_count++];
  copy_text(fault->call, sizeof(fault->call), strsep(&rest, ":"));
  char* action = strsep(&rest, ":");
  const char* name = strsep(&action, "@");
  if (action != NULL) fault->spared = atoi(action) - 1;
  copy_text(fault->text, sizeof(fault->text), rest);
  fault->action = parse_action(name != NULL ? name : "", &fault->value);
}

__attribute__((constructor)) static void read_environment(void) {
  char copy[1024] = "";
  copy_text(copy, sizeof(copy), getenv("HALLMARK_FAULT"));
  copy_text(command, sizeof(command), getenv("HALLMARK_FAULT_DO"));
  copy_text(happened, sizeof(happened), getenv("HALLMARK_FAULT_HAPPENED"));
  char* rest = copy;
  for (char* one = strsep(&rest, " "); one != NULL; one = strsep(&rest, " ")) {
    if (*one != '\0') add_fault(one);
  }
  forget_environment();
}

static void note_happened(size_t number) {
  char path[sizeof(happened) + 16];
  snprintf(path, sizeof(path), "%s.%zu", happened, number);
  const long file = syscall(SYS_openat, AT_FDCWD, path, O_CREAT | O_WRONLY, 0600);
  if (file >= 0) syscall(SYS_close, file);
}

static int ends_with(const char* subject, const char* text, size_t length) {
  const size_t whole = strlen(subject);
  return whole >= length && strncmp(subject + whole - length, text, length) == 0;
}

static int is_about(const struct fault* fault, const char* call, const char* subject) {
  if (strcmp(call, fault->call) != 0) return 0;
  if (strcmp(call, "readdir") == 0 || strcmp(call, "openat") == 0) {
    return strcmp(subject, fault->text) == 0;
  }
  const size_t length = strlen(fault->text);
  if (length > 0 && fault->text[length - 1] == '$') {
    return ends_with(subject, fault->text, length - 1);
  }
  return strstr(subject, fault->text) != NULL;
}

static int strike_with(struct fault* fault, size_t number, int* half) {
  if (fault->action == kFail) {
    if (atomic_fetch_sub(&fault->spared, 1) > 0) return 0;
    note_happened(number);
    errno = fault->value;
    return 1;
  }
  if (atomic_flag_test_and_set(&fault->happened_once)) return 0;
  note_happened(number);
  if (fault->action == kRaise) raise(fault->value);
  if (fault->action == kDo && system(command) != 0) abort();
  if (fault->action == kHalf && half != NULL) *half = 1;
  return 0;
}

// Says whether the call is to fail; errno is then set. `half` is set when it shall do half its
// work.
static int strike(const char* call, const char* subject, int* half) {
  for (size_t i = 0; i < fault_count; ++i) {
    if (is_about(&faults[i], call, subject) && strike_with(&faults[i], i, half)) return 1;
  }
  return 0;
}

static int strike_descriptor(const char* call, int descriptor, int* half) {
  if (fault_count == 0) return 0;
  char link[64];
  char path[4096] = "";
  snprintf(link, sizeof(link), "/proc/self/fd/%d", descriptor);
  if (readlink(link, path, sizeof(path) - 1) < 0) return 0;
  return strike(call, path, half);
}

EXPORT ssize_t write(int descriptor, const void* data, size_t size) {
  NEXT(write)
  int half = 0;
  if (strike_descriptor("write", descriptor, &half)) return -1;
  return next(descriptor, data, half ? size / 2 : size);
}

EXPORT int fsync(int descriptor) {
  NEXT(fsync)
  return strike_descriptor("fsync", descriptor, NULL) ? -1 : next(descriptor);
}

EXPORT int rename(const char* from, const char* to) {
  NEXT(rename)
  return strike("rename", to, NULL) ? -1 : next(from, to);
}

EXPORT int link(const char* from, const char* to) {
  NEXT(link)
  return strike("link", to, NULL) ? -1 : next(from, to);
}

EXPORT ssize_t read(int descriptor, void* data, size_t size) {
  NEXT(read)
  return strike_descriptor("read", descriptor, NULL) ? -1 : next(descriptor, data, size);
}

EXPORT ssize_t pread(int descriptor, void* data, size_t size, off_t offset) {
  NEXT(pread)
  return strike_descriptor("pread", descriptor, NULL) ? -1 : next(descriptor, data, size, offset);
}

// About no path: TEXT is left out.
EXPORT int pthread_create(pthread_t* thread, const pthread_attr_t* attributes,
                          void* (*start)(void*), void* argument) {
  NEXT(pthread_create)
  return strike("pthread_create", "", NULL) ? errno : next(thread, attributes, start, argument);
}

EXPORT struct dirent* readdir(DIR* stream) {
  NEXT(readdir)
  struct dirent* entry = next(stream);
  if (entry != NULL && strike("readdir", entry->d_name, NULL)) return NULL;
  return entry;
}

EXPORT int fstatat(int directory, const char* restrict path, struct stat* restrict status,
                   int flags) {
  NEXT(fstatat)
  return strike("fstatat", path, NULL) ? -1 : next(directory, path, status, flags);
}

// With _FORTIFY_SOURCE, openat without O_CREAT becomes this function of the C library.
EXPORT int __openat_2(int directory, const char* path, int flags) {
  NEXT(__openat_2)
  return strike("openat", path, NULL) ? -1 : next(directory, path, flags);
}

EXPORT int openat(int directory, const char* path, int flags, ...) {
  NEXT(openat)
  va_list list;
  va_start(list, flags);
  const unsigned mode = (flags & O_CREAT) != 0 ? va_arg(list, unsigned) : 0;
  va_end(list);
  return strike("openat", path, NULL) ? -1 : next(directory, path, flags, mode);
}

// openat2 has no function of its own in the C library.
EXPORT long syscall(long number, ...) {
  NEXT(syscall)
  long argument[6];
  va_list list;
  va_start(list, number);
  for (int i = 0; i < 6; ++i) argument[i] = va_arg(list, long);
  va_end(list);
  if (number == SYS_openat2) {
    const char* path = NULL;
    memcpy(&path, &argument[1], sizeof(path));
    if (strike("openat2", path, NULL)) return -1;
  }
  return next(number, argument[0], argument[1], argument[2], argument[3], argument[4], argument[5]);
}
