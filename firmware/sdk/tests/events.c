// SPDX-License-Identifier: Apache-2.0

/** @file Event loops, settings, and the order of starting the network. */

#include "check.h"

#include "esp_err.h"
#include "esp_event.h"
#include "esp_netif.h"
#include "esp_wifi.h"
#include "nvs_flash.h"

TRACE_STORAGE;

ESP_EVENT_DEFINE_BASE(TEST_BASE);
ESP_EVENT_DEFINE_BASE(OTHER_BASE);

static void note(void *name, esp_event_base_t base, int32_t id, void *data)
{
    char text[16];
    sprintf(text, "%s%s%d%s", (const char *)name, base == TEST_BASE ? "t" : "o", (int)id,
            data != NULL ? (char *)data : "");
    trace_add(text);
}

static void unregister_itself(void *argument, esp_event_base_t base, int32_t id, void *data)
{
    (void)argument, (void)base, (void)id, (void)data;
    trace_add("!");
    esp_event_handler_unregister(TEST_BASE, 7, unregister_itself);
}

static void default_loop(void)
{
    CHECK_EQUAL("no loop, no handler", esp_event_handler_register(TEST_BASE, 1, note, "a"), ESP_ERR_INVALID_STATE);
    CHECK_EQUAL("the default loop is made", esp_event_loop_create_default(), ESP_OK);
    CHECK_EQUAL("once", esp_event_loop_create_default(), ESP_ERR_INVALID_STATE);
    esp_event_handler_instance_t instance;
    esp_event_handler_register(TEST_BASE, 1, note, "a");
    esp_event_handler_register(TEST_BASE, ESP_EVENT_ANY_ID, note, "b");
    esp_event_handler_instance_register(ESP_EVENT_ANY_BASE, ESP_EVENT_ANY_ID, note, "c", &instance);
    esp_event_handler_register(TEST_BASE, 7, unregister_itself, NULL);
    trace_clear();
    esp_event_post(TEST_BASE, 1, "x", 2, portMAX_DELAY);
    CHECK_TEXT("handlers are called in the order of registration, at once", trace, "at1xbt1xct1x");
    trace_clear();
    esp_event_post(OTHER_BASE, 1, NULL, 0, portMAX_DELAY);
    CHECK_TEXT("those of another base are not", trace, "co1");
    esp_event_handler_register(TEST_BASE, 1, note, "A");
    trace_clear();
    esp_event_post(TEST_BASE, 1, NULL, 0, portMAX_DELAY);
    CHECK_TEXT("registering again changes the argument", trace, "At1bt1ct1");
    esp_event_handler_instance_unregister(ESP_EVENT_ANY_BASE, ESP_EVENT_ANY_ID, instance);
    esp_event_handler_unregister(TEST_BASE, ESP_EVENT_ANY_ID, note);
    trace_clear();
    esp_event_post(TEST_BASE, 1, NULL, 0, portMAX_DELAY);
    CHECK_TEXT("what is unregistered is not called", trace, "At1");
    trace_clear();
    esp_event_post(TEST_BASE, 7, NULL, 0, portMAX_DELAY);
    esp_event_post(TEST_BASE, 7, NULL, 0, portMAX_DELAY);
    CHECK_TEXT("a handler may unregister itself", trace, "!");
    CHECK_EQUAL("one cannot post to any base", esp_event_post(ESP_EVENT_ANY_BASE, 1, NULL, 0, 0), ESP_ERR_INVALID_ARG);
}

static void own_loop(void)
{
    esp_event_loop_args_t args = {.queue_size = 2};
    esp_event_loop_handle_t loop = NULL;
    CHECK_EQUAL("a loop without a task is made", esp_event_loop_create(&args, &loop), ESP_OK);
    esp_event_handler_register_with(loop, TEST_BASE, 1, note, "l");
    trace_clear();
    esp_event_post_to(loop, TEST_BASE, 1, "1", 2, 0);
    esp_event_post_to(loop, TEST_BASE, 1, "2", 2, 0);
    CHECK_EQUAL("a full queue is ESP_ERR_TIMEOUT", esp_event_post_to(loop, TEST_BASE, 1, NULL, 0, 0), ESP_ERR_TIMEOUT);
    CHECK_TEXT("nothing is handled", trace, "");
    esp_event_loop_run(loop, 2);
    CHECK_TEXT("until the loop is run", trace, "lt11lt12");
    CHECK_EQUAL("it is deleted", esp_event_loop_delete(loop), ESP_OK);
}

