/*
 * ESP32-C3: the processor's own control registers.
 *
 * mpcer, mpcmr and mpccr count cycles; as a cycle has no meaning here, they
 * count time at the rate of the CPU's clock. mtvec is always vectored.
 *
 * Sources: ESP32-C3 Technical Reference Manual, "ESP-RISC-V CPU"; ESP-IDF,
 * riscv/include/riscv/csr.h.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/timer.h"
#include "esp_cpu.h"

#define CSR_MPCER       0x7e0 /* which event is counted */
#define CSR_MPCMR       0x7e1 /* counter mode */
#define CSR_MPCCR       0x7e2 /* the counter */
#define CSR_GPIO_OEN    0x803
#define CSR_GPIO_IN     0x804
#define CSR_GPIO_OUT    0x805
#define CSR_TCONTROL_C3 0x7a5
#define CSR_MCONTEXT_C3 0x7a8

#define MPCER_CYCLE     BIT(0)
#define MPCER_INST      BIT(1)
#define MPCMR_COUNT_EN  BIT(0)

#define MTVEC_VECTORED  1u

static Esp32c3Cpu *from_env(CPURISCVState *env)
{
    return ESP32C3_CPU(env_cpu(env));
}

/* The performance counter */

static bool counting(Esp32c3Cpu *cpu)
{
    return (cpu->mpcmr & MPCMR_COUNT_EN) &&
           (cpu->mpcer & (MPCER_CYCLE | MPCER_INST));
}

/* Bring the counter up to now. */
static void count_sync(Esp32c3Cpu *cpu)
{
    int64_t now = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);

    if (counting(cpu)) {
        cpu->count += muldiv64(now - cpu->count_ns, cpu->hz,
                               NANOSECONDS_PER_SECOND);
    }
    cpu->count_ns = now;
}

void esp32c3_cpu_set_clock(Esp32c3Cpu *cpu, uint32_t hz)
{
    count_sync(cpu);
    cpu->hz = hz;
}

static RISCVException read_perf(CPURISCVState *env, int csrno,
                                target_ulong *val)
{
    Esp32c3Cpu *cpu = from_env(env);
    int64_t ns;

    switch (csrno) {
    case CSR_MPCER:
        *val = cpu->mpcer;
        break;
    case CSR_MPCMR:
        *val = cpu->mpcmr;
        break;
    default:
        /* Reading leaves the base alone: no rounding adds up. */
        ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) - cpu->count_ns;
        *val = cpu->count + (counting(cpu) ? muldiv64(ns, cpu->hz,
                                             NANOSECONDS_PER_SECOND) : 0);
        break;
    }
    return RISCV_EXCP_NONE;
}

static RISCVException write_perf(CPURISCVState *env, int csrno,
                                 target_ulong val)
{
    Esp32c3Cpu *cpu = from_env(env);

    count_sync(cpu);
    switch (csrno) {
    case CSR_MPCER:
        cpu->mpcer = val;
        break;
    case CSR_MPCMR:
        cpu->mpcmr = val;
        break;
    default:
        cpu->count = val;
        break;
    }
    return RISCV_EXCP_NONE;
}

/* Other control registers */

static RISCVException read_mtvec(CPURISCVState *env, int csrno,
                                 target_ulong *val)
{
    *val = env->mtvec;
    return RISCV_EXCP_NONE;
}

static RISCVException write_mtvec(CPURISCVState *env, int csrno,
                                  target_ulong val)
{
    env->mtvec = (val & ESP32C3_MTVEC_BASE) | MTVEC_VECTORED;
    return RISCV_EXCP_NONE;
}

static uint32_t *plain_csr(CPURISCVState *env, int csrno)
{
    Esp32c3Cpu *cpu = from_env(env);

    switch (csrno) {
    case CSR_GPIO_OEN:
        return &cpu->gpio_oen;
    case CSR_GPIO_OUT:
        return &cpu->gpio_out;
    case CSR_TCONTROL_C3:
        return &cpu->tcontrol;
    case CSR_MCONTEXT_C3:
        return &cpu->mcontext;
    default:
        return NULL;
    }
}

static RISCVException read_plain(CPURISCVState *env, int csrno,
                                 target_ulong *val)
{
    uint32_t *csr = plain_csr(env, csrno);

    *val = csr ? *csr : 0;
    return RISCV_EXCP_NONE;
}

static RISCVException write_plain(CPURISCVState *env, int csrno,
                                  target_ulong val)
{
    uint32_t *csr = plain_csr(env, csrno);

    if (csr) {
        *csr = val;
    }
    return RISCV_EXCP_NONE;
}

static RISCVException any_mode(CPURISCVState *env, int csrno)
{
    return RISCV_EXCP_NONE;
}

void esp32c3_csr_install(void)
{
    static const struct {
        int csrno;
        riscv_csr_operations ops;
    } csrs[] = {
        { CSR_MPCER, { "mpcer", any_mode, read_perf, write_perf } },
        { CSR_MPCMR, { "mpcmr", any_mode, read_perf, write_perf } },
        { CSR_MPCCR, { "mpccr", any_mode, read_perf, write_perf } },
        { CSR_MTVEC, { "mtvec", any_mode, read_mtvec, write_mtvec } },
        /* Not there on the chip; reading as zero keeps QEMU's own off. */
        { CSR_MIE, { "mie", any_mode, read_plain, write_plain } },
        { CSR_MIP, { "mip", any_mode, read_plain, write_plain } },
        { CSR_MIDELEG, { "mideleg", any_mode, read_plain, write_plain } },
        { CSR_MEDELEG, { "medeleg", any_mode, read_plain, write_plain } },
        { CSR_GPIO_OEN, { "gpio_oen", any_mode, read_plain, write_plain } },
        { CSR_GPIO_IN, { "gpio_in", any_mode, read_plain, write_plain } },
        { CSR_GPIO_OUT, { "gpio_out", any_mode, read_plain, write_plain } },
        { CSR_TCONTROL_C3,
          { "tcontrol", any_mode, read_plain, write_plain } },
        { CSR_MCONTEXT_C3,
          { "mcontext", any_mode, read_plain, write_plain } },
    };
    int i;

    for (i = 0; i < ARRAY_SIZE(csrs); i++) {
        riscv_csr_operations ops = csrs[i].ops;

        riscv_set_csr_ops(csrs[i].csrno, &ops);
    }
}

void esp32c3_csr_reset(Esp32c3Cpu *cpu)
{
    cpu->parent_obj.env.mtvec = MTVEC_VECTORED;
    cpu->mpcer = 0;
    cpu->mpcmr = MPCMR_COUNT_EN;
    cpu->count = 0;
    cpu->count_ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
    cpu->gpio_oen = 0;
    cpu->gpio_out = 0;
    cpu->tcontrol = 0;
    cpu->mcontext = 0;
}
