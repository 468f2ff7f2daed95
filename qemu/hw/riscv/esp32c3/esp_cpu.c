/*
 * ESP32-C3: the processor.
 *
 * RV32IMC with machine and user mode, as QEMU's RISC-V target has it, but for:
 *  - external interrupts: 31 lines from the interrupt matrix, gated by
 *    mstatus.MIE alone. mcause is 0x80000000 | line, and mtvec is always
 *    vectored, its base aligned to 256 bytes. There is no mie and no mip;
 *  - a cycle counter of Espressif's own: mpcer, mpcmr, mpccr.
 *
 * Sources: ESP32-C3 Technical Reference Manual, "ESP-RISC-V CPU"; ESP-IDF,
 * riscv/include/riscv/csr.h and riscv/include/esp_private/panic_reason.h.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "hw/core/tcg-cpu-ops.h"
#include "qemu/module.h"
#include "qemu/timer.h"
#include "sysemu/cpu-timers.h"
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

#define MTVEC_BASE      0xffffff00u
#define MTVEC_VECTORED  1u

#define MCAUSE_INTERRUPT 0x80000000u

#define MVENDORID_ESPRESSIF 0x612
#define MARCHID_ESP32C3     0x80000001
#define MIMPID_ESP32C3      1

static Esp32c3Cpu *from_env(CPURISCVState *env)
{
    return ESP32C3_CPU(env_cpu(env));
}

/* The interrupt matrix's side */

void esp32c3_cpu_set_line(Esp32c3Cpu *cpu, unsigned line)
{
    if (line == cpu->line) {
        return;
    }
    cpu->line = line;
    if (line) {
        cpu_interrupt(CPU(cpu), CPU_INTERRUPT_HARD);
    } else {
        cpu_reset_interrupt(CPU(cpu), CPU_INTERRUPT_HARD);
    }
}

/*
 * The trap is taken here and not by riscv_cpu_do_interrupt(), for which cause
 * 16 is a semihosting call: here it is a line like any other.
 */
static bool esp32c3_cpu_exec_interrupt(CPUState *cs, int interrupt_request)
{
    Esp32c3Cpu *cpu = ESP32C3_CPU(cs);
    CPURISCVState *env = &cpu->parent_obj.env;
    bool mie = env->mstatus & MSTATUS_MIE;

    if (!(interrupt_request & CPU_INTERRUPT_HARD) || !cpu->line ||
        (env->priv == PRV_M && !mie)) {
        return false;
    }
    env->mstatus = set_field(env->mstatus, MSTATUS_MPIE, mie);
    env->mstatus = set_field(env->mstatus, MSTATUS_MPP, env->priv);
    env->mstatus = set_field(env->mstatus, MSTATUS_MIE, 0);
    env->mcause = MCAUSE_INTERRUPT | cpu->line;
    env->mepc = env->pc;
    env->mtval = 0;
    env->pc = (env->mtvec & MTVEC_BASE) + 4 * cpu->line;
    riscv_cpu_set_mode(env, PRV_M);
    cs->exception_index = RISCV_EXCP_NONE;
    return true;
}

/* wfi ends when a line asks for service, whether or not mstatus.MIE is set. */
static bool esp32c3_cpu_has_work(CPUState *cs)
{
    return (cs->interrupt_request & CPU_INTERRUPT_HARD) &&
           ESP32C3_CPU(cs)->line;
}

void esp32c3_sync_clock(void)
{
    /* The main loop goes on counting by itself. */
    if (icount_enabled()) {
        icount_account_warp_timer();
    }
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
    env->mtvec = (val & MTVEC_BASE) | MTVEC_VECTORED;
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

static void install_csrs(void)
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

/* Reset */

static void reset_core(CPUState *cs, run_on_cpu_data data)
{
    cpu_reset(cs);
}

void esp32c3_cpu_request_reset(Esp32c3Cpu *cpu)
{
    async_run_on_cpu(CPU(cpu), reset_core, RUN_ON_CPU_NULL);
    cpu_exit(CPU(cpu));
}

static DeviceReset parent_reset;

static void esp32c3_cpu_reset(DeviceState *dev)
{
    Esp32c3Cpu *cpu = ESP32C3_CPU(dev);
    CPURISCVState *env = &cpu->parent_obj.env;

    parent_reset(dev);
    env->mtvec = MTVEC_VECTORED;
    cpu->mpcer = 0;
    cpu->mpcmr = MPCMR_COUNT_EN;
    cpu->count = 0;
    cpu->count_ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
    cpu->gpio_oen = 0;
    cpu->gpio_out = 0;
    cpu->tcontrol = 0;
    cpu->mcontext = 0;
    /* The parent cleared every request; a line still pending asks again. */
    if (cpu->line) {
        cpu_interrupt(CPU(cpu), CPU_INTERRUPT_HARD);
    }
}

/* The type */

static void esp32c3_cpu_init(Object *obj)
{
    Esp32c3Cpu *cpu = ESP32C3_CPU(obj);
    CPURISCVState *env = &cpu->parent_obj.env;
    RISCVCPUConfig *cfg = &cpu->parent_obj.cfg;

    env->misa_mxl_max = env->misa_mxl = MXL_RV32;
    env->misa_ext_mask = env->misa_ext = RVI | RVM | RVC | RVU;
    env->priv_ver = PRIV_VERSION_1_10_0;
    env->resetvec = ESP32C3_RESET_VECTOR;

    cfg->mmu = false;
    cfg->pmp = true;
    cfg->pmu_num = 0;
    cfg->mvendorid = MVENDORID_ESPRESSIF;
    cfg->marchid = MARCHID_ESP32C3;
    cfg->mimpid = MIMPID_ESP32C3;
    cpu->hz = 20000000;
}

static void esp32c3_cpu_class_init(ObjectClass *klass, void *data)
{
    static struct TCGCPUOps tcg_ops;
    DeviceClass *dc = DEVICE_CLASS(klass);
    CPUClass *cc = CPU_CLASS(klass);

    tcg_ops = *cc->tcg_ops;
    tcg_ops.cpu_exec_interrupt = esp32c3_cpu_exec_interrupt;
    cc->tcg_ops = &tcg_ops;
    cc->has_work = esp32c3_cpu_has_work;
    device_class_set_parent_reset(dc, esp32c3_cpu_reset, &parent_reset);
    install_csrs();
}

static const TypeInfo esp32c3_cpu_types[] = {
    {
        .name = TYPE_ESP32C3_CPU,
        .parent = TYPE_RISCV_CPU,
        .instance_size = sizeof(Esp32c3Cpu),
        .instance_align = __alignof__(Esp32c3Cpu),
        .instance_init = esp32c3_cpu_init,
        .class_init = esp32c3_cpu_class_init,
    },
};

DEFINE_TYPES(esp32c3_cpu_types)
