// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gx/handle.hpp"
#include "gx/ref.hpp"

#include <doctest/doctest.h>

using namespace relevo::gx;

namespace {

guint count_of(const Ref<GObject>& ref) {
  return ref.get()->ref_count;
}

Ref<GObject> make_object() {
  return Ref<GObject>::adopt(static_cast<GObject*>(g_object_new(G_TYPE_OBJECT, nullptr)));
}

int released;
void count_release(int*) {
  ++released;
}

void note_destroyed(gpointer flag) {
  *static_cast<bool*>(flag) = true;
}

} // namespace

TEST_CASE("each door takes the reference it names") {
  const auto adopted = make_object();
  CHECK(count_of(adopted) == 1);

  const auto retained = Ref<GObject>::retain(adopted.get());
  CHECK(count_of(adopted) == 2);

  auto* floating = G_OBJECT(g_object_new(G_TYPE_INITIALLY_UNOWNED, nullptr));
  REQUIRE(g_object_is_floating(floating));
  const auto sunk = Ref<GObject>::sink(floating);
  CHECK_FALSE(g_object_is_floating(floating));
  CHECK(count_of(sunk) == 1);
  const auto sunk_again = Ref<GObject>::sink(floating);
  CHECK(count_of(sunk) == 2);
}

TEST_CASE("copy, move, assignment and release keep the count right") {
  auto a = make_object();
  auto b = a;
  CHECK(count_of(a) == 2);
  auto c = std::move(b);
  CHECK(count_of(a) == 2);
  CHECK_FALSE(b); // NOLINT(bugprone-use-after-move): a moved-from Ref is empty by contract
  const auto& same = c;
  c = same;
  CHECK(count_of(a) == 2);
  c = make_object();
  CHECK(count_of(a) == 1);
  c = {};
  CHECK_FALSE(c);

  GObject* given = a.release();
  CHECK_FALSE(a);
  CHECK(given->ref_count == 1);
  a = Ref<GObject>::adopt(given);
}

TEST_CASE("the last Ref frees the object") {
  bool destroyed = false;
  auto a = make_object();
  g_object_set_data_full(a.get(), "flag", &destroyed, &note_destroyed);
  {
    const auto b = a;
    a = {};
    CHECK_FALSE(destroyed);
  }
  CHECK(destroyed);
}

TEST_CASE("null goes through every door and comes out empty") {
  CHECK_FALSE(Ref<GObject>::adopt(nullptr));
  CHECK_FALSE(Ref<GObject>::retain(nullptr));
  CHECK_FALSE(Ref<GObject>::sink(nullptr));
  const Ref<GObject> empty;
  const auto copy = empty;
  CHECK_FALSE(copy);
}

TEST_CASE("a boxed type is counted by its own functions") {
  bool destroyed = false;
  auto bytes = Ref<GBytes>::adopt(g_bytes_new_with_free_func("abc", 3, &note_destroyed, &destroyed));
  auto other = Ref<GBytes>::retain(bytes.get());
  bytes = {};
  CHECK_FALSE(destroyed);
  CHECK(g_bytes_get_size(other.get()) == 3);
  other = {};
  CHECK(destroyed);
}

TEST_CASE("a Handle releases by its function") {
  released = 0;
  int thing = 0;
  const Handle<int, count_release> empty;
  { const Handle<int, count_release> handle(&thing); }
  CHECK(released == 1);
}
