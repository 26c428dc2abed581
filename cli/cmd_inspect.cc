#include <algorithm>

#include <fmt/core.h>

#include "cli/command.h"
#include "cli/shared_options.h"
#include "hallmark/base/utf8.h"
#include "hallmark/manifest/shard.h"
#include "hallmark/model/inspect.h"

namespace hallmark::cli {
namespace {

using base::escape_for_display;
using base::JsonArray;
using base::JsonObject;
using base::JsonValue;

// More files than this are counted, not named, in the text for people.
constexpr std::size_t kNamedFiles = 20;

std::string_view form_of(attest::StatementForm form) {
  return form == attest::StatementForm::kSignature ? "OMS v1.0" : "reference 0.2 (legacy)";
}

JsonValue material_as_json(const attest::Bundle& bundle) {
  if (const auto* key = std::get_if<attest::PublicKeyMaterial>(&bundle.material)) {
    return JsonObject{{"method", "key"},
                      {"key_hint", key->hint ? JsonValue(*key->hint) : nullptr},
                      {"certificates", JsonArray{}}};
  }
  JsonArray certificates;
  for (const auto& c : std::get<attest::CertificateMaterial>(bundle.material).chain) {
    certificates.push_back(certificate_as_json(c));
  }
  return JsonObject{
      {"method", "certificate"}, {"key_hint", nullptr}, {"certificates", std::move(certificates)}};
}

JsonArray resources_as_json(const manifest::Manifest& manifest) {
  JsonArray array;
  for (const auto& resource : manifest.resources) {
    const bool sharded = manifest.method == manifest::Method::kShards;
    array.emplace_back(JsonObject{{"name", resource.name},
                                  {"digest", resource.digest.to_string()},
                                  {"start", sharded ? JsonValue(resource.shard.start) : nullptr},
                                  {"end", sharded ? JsonValue(resource.shard.end) : nullptr}});
  }
  return array;
}

JsonObject as_members(const std::string& path, const model::UnverifiedContents& contents) {
  const manifest::Manifest& manifest = contents.statement.manifest;
  return {
      {"signature", path},
      {"form", form_of(contents.statement.form)},
      {"subject", contents.statement.subject},
      {"digest", manifest::root_digest(manifest.resources).to_string()},
      {"material", material_as_json(contents.bundle)},
      {"log_entries", std::uint64_t{contents.bundle.log_entries}},
      {"timestamps", std::uint64_t{contents.bundle.timestamps}},
      {"serialization_method", manifest::to_string(manifest.method)},
      {"hash_algorithm", hash::to_string(manifest.algorithm)},
      {"shard_size", manifest.shard_size != 0 ? JsonValue(manifest.shard_size) : nullptr},
      {"allow_symlinks", manifest.allow_symlinks},
      {"ignore_paths", texts_as_json(manifest.ignore_paths)},
      {"resources", resources_as_json(manifest)},
  };
}

// The same members, none of them known.
JsonObject unknown_members(const std::string& path) {
  JsonObject members{{"signature", path}};
  for (const std::string_view name :
       {"form", "subject", "digest", "material", "log_entries", "timestamps",
        "serialization_method", "hash_algorithm", "allow_symlinks", "ignore_paths", "resources"}) {
    members.emplace_back(name, nullptr);
  }
  return members;
}

std::string material_as_text(const attest::Bundle& bundle) {
  if (const auto* key = std::get_if<attest::PublicKeyMaterial>(&bundle.material)) {
    if (!key->hint) return "It does not say which key signed it.\n";
    return fmt::format("It says that the key with this hint signed it: {}.\n",
                       escape_for_display(*key->hint));
  }
  const auto& chain = std::get<attest::CertificateMaterial>(bundle.material).chain;
  std::string text = "It carries these certificates, the signer's first:\n";
  for (const auto& c : chain) {
    text += fmt::format("  {}\n    issued by {}, valid from {} to {}\n",
                        escape_for_display(c.subject()), escape_for_display(c.issuer()),
                        base::to_string(c.not_before()), base::to_string(c.not_after()));
    for (const crypto::AlternativeName& name : c.alternative_names()) {
      text += fmt::format("    for {} {}\n", to_string(name.type), escape_for_display(name.value));
    }
  }
  return text;
}

// "2 files, each with its sha256 digest", "2 files in 5 shards of at most 8 bytes, ..."
std::string heading_of(const manifest::Manifest& manifest) {
  const std::size_t files = manifest::count_files(manifest.resources);
  std::string text = fmt::format("It names {} {}", files, files == 1 ? "file" : "files");
  if (manifest.method == manifest::Method::kShards) {
    const std::size_t shards = manifest.resources.size();
    text += fmt::format(" in {} {} of at most {} bytes", shards, shards == 1 ? "shard" : "shards",
                        manifest.shard_size);
  }
  return fmt::format("{}, each with its {} digest:\n", text, hash::to_string(manifest.algorithm));
}

std::string files_as_text(const manifest::Manifest& manifest) {
  const std::size_t count = manifest.resources.size();
  std::string text = heading_of(manifest);
  for (std::size_t i = 0; i < std::min(count, kNamedFiles); ++i) {
    const auto& resource = manifest.resources[i];
    text += fmt::format("  {} {}\n", resource.digest.hex(),
                        escape_for_display(manifest::name_in_statement(resource)));
  }
  if (count > kNamedFiles) text += fmt::format("  and {} more\n", count - kNamedFiles);
  return text;
}

std::string rules_as_text(const manifest::Manifest& manifest) {
  std::string text = manifest.allow_symlinks ? "Links inside the model were followed.\n"
                                             : "Links inside the model were not allowed.\n";
  if (manifest.ignore_paths.empty()) return text + "It records no ignored paths.\n";
  text += "Ignored when it was signed:\n";
  for (const std::string& path : manifest.ignore_paths) {
    text += fmt::format("  {}\n", escape_for_display(path));
  }
  return text;
}

std::string as_text(const std::string& path, const model::UnverifiedContents& contents) {
  const attest::ModelStatement& statement = contents.statement;
  std::string text =
      fmt::format("{} is a model signature of the form {}.\nNothing below is verified.\n\n",
                  escape_for_display(path), form_of(statement.form));
  text += material_as_text(contents.bundle);
  if (!statement.subject.empty()) {
    text +=
        fmt::format("It is about a model called '{}'.\n", escape_for_display(statement.subject));
  }
  text += fmt::format("The model's root digest is {}.\n",
                      manifest::root_digest(statement.manifest.resources).to_string());
  text += files_as_text(statement.manifest);
  text += rules_as_text(statement.manifest);
  if (contents.bundle.log_entries + contents.bundle.timestamps > 0) {
    text += fmt::format("It carries {} transparency log entries and {} timestamps.\n",
                        contents.bundle.log_entries, contents.bundle.timestamps);
  }
  return text;
}

CommandReport run(const std::string& path, const model::Context& context) {
  auto contents = model::inspect_signature(path);
  if (!contents) {
    CommandReport report = failed(std::move(contents.error()));
    report.members = unknown_members(path);
    return report;
  }
  for (const std::string& warning : contents->statement.warnings) {
    context.log.log(base::LogLevel::kWarning, warning);
  }
  CommandReport report;
  report.message = "the signature is well-formed; nothing is verified";
  report.members = as_members(path, *contents);
  report.text = as_text(path, *contents);
  return report;
}

}  // namespace

void add_inspect(Command program, Selection& selection) {
  Command command =
      add_command(program, "inspect", "Explain what a signature says", "inspect", selection);
  auto path = std::make_shared<std::string>();
  command.add_positional("BUNDLE", *path, "The signature");
  command.on_chosen([path, &selection] {
    selection.name = "inspect";
    selection.run = [path](const model::Context& context) { return run(*path, context); };
  });
}

}  // namespace hallmark::cli
