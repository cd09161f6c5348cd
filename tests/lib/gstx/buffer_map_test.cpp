// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gstx/buffer_map.hpp"
#include "gstx/ref.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::gstx;

namespace {

/// Makes memory that no one can look into, like that of some decoders.
struct OpaqueAllocator {
  GstAllocator parent;
};
struct OpaqueAllocatorClass {
  GstAllocatorClass parent;
};

GType opaque_allocator_get_type();
G_DEFINE_TYPE(OpaqueAllocator, opaque_allocator, GST_TYPE_ALLOCATOR)

GstMemory* allocate_opaque(GstAllocator* allocator, gsize size, GstAllocationParams*) {
  auto* memory = g_new0(GstMemory, 1);
  gst_memory_init(memory, GstMemoryFlags(0), allocator, nullptr, size, 0, 0, size);
  return memory;
}

void opaque_allocator_init(OpaqueAllocator* self) {
  self->parent.mem_type = "relevo-opaque";
  self->parent.mem_map = [](GstMemory*, gsize, GstMapFlags) noexcept -> gpointer { return nullptr; };
}

void opaque_allocator_class_init(OpaqueAllocatorClass* klass) {
  klass->parent.alloc = &allocate_opaque;
  klass->parent.free = [](GstAllocator*, GstMemory* memory) noexcept { g_free(memory); };
}

gx::Ref<GstBuffer> make_buffer(std::string_view text) {
  gst_init(nullptr, nullptr);
  auto buffer = gx::Ref<GstBuffer>::adopt(gst_buffer_new_allocate(nullptr, text.size(), nullptr));
  gst_buffer_fill(buffer.get(), 0, text.data(), text.size());
  return buffer;
}

} // namespace

TEST_CASE("a map shows the bytes, over all memories, for its scope") {
  const auto buffer = make_buffer("abc");
  gst_buffer_append(buffer.get(), make_buffer("def").release());
  REQUIRE(gst_buffer_n_memory(buffer.get()) == 2);
  const ReadMap map(buffer.get());
  REQUIRE(map);
  CHECK(as_text(map.bytes()) == "abcdef");
}

TEST_CASE("an empty buffer maps to no bytes") {
  const auto buffer = make_buffer("");
  const ReadMap map(buffer.get());
  CHECK(map.bytes().empty());
}

TEST_CASE("what is written through a map stays") {
  const auto buffer = make_buffer("abc");
  {
    const WriteMap map(buffer.get());
    REQUIRE(map);
    map.bytes()[1] = std::byte{'X'};
  }
  CHECK(as_text(ReadMap(buffer.get()).bytes()) == "aXc");
}

TEST_CASE("the end of the scope unmaps") {
  const auto buffer = make_buffer("abc");
  const auto holders = [&] {
    return GST_MINI_OBJECT_REFCOUNT_VALUE(gst_buffer_peek_memory(buffer.get(), 0));
  };
  REQUIRE(holders() == 1);
  {
    const ReadMap map(buffer.get());
    CHECK(holders() == 2);
  }
  CHECK(holders() == 1);
}

TEST_CASE("a buffer that cannot be mapped shows no bytes") {
  gst_init(nullptr, nullptr);
  const auto allocator = gx::Ref<GstAllocator>::sink(
      static_cast<GstAllocator*>(g_object_new(opaque_allocator_get_type(), nullptr)));
  const auto buffer = gx::Ref<GstBuffer>::adopt(gst_buffer_new_allocate(allocator.get(), 3, nullptr));
  REQUIRE(gst_buffer_get_size(buffer.get()) == 3);
  const ReadMap map(buffer.get());
  CHECK_FALSE(map);
  CHECK(map.bytes().empty());
}
