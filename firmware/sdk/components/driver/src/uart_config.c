// SPDX-License-Identifier: Apache-2.0

/** @file UART settings. The emulated line has no speed and no frame: most are remembered only. */

#include "soc/uart_reg.h"
#include "uart_internal.h"

static uart_config_t settings[UART_NUM_MAX] = {
    {.baud_rate = CONFIG_ESP_CONSOLE_UART_BAUDRATE, .data_bits = UART_DATA_8_BITS, .stop_bits = UART_STOP_BITS_1},
    {.baud_rate = CONFIG_ESP_CONSOLE_UART_BAUDRATE, .data_bits = UART_DATA_8_BITS, .stop_bits = UART_STOP_BITS_1},
};

static bool valid(uart_port_t port)
{
    return port < UART_NUM_MAX;
}

#define REQUIRE(condition)   \
    do {                     \
        if (!(condition)) {  \
            return ESP_FAIL; \
        }                    \
    } while (0)

esp_err_t uart_param_config(uart_port_t port, const uart_config_t *config)
{
    UART_NEED_PORT(port, ESP_FAIL);
    ESP_RETURN_ON_FALSE(config != NULL, ESP_FAIL, "uart", "param null");
    ESP_RETURN_ON_FALSE(config->flow_ctrl < UART_HW_FLOWCTRL_MAX, ESP_FAIL, "uart", "hw_flowctrl mode error");
    ESP_RETURN_ON_FALSE(config->data_bits < UART_DATA_BITS_MAX, ESP_FAIL, "uart", "data bit error");
    REQUIRE(config->baud_rate > 0);
    settings[port] = *config;
    return ESP_OK;
}

esp_err_t uart_set_pin(uart_port_t port, int tx_io_num, int rx_io_num, int rts_io_num, int cts_io_num)
{
    int pins[] = {tx_io_num, rx_io_num, rts_io_num, cts_io_num};
    UART_NEED_PORT(port, ESP_FAIL);
    for (int i = 0; i < 4; i++) {
        REQUIRE(pins[i] >= -1 && pins[i] < SOC_GPIO_PIN_COUNT);
    }
    return ESP_OK;
}

esp_err_t uart_set_word_length(uart_port_t port, uart_word_length_t data_bit)
{
    REQUIRE(valid(port) && data_bit < UART_DATA_BITS_MAX);
    settings[port].data_bits = data_bit;
    return ESP_OK;
}

esp_err_t uart_get_word_length(uart_port_t port, uart_word_length_t *data_bit)
{
    REQUIRE(valid(port) && data_bit != NULL);
    *data_bit = settings[port].data_bits;
    return ESP_OK;
}

esp_err_t uart_set_stop_bits(uart_port_t port, uart_stop_bits_t stop_bits)
{
    REQUIRE(valid(port) && stop_bits < UART_STOP_BITS_MAX);
    settings[port].stop_bits = stop_bits;
    return ESP_OK;
}

esp_err_t uart_get_stop_bits(uart_port_t port, uart_stop_bits_t *stop_bits)
{
    REQUIRE(valid(port) && stop_bits != NULL);
    *stop_bits = settings[port].stop_bits;
    return ESP_OK;
}

esp_err_t uart_set_parity(uart_port_t port, uart_parity_t parity_mode)
{
    REQUIRE(valid(port));
    settings[port].parity = parity_mode;
    return ESP_OK;
}

esp_err_t uart_get_parity(uart_port_t port, uart_parity_t *parity_mode)
{
    REQUIRE(valid(port) && parity_mode != NULL);
    *parity_mode = settings[port].parity;
    return ESP_OK;
}

esp_err_t uart_set_baudrate(uart_port_t port, uint32_t baudrate)
{
    REQUIRE(valid(port) && baudrate > 0 && baudrate <= UART_BITRATE_MAX);
    settings[port].baud_rate = (int)baudrate;
    return ESP_OK;
}

esp_err_t uart_get_baudrate(uart_port_t port, uint32_t *baudrate)
{
    REQUIRE(valid(port) && baudrate != NULL);
    *baudrate = (uint32_t)settings[port].baud_rate;
    return ESP_OK;
}

esp_err_t uart_set_hw_flow_ctrl(uart_port_t port, uart_hw_flowcontrol_t flow_ctrl, uint8_t rx_thresh)
{
    REQUIRE(valid(port) && flow_ctrl < UART_HW_FLOWCTRL_MAX && rx_thresh < UART_FIFO_LEN);
    settings[port].flow_ctrl = flow_ctrl;
    return ESP_OK;
}

