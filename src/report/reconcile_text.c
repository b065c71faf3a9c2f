/* reconcile --format text: a block a group, then citizens, what the corrections
 * change, cases that stand out, published figures, and what was left out. */
#include "report/reconcile_report.h"
#include "report/text_report.h"

enum { LABEL_WIDTH = 26, SUM_WIDTH = 16, MOST_BENEFITS = 8 };

typedef struct {
    KfBuf *out;
    const KfReconciliation *all;
    KfLang lang;
    KfBuf scratch;
} Page;

/* ---- lines ----------------------------------------------------------------- */

static void end_line(Page *page)
{
    while (page->out->len && page->out->ptr[page->out->len - 1] == ' ')
        page->out->len--;
    kf_buf_char(page->out, '\n');
}

static void put_left(Page *page, KfText text, size_t width)
{
    size_t columns = kf_text_columns(text);

    kf_buf_text(page->out, text);
    kf_buf_spaces(page->out, columns < width ? width - columns : 1);
}

static void put_right(Page *page, KfText text, size_t width)
{
    size_t columns = kf_text_columns(text);

    kf_buf_spaces(page->out, columns < width ? width - columns : 1);
    kf_buf_text(page->out, text);
}

static KfText sum_text(Page *page, KfOere sum)
{
    page->scratch.len = 0;
    if (sum == KF_NOT_STATED)
        return kf_phrase(SAY_RC_NOT_STATED, page->lang);
    kf_buf_amount(&page->scratch, sum, page->lang);
    return kf_buf_view(&page->scratch);
}

static void put_sums(Page *page, KfText label, const KfSums *sums)
{
    kf_buf_spaces(page->out, 2);
    put_left(page, label, LABEL_WIDTH);
    for (int sum = 0; sum < KF_SUM_COUNT; sum++)
        put_right(page, sum_text(page, sums->of[sum]), SUM_WIDTH);
    end_line(page);
}

static void put_sum_headings(Page *page, KfText label)
{
    kf_buf_spaces(page->out, 2);
    put_left(page, label, LABEL_WIDTH);
    for (int sum = 0; sum < KF_SUM_COUNT; sum++)
        put_right(page, kf_sum_name(sum, page->lang), SUM_WIDTH);
    end_line(page);
}

static void put_heading(Page *page, KfPhrase say)
{
    if (!kf_text_ends(kf_buf_view(page->out), KF_TEXT("\n\n")))
        kf_buf_char(page->out, '\n');
    kf_buf_spaces(page->out, 2);
    kf_buf_text(page->out, kf_phrase(say, page->lang));
    end_line(page);
}

/* Each line as a sentence of its own, wrapped and indented. */
static void put_sentences(Page *page, KfBuf *lines)
{
    KfText left = kf_buf_view(lines);

    while (left.len) {
        kf_buf_wrapped(page->out, kf_next_line(&left), 4);
    }
    page->out->bad |= lines->bad;
    kf_buf_free(lines);
}

static void put_facts(Page *page, const KfGroup *group)
{
    KfBuf lines = { 0 };

    kf_buf_group_facts(&lines, page->all, group, page->lang);
    put_sentences(page, &lines);
}

static void put_list(Page *page, KfPhrase heading,
                     void (*list)(KfBuf *, const KfReconciliation *, KfLang))
{
    KfBuf lines = { 0 };

    list(&lines, page->all, page->lang);
    if (lines.len)
        put_heading(page, heading);
    put_sentences(page, &lines);
}

/* ---- a group --------------------------------------------------------------- */

/* Told only where some citizens are not among them. */
static void put_counted(Page *page, const KfGroup *group, const size_t *counted)
{
    bool all = true;

    for (int sum = 0; sum < KF_SUM_COUNT; sum++)
        all &= counted[sum] == group->citizens;
    if (all)
        return;
    kf_buf_spaces(page->out, 2);
    put_left(page, kf_phrase(SAY_RC_COUNTED, page->lang), LABEL_WIDTH);
    for (int sum = 0; sum < KF_SUM_COUNT; sum++) {
        page->scratch.len = 0;
        kf_buf_uint_padded(&page->scratch, counted[sum], 1);
        put_right(page, kf_buf_view(&page->scratch), SUM_WIDTH);
    }
    end_line(page);
}

