// SPDX-License-Identifier: Apache-2.0

/** @file The system timer. */

#include "systimer.h"

#include "kernel.h"
#include "soc/systimer_reg.h"

void systimer_init(void)
{
    REG_SET_BIT(SYSTIMER_CONF_REG, SYSTIMER_CLK_EN | SYSTIMER_TIMER_UNIT0_WORK_EN);
}

uint64_t systimer_count(void)
{
    uint32_t state = k_mask();
    REG_WRITE(SYSTIMER_UNIT0_OP_REG, SYSTIMER_UNIT0_UPDATE);
    while (!(REG_READ(SYSTIMER_UNIT0_OP_REG) & SYSTIMER_UNIT0_VALUE_VALID)) {
    }
    uint32_t low = REG_READ(SYSTIMER_UNIT0_VALUE_LO_REG);
    uint32_t high = REG_READ(SYSTIMER_UNIT0_VALUE_HI_REG);
    k_unmask(state);
    return (uint64_t)high << 32 | low;
}

void systimer_set_alarm(int n, uint64_t count)
{
    REG_WRITE(SYSTIMER_TARGET_HI_REG(n), (uint32_t)(count >> 32) & 0xfffff);
    REG_WRITE(SYSTIMER_TARGET_LO_REG(n), (uint32_t)count);
    REG_WRITE(SYSTIMER_COMP_LOAD_REG(n), 1);
}

void systimer_clear(int n)
{
    REG_WRITE(SYSTIMER_INT_CLR_REG, BIT(n));
}

void systimer_enable_alarm(int n)
{
    REG_WRITE(SYSTIMER_TARGET_CONF_REG(n), 0);
    REG_SET_BIT(SYSTIMER_CONF_REG, SYSTIMER_TARGET_WORK_EN(n));
    REG_SET_BIT(SYSTIMER_INT_ENA_REG, BIT(n));
}
