/* What payers and courses are called, in files and by people. */
#include "kf/model.h"

typedef struct {
    const char *key;
    const char *name[KF_LANG_COUNT];
} PayerRow;

static const PayerRow payers[KF_PAYER_COUNT] = {
#define KF_PAYER_ROW(id, key, da, en) [KF_##id] = { key, { da, en } },
#include "model/payer.def"
#undef KF_PAYER_ROW
};

static const char *const courses[KF_COURSE_COUNT] = {
    [KF_ACTUAL] = "actual",
    [KF_COUNTERFACTUAL] = "counterfactual",
};

/* A payer may be KF_PAYER_NONE, whatever type the compiler gives the enum. */
static bool is_payer(KfPayer payer)
{
    return (int)payer >= 0 && (int)payer < KF_PAYER_COUNT;
}

const char *kf_payer_key(KfPayer payer)
{
    return is_payer(payer) ? payers[payer].key : "";
}

const char *kf_payer_name(KfPayer payer, KfLang lang)
{
    return is_payer(payer) && lang < KF_LANG_COUNT ? payers[payer].name[lang] : "";
}

const char *kf_course_key(KfCourseKind kind)
{
    return kind < KF_COURSE_COUNT ? courses[kind] : "";
}

KfStatus kf_model_status(const KfModel *model)
{
    if (model->case_count)
        return KF_OK;
    return model->blank_count ? KF_CASES_BLANK : KF_NO_CASES;
}
