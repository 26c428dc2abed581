#include "hash/sha256/choice.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "hash/sha256/libcrypto.h"
#include "hash/sha256/tuning.h"

namespace hallmark::hash::sha256 {
namespace {

// A kernel has to be better by this much to replace a narrower one, which needs fewer buffers.
constexpr double kWorthIt = 1.03;

constexpr Kernel kLastResort{"libcrypto", 1, compress_libcrypto};

double rate_with(const Rate& rate, std::size_t messages) {
  const std::size_t used = std::min(messages, rate.kernel.width);
  return rate.gigabytes_per_second * static_cast<double>(used) /
         static_cast<double>(rate.kernel.width);
}

std::vector<Step> best_steps(std::span<const Rate> rates, std::size_t messages) {
  const auto of_last_resort = std::find_if(rates.begin(), rates.end(), [](const Rate& rate) {
    return rate.kernel.compress == kLastResort.compress;
  });
  Rate current{kLastResort, 0};
  if (of_last_resort != rates.end()) current = *of_last_resort;
  std::vector<Step> steps;
  for (std::size_t live = 1; live <= std::clamp<std::size_t>(messages, 1, kWidest); ++live) {
    Rate best = current;
    for (const Rate& rate : rates) {
      if (rate_with(rate, live) > rate_with(best, live)) best = rate;
    }
    if (rate_with(best, live) > rate_with(current, live) * kWorthIt) current = best;
    if (steps.empty() || steps.back().kernel.compress != current.kernel.compress) {
      steps.push_back({current.kernel, live});
    }
  }
  return steps;
}

bool is_trusted(const Kernel& kernel, SelfChecks& checks) {
  return kernel.compress == kLastResort.compress || checks.passes(kernel);
}

void warn_of_failure(Choice& choice, const Kernel& kernel) {
  choice.warnings.push_back(
      fmt::format("the SHA-256 kernel {} disagrees with libcrypto and is not used", kernel.name));
}

void remove(std::vector<Rate>& rates, const Kernel& kernel) {
  std::erase_if(rates, [&](const Rate& rate) { return rate.kernel.compress == kernel.compress; });
}

// The forced kernel for everything, if it can be had.
bool force(Choice& choice, std::vector<Rate>& rates, std::string_view name, SelfChecks& checks) {
  const auto found = std::find_if(rates.begin(), rates.end(),
                                  [&](const Rate& rate) { return rate.kernel.name == name; });
  if (found == rates.end()) {
    choice.warnings.push_back(
        fmt::format("HALLMARK_SHA256_KERNEL names '{}', which this machine does not have",
                    base::escape_for_display(name)));
    return false;
  }
  const Kernel kernel = found->kernel;
  if (is_trusted(kernel, checks)) {
    choice.steps = {{kernel, 1}};
    return true;
  }
  warn_of_failure(choice, kernel);
  remove(rates, kernel);
  return false;
}

// Takes a few milliseconds. `portable`, the first kernel and the slowest, is left out.
const std::vector<Rate>& measured_rates() {
  static const std::vector<Rate> kRates = measure_kernels(
      kernels_of_this_machine().subspan(1), {.samples = 3, .bytes = std::size_t{256} << 10});
  return kRates;
}

// A forced kernel may have no figure, so every kernel is in the list.
std::vector<Rate> with_all_kernels(std::vector<Rate> rates) {
  for (const Kernel& kernel : kernels_of_this_machine()) {
    const bool known = std::any_of(rates.begin(), rates.end(), [&](const Rate& rate) {
      return rate.kernel.compress == kernel.compress;
    });
    if (!known) rates.push_back({kernel, 0});
  }
  return rates;
}

}  // namespace

const Kernel& Choice::for_messages(std::size_t live) const {
  const auto after = std::find_if(steps.begin() + 1, steps.end(),
                                  [live](const Step& step) { return step.from > live; });
  return (after - 1)->kernel;
}

Choice choose_among(std::span<const Rate> rates, std::size_t messages, std::string_view forced,
                    SelfChecks& checks) {
  Choice choice;
  std::vector<Rate> usable(rates.begin(), rates.end());
  if (!forced.empty() && force(choice, usable, forced, checks)) return choice;
  for (;;) {
    choice.steps = best_steps(usable, messages);
    const auto failed =
        std::find_if(choice.steps.begin(), choice.steps.end(),
                     [&](const Step& step) { return !is_trusted(step.kernel, checks); });
    if (failed == choice.steps.end()) return choice;
    warn_of_failure(choice, failed->kernel);
    remove(usable, failed->kernel);
  }
}

Choice choose(const Workload& workload) {
  const std::span<const Kernel> kernels = kernels_of_this_machine();
  const base::CpuFeatures& cpu = base::this_cpu();
  const char* const forced = std::getenv("HALLMARK_SHA256_KERNEL");
  std::vector<Rate> rates = known_rates(cpu, kernels);
  if (rates.size() < kernels.size() && workload.is_large && workload.messages > 1 &&
      forced == nullptr) {
    rates = measured_rates();
  } else if (rates.empty()) {
    rates = assumed_rates(cpu, kernels);
  }
  return choose_among(with_all_kernels(std::move(rates)), workload.messages,
                      forced == nullptr ? "" : forced, process_self_checks());
}

}  // namespace hallmark::hash::sha256
