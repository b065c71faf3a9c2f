/* SIGINT, SIGTERM and SIGHUP. While a file is being written or a batch runs, the first of them
 * is kept in mind and what is at hand is finished; at any other time, nothing is half done and
 * the program ends at once. A second one ends a batch at once, but never a write. */
#include "cli.h"

#if defined(_WIN32)

void cli_interrupt_watch(KfLang lang)
{
    (void)lang;
}

CliHold cli_interrupt_hold(CliHold hold)
{
    return hold;
}

bool cli_interrupted(void)
{
    return false;
}

#else

#include <signal.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t held, caught;
static const char *told;

static void leave(int number)
{
    struct sigaction plain;
    ssize_t unused = write(STDERR_FILENO, told, strlen(told));

    (void)unused;
    memset(&plain, 0, sizeof plain);
    plain.sa_handler = SIG_DFL;
    sigaction(number, &plain, NULL);
    raise(number);
}

static void on_signal(int number)
{
    if (held == CLI_HOLD_WRITE || (held == CLI_HOLD_BATCH && !caught))
        caught = number;
    else
        leave(number);
}

void cli_interrupt_watch(KfLang lang)
{
    static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
    struct sigaction action;

    told = lang == KF_LANG_DA ? "kontrafakt: afbrudt. Ingen fil er skrevet halvt.\n"
                              : "kontrafakt: interrupted. No file is half written.\n";
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct sigaction before;

        /* what runs in the background with signals ignored goes on ignoring them */
        if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(numbers[i], &action, NULL);
    }
}

CliHold cli_interrupt_hold(CliHold hold)
{
    CliHold before = (CliHold)held;

    held = hold;
    return before;
}

bool cli_interrupted(void)
{
    return caught != 0;
}

#endif
