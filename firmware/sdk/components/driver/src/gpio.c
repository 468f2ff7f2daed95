// SPDX-License-Identifier: Apache-2.0

/** @file Pins that lead nowhere. */

#include "driver/gpio.h"

#include <stdint.h>

static uint32_t outputs, output_enabled, pulled_up;
static bool service;

static bool valid(int pin)
{
    return pin >= 0 && pin < SOC_GPIO_PIN_COUNT;
}

static void assign(uint32_t *word, int pin, bool value)
{
    *word = (*word & ~BIT(pin)) | (value ? BIT(pin) : 0);
}

esp_err_t gpio_config(const gpio_config_t *config)
{
    if (config == NULL || config->pin_bit_mask == 0 || (config->pin_bit_mask & ~(uint64_t)SOC_GPIO_VALID_GPIO_MASK)) {
        return ESP_ERR_INVALID_ARG;
    }
    for (int pin = 0; pin < SOC_GPIO_PIN_COUNT; pin++) {
        if (config->pin_bit_mask & BIT(pin)) {
            assign(&output_enabled, pin, config->mode & GPIO_MODE_DEF_OUTPUT);
            assign(&pulled_up, pin, config->pull_up_en == GPIO_PULLUP_ENABLE);
        }
    }
    return ESP_OK;
}

esp_err_t gpio_reset_pin(gpio_num_t pin)
{
    if (!valid(pin)) {
        return ESP_ERR_INVALID_ARG;
    }
    assign(&output_enabled, pin, false);
    assign(&outputs, pin, false);
    assign(&pulled_up, pin, true);
    return ESP_OK;
}

esp_err_t gpio_set_level(gpio_num_t pin, uint32_t level)
{
    if (!valid(pin)) {
        return ESP_ERR_INVALID_ARG;
    }
    assign(&outputs, pin, level != 0);
    return ESP_OK;
}

int gpio_get_level(gpio_num_t pin)
{
    if (!valid(pin)) {
        return 0;
    }
    return ((output_enabled & BIT(pin) ? outputs : pulled_up) & BIT(pin)) != 0;
}

esp_err_t gpio_set_direction(gpio_num_t pin, gpio_mode_t mode)
{
    if (!valid(pin)) {
        return ESP_ERR_INVALID_ARG;
    }
    assign(&output_enabled, pin, mode & GPIO_MODE_DEF_OUTPUT);
    return ESP_OK;
}

esp_err_t gpio_set_pull_mode(gpio_num_t pin, gpio_pull_mode_t pull)
{
    if (!valid(pin) || pull > GPIO_FLOATING) {
        return ESP_ERR_INVALID_ARG;
    }
    assign(&pulled_up, pin, pull == GPIO_PULLUP_ONLY || pull == GPIO_PULLUP_PULLDOWN);
    return ESP_OK;
}

esp_err_t gpio_pullup_en(gpio_num_t pin)
{
    return gpio_set_pull_mode(pin, GPIO_PULLUP_ONLY);
}

esp_err_t gpio_pullup_dis(gpio_num_t pin)
{
    return gpio_set_pull_mode(pin, GPIO_FLOATING);
}

esp_err_t gpio_pulldown_en(gpio_num_t pin)
{
    return gpio_set_pull_mode(pin, GPIO_PULLDOWN_ONLY);
}

esp_err_t gpio_pulldown_dis(gpio_num_t pin)
{
    return valid(pin) ? ESP_OK : ESP_ERR_INVALID_ARG;
}

esp_err_t gpio_set_intr_type(gpio_num_t pin, gpio_int_type_t intr_type)
{
    return valid(pin) && intr_type < GPIO_INTR_MAX ? ESP_OK : ESP_ERR_INVALID_ARG;
}

esp_err_t gpio_intr_enable(gpio_num_t pin)
{
    return valid(pin) ? ESP_OK : ESP_ERR_INVALID_ARG;
}

esp_err_t gpio_intr_disable(gpio_num_t pin)
{
    return valid(pin) ? ESP_OK : ESP_ERR_INVALID_ARG;
}

esp_err_t gpio_install_isr_service(int intr_alloc_flags)
{
    (void)intr_alloc_flags;
    if (service) {
        return ESP_ERR_INVALID_STATE;
    }
    service = true;
    return ESP_OK;
}

void gpio_uninstall_isr_service(void)
{
    service = false;
}

esp_err_t gpio_isr_handler_add(gpio_num_t pin, gpio_isr_t isr_handler, void *args)
{
    (void)isr_handler;
    (void)args;
    return !valid(pin) ? ESP_ERR_INVALID_ARG : service ? ESP_OK : ESP_ERR_INVALID_STATE;
}

esp_err_t gpio_isr_handler_remove(gpio_num_t pin)
{
    return gpio_isr_handler_add(pin, NULL, NULL);
}

esp_err_t gpio_set_drive_capability(gpio_num_t pin, gpio_drive_cap_t strength)
{
    return valid(pin) && strength < GPIO_DRIVE_CAP_MAX ? ESP_OK : ESP_ERR_INVALID_ARG;
}
