// SPDX-License-Identifier: Apache-2.0

/** @file Ethernet as ESP-IDF's example sets it up by hand: the emulated OpenCores MAC, a static address. */

#include "topics.h"

#include "esp_eth.h"
#include "esp_event.h"
#include "esp_mac.h"
#include "esp_netif.h"

static void on_event(void *argument, esp_event_base_t base, int32_t id, void *data)
{
    (void)argument, (void)data;
    char text[60];
    snprintf(text, sizeof(text), "%s %d; ", base, (int)id);
    record(text);
    if (base == IP_EVENT && id == IP_EVENT_ETH_GOT_IP) {
        const ip_event_got_ip_t *event = data;
        snprintf(text, sizeof(text), IPSTR " %d; ", IP2STR(&event->ip_info.ip), event->ip_changed);
        record(text);
    }
}

static void properties(esp_netif_t *netif)
{
    char name[8] = "";
    uint8_t mac[6];
    esp_netif_ip_info_t info;
    esp_netif_dhcp_status_t dhcp;
    const char *host = NULL;
    SHOW_TEXT(esp_netif_get_ifkey(netif));
    SHOW_TEXT(esp_netif_get_desc(netif));
    SHOW(esp_netif_get_route_prio(netif));
    SHOW(esp_netif_get_handle_from_ifkey("ETH_DEF") == netif);
    SHOW(esp_netif_get_handle_from_ifkey("WIFI_STA_DEF") == NULL);
    SHOW(esp_netif_get_nr_of_ifs());
    SHOW(esp_netif_next(NULL) == netif);
    SHOW(esp_netif_is_netif_up(netif));
    SHOW(esp_netif_get_default_netif() == netif);
    STATUS(esp_netif_get_netif_impl_name(netif, name));
    SHOW_TEXT(name);
    SHOW(esp_netif_get_netif_impl_index(netif));
    STATUS(esp_netif_get_mac(netif, mac));
    printf(MACSTR "\n", MAC2STR(mac));
    STATUS(esp_netif_get_ip_info(netif, &info));
    printf(IPSTR " " IPSTR " " IPSTR "\n", IP2STR(&info.ip), IP2STR(&info.netmask), IP2STR(&info.gw));
    STATUS(esp_netif_dhcpc_get_status(netif, &dhcp));
    SHOW(dhcp);
    STATUS(esp_netif_get_hostname(netif, &host));
    SHOW_TEXT(host ? host : "none");
    STATUS(esp_netif_set_hostname(netif, "lamp"));
    STATUS(esp_netif_get_hostname(netif, &host));
    SHOW_TEXT(host);
    STATUS(esp_netif_set_hostname(netif, "a name that is longer than the thirty-two characters allowed"));
    esp_netif_dns_info_t dns = {.ip = {.u_addr.ip4.addr = ESP_IP4TOADDR(9, 8, 7, 6), .type = ESP_IPADDR_TYPE_V4}};
    STATUS(esp_netif_set_dns_info(netif, ESP_NETIF_DNS_MAIN, &dns));
    memset(&dns, 0, sizeof(dns));
    STATUS(esp_netif_get_dns_info(netif, ESP_NETIF_DNS_MAIN, &dns));
    printf(IPSTR "\n", IP2STR(&dns.ip.u_addr.ip4));
}

void topic_ethernet(void)
{
    STATUS(esp_netif_init());
    STATUS(esp_event_handler_register(ETH_EVENT, ESP_EVENT_ANY_ID, on_event, NULL));
    STATUS(esp_event_handler_register(IP_EVENT, ESP_EVENT_ANY_ID, on_event, NULL));
    esp_netif_config_t netif_config = ESP_NETIF_DEFAULT_ETH();
    esp_netif_t *netif = esp_netif_new(&netif_config);
    SHOW(esp_netif_new(&netif_config) == NULL);
    eth_mac_config_t mac_config = ETH_MAC_DEFAULT_CONFIG();
    eth_phy_config_t phy_config = ETH_PHY_DEFAULT_CONFIG();
    phy_config.autonego_timeout_ms = 100;
    esp_eth_mac_t *mac = esp_eth_mac_new_openeth(&mac_config);
    esp_eth_phy_t *phy = esp_eth_phy_new_dp83848(&phy_config);
    esp_eth_config_t config = ETH_DEFAULT_CONFIG(mac, phy);
    esp_eth_handle_t driver = NULL;
    STATUS(esp_eth_driver_install(NULL, &driver));
    STATUS(esp_eth_driver_install(&config, &driver));
    uint8_t address[6] = {2, 0, 0, 0x12, 0x34, 0x56};
    STATUS(esp_eth_ioctl(driver, ETH_CMD_S_MAC_ADDR, address));
    STATUS(esp_eth_ioctl(driver, 77, address));
    esp_eth_netif_glue_handle_t glue = esp_eth_new_netif_glue(driver);
    STATUS(esp_netif_attach(netif, glue));
    STATUS(esp_netif_dhcpc_stop(netif));
    STATUS(esp_netif_dhcpc_stop(netif));
    esp_netif_ip_info_t info = {.ip.addr = ESP_IP4TOADDR(192, 0, 2, 15), .netmask.addr = ESP_IP4TOADDR(255, 255, 255, 0),
        .gw.addr = ESP_IP4TOADDR(192, 0, 2, 1)};
    STATUS(esp_netif_set_ip_info(netif, &info));
    SHOW(esp_netif_is_netif_up(netif));
    STATUS(esp_eth_start(driver));
    STATUS(esp_eth_start(driver));
    vTaskDelay(300);
    show_record("started");
    properties(netif);
    eth_speed_t speed;
    eth_duplex_t duplex;
    uint8_t got[6];
    uint32_t phy_address = 99;
    STATUS(esp_eth_ioctl(driver, ETH_CMD_G_SPEED, &speed));
    SHOW(speed);
    STATUS(esp_eth_ioctl(driver, ETH_CMD_G_DUPLEX_MODE, &duplex));
    SHOW(duplex);
    STATUS(esp_eth_ioctl(driver, ETH_CMD_G_MAC_ADDR, got));
    SHOW(memcmp(got, address, 6));
    STATUS(esp_eth_ioctl(driver, ETH_CMD_G_PHY_ADDR, &phy_address));
    SHOW(phy_address);
    STATUS(esp_netif_set_ip_info(netif, &info));
    vTaskDelay(2);
    show_record("the same address again");
    STATUS(esp_netif_dhcpc_start(netif));
    STATUS(esp_netif_set_ip_info(netif, &info));
    STATUS(esp_netif_dhcpc_stop(netif));
    STATUS(esp_eth_driver_uninstall(driver));
    STATUS(esp_eth_stop(driver));
    vTaskDelay(2);
    show_record("stopped");
    STATUS(esp_eth_stop(driver));
    STATUS(esp_eth_del_netif_glue(glue));
    STATUS(esp_eth_driver_uninstall(driver));
    STATUS(phy->del(phy));
    STATUS(mac->del(mac));
    esp_netif_destroy(netif);
    SHOW(esp_netif_get_nr_of_ifs());
}
