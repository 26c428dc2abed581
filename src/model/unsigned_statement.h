#pragma once

#include <string>

#include "hallmark/base/result.h"
#include "hallmark/model/context.h"
#include "hallmark/model/sign.h"

namespace hallmark::model {

/// A statement about a model that nobody has signed yet.
struct UnsignedStatement {
  std::string text;
  SignReport report;
};

/// What `sign_model` does but for signing and storing, with the same failures.
Result<UnsignedStatement> state_model(const SignRequest& request, const Context& context);

}  // namespace hallmark::model
