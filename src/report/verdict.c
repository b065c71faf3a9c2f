/* What became of a file, in one word; the exit status follows the same bar. */
#include "report/verdict.h"

KfVerdict kf_verdict(const KfFileReport *file, KfSeverity least)
{
    const KfSeverity bar = least < KF_WARNING ? least : KF_WARNING;

    if (!file->audit)
        return KF_UNREADABLE;
    if (!kf_model_has_any(&file->audit->model))
        return KF_NO_CASE_TABLE;
    for (size_t i = 0; i < file->audit->finding_count; i++) {
        if (file->audit->findings[i].severity >= bar)
            return KF_FINDINGS;
    }
    return KF_CLEAN;
}

const char *kf_verdict_key(KfVerdict verdict)
{
    static const char *const keys[] = {
        [KF_CLEAN] = "clean",
        [KF_FINDINGS] = "findings",
        [KF_NO_CASE_TABLE] = "no-cases",
        [KF_UNREADABLE] = "unreadable",
    };

    return keys[verdict];
}
