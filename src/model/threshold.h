#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "hallmark/model/verify_signatures.h"

namespace hallmark::model {

/// Marks the signatures that count, and returns how many there are.
std::size_t count_signers(std::span<JudgedSignature> signatures);

/// What follows from the signatures, whose signers are counted: nothing when the model is verified.
/// `most_signers` is how many different signers there can be at all, when that is known.
std::optional<Error> decide(std::span<const JudgedSignature> signatures,
                            std::optional<std::size_t> threshold,
                            std::optional<std::size_t> most_signers);

}  // namespace hallmark::model
