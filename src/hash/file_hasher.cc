#include "hallmark/hash/file_hasher.h"

#include <sys/resource.h>

#include <algorithm>

#include "hallmark/base/thread_pool.h"
#include "hash/engine/blake3_worker.h"
#include "hash/engine/lane_worker.h"
#include "hash/engine/plan.h"
#include "hash/engine/read_ahead.h"
#include "hash/engine/stream_worker.h"

namespace hallmark::hash {
namespace {

using engine::Piece;
using engine::Plan;

// Rough costs, for deciding what is worth a thread: to start one takes some 50 microseconds.
constexpr std::uint64_t kFileCost = 8'000;          // nanoseconds
constexpr std::uint64_t kThreadWorth = 200'000;     // nanoseconds, about a byte each
constexpr std::uint64_t kLargeJob = 256ULL << 20;   // bytes: measuring kernels pays
constexpr std::uint64_t kReadAheadWorth = 8 << 20;  // bytes
// So that all buffers stay within 64 MiB: a thread with 16 lanes has 1.125 MiB of them.
constexpr std::size_t kMostThreads = 56;

// File descriptors that are left to others: what the process has open, and inherited.
constexpr std::size_t kForOthers = 32;
// That a piece on its way needs, the file and its directory, and a thread besides.
constexpr std::size_t kForPiece = 2;
constexpr std::size_t kForThread = 2;

std::size_t usable_descriptors() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  return limit.rlim_cur - std::min<rlim_t>(limit.rlim_cur, kForOthers);
}

// One thread with one piece is always worth a try.
std::size_t threads_by_descriptors() {
  return std::max<std::size_t>(1, usable_descriptors() / (kForThread + kForPiece));
}

std::size_t lanes_by_descriptors(std::size_t threads) {
  const std::size_t of_thread = usable_descriptors() / threads;
  return std::max(kForPiece, of_thread - std::min(of_thread, kForThread)) / kForPiece;
}

// How many threads the work would pay for.
std::uint64_t threads_worth(const Plan& plan) {
  return 1 + (plan.pieces.size() * kFileCost + plan.bytes) / kThreadWorth;
}

// How many can run. For little work that is not asked for: it means to read several files.
std::size_t usable_threads(const Plan& plan, const HashOptions& options) {
  if (options.threads != 0) return options.threads;
  return threads_worth(plan) == 1 ? 1 : base::usable_processors();
}

// Threads that pay, `usable` of them at most.
std::size_t threads_for(const Plan& plan, std::size_t usable) {
  const std::size_t wanted =
      std::min({usable, kMostThreads, threads_by_descriptors(), plan.pieces.size()});
  return static_cast<std::size_t>(
      std::clamp<std::uint64_t>(threads_worth(plan), 1, std::max<std::size_t>(wanted, 1)));
}

class FilesHasher {
 public:
  FilesHasher(const engine::Job& job, const HashOptions& options, const Plan& plan)
      : job_(job),
        options_(options),
        plan_(plan),
        usable_(usable_threads(plan, options)),
        digests_(plan.results, Digest::zero(options.algorithm)) {}

  Result<std::vector<Digest>> run() {
    const std::size_t threads = threads_for(plan_, usable_);
    if (is_lone_and_long() && options_.algorithm != Algorithm::kBlake3) {
      HALLMARK_TRY(hash_lone_piece());
    } else if (options_.algorithm == Algorithm::kSha256) {
      HALLMARK_TRY(hash_in_lanes(threads));
    } else if (options_.algorithm == Algorithm::kBlake3) {
      HALLMARK_TRY(hash_in_subtrees(threads));
    } else {
      HALLMARK_TRY(hash_in_streams(threads));
    }
    return std::move(digests_);
  }

 private:
  [[nodiscard]] bool is_lone_and_long() const {
    return plan_.pieces.size() == 1 && plan_.bytes >= kReadAheadWorth && usable_ > 1;
  }

  Result<void> hash_lone_piece() {
    const Piece& piece = plan_.pieces.front();
    engine::PieceOpener opener(job_);
    HALLMARK_ASSIGN_OR_RETURN(engine::OpenPiece opened, opener.open(piece));
    HALLMARK_ASSIGN_OR_RETURN(digests_[piece.result],
                              engine::hash_with_read_ahead(opened, options_.algorithm));
    HALLMARK_TRY(opened.close());
    HALLMARK_TRY(opener.check_directories());
    job_.progress.on_file();
    return {};
  }

  Result<void> hash_in_lanes(std::size_t threads) {
    const std::size_t share =
        std::min((plan_.pieces.size() + threads - 1) / threads, lanes_by_descriptors(threads));
    const sha256::Choice kernels =
        sha256::choose({.messages = share, .is_large = plan_.bytes >= kLargeJob});
    for (const std::string& warning : kernels.warnings) {
      if (options_.log != nullptr) options_.log->log(base::LogLevel::kWarning, warning);
    }
    const std::size_t widest = kernels.steps.back().kernel.width;
    const std::size_t lanes = std::clamp<std::size_t>(share, 1, std::max<std::size_t>(widest, 1));
    return on_threads(threads, plan_, [&](engine::Shared& shared) {
      return engine::LaneWorker(job_, kernels, lanes, shared).run();
    });
  }

  Result<void> hash_in_streams(std::size_t threads) {
    return on_threads(threads, plan_, [&](engine::Shared& shared) {
      return engine::StreamWorker(job_, options_.algorithm, shared).run();
    });
  }

  Result<void> hash_in_subtrees(std::size_t threads) {
    const engine::Blake3Plan cut = engine::cut_for_blake3(plan_);
    std::vector<blake3::ChainingValue> values(cut.values);
    HALLMARK_TRY(on_threads(std::max(threads, threads_for(cut.runs, usable_)), cut.runs,
                            [&](engine::Shared& shared) {
                              return engine::Blake3Worker(job_, cut, values, shared).run();
                            }));
    engine::merge_values(cut, values, digests_);
    return {};
  }

  template <typename Work>
  Result<void> on_threads(std::size_t threads, const Plan& plan, const Work& work) {
    engine::PieceSource source(plan);
    engine::FileCounter files(plan, job_.files.size(), job_.progress);
    engine::FirstFailure failure;
    engine::Shared shared{source, digests_, files, failure};
    base::ThreadPool pool(threads);
    pool.for_each(pool.size(), [&](std::size_t) { return work(shared); });
    if (auto error = failure.take()) return fail(*std::move(error));
    HALLMARK_CHECK(files.all_done());
    return {};
  }

  const engine::Job& job_;
  const HashOptions& options_;
  const Plan& plan_;
  std::size_t usable_;  // threads that can run
  std::vector<Digest> digests_;
};

}  // namespace

Result<std::vector<Digest>> hash_files(const base::Directory& root,
                                       std::span<const FileToHash* const> files,
                                       const HashOptions& options, base::ProgressSink& progress,
                                       const base::Cancellation& cancellation) {
  if (files.empty()) return std::vector<Digest>();
  const Plan plan = engine::plan_pieces(files, options.shard_size);
  const engine::Job job{root, files, progress, cancellation, options.direct};
  return FilesHasher(job, options, plan).run();
}

}  // namespace hallmark::hash
