#pragma once

#include <ostream>
#include <string>
#include <type_traits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hallmark/base/result.h"

namespace hallmark {

/// How a test shows a result: its value, or the name of the code and the message.
template <typename T>
void PrintTo(const Result<T>& result, std::ostream* out) {
  if (!result.has_value()) {
    *out << name_of(result.error().code) << ": " << result.error().message;
  } else if constexpr (std::is_void_v<T>) {
    *out << "success";
  } else {
    *out << ::testing::PrintToString(*result);
  }
}

}  // namespace hallmark

namespace hallmark::testing {

/// The result has a value.
MATCHER(IsOk, negation ? "fails" : "succeeds") { return arg.has_value(); }

/// The result has a value that `inner` matches: IsOkWith(Eq(3)).
MATCHER_P(
    IsOkWith, inner,
    "succeeds with a value that " +
        ::testing::DescribeMatcher<typename std::remove_cvref_t<arg_type>::value_type>(inner)) {
  return arg.has_value() && ::testing::ExplainMatchResult(inner, *arg, result_listener);
}

/// The result is a failure with this code.
MATCHER_P(HasCode, code,
          std::string(negation ? "does not fail with " : "fails with ") +
              std::string(name_of(code))) {
  return !arg.has_value() && arg.error().code == code;
}

/// The result is a failure with this code and a message that `inner` matches:
/// FailsWith(Code::kUsage, HasSubstr("name")); a plain text is the whole message.
MATCHER_P2(FailsWith, code, inner,
           std::string("fails with ") + std::string(name_of(code)) + " and a message that " +
               ::testing::DescribeMatcher<std::string>(inner)) {
  return !arg.has_value() && arg.error().code == code &&
         ::testing::ExplainMatchResult(inner, arg.error().message, result_listener);
}

}  // namespace hallmark::testing
