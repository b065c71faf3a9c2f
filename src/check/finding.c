/* Names of findings, severities and actions, expanded from one list. */
#include "kf/audit.h"

static const struct {
    const char *code;
    const char *title[KF_LANG_COUNT];
} findings[KF_FINDING_COUNT] = {
#define KF_FINDING(id, code, title_da, title_en)                                                   \
    [KF_FINDING_##id] = { code, { title_da, title_en } },
#include "kf/findings.def"
#undef KF_FINDING
};

const char *kf_finding_code(KfFindingCode code)
{
    return findings[code].code;
}

bool kf_finding_code_read(KfText text, KfFindingCode *out)
{
    for (int code = 0; code < KF_FINDING_COUNT; code++) {
        if (!kf_text_eq(text, kf_text(findings[code].code)))
            continue;
        *out = (KfFindingCode)code;
        return true;
    }
    return false;
}

const char *kf_finding_title(KfFindingCode code, KfLang lang)
{
    return findings[code].title[lang];
}

const char *kf_severity_key(KfSeverity severity)
{
    static const char *const keys[] = { "info", "warning", "error" };

    return keys[severity];
}

const char *kf_action_key(KfAction action)
{
    static const char *const keys[] = { "none", "propose", "correct" };

    return keys[action];
}
