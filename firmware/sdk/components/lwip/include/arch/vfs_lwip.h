// SPDX-License-Identifier: Apache-2.0
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/** Connects read(), write(), close() and the other calls by descriptor to lwIP's sockets. Nothing to do here: they are always connected. */
void esp_vfs_lwip_sockets_register(void);

#ifdef __cplusplus
}
#endif
