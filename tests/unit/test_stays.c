#include <criterion/criterion.h>

#include "kf/rules.h"

Test(stays, a_label_tells_how_many)
{
    static const struct {
        const char *label;
        int32_t stays;
    } rows[] = {
        { "Indlæggelse 1 måned", 1 },
        { "Indlæggelse 1,5 måned", 1 },
        { "Genindlæggelse 2 uger", 1 },
        { "2 ugers indlæggelse", 1 },
        { "14 dages psykiatrisk indlæggelse", 1 },
        { "Indlagt 3 uger", 1 },
        { "2 indlæggelser", 2 },
        { "Tre indlæggelser", 3 },
        { "3 korte psykiatriske indlæggelser", 3 },
        { "Indlæggelse x 3", 3 },
        { "2 x indlæggelse à 14 dage", 2 },
        { "2x indlæggelse", 2 },
        { "Indlæggelse 14 dage, 2 gange", 2 },
        { "Psykiatrisk ambulant behandling, 12 besøg", 12 },
        { "Indlæggelser", 0 },
        { "Genindlæggelser 2 uger", 0 },
        { "Indlæggelsesdage", 0 },
        { "Ambulant behandling", 0 },
        { "Ambulant behandling 6 måneder", 0 },
        { "Speciallæge", 0 },
        { "", 0 },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        cr_expect_eq(kf_label_stays(kf_text(rows[i].label)), rows[i].stays, "%s: %d", rows[i].label,
                     kf_label_stays(kf_text(rows[i].label)));
}
