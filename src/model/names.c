/* What payers and courses are called, in files and by people. */
#include "kf/model.h"

typedef struct {
    const char *key;
    const char *name[KF_LANG_COUNT];
} NameRow;

static const NameRow payers[KF_PAYER_COUNT] = {
#define KF_PAYER_ROW(id, key, da, en) [KF_##id] = { key, { da, en } },
#include "model/payer.def"
#undef KF_PAYER_ROW
};

static const char *const courses[KF_COURSE_COUNT] = {
    [KF_ACTUAL] = "actual",
    [KF_COUNTERFACTUAL] = "counterfactual",
};

static const NameRow table_kinds[KF_TABLE_KIND_COUNT] = {
#define KF_TABLE_KIND(id, key, da, en) [KF_TABLE_##id] = { key, { da, en } },
#include "kf/table_kinds.def"
#undef KF_TABLE_KIND
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
    if (kf_model_has_any(model))
        return KF_OK;
    return model->blank_count ? KF_CASES_BLANK : KF_NO_CASES;
}

const KfFigure kf_no_parts[KF_PAYER_COUNT] = { 0 };

const char *kf_table_kind_key(KfTableKind kind)
{
    return kind < KF_TABLE_KIND_COUNT ? table_kinds[kind].key : "";
}

const char *kf_table_kind_name(KfTableKind kind, KfLang lang)
{
    return kind < KF_TABLE_KIND_COUNT && lang < KF_LANG_COUNT ? table_kinds[kind].name[lang] : "";
}
