// SPDX-License-Identifier: LGPL-2.1-or-later
// Names without a name server: a GResolver for tests.
#pragma once

namespace relevo::http::test {

/// Makes the process resolve `*.test` to 127.0.0.1, `at-A-B-C-D.test` to A.B.C.D, except `slow.test`, which
/// answers only when cancelled. Every other name does not exist. May be called more than once.
void install_fake_resolver();

} // namespace relevo::http::test
