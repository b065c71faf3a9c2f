/* The worksheet functions where no spreadsheet program is needed. What they give is in
 * tests/hosts/functions.txt, which every program works out. */
#include <criterion/criterion.h>

#include "functions.h"

static KfPlugin open_plugin(void)
{
    KfPlugin plugin = { .lang = KF_LANG_DA };

    cr_assert_eq(kf_ruleset_create(&plugin.rules, NULL), KF_OK);
    return plugin;
}

Test(functions, every_one_is_described)
{
    for (int id = 0; id < KF_FN_COUNT; id++) {
        const KfFunction *function = kf_function((KfFunctionId)id);
        bool optional = false;
        size_t count;
        const KfArgument *args = kf_function_arguments((KfFunctionId)id, &count);

        cr_expect_leq(count, KF_FN_MOST_ARGUMENTS);
        cr_expect(kf_text_starts(kf_text(function->name), KF_TEXT("KF.")));
        for (int lang = 0; lang < KF_LANG_COUNT; lang++)
            cr_expect_leq(kf_text(function->help[lang]).len, 250, "%s", function->name);
        for (size_t i = 0; i < count; i++) {
            cr_expect_eq((int)args[i].function, id);
            cr_expect(args[i].is_optional || !optional, "%s", function->name);
            optional = args[i].is_optional;
            for (int lang = 0; lang < KF_LANG_COUNT; lang++)
                cr_expect_leq(kf_text(args[i].help[lang]).len, 250, "%s", function->name);
        }
    }
}

/* Any kind of value for any argument: an answer or an error, never nothing. */
Test(functions, every_kind_of_argument)
{
    KfPlugin plugin = open_plugin();
    KfHostSheet empty = { .hidden = false };
    const KfHostValue values[] = {
        { .kind = KF_HOST_MISSING },
        { .kind = KF_HOST_NUMBER, .number = 1 },
        { .kind = KF_HOST_NUMBER, .number = -1e308 },
        { .kind = KF_HOST_NUMBER, .number = 0.0 / 1e308 },
        { .kind = KF_HOST_TEXT, .text = { "", 0 } },
        { .kind = KF_HOST_TEXT, .text = { NULL, 0 } },
        { .kind = KF_HOST_TEXT, .text = { "stat", 4 } },
        { .kind = KF_HOST_TEXT, .text = { "sygedagpenge", 12 } },
        { .kind = KF_HOST_TEXT, .text = { "\xff\xfe\x00", 3 } },
        { .kind = KF_HOST_BOOL, .truth = true },
        { .kind = KF_HOST_ERROR, .error = KF_HOST_ERROR_REF },
        { .kind = KF_HOST_RANGE, .range = &empty },
        { .kind = KF_HOST_RANGE },
    };
    enum { KINDS = sizeof values / sizeof *values };

    for (int id = 0; id < KF_FN_COUNT; id++) {
        for (int tried = 0; tried < KINDS * KINDS * KINDS; tried++) {
            KfHostValue args[KF_FN_MOST_ARGUMENTS];
            KfHostResult result;

            for (int i = 0, left = tried; i < KF_FN_MOST_ARGUMENTS; i++) {
                args[i] = values[left % KINDS];
                left = left / KINDS + i;
            }
            kf_function_call(&plugin, (KfFunctionId)id, args, (size_t)tried % 6, &result);
            cr_assert(result.kind == KF_HOST_NUMBER || result.kind == KF_HOST_TEXT
                      || result.kind == KF_HOST_ERROR);
            kf_host_result_free(&result);
        }
    }
    kf_ruleset_destroy(plugin.rules);
}

Test(functions, masks_a_cpr_number)
{
    KfPlugin plugin = open_plugin();
    KfHostSheet sheet = { .hidden = false };
    const KfHostCell cell = { .kind = KF_CELL_TEXT, .text = KF_TEXT("010190-1234") };
    KfHostResult result;

    kf_host_sheet_add(&sheet, &cell);
    kf_function_call(&plugin, KF_FN_ANTALFEJL,
                     &(KfHostValue){ .kind = KF_HOST_RANGE, .range = &sheet }, 1, &result);
    cr_expect_eq(result.kind, KF_HOST_ERROR);
    cr_expect_eq(result.error, KF_HOST_ERROR_NA);
    kf_host_result_free(&result);
    kf_host_sheet_free(&sheet);
    kf_ruleset_destroy(plugin.rules);
}
