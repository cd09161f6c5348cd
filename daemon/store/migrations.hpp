// SPDX-License-Identifier: LGPL-2.1-or-later
// The schema, step by step.
#pragma once

#include <array>

namespace relevo::store {

extern const char* const kMigration1;
extern const char* const kMigration2;
extern const char* const kMigration3;
extern const char* const kMigration4;
extern const char* const kMigration5;
extern const char* const kMigration6;
extern const char* const kMigration7;
extern const char* const kMigration8;

/// Step i leads from version i to version i + 1. What has been released is never changed.
inline const std::array kMigrations = {kMigration1, kMigration2, kMigration4, kMigration3,
                                       kMigration5, kMigration6, kMigration7, kMigration8};

} // namespace relevo::store
