#include <fmt/core.h>

#include "cli/command.h"
#include "cli/shared_options.h"
#include "hallmark/hash/speed.h"

namespace hallmark::cli {
namespace {

using base::JsonArray;
using base::JsonObject;
using base::JsonValue;

struct BenchOptions {
  std::string directory = ".";
};

JsonObject as_members(const hash::Speeds& speeds) {
  JsonArray kernels;
  JsonArray hashes;
  JsonArray reads;
  JsonArray chosen;
  for (const auto& one : speeds.kernels) {
    kernels.emplace_back(JsonObject{{"name", one.kernel},
                                    {"messages", std::uint64_t{one.messages}},
                                    {"bytes_per_second", one.bytes_per_second}});
  }
  for (const auto& one : speeds.algorithms) {
    hashes.emplace_back(JsonObject{{"name", hash::to_string(one.algorithm)},
                                   {"bytes_per_second", one.bytes_per_second}});
  }
  for (const auto& one : speeds.reads) {
    reads.emplace_back(JsonObject{{"buffer_size", std::uint64_t{one.buffer_size}},
                                  {"bytes_per_second", one.bytes_per_second}});
  }
  for (const auto& one : speeds.choices) {
    chosen.emplace_back(
        JsonObject{{"messages", std::uint64_t{one.messages}}, {"kernel", one.kernel}});
  }
  return {{"kernels", std::move(kernels)},
          {"hashes", std::move(hashes)},
          {"memory_copy", speeds.copied_per_second},
          {"reads", std::move(reads)},
          {"chosen", std::move(chosen)}};
}

JsonObject unknown_members() {
  return {{"kernels", nullptr},
          {"hashes", nullptr},
          {"memory_copy", nullptr},
          {"reads", nullptr},
          {"chosen", nullptr}};
}

std::string line(std::string_view what, std::string_view how, std::uint64_t bytes_per_second) {
  return fmt::format("  {:<11}  {:<11}  {:6.2f}\n", what, how,
                     static_cast<double>(bytes_per_second) / 1e9);
}

std::string messages(std::size_t count) {
  return fmt::format("{} message{}", count, count == 1 ? "" : "s");
}

std::string as_text(const hash::Speeds& speeds) {
  std::string text = "GB/s of one core\n\nSHA-256 kernels\n";
  for (const auto& one : speeds.kernels) {
    text += line(one.kernel, messages(one.messages), one.bytes_per_second);
  }
  text += "\nother hashes\n";
  for (const auto& one : speeds.algorithms) {
    text += line(hash::to_string(one.algorithm), messages(1), one.bytes_per_second);
  }
  text += "\nmemory\n";
  text += line("copy", "", speeds.copied_per_second);
  for (const auto& one : speeds.reads) {
    text += line("page cache", fmt::format("{} KiB", one.buffer_size / 1024), one.bytes_per_second);
  }
  text += "\nchosen for SHA-256\n";
  for (const auto& one : speeds.choices) {
    text += fmt::format("  {:<11}  {}\n", messages(one.messages), one.kernel);
  }
  return text;
}

CommandReport run(const BenchOptions& options, const model::Context& context) {
  CommandReport report;
  auto speeds = hash::measure_speeds(options.directory, {}, context.log, context.cancellation);
  report.members = {{"directory", options.directory}};
  append(report.members, speeds ? as_members(*speeds) : unknown_members());
  if (!speeds) {
    report.problem = std::move(speeds.error());
    return report;
  }
  report.message = "one core of the machine is measured";
  report.text = as_text(*speeds);
  return report;
}

}  // namespace

void add_bench(Command program, Selection& selection) {
  Command bench = program.add_command("bench", "Measure this machine");
  Command command =
      add_command(bench, "kernels", "Measure hashing and reading on one core", "bench", selection);
  auto options = std::make_shared<BenchOptions>();
  command.add_option("--directory", options->directory, "PATH",
                     "Where the temporary file is made that is read (default: .)");
  command.on_chosen([options, &selection] {
    selection.name = "bench kernels";
    selection.run = [options](const model::Context& context) { return run(*options, context); };
  });
}

}  // namespace hallmark::cli
