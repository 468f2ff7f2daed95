// SPDX-License-Identifier: Apache-2.0
// error: unknown type name 'xTaskHandle'
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

xTaskHandle task;
