// SPDX-License-Identifier: Apache-2.0
#pragma once

/** Sends frames that start out well-formed and are damaged in one to four places, and some that are random throughout. */
void send_malformed_frames(int count);
