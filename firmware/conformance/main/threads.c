// SPDX-License-Identifier: Apache-2.0

/** @file POSIX threads. */

#include "topics.h"

#include <pthread.h>

#include "esp_pthread.h"

static pthread_mutex_t s_mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t s_condition = PTHREAD_COND_INITIALIZER;
static pthread_once_t s_once = PTHREAD_ONCE_INIT;
static pthread_key_t s_key;
static bool s_ready;

static void *twice(void *argument)
{
    record(pcTaskGetName(NULL));
    record(uxTaskPriorityGet(NULL) == 5 ? " at 5 " : " elsewhere ");
    return (void *)((intptr_t)argument * 2);
}

static void *ends_early(void *argument)
{
    pthread_setspecific(s_key, "value ");
    record(pthread_getspecific(s_key));
    pthread_exit(argument);
}

static void *waits(void *name)
{
    pthread_mutex_lock(&s_mutex);
    while (!s_ready) {
        pthread_cond_wait(&s_condition, &s_mutex);
    }
    record(name);
    pthread_mutex_unlock(&s_mutex);
    return NULL;
}

static void *joins_itself(void *unused)
{
    (void)unused;
    return (void *)(intptr_t)pthread_join(pthread_self(), NULL);
}

static void first_time(void)
{
    record("once ");
}

static void forget(void *value)
{
    record("forgets ");
    record(value);
}

static void threads(void)
{
    pthread_t a, b;
    void *result = NULL;
    SHOW(pthread_create(&a, NULL, twice, (void *)21));
    SHOW(pthread_join(a, &result));
    SHOW((intptr_t)result);
    SHOW(pthread_join(a, &result));
    SHOW(pthread_detach(a));
    esp_pthread_cfg_t settings = esp_pthread_get_default_config();
    SHOW(settings.stack_size);
    SHOW(settings.prio);
    SHOW(settings.inherit_cfg);
    STATUS(esp_pthread_get_cfg(&settings));
    SHOW(settings.stack_size);
    settings = esp_pthread_get_default_config();
    settings.thread_name = "named";
    settings.prio = 7;
    STATUS(esp_pthread_set_cfg(&settings));
    SHOW(pthread_create(&a, NULL, twice, (void *)4));
    SHOW(pthread_join(a, NULL));
    show_record("threads");
    settings.stack_size = 100;
    STATUS(esp_pthread_set_cfg(&settings));
    SHOW(pthread_key_create(&s_key, forget));
    SHOW(pthread_create(&a, NULL, ends_early, (void *)5));
    SHOW(pthread_join(a, &result));
    SHOW((intptr_t)result);
    SHOW(pthread_getspecific(s_key) == NULL);
    SHOW(pthread_key_delete(s_key));
    show_record("values");
    SHOW(pthread_create(&b, NULL, joins_itself, NULL));
    SHOW(pthread_join(b, &result));
    SHOW((intptr_t)result);
    pthread_attr_t attributes;
    size_t size = 0;
    SHOW(pthread_attr_init(&attributes));
    SHOW(pthread_attr_getstacksize(&attributes, &size));
    SHOW(size);
    SHOW(pthread_attr_setstacksize(&attributes, 100));
    SHOW(pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED));
    SHOW(pthread_create(&a, &attributes, twice, NULL));
    SHOW(pthread_join(a, NULL));
    vTaskDelay(5);
    show_record("detached");
    SHOW(pthread_once(&s_once, first_time));
    SHOW(pthread_once(&s_once, first_time));
    show_record("once");
}

static void mutexes(void)
{
    pthread_mutex_t mutex;
    pthread_mutexattr_t attributes;
    SHOW(pthread_mutex_lock(&s_mutex));
    SHOW(pthread_mutex_trylock(&s_mutex));
    SHOW(pthread_mutex_unlock(&s_mutex));
    SHOW(pthread_mutexattr_init(&attributes));
    SHOW(pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE));
    SHOW(pthread_mutex_init(&mutex, &attributes));
    SHOW(pthread_mutex_lock(&mutex));
    SHOW(pthread_mutex_trylock(&mutex));
    SHOW(pthread_mutex_unlock(&mutex));
    SHOW(pthread_mutex_unlock(&mutex));
    SHOW(pthread_mutex_unlock(&mutex));
    SHOW(pthread_mutex_destroy(&mutex));
    SHOW(pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK));
    SHOW(pthread_mutex_init(&mutex, &attributes));
    SHOW(pthread_mutex_lock(&mutex));
    SHOW(pthread_mutex_lock(&mutex));
    SHOW(pthread_mutex_unlock(&mutex));
    SHOW(pthread_mutex_unlock(&mutex));
    SHOW(pthread_mutex_destroy(&mutex));
    SHOW(pthread_mutex_init(NULL, NULL));
}

static void conditions(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, waits, "a ");
    pthread_create(&b, NULL, waits, "b ");
    vTaskDelay(5);
    s_ready = true;
    SHOW(pthread_cond_broadcast(&s_condition));
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    show_record("woken");
    struct timespec moment;
    clock_gettime(CLOCK_REALTIME, &moment);
    moment.tv_sec += 1;
    pthread_mutex_lock(&s_mutex);
    int result;
    SHOW(TAKES(500, result = pthread_cond_timedwait(&s_condition, &s_mutex, &moment)));
    SHOW(result);
    SHOW(pthread_cond_signal(&s_condition));
    SHOW(pthread_mutex_unlock(&s_mutex));
    SHOW(pthread_cond_destroy(&s_condition));
}

void topic_threads(void)
{
    threads();
    mutexes();
    conditions();
}
