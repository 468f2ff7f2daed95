// SPDX-License-Identifier: Apache-2.0

/**
 * @file
 * The application's description. The lab's builder writes name, version and digest into the image after linking: the
 * structure begins with its magic word in section .rodata_desc.
 */

#include "esp_app_desc.h"

#include "esp_idf_version.h"
#include "sdkconfig.h"

__attribute__((section(".rodata_desc"))) const volatile esp_app_desc_t sdk_app_description = {
    .magic_word = ESP_APP_DESC_MAGIC_WORD,
    .version = "1",
    .project_name = "app",
    .idf_ver = IDF_VER "-esp32-lab",
};

const esp_app_desc_t *esp_app_get_description(void)
{
    return (const esp_app_desc_t *)&sdk_app_description;
}

int esp_app_get_elf_sha256(char *dst, size_t size)
{
    size_t length = CONFIG_APP_RETRIEVE_LEN_ELF_SHA;
    if (size == 0) {
        return 0;
    }
    if (length > size - 1) {
        length = size - 1;
    }
    for (size_t i = 0; i < length; i++) {
        uint8_t byte = sdk_app_description.app_elf_sha256[i / 2];
        dst[i] = "0123456789abcdef"[i % 2 == 0 ? byte >> 4 : byte & 15];
    }
    dst[length] = '\0';
    return (int)length + 1; // with the end of the string
}
