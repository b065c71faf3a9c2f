/* How many stays or visits a label names: "Indlæggelse 1 måned" is one stay,
 * "3 psykiatriske indlæggelser" and "Indlæggelse x 3" are three, and "Indlæggelser"
 * or "Ambulant behandling" leave it open. A number of days or weeks counts nothing. */
#include "rules/ruleset.h"

enum { STAYS_MAX = 99, WORDS_MAX = 40, WORDS_BETWEEN = 3 };

typedef struct {
    KfText word[WORDS_MAX];
    size_t count;
} Words;

static Words words_of(KfText folded)
{
    Words words = { .count = 0 };
    size_t from = 0;

    for (size_t i = 0; i <= folded.len; i++) {
        if (i < folded.len && folded.ptr[i] != ' ')
            continue;
        if (i > from && words.count < WORDS_MAX)
            words.word[words.count++] = kf_text_slice(folded, from, i);
        from = i + 1;
    }
    return words;
}

static bool is_one_of(KfText word, const char *const *list)
{
    for (; *list; list++) {
        if (kf_text_eq(word, kf_text(*list)))
            return true;
    }
    return false;
}

/* "3", "3x" and "tre"; 0 for any other word. */
static int32_t number_of(KfText word)
{
    static const char *const words[] = { "to", "tre", "fire", "fem", "seks" };
    int32_t number = 0;
    size_t i = 0;

    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        if (kf_text_eq(word, kf_text(words[w])))
            return (int32_t)w + 2;
    }
    for (; i < word.len && word.ptr[i] >= '0' && word.ptr[i] <= '9' && number <= STAYS_MAX; i++)
        number = number * 10 + (word.ptr[i] - '0');
    if (i + (i > 0 && i < word.len && word.ptr[i] == 'x') != word.len || number > STAYS_MAX)
        return 0;
    return number;
}

static bool is_time(KfText word)
{
    static const char *const units[] = { "maaned", "maaneder", "maaneders", "mdr", "md",
                                         "uge",    "uger",     "ugers",     "dag", "dage",
                                         "dages",  "doegn",    "doegns",    "aar", "aars",
                                         "time",   "timer",    "timers",    "kr",  "kroner",
                                         "pct",    "procent",  NULL };

    return is_one_of(word, units);
}

static bool is_counted(KfText word)
{
    static const char *const nouns[] = { "ophold",   "gang",      "gange",          "x",
                                         "stk",      "besoeg",    "konsultationer", "konsultation",
                                         "samtaler", "kontakter", "behandlinger",   NULL };

    return is_one_of(word, nouns) || kf_text_starts(word, KF_TEXT("indlaeggelse"))
           || kf_text_starts(word, KF_TEXT("genindlaeggelse"));
}

static bool is_one_stay(KfText word)
{
    static const char *const words[] = {
        "indlaeggelse",     "indlaeggelsen", "indlagt", "genindlaeggelse",
        "genindlaeggelsen", "genindlagt",    NULL
    };

    return is_one_of(word, words);
}

/* Whether the number at `at` counts something: "1 5 maaned" was 1,5 of them. */
static bool counts(const Words *words, size_t at)
{
    const KfText word = words->word[at];
    const size_t last = at + WORDS_BETWEEN;

    if ((at > 0 && number_of(words->word[at - 1]))
        || (at + 1 < words->count && number_of(words->word[at + 1])))
        return false;
    if (word.ptr[word.len - 1] == 'x' || (at > 0 && kf_text_eq(words->word[at - 1], KF_TEXT("x"))))
        return true;
    for (size_t i = at + 1; i < words->count && i <= last; i++) {
        if (is_time(words->word[i]))
            return false;
        if (is_counted(words->word[i]))
            return true;
    }
    return false;
}

int32_t kf_label_stays(KfText label)
{
    char bytes[KF_LABEL_LONGEST];
    const Words words = words_of(kf_label_fold(bytes, label));
    int32_t one = 0;

    for (size_t i = 0; i < words.count; i++) {
        if (number_of(words.word[i]) && counts(&words, i))
            return number_of(words.word[i]);
        if (is_one_stay(words.word[i]))
            one = 1;
    }
    return one;
}
