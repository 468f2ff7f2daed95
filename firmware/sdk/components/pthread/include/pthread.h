// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * POSIX threads, as ESP-IDF has them: each is a FreeRTOS task, with the size, priority and name that esp_pthread.h sets. There
 * is no cancellation; read-write locks, barriers and spin locks are not in the bundled SDK. Functions return an errno
 * number, 0 for success.
 */

#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef uintptr_t pthread_t;
typedef uintptr_t pthread_mutex_t;
typedef uintptr_t pthread_cond_t;
typedef uint32_t pthread_key_t;
typedef struct {
    int is_initialized;
    int init_executed;
} pthread_once_t;
typedef struct {
    int stacksize;
    int detachstate;
} pthread_attr_t;
typedef struct {
    int type;
} pthread_mutexattr_t;
typedef struct {
    clockid_t clock;
} pthread_condattr_t;

/** For variables that are ready without an init call; the first use makes them. */
#define PTHREAD_MUTEX_INITIALIZER ((pthread_mutex_t)0xFFFFFFFF)
#define PTHREAD_COND_INITIALIZER ((pthread_cond_t)0xFFFFFFFF)
#define PTHREAD_ONCE_INIT {1, 0}

#define PTHREAD_CREATE_DETACHED 0
#define PTHREAD_CREATE_JOINABLE 1
#define PTHREAD_MUTEX_NORMAL 0
#define PTHREAD_MUTEX_RECURSIVE 1
#define PTHREAD_MUTEX_ERRORCHECK 2
#define PTHREAD_MUTEX_DEFAULT 3

/** @return ENOMEM, or EAGAIN without memory for a stack. */
int pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start_routine)(void *), void *arg);
/** @return ESRCH for no thread, EDEADLK for a detached one or oneself, EINVAL for one that somebody joins already. */
int pthread_join(pthread_t thread, void **retval);
int pthread_detach(pthread_t thread);
/** Only in a thread that pthread_create() made, as in ESP-IDF. */
pthread_t pthread_self(void);
int pthread_equal(pthread_t t1, pthread_t t2);
void pthread_exit(void *value_ptr) __attribute__((noreturn));
/** @return ENOSYS. */
int pthread_cancel(pthread_t thread);

int pthread_attr_init(pthread_attr_t *attr);
int pthread_attr_destroy(pthread_attr_t *attr);
/** @param stacksize bytes. @return EINVAL below 768. */
int pthread_attr_setstacksize(pthread_attr_t *attr, size_t stacksize);
int pthread_attr_getstacksize(const pthread_attr_t *attr, size_t *stacksize);
int pthread_attr_setdetachstate(pthread_attr_t *attr, int detachstate);
int pthread_attr_getdetachstate(const pthread_attr_t *attr, int *detachstate);

int pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attr);
/** @return EBUSY while it is locked. */
int pthread_mutex_destroy(pthread_mutex_t *mutex);
/** @return EDEADLK if the caller has locked an error-checking one. */
int pthread_mutex_lock(pthread_mutex_t *mutex);
/** @return EBUSY if it is locked. */
int pthread_mutex_trylock(pthread_mutex_t *mutex);
/** @param abstime of the real-time clock. @return ETIMEDOUT. */
int pthread_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *abstime);
/** @return EPERM if another has locked an error-checking or recursive one. */
int pthread_mutex_unlock(pthread_mutex_t *mutex);
int pthread_mutexattr_init(pthread_mutexattr_t *attr);
int pthread_mutexattr_destroy(pthread_mutexattr_t *attr);
int pthread_mutexattr_gettype(const pthread_mutexattr_t *attr, int *type);
int pthread_mutexattr_settype(pthread_mutexattr_t *attr, int type);

int pthread_cond_init(pthread_cond_t *cond, const pthread_condattr_t *attr);
int pthread_cond_destroy(pthread_cond_t *cond);
int pthread_cond_signal(pthread_cond_t *cond);
int pthread_cond_broadcast(pthread_cond_t *cond);
int pthread_cond_wait(pthread_cond_t *cond, pthread_mutex_t *mutex);
/** @param abstime of the real-time clock (or the one of the attributes). @return ETIMEDOUT. */
int pthread_cond_timedwait(pthread_cond_t *cond, pthread_mutex_t *mutex, const struct timespec *abstime);
int pthread_condattr_init(pthread_condattr_t *attr);
int pthread_condattr_destroy(pthread_condattr_t *attr);
int pthread_condattr_setclock(pthread_condattr_t *attr, clockid_t clock_id);
int pthread_condattr_getclock(const pthread_condattr_t *attr, clockid_t *clock_id);

int pthread_once(pthread_once_t *once_control, void (*init_routine)(void));

/** @param destructor called with a thread's value when it ends; not for tasks that were made otherwise. */
int pthread_key_create(pthread_key_t *key, void (*destructor)(void *));
int pthread_key_delete(pthread_key_t key);
void *pthread_getspecific(pthread_key_t key);
int pthread_setspecific(pthread_key_t key, const void *value);

#ifdef __cplusplus
}
#endif
