/**
 * @file
 * A thread that runs beside the one that starts it.
 */
#ifndef BASE_THREAD_H
#define BASE_THREAD_H

#include <pthread.h>
#include <stdbool.h>

/**
 * Start a thread on another processor than the calling one has just now, where there is one: left
 * to itself the system often puts both on the same one and parts them some milliseconds later,
 * which is more than many a piece of work takes. Afterwards it is as free as any. False when no
 * thread can be had.
 */
bool kf_thread_start(pthread_t *thread, void *(*work)(void *), void *ctx);

#endif
