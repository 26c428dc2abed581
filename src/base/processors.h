#pragma once

#include <optional>
#include <string_view>

namespace hallmark::base {

/// Processors that a cgroup v2 `cpu.max` text allows ("150000 100000" is 1.5); nothing when it sets
/// no limit or is not understood.
std::optional<double> parse_cpu_max(std::string_view text);

/// Where this process stands in the cgroup v2 hierarchy, from the text of /proc/self/cgroup.
std::optional<std::string_view> find_unified_cgroup(std::string_view text);

/// Where this process stands in the hierarchy of the v1 controller `cpu`.
std::optional<std::string_view> find_cpu_cgroup(std::string_view text);

}  // namespace hallmark::base
