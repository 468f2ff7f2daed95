// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file lwIP's measuring points; unused. */
#define PERF_START
#define PERF_STOP(x)
