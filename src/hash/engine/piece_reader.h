#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "hallmark/base/cancellation.h"
#include "hallmark/base/directory.h"
#include "hallmark/base/progress.h"
#include "hash/engine/plan.h"

namespace hallmark::hash::engine {

/// What all pieces of a job have in common.
struct Job {
  const base::Directory& root;
  std::span<const FileToHash* const> files;
  base::ProgressSink& progress;
  const base::Cancellation& cancellation;
  bool direct = false;  ///< Past the page cache, where the file system allows.
};

/// A piece that is open for reading, from its first byte to its last.
///
/// The file is the one that was listed: its status is compared when it is opened and again, by
/// name, when all was read.
class OpenPiece {
 public:
  [[nodiscard]] const Piece& piece() const { return piece_; }

  /// Bytes not read yet.
  [[nodiscard]] std::uint64_t rest() const { return piece_.length - done_; }

  /// The next bytes of the piece: as many as the buffer holds or the piece still has. A file that
  /// ends before fails with kFileChanged.
  Result<std::size_t> read(std::span<std::uint8_t> buffer);

  /// To be called after the last byte was read. Fails with kFileChanged.
  Result<void> close();

 private:
  friend class PieceOpener;
  OpenPiece(const Job& job, const Piece& piece) : job_(&job), piece_(piece) {}

  [[nodiscard]] const FileToHash& file() const { return *job_->files[piece_.file]; }
  [[nodiscard]] tl::unexpected<Error> changed() const;

  const Job* job_;
  Piece piece_;
  std::uint64_t done_ = 0;
  std::shared_ptr<const base::Directory> parent_;
  base::FileDescriptor descriptor_;
};

/// Opens pieces for one thread. The directory that the last file stood in is kept open: the next
/// one is most often beside it.
class PieceOpener {
 public:
  explicit PieceOpener(const Job& job) : job_(job) {}

  Result<OpenPiece> open(const Piece& piece);

  /// To be called when all pieces are closed: whether the directories that files were opened from
  /// still stand where they were. Fails with kFileChanged.
  Result<void> check_directories() const;

 private:
  struct OpenedDirectory {
    const base::Directory* beneath;
    std::string path;
    base::FileStatus status;
  };

  Result<std::shared_ptr<const base::Directory>> parent_of(const FileToHash& file);

  const Job& job_;
  const base::Directory* parent_beneath_ = nullptr;
  std::string parent_path_;
  std::shared_ptr<const base::Directory> parent_;
  std::vector<OpenedDirectory> opened_;
};

}  // namespace hallmark::hash::engine
