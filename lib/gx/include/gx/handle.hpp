// SPDX-License-Identifier: LGPL-2.1-or-later
// Handle<T, fn>: a C pointer with one owner, given back by the function that belongs to it.
#pragma once

#include <glib.h>
#include <memory>

namespace relevo::gx {

template <auto fn>
struct ReleaseBy {
  template <class T>
  void operator()(T* thing) const noexcept {
    fn(thing);
  }
};

template <class T, auto fn>
using Handle = std::unique_ptr<T, ReleaseBy<fn>>;

/// A string that came with transfer full.
using CString = Handle<char, g_free>;

} // namespace relevo::gx
