/* Work on many files, several at a time, with the results in the order of the files. */
#ifndef CLI_RUN_FILES_H
#define CLI_RUN_FILES_H

#include <stdbool.h>
#include <stddef.h>

/**
 * What to do with each of count files. A result is size bytes, all 0 before work()
 * fills it. Only a few results a thread exist at a time, however many files there are.
 */
typedef struct {
    size_t count;
    unsigned jobs; /**< threads at most; 0: as many as the machine has cores */
    size_t size;
    void *ctx; /**< given to each of the three; work() must only read it */
    /** In any thread, several at a time. */
    void (*work)(void *result, size_t index, void *ctx);
    /** In the calling thread, for file 0, 1, 2 ... in turn; false: leave out the rest. */
    bool (*take)(void *result, size_t index, void *ctx);
    /** In the calling thread, once for every result: frees what it holds. */
    void (*drop)(void *result);
} CliRun;

/** Returns when every thread has ended; false when there is no memory to begin. */
bool cli_run_files(const CliRun *run);
/** Threads for so many parts of work: jobs, 0 for one a core, and no more than there are parts. */
unsigned cli_thread_count(unsigned jobs, size_t parts);

#endif
