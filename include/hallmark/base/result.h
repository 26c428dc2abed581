#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

#include "hallmark/base/error.h"

namespace hallmark {

/// A value, or the reason why there is none. The same type in every build mode.
template <typename T>
using Result = tl::expected<T, Error>;

/// What a function returns to say that it failed: `return fail(Code::kIoError, "...")`.
inline tl::unexpected<Error> fail(Code code, std::string message) {
  return tl::unexpected<Error>(Error{code, std::move(message)});
}

/// Passes on the failure of another result, whatever its value type was.
inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

namespace internal {

/// Ends the process: an invariant of the program is broken, in every build mode.
[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace internal
}  // namespace hallmark

// The four macros of Hallmark. They exist because a function cannot return for its caller.

#define HALLMARK_CONCAT_INNER(a, b) a##b
#define HALLMARK_CONCAT(a, b) HALLMARK_CONCAT_INNER(a, b)

/// Evaluates a Result and returns its error from the enclosing function, if it has one.
#define HALLMARK_TRY(expression)                                                     \
  do {                                                                               \
    if (auto hallmark_tried = (expression); !hallmark_tried) {                       \
      return ::tl::unexpected<::hallmark::Error>(std::move(hallmark_tried.error())); \
    }                                                                                \
  } while (false)

#define HALLMARK_ASSIGN_INNER(result, declaration, expression)                        \
  auto result = (expression);                                                         \
  if (!result) return ::tl::unexpected<::hallmark::Error>(std::move(result.error())); \
  declaration = *std::move(result)

/// Declares or assigns from a Result's value, or returns its error from the enclosing function.
#define HALLMARK_ASSIGN_OR_RETURN(declaration, expression) \
  HALLMARK_ASSIGN_INNER(HALLMARK_CONCAT(hallmark_result_, __LINE__), declaration, expression)

/// Ends the process in every build mode when an invariant of the program is broken.
#define HALLMARK_CHECK(condition) \
  ((condition) ? void() : ::hallmark::internal::check_failed(#condition, __FILE__, __LINE__))
