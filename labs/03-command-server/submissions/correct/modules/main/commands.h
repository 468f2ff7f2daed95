// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the station answers to a command: a whole line. A command comes without its line end.
const char *command_answer(const char *command);
