// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * FreeRTOS's list.h exists so that programs which include it build. The kernel's own lists are internal; there is no
 * list API for programs.
 */
