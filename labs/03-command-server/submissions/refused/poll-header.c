// SPDX-License-Identifier: Apache-2.0
// Submission: includes poll.h, as on Linux; ESP-IDF has it as sys/poll.h.
// verdict: fail
// build: compile
// says: poll.h is neither in the submission nor in
// says: there it is sys/poll.h

#include <poll.h>

void app_main(void)
{
    poll(NULL, 0, 1000);
}
