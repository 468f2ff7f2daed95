// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file The chip's own path to rom/ets_sys.h. */

#include "rom/ets_sys.h"
