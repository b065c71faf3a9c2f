/* What was found in a workbook, kept without the workbook. */
#include "reconcile/digest.h"

#include "correct/phrase.h"

static KfValue kept_value(KfDigester *in, KfValue value)
{
    if (value.kind == KF_VALUE_TEXT)
        value.text = kf_digest_text(in, value.text);
    return value;
}

static KfFindingDigest kept(KfDigester *in, const KfFinding *finding)
{
    const KfAudit *audit = in->input->audit;
    KfFindingDigest out = {
        .id = finding->id,
        .code = finding->code,
        .severity = finding->severity,
        .action = finding->action,
        .has_cell = finding->has_cell,
        .cell = finding->cell,
        .citizen = kf_digest_text(in, kf_citizen(audit, finding->case_index)),
        .label = kf_digest_text(in, finding->label),
        .period = kf_digest_text(in, finding->period),
        .course = finding->course,
        .found = kept_value(in, finding->found),
        .expected = kept_value(in, finding->expected),
        .source = kf_digest_text(in, finding->source),
    };

    if (finding->has_cell)
        out.sheet = kf_digest_text(in, kf_sheet_name(audit, finding->cell));
    for (int lang = 0; lang < KF_LANG_COUNT; lang++)
        out.message[lang] = kf_digest_text(in, finding->message[lang]);
    return out;
}

void kf_digest_findings(KfDigester *in)
{
    const KfAudit *audit = in->input->audit;
    KfFileDigest *out = in->out;
    size_t cap = 0, ignored_cap = 0;

    for (size_t i = 0; i < audit->finding_count; i++) {
        const KfFinding *finding = &audit->findings[i];

        if (finding->root == 0 && finding->severity >= KF_WARNING)
            KF_PUSH(in->arena, out->findings, out->finding_count, cap, kept(in, finding));
    }
    for (size_t i = 0; i < audit->ignored_count; i++) {
        KfFindingDigest one = kept(in, &audit->ignored[i].finding);

        one.reason = kf_digest_text(in, audit->ignored[i].by->reason);
        one.until = audit->ignored[i].by->expires;
        KF_PUSH(in->arena, out->ignored, out->ignored_count, ignored_cap, one);
    }
}
