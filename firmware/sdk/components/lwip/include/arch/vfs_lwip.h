// SPDX-License-Identifier: Apache-2.0
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Connects read(), write(), close(), select() and the other calls by descriptor to lwIP's sockets. Done by
 * esp_netif_init().
 */
void esp_vfs_lwip_sockets_register(void);

#ifdef __cplusplus
}
#endif
