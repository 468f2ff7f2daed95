// SPDX-License-Identifier: Apache-2.0

/** @file Registration of file systems, and descriptors. */

#include <errno.h>

#include "kernel.h"
#include "vfs_table.h"

vfs_entry_t vfs_entries[CONFIG_VFS_MAX_COUNT];

static struct {
    int8_t entry; /**< index + 1; 0: free */
    int8_t local;
    bool fixed;
} descriptors[MAX_FDS];

static int add_entry(const char *prefix, const esp_vfs_t *vfs, void *ctx)
{
    for (int i = 0; i < CONFIG_VFS_MAX_COUNT; i++) {
        vfs_entry_t *entry = &vfs_entries[i];
        if (!entry->used) {
            *entry = (vfs_entry_t){.functions = *vfs, .ctx = ctx, .used = true};
            strncpy(entry->prefix, prefix, ESP_VFS_PATH_MAX);
            return i;
        }
    }
    return -1;
}

esp_err_t esp_vfs_register(const char *base_path, const esp_vfs_t *vfs, void *ctx)
{
    size_t length = strlen(base_path);
    if (vfs == NULL || length < 2 || length > ESP_VFS_PATH_MAX || base_path[0] != '/' ||
        base_path[length - 1] == '/') {
        return ESP_ERR_INVALID_ARG;
    }
    return add_entry(base_path, vfs, ctx) < 0 ? ESP_ERR_NO_MEM : ESP_OK;
}

esp_err_t esp_vfs_register_fd_range(const esp_vfs_t *vfs, void *ctx, int min_fd, int max_fd)
{
    if (vfs == NULL || min_fd < 0 || max_fd > MAX_FDS || min_fd >= max_fd) {
        return ESP_ERR_INVALID_ARG;
    }
    int index = add_entry("", vfs, ctx);
    if (index < 0) {
        return ESP_ERR_NO_MEM;
    }
    for (int fd = min_fd; fd < max_fd; fd++) {
        if (descriptors[fd].entry != 0) {
            return ESP_ERR_INVALID_ARG;
        }
        descriptors[fd].entry = (int8_t)(index + 1);
        descriptors[fd].local = (int8_t)fd;
        descriptors[fd].fixed = true;
    }
    return ESP_OK;
}

esp_err_t esp_vfs_unregister(const char *base_path)
{
    for (int i = 0; i < CONFIG_VFS_MAX_COUNT; i++) {
        if (vfs_entries[i].used && strcmp(vfs_entries[i].prefix, base_path) == 0) {
            for (int fd = 0; fd < MAX_FDS; fd++) {
                if (descriptors[fd].entry == i + 1) {
                    descriptors[fd].entry = 0;
                }
            }
            vfs_entries[i].used = false;
            return ESP_OK;
        }
    }
    return ESP_ERR_INVALID_STATE;
}

vfs_entry_t *vfs_lookup(int fd, int *local_fd)
{
    if (fd < 0 || fd >= MAX_FDS || descriptors[fd].entry == 0) {
        errno = EBADF;
        return NULL;
    }
    *local_fd = descriptors[fd].local;
    return &vfs_entries[descriptors[fd].entry - 1];
}

int vfs_assign(vfs_entry_t *entry, int local_fd)
{
    uint32_t state = k_mask();
    int found = -1;
    for (int fd = 0; fd < MAX_FDS && found < 0; fd++) {
        if (descriptors[fd].entry == 0) {
            descriptors[fd].entry = (int8_t)(entry - vfs_entries + 1);
            descriptors[fd].local = (int8_t)local_fd;
            descriptors[fd].fixed = false;
            found = fd;
        }
    }
    k_unmask(state);
    if (found < 0) {
        errno = ENFILE;
    }
    return found;
}

void vfs_forget(int fd)
{
    if (!descriptors[fd].fixed) {
        descriptors[fd].entry = 0;
    }
}