esp_err_t uart_get_hw_flow_ctrl(uart_port_t port, uart_hw_flowcontrol_t *flow_ctrl)
{
    REQUIRE(valid(port) && flow_ctrl != NULL);
    *flow_ctrl = settings[port].flow_ctrl;
    return ESP_OK;
}

esp_err_t uart_set_sw_flow_ctrl(uart_port_t port, bool enable, uint8_t rx_thresh_xon, uint8_t rx_thresh_xoff)
{
    (void)enable;
    REQUIRE(valid(port) && rx_thresh_xon < UART_FIFO_LEN && rx_thresh_xoff < UART_FIFO_LEN);
    return ESP_OK;
}

esp_err_t uart_set_mode(uart_port_t port, uart_mode_t mode)
{
    REQUIRE(valid(port));
    return mode == UART_MODE_UART ? ESP_OK : ESP_ERR_INVALID_ARG;
}

esp_err_t uart_intr_config(uart_port_t port, const uart_intr_config_t *config)
{
    REQUIRE(valid(port) && config != NULL);
    REG_WRITE(UART_MEM_CONF_REG(port), (REG_READ(UART_MEM_CONF_REG(port)) & ~(0x3ffu << UART_RX_TOUT_THRHD_S)) |
                                           (uint32_t)config->rx_timeout_thresh << UART_RX_TOUT_THRHD_S);
    REG_WRITE(UART_CONF1_REG(port), (config->rx_timeout_thresh > 0 ? UART_RX_TOUT_EN : 0) |
                                        (uint32_t)config->txfifo_empty_intr_thresh << UART_TXFIFO_EMPTY_THRHD_S |
                                        (uint32_t)config->rxfifo_full_thresh << UART_RXFIFO_FULL_THRHD_S);
    REG_WRITE(UART_INT_ENA_REG(port), config->intr_enable_mask);
    return ESP_OK;
}

esp_err_t uart_set_rx_full_threshold(uart_port_t port, int threshold)
{
    REQUIRE(valid(port) && threshold > 0 && threshold < UART_FIFO_LEN && uart_drivers[port] != NULL);
    uint32_t conf = REG_READ(UART_CONF1_REG(port)) & ~(0x1ffu << UART_RXFIFO_FULL_THRHD_S);
    REG_WRITE(UART_CONF1_REG(port), conf | (uint32_t)threshold << UART_RXFIFO_FULL_THRHD_S);
    return ESP_OK;
}

esp_err_t uart_set_tx_empty_threshold(uart_port_t port, int threshold)
{
    REQUIRE(valid(port) && threshold > 0 && threshold < UART_FIFO_LEN && uart_drivers[port] != NULL);
    uint32_t conf = REG_READ(UART_CONF1_REG(port)) & ~(0x1ffu << UART_TXFIFO_EMPTY_THRHD_S);
    REG_WRITE(UART_CONF1_REG(port), conf | (uint32_t)threshold << UART_TXFIFO_EMPTY_THRHD_S);
    return ESP_OK;
}

esp_err_t uart_set_rx_timeout(uart_port_t port, const uint8_t tout_thresh)
{
    REQUIRE(valid(port) && tout_thresh < 127);
    REG_WRITE(UART_MEM_CONF_REG(port), (REG_READ(UART_MEM_CONF_REG(port)) & ~(0x3ffu << UART_RX_TOUT_THRHD_S)) |
                                           (uint32_t)tout_thresh << UART_RX_TOUT_THRHD_S);
    if (tout_thresh > 0) {
        REG_SET_BIT(UART_CONF1_REG(port), UART_RX_TOUT_EN);
    } else {
        REG_CLR_BIT(UART_CONF1_REG(port), UART_RX_TOUT_EN);
    }
    return ESP_OK;
}

esp_err_t uart_enable_rx_intr(uart_port_t port)
{
    REQUIRE(valid(port));
    REG_SET_BIT(UART_INT_ENA_REG(port), UART_RXFIFO_FULL_INT | UART_RXFIFO_TOUT_INT);
    return ESP_OK;
}

esp_err_t uart_disable_rx_intr(uart_port_t port)
{
    REQUIRE(valid(port));
    REG_CLR_BIT(UART_INT_ENA_REG(port), UART_RXFIFO_FULL_INT | UART_RXFIFO_TOUT_INT);
    return ESP_OK;
}
