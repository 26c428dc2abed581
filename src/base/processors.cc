#include "base/processors.h"

#include <sched.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

#include "hallmark/base/file.h"
#include "hallmark/base/thread_pool.h"

namespace hallmark::base {
namespace {

constexpr std::size_t kLongestText = std::size_t{64} << 10;

std::optional<double> parse_number(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return static_cast<double>(value);
}

std::optional<double> quotient(std::optional<double> quota, std::optional<double> period) {
  if (!quota || !period || *quota <= 0 || *period <= 0) return std::nullopt;
  return *quota / *period;
}

std::size_t processors_of_affinity() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (::sched_getaffinity(0, sizeof(set), &set) != 0) return 1;
  return static_cast<std::size_t>(std::max(1, CPU_COUNT(&set)));
}

// A line of /proc/self/cgroup is "id:controllers:path".
std::optional<std::string_view> find_cgroup(std::string_view text,
                                            bool (*wanted)(std::string_view)) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const std::size_t first = line.find(':');
    const std::size_t second = line.find(':', first + 1);
    if (first == std::string_view::npos || second == std::string_view::npos) continue;
    if (wanted(line.substr(first + 1, second - first - 1))) return line.substr(second + 1);
  }
  return std::nullopt;
}

bool names_cpu(std::string_view controllers) {
  while (!controllers.empty()) {
    const std::string_view name = controllers.substr(0, controllers.find(','));
    if (name == "cpu") return true;
    controllers.remove_prefix(std::min(controllers.size(), name.size() + 1));
  }
  return false;
}

std::string text_or_nothing(const std::string& path) {
  return read_file(path, kLongestText).value_or(std::string());
}

std::optional<double> quota_v2(const std::string& folder) {
  return parse_cpu_max(text_or_nothing(folder + "/cpu.max"));
}

std::optional<double> quota_v1(const std::string& folder) {
  return quotient(parse_number(text_or_nothing(folder + "/cpu.cfs_quota_us")),
                  parse_number(text_or_nothing(folder + "/cpu.cfs_period_us")));
}

// A quota holds for everything below it, so the least one on the way to the mount point counts.
std::optional<double> least_quota(const std::string& mount, std::string_view cgroup,
                                  std::optional<double> (*quota_of)(const std::string&)) {
  std::optional<double> least;
  for (std::string path(cgroup);; path.resize(path.rfind('/'))) {
    const auto quota = quota_of(mount + path);
    if (quota) least = least ? std::min(*least, *quota) : *quota;
    if (path.find('/') == std::string::npos) return least;
  }
}

std::optional<double> cgroup_quota() {
  const std::string text = text_or_nothing("/proc/self/cgroup");
  if (const auto cgroup = find_unified_cgroup(text)) {
    if (const auto quota = least_quota("/sys/fs/cgroup", *cgroup, quota_v2)) return quota;
  }
  if (const auto cgroup = find_cpu_cgroup(text)) {
    return least_quota("/sys/fs/cgroup/cpu", *cgroup, quota_v1);
  }
  return std::nullopt;
}

}  // namespace

std::optional<double> parse_cpu_max(std::string_view text) {
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  return quotient(parse_number(text.substr(0, space)), parse_number(text.substr(space + 1)));
}

std::optional<std::string_view> find_unified_cgroup(std::string_view text) {
  return find_cgroup(text, [](std::string_view controllers) { return controllers.empty(); });
}

std::optional<std::string_view> find_cpu_cgroup(std::string_view text) {
  return find_cgroup(text, names_cpu);
}

std::size_t usable_processors() {
  const std::size_t processors = processors_of_affinity();
  const auto quota = cgroup_quota();
  if (!quota) return processors;
  return std::clamp<std::size_t>(static_cast<std::size_t>(std::ceil(*quota)), 1, processors);
}

}  // namespace hallmark::base
