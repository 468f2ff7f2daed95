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
#include "sysemu/cpu-timers.h"
#include "esp_cpu.h"

#define MCAUSE_INTERRUPT 0x80000000u

#define MVENDORID_ESPRESSIF 0x612
#define MARCHID_ESP32C3     0x80000001
#define MIMPID_ESP32C3      1

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
    env->pc = (env->mtvec & ESP32C3_MTVEC_BASE) + 4 * cpu->line;
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

    parent_reset(dev);
    esp32c3_csr_reset(cpu);
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
    esp32c3_csr_install();
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