static void put_view(Page *page, const KfGroup *group, KfView view)
{
    put_sum_headings(page,
                     kf_phrase(view == KF_TYPED ? SAY_RC_TYPED : SAY_RC_CORRECTED, page->lang));
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
        put_sums(page, kf_phrase_course(kind, page->lang), &group->totals[view][kind]);
    put_sums(page, kf_phrase(SAY_RC_PER_CITIZEN, page->lang), &group->gain[view]);
    if (view == KF_TYPED)
        put_counted(page, group, group->counted);
}

static void put_periods(Page *page, const KfGroup *group)
{
    KfBuf label = { 0 };

    if (group->gain_count == 0)
        return;
    kf_buf_char(page->out, '\n');
    put_sum_headings(page, kf_phrase(SAY_RC_BY_PERIOD, page->lang));
    for (size_t i = 0; i < group->gain_count; i++) {
        label.len = 0;
        kf_buf_period(&label, group->gains[i].period);
        kf_buf_text(&label, kf_phrase(SAY_MONTHS, page->lang));
        put_sums(page, kf_buf_view(&label), &group->gains[i].sums[KF_TYPED]);
    }
    put_counted(page, group, group->in_gains);
    page->out->bad |= label.bad;
    kf_buf_free(&label);
}

static void put_benefits(Page *page, const KfGroup *group)
{
    if (group->benefit_count == 0)
        return;
    put_heading(page, SAY_RC_BENEFITS);
    for (size_t i = 0; i < group->benefit_count && i < MOST_BENEFITS; i++) {
        KfOere moves = kf_ten_per_cent(&group->benefits[i]);

        if (moves == 0)
            break;
        kf_buf_spaces(page->out, 4);
        put_left(page, group->benefits[i].label, LABEL_WIDTH + SUM_WIDTH);
        put_right(page, sum_text(page, moves), SUM_WIDTH);
        end_line(page);
    }
}

static void put_group(Page *page, const KfGroup *group)
{
    kf_buf_group_head(page->out, page->all, group, page->lang);
    kf_buf_str(page->out, "\n\n");
    put_view(page, group, KF_TYPED);
    if (kf_group_changes(group)) {
        kf_buf_char(page->out, '\n');
        put_view(page, group, KF_CORRECTED);
    } else {
        kf_buf_wrapped(page->out, kf_phrase(SAY_RC_SAME, page->lang), 4);
    }
    put_periods(page, group);
    put_facts(page, group);
    put_benefits(page, group);
    kf_buf_char(page->out, '\n');
}

/* ---- citizens -------------------------------------------------------------- */

static void put_case(Page *page, size_t file, size_t item)
{
    const KfCaseDigest *digest = &page->all->files[file].cases[item];
    KfSums typed = kf_case_gains(digest, KF_TYPED), corrected = kf_case_gains(digest, KF_CORRECTED);
    KfBuf name = { 0 };

    kf_buf_case(&name, page->all, file, item);
    if (!digest->courses[KF_ACTUAL].has || !digest->courses[KF_COUNTERFACTUAL].has) {
        kf_buf_spaces(page->out, 2);
        put_left(page, kf_buf_view(&name), LABEL_WIDTH);
        kf_buf_spaces(page->out, 2);
        kf_buf_text(page->out, kf_phrase(digest->courses[KF_ACTUAL].has ? SAY_RC_NO_COUNTERFACTUAL
                                                                        : SAY_RC_NO_ACTUAL,
                                         page->lang));
        end_line(page);
    } else {
        put_sums(page, kf_buf_view(&name), &typed);
    }
    name.len = 0;
    kf_buf_str(&name, "  ");
    kf_buf_text(&name, kf_phrase(SAY_RC_CORRECTED, page->lang));
    if (!kf_same_sums(&typed, &corrected))
        put_sums(page, kf_buf_view(&name), &corrected);
    kf_buf_free(&name);
}

static void put_cases(Page *page)
{
    put_sum_headings(page, kf_phrase(SAY_RC_CITIZENS, page->lang));
    for (size_t i = 0; i < page->all->file_count; i++) {
        const KfFileDigest *file = &page->all->files[i];

        for (size_t k = 0; file->use == KF_FILE_USED && k < file->case_count; k++)
            put_case(page, i, k);
    }
    kf_buf_char(page->out, '\n');
}

/* ---- corrections ----------------------------------------------------------- */

