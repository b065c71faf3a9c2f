#include <criterion/criterion.h>

#include "kf/model.h"

Test(names, every_payer_has_a_key_and_names)
{
    const char *keys[] = { "municipality", "state", "region", "other" };

    for (int payer = 0; payer < KF_PAYER_COUNT; payer++) {
        cr_assert_str_eq(kf_payer_key((KfPayer)payer), keys[payer]);
        for (int lang = 0; lang < KF_LANG_COUNT; lang++)
            cr_assert_str_not_empty(kf_payer_name((KfPayer)payer, (KfLang)lang));
    }
    cr_assert_str_eq(kf_payer_name(KF_STATE, KF_LANG_DA), "staten");
    cr_assert_str_eq(kf_payer_name(KF_MUNICIPALITY, KF_LANG_EN), "the municipality");
}

Test(names, no_payer_has_no_name)
{
    cr_assert_str_empty(kf_payer_key((KfPayer)KF_PAYER_NONE));
    cr_assert_str_empty(kf_payer_name((KfPayer)KF_PAYER_NONE, KF_LANG_DA));
    cr_assert_str_empty(kf_payer_key(KF_PAYER_COUNT));
}

Test(names, courses_have_keys)
{
    cr_assert_str_eq(kf_course_key(KF_ACTUAL), "actual");
    cr_assert_str_eq(kf_course_key(KF_COUNTERFACTUAL), "counterfactual");
    cr_assert_str_empty(kf_course_key(KF_COURSE_COUNT));
}