static void settings(void)
{
    nvs_handle_t store;
    int32_t number = 7;
    char text[8];
    size_t length = sizeof(text);
    wifi_init_config_t wifi = WIFI_INIT_CONFIG_DEFAULT();
    CHECK_EQUAL("Wi-Fi wants nvs_flash_init() first", esp_wifi_init(&wifi), ESP_ERR_NVS_NOT_INITIALIZED);
    CHECK_EQUAL("and esp_wifi_init() before all else", esp_wifi_start(), ESP_ERR_WIFI_NOT_INIT);
    CHECK_EQUAL("settings too", nvs_open("test", NVS_READWRITE, &store), ESP_ERR_NVS_NOT_INITIALIZED);
    nvs_flash_init();
    CHECK_EQUAL("reading makes no namespace", nvs_open("test", NVS_READONLY, &store), ESP_ERR_NVS_NOT_FOUND);
    CHECK_EQUAL("writing does", nvs_open("test", NVS_READWRITE, &store), ESP_OK);
    CHECK_EQUAL("a key that is not there", nvs_get_i32(store, "key", &number), ESP_ERR_NVS_NOT_FOUND);
    CHECK_EQUAL("leaves the variable alone", number, 7);
    nvs_set_i32(store, "key", 42);
    nvs_get_i32(store, "key", &number);
    CHECK_EQUAL("a number comes back", number, 42);
    uint8_t small;
    CHECK_EQUAL("of its own type only", nvs_get_u8(store, "key", &small), ESP_ERR_NVS_NOT_FOUND);
    nvs_set_str(store, "text", "hello");
    CHECK_EQUAL("a text comes back", nvs_get_str(store, "text", text, &length), ESP_OK);
    CHECK_TEXT("as it was", text, "hello");
    CHECK_EQUAL("with its length", length, 6);
    length = 3;
    CHECK_EQUAL("too little room", nvs_get_str(store, "text", text, &length), ESP_ERR_NVS_INVALID_LENGTH);
    CHECK_EQUAL("a long key", nvs_set_u8(store, "sixteen letters!", 1), ESP_ERR_NVS_KEY_TOO_LONG);
    CHECK_EQUAL("a key is erased", nvs_erase_key(store, "key"), ESP_OK);
    CHECK_EQUAL("once", nvs_erase_key(store, "key"), ESP_ERR_NVS_NOT_FOUND);
    nvs_close(store);
    CHECK_EQUAL("a closed handle", nvs_commit(store), ESP_ERR_NVS_INVALID_HANDLE);
}

static void interfaces(void)
{
    CHECK_EQUAL("the stack starts", esp_netif_init(), ESP_OK);
    CHECK_EQUAL("and does not mind being started again", esp_netif_init(), ESP_OK);
    esp_netif_t *station = esp_netif_create_default_wifi_sta();
    CHECK("an interface has a key", esp_netif_get_handle_from_ifkey("WIFI_STA_DEF") == station);
    CHECK_TEXT("and a description", esp_netif_get_desc(station), "sta");
    esp_netif_ip_info_t info;
    CHECK_EQUAL("it has no address yet", (esp_netif_get_ip_info(station, &info), info.ip.addr), 0);
    CHECK_EQUAL("a fixed one needs the DHCP client stopped", esp_netif_set_ip_info(station, &info),
                ESP_ERR_ESP_NETIF_DHCP_NOT_STOPPED);
    CHECK_EQUAL("which can be", esp_netif_dhcpc_stop(station), ESP_OK);
    CHECK_EQUAL("once", esp_netif_dhcpc_stop(station), ESP_ERR_ESP_NETIF_DHCP_ALREADY_STOPPED);
    info.ip.addr = ESP_IP4TOADDR(10, 0, 2, 77);
    CHECK_EQUAL("then it is taken", esp_netif_set_ip_info(station, &info), ESP_OK);
    esp_netif_get_ip_info(station, &info);
    char text[IP4ADDR_STRLEN_MAX];
    CHECK_TEXT("and told", esp_ip4addr_ntoa(&info.ip, text, sizeof(text)), "10.0.2.77");
    esp_netif_destroy_default_wifi(station);
    CHECK_EQUAL("an interface goes", esp_netif_get_nr_of_ifs(), 0);
}

void app_main(void)
{
    default_loop();
    own_loop();
    settings();
    interfaces();
    printf("DONE\n");
}
