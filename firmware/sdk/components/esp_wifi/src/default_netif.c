// SPDX-License-Identifier: Apache-2.0

/** @file The station's network interface, and the handlers that move it along. */

#include <assert.h>
#include <stdlib.h>

#include "esp_event.h"
#include "esp_wifi.h"
#include "esp_wifi_default.h"
#include "wifi_driver.h"

/** The driver side of the interface; esp_netif wants it to begin like this. */
struct driver {
    esp_netif_driver_base_t base;
};

static struct driver s_driver;
static esp_netif_t *s_netif;
static bool s_has_handlers;

static void free_frame(void *handle, void *buffer)
{
    (void)handle;
    free(buffer);
}

static esp_err_t transmit_wrap(void *handle, void *frame, size_t length, void *packet)
{
    (void)packet; // the frame is sent when this returns: nothing needs to hold the packet
    return wifi_driver_transmit(handle, frame, length);
}

static esp_err_t post_attach(esp_netif_t *netif, esp_netif_iodriver_handle handle)
{
    struct driver *driver = handle;
    driver->base.netif = netif;
    esp_netif_driver_ifconfig_t config = {
        .handle = driver,
        .transmit = wifi_driver_transmit,
        .transmit_wrap = transmit_wrap,
        .driver_free_rx_buffer = free_frame,
    };
    return esp_netif_set_driver_config(netif, &config);
}

static void on_wifi(void *argument, esp_event_base_t base, int32_t id, void *data)
{
    (void)argument;
    if (s_netif == NULL) {
        return;
    }
    uint8_t mac[6];
    switch (id) {
    case WIFI_EVENT_STA_START:
        esp_wifi_get_mac(WIFI_IF_STA, mac);
        esp_netif_set_mac(s_netif, mac);
        wifi_driver_set_netif(s_netif);
        esp_netif_action_start(s_netif, base, id, data);
        break;
    case WIFI_EVENT_STA_STOP:
        esp_netif_action_stop(s_netif, base, id, data);
        break;
    case WIFI_EVENT_STA_CONNECTED:
        esp_netif_action_connected(s_netif, base, id, data);
        break;
    case WIFI_EVENT_STA_DISCONNECTED:
        esp_netif_action_disconnected(s_netif, base, id, data);
        break;
    default:
        break;
    }
}

static void on_got_ip(void *argument, esp_event_base_t base, int32_t id, void *data)
{
    (void)argument;
    if (s_netif != NULL) {
        esp_netif_action_got_ip(s_netif, base, id, data);
    }
}

esp_err_t esp_wifi_set_default_wifi_sta_handlers(void)
{
    if (s_has_handlers) {
        return ESP_OK;
    }
    esp_err_t result = esp_event_handler_register(WIFI_EVENT, ESP_EVENT_ANY_ID, on_wifi, NULL);
    if (result == ESP_OK) {
        result = esp_event_handler_register(IP_EVENT, IP_EVENT_STA_GOT_IP, on_got_ip, NULL);
    }
    s_has_handlers = result == ESP_OK;
    return result;
}

esp_err_t esp_wifi_clear_default_wifi_driver_and_handlers(void *esp_netif)
{
    if (esp_netif == NULL || esp_netif != s_netif) {
        return ESP_ERR_INVALID_ARG;
    }
    wifi_driver_set_netif(NULL);
    s_netif = NULL;
    if (s_has_handlers) {
        esp_event_handler_unregister(WIFI_EVENT, ESP_EVENT_ANY_ID, on_wifi);
        esp_event_handler_unregister(IP_EVENT, IP_EVENT_STA_GOT_IP, on_got_ip);
        s_has_handlers = false;
    }
    return ESP_OK;
}

esp_err_t esp_netif_attach_wifi_station(esp_netif_t *esp_netif)
{
    if (esp_netif == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    s_netif = esp_netif;
    s_driver.base.post_attach = post_attach;
    return esp_netif_attach(esp_netif, &s_driver);
}

esp_netif_t *esp_netif_create_wifi(wifi_interface_t wifi_if, const esp_netif_inherent_config_t *esp_netif_config)
{
    esp_netif_config_t config = {.base = esp_netif_config, .stack = ESP_NETIF_NETSTACK_DEFAULT_WIFI_STA};
    if (wifi_if != WIFI_IF_STA) {
        return NULL;
    }
    esp_netif_t *netif = esp_netif_new(&config);
    assert(netif);
    ESP_ERROR_CHECK(esp_netif_attach_wifi_station(netif));
    return netif;
}

esp_netif_t *esp_netif_create_default_wifi_sta(void)
{
    esp_netif_config_t config = ESP_NETIF_DEFAULT_WIFI_STA();
    esp_netif_t *netif = esp_netif_new(&config);
    assert(netif);
    ESP_ERROR_CHECK(esp_netif_attach_wifi_station(netif));
    ESP_ERROR_CHECK(esp_wifi_set_default_wifi_sta_handlers());
    return netif;
}

void esp_netif_destroy_default_wifi(void *esp_netif)
{
    if (esp_netif != NULL) {
        esp_wifi_clear_default_wifi_driver_and_handlers(esp_netif);
        esp_netif_destroy(esp_netif);
    }
}
