#include "hallmark/manifest/archive.h"

#include <algorithm>
#include <array>

#include "manifest/archive_members.h"
#include "manifest/archive_stream.h"
#include "manifest/archive_tar.h"
#include "manifest/archive_zip.h"

namespace hallmark::manifest {
namespace {

struct Suffix {
  std::string_view text;
  ArchiveForm form;
};

constexpr auto kSuffixes = std::to_array<Suffix>({
    {".tar", ArchiveForm::kTar},
    {".tar.gz", ArchiveForm::kTarGzip},
    {".tgz", ArchiveForm::kTarGzip},
    {".tar.zst", ArchiveForm::kTarZstd},
    {".tzst", ArchiveForm::kTarZstd},
    {".zip", ArchiveForm::kZip},
});

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

}  // namespace

std::string_view to_string(ArchiveForm form) {
  switch (form) {
    case ArchiveForm::kTar:
      return "tar";
    case ArchiveForm::kTarGzip:
      return "tar.gz";
    case ArchiveForm::kTarZstd:
      return "tar.zst";
    case ArchiveForm::kZip:
      return "zip";
  }
  HALLMARK_CHECK(false);
  return {};
}

std::optional<ArchiveForm> archive_form_of(std::string_view name) {
  const std::string lower = lower_case(name);
  const auto* suffix = std::find_if(kSuffixes.begin(), kSuffixes.end(), [&](const Suffix& s) {
    return lower.size() > s.text.size() && lower.ends_with(s.text);
  });
  return suffix != kSuffixes.end() ? std::optional(suffix->form) : std::nullopt;
}

Result<ArchiveContents> digest_archive(ArchiveSource& source, ArchiveForm form,
                                       const hash::HashOptions& how, const ArchiveLimits& limits,
                                       const base::Cancellation& cancellation) {
  ArchiveMembers members(how, limits);
  UnpackingAllowance allowance(limits.max_unpacked_bytes, cancellation);
  if (form == ArchiveForm::kZip) {
    HALLMARK_TRY(read_zip(source, limits, allowance, members));
  } else {
    HALLMARK_TRY(read_tar(*open_tar_stream(form, source, allowance), members));
  }
  return std::move(members).finish();
}

}  // namespace hallmark::manifest
