#include <cstddef>
#include <cstdint>

#include "hallmark/base/result.h"
#include "hallmark/manifest/digest_table.h"

// What is a table has its entries where their keys are looked for, and is written again as it was
// when nothing is left out: there is one way to write a table. The code that authenticates a table
// is left out here, so that the reader stands for itself.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  const Bytes bytes(data, data + size);
  const auto table = manifest::DigestTable::parse(bytes);
  if (!table) return 0;
  manifest::DigestTableBuilder builder;
  std::size_t digests = 0;
  for (std::size_t i = 0; i < table->size(); ++i) {
    const manifest::TableEntry entry = table->at(i);
    HALLMARK_CHECK(table->find(entry.key) == i);
    for (const std::uint8_t byte : entry.digests) digests += byte != 0 ? 1 : 0;
    builder.add(entry);
  }
  HALLMARK_CHECK(digests <= size);
  HALLMARK_CHECK(builder.bytes() == size);
  HALLMARK_CHECK(builder.build(size) == bytes);
  return 0;
}