/* "Borger 1!C18  kommunen, 7-12 mdr: 1.000 → 1.200 (+200)" */
static void put_correction(Page *page, const KfCorrection *correction)
{
    KfBuf line = { 0 };

    kf_buf_text(&line, correction->sheet);
    kf_buf_char(&line, '!');
    kf_buf_cellref(&line, correction->cell.row, correction->cell.col);
    kf_buf_str(&line, "  ");
    kf_buf_text(&line, kf_phrase_course((int)correction->course, page->lang));
    kf_buf_str(&line, ", ");
    kf_buf_text(&line,
                kf_sum_name(correction->payer < 0 ? KF_ALL_PAYERS : correction->payer, page->lang));
    if (correction->period.len) {
        kf_buf_str(&line, ", ");
        kf_buf_months(&line, correction->period, page->lang);
    }
    kf_buf_str(&line, ": ");
    kf_buf_text(&line, sum_text(page, correction->has_before ? correction->before : KF_NOT_STATED));
    kf_buf_str(&line, " → ");
    kf_buf_amount(&line, correction->after, page->lang);
    kf_buf_str(&line, " [");
    kf_buf_str(&line, kf_finding_code(correction->code));
    kf_buf_char(&line, ']');
    kf_buf_wrapped(page->out, kf_buf_view(&line), 6);
    page->out->bad |= line.bad;
    kf_buf_free(&line);
}

static void put_case_corrections(Page *page, size_t file, size_t item)
{
    const KfCaseDigest *digest = &page->all->files[file].cases[item];
    KfBuf name = { 0 };

    if (digest->correction_count == 0)
        return;
    kf_buf_case(&name, page->all, file, item);
    kf_buf_wrapped(page->out, kf_buf_view(&name), 4);
    kf_buf_free(&name);
    for (size_t i = 0; i < digest->correction_count; i++)
        put_correction(page, &digest->corrections[i]);
}

static void put_corrections(Page *page)
{
    if (!kf_group_changes(&page->all->all))
        return;
    put_heading(page, SAY_RC_CORRECTIONS);
    for (size_t i = 0; i < page->all->file_count; i++) {
        const KfFileDigest *file = &page->all->files[i];

        for (size_t k = 0; file->use == KF_FILE_USED && k < file->case_count; k++)
            put_case_corrections(page, i, k);
    }
}

/* ---- published figures ----------------------------------------------------- */

static void put_published_row(Page *page, const KfPublished *row)
{
    const KfText parts[] = { row->source, row->municipality, row->measure, row->payer };
    KfBuf line = { 0 };

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].len && line.len)
            kf_buf_str(&line, ", ");
        kf_buf_masked(&line, parts[i]);
    }
    kf_buf_str(&line, ": ");
    kf_buf_amount(&line, row->published, page->lang);
    kf_buf_str(&line, " ");
    kf_buf_agreement(&line, row, page->lang);
    kf_buf_wrapped(page->out, kf_buf_view(&line), 4);
    page->out->bad |= line.bad;
    kf_buf_free(&line);
}

static void put_published(Page *page)
{
    const KfReconciliation *all = page->all;
    KfBuf lines = { 0 };

    if (all->published_count || all->unread_rows)
        put_heading(page, SAY_RC_PUBLISHED);
    for (size_t i = 0; i < all->published_count; i++) {
        if (all->published[i].agreement != KF_NOT_IN_FILES)
            put_published_row(page, &all->published[i]);
    }
    kf_buf_published_rest(&lines, all, page->lang);
    put_sentences(page, &lines);
}

void kf_report_reconcile_text(KfBuf *out, const KfReconciliation *all,
                              const KfReportOptions *options)
{
    Page page = { .out = out, .all = all, .lang = options->lang };

    if (all->all.citizens == 0) {
        kf_buf_line(out, SAY_RC_NOTHING, options->lang, NULL, 0);
        put_list(&page, SAY_RC_LEFT_OUT, kf_buf_left_out);
        kf_buf_free(&page.scratch);
        return;
    }
    for (size_t i = 0; !options->quiet && i < all->group_count; i++)
        put_group(&page, &all->groups[i]);
    if (options->quiet || all->group_count > 1)
        put_group(&page, &all->all);
    if (!options->quiet)
        put_cases(&page);
    if (!options->quiet)
        put_corrections(&page);
    put_published(&page);
    put_list(&page, SAY_RC_TWINS, kf_buf_twins);
    put_list(&page, SAY_RC_LEFT_OUT, kf_buf_left_out);
    kf_buf_char(out, '\n');
    kf_buf_reconcile_verdict(out, all, options->lang);
    kf_buf_char(out, '\n');
    out->bad |= page.scratch.bad;
    kf_buf_free(&page.scratch);
}
