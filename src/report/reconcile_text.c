/* reconcile --format text: a block a group, then citizens, what the corrections
 * change, cases that stand out, published figures, and what was left out. */
#include "report/reconcile_report.h"
#include "report/text_report.h"

enum { LABEL_WIDTH = 30, SUM_WIDTH = 16, MOST_BENEFITS = 8 };

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

/* A text that is too wide ends with "…". */
static void put_left(Page *page, KfText text, size_t width)
{
    size_t columns = kf_text_columns(text), end = text.len;

    if (columns >= width) {
        for (end = 0; kf_text_columns(kf_text_slice(text, 0, end)) + 2 < width;)
            kf_text_next(text, &end);
        columns = kf_text_columns(kf_text_slice(text, 0, end)) + 1;
    }
    kf_buf_text(page->out, kf_text_slice(text, 0, end));
    kf_buf_str(page->out, end < text.len ? "…" : "");
    kf_buf_spaces(page->out, width - columns);
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
    put_sum_headings(page, kf_phrase(kf_view_name[view], page->lang));
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
        put_sums(page, kf_phrase_course(kind, page->lang), &group->totals[view][kind]);
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        KfSums each = kf_costs_each(group, view, (KfCourseKind)kind);

        put_sums(page, kf_phrase(kf_each_name[kind], page->lang), &each);
    }
    put_sums(page, kf_phrase(SAY_RC_PER_CITIZEN, page->lang), &group->gain[view]);
    if (view == KF_TYPED)
        put_counted(page, group, group->counted);
}

static void put_period_rows(Page *page, const KfPeriodSums *periods, size_t count, KfText course)
{
    for (size_t i = 0; i < count; i++) {
        KfBuf label = { 0 };

        kf_buf_period(&label, periods[i].period);
        kf_buf_text(&label, kf_phrase(SAY_MONTHS, page->lang));
        if (course.len)
            kf_buf_str(&label, ", ");
        kf_buf_text(&label, course);
        put_sums(page, kf_buf_view(&label), &periods[i].sums[KF_TYPED]);
        page->out->bad |= label.bad;
        kf_buf_free(&label);
    }
}

static void put_periods(Page *page, const KfGroup *group)
{
    if (group->gain_count == 0)
        return;
    kf_buf_char(page->out, '\n');
    put_sum_headings(page, kf_phrase(SAY_RC_COST_BY_PERIOD, page->lang));
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
        put_period_rows(page, group->costs[kind], group->gain_count,
                        kf_phrase(kf_course_word[kind], page->lang));
    kf_buf_char(page->out, '\n');
    put_sum_headings(page, kf_phrase(SAY_RC_BY_PERIOD, page->lang));
    put_period_rows(page, group->gains, group->gain_count, KF_TEXT(""));
    put_counted(page, group, group->in_gains);
}

static void put_benefits(Page *page, const KfGroup *group)
{
    put_sum_headings(page, kf_phrase(SAY_RC_BENEFITS, page->lang));
    for (size_t i = 0; i < group->benefit_count && i < MOST_BENEFITS; i++) {
        KfSums moves = kf_ten_per_cents(&group->benefits[i]);

        if (moves.of[KF_ALL_PAYERS] == 0)
            break;
        put_sums(page, group->benefits[i].label, &moves);
    }
}

static void put_movers(Page *page, const KfGroup *group)
{
    kf_buf_char(page->out, '\n');
    put_sum_headings(page, kf_phrase(SAY_RC_CELLS, page->lang));
    for (size_t i = 0; i < group->mover_count && i < MOST_BENEFITS; i++) {
        const KfCellSum *cell = kf_mover_cell(page->all, &group->movers[i]);
        KfSums moves = kf_ten_per_cents_of_cell(cell);
        KfBuf label = { 0 };

        kf_buf_cell_place(&label, cell->sheet, cell->cell);
        kf_buf_char(&label, ' ');
        kf_buf_text(&label, cell->label);
        put_sums(page, kf_buf_view(&label), &moves);
        page->out->bad |= label.bad;
        kf_buf_free(&label);
    }
}

static void put_sensitivity(Page *page, const KfGroup *group)
{
    if (group->benefit_count == 0 || group->mover_count == 0)
        return;
    put_heading(page, SAY_RC_SENSITIVITY);
    kf_buf_wrapped(page->out, kf_phrase(SAY_RC_SENSITIVITY_NOTE, page->lang), 4);
    put_benefits(page, group);
    put_movers(page, group);
}

static void put_group(Page *page, const KfGroup *group)
{
    kf_buf_group_head(page->out, page->all, group, page->lang);
    kf_buf_str(page->out, "\n\n");
    put_view(page, group, KF_TYPED);
    if (!kf_group_changes(group, KF_CORRECTED))
        kf_buf_wrapped(page->out, kf_phrase(SAY_RC_SAME, page->lang), 4);
    for (int view = KF_CORRECTED; view < KF_VIEW_COUNT; view++) {
        if (!kf_group_changes(group, (KfView)view))
            continue;
        kf_buf_char(page->out, '\n');
        put_view(page, group, (KfView)view);
    }
    put_periods(page, group);
    kf_buf_char(page->out, '\n');
    put_facts(page, group);
    put_sensitivity(page, group);
    kf_buf_char(page->out, '\n');
}

/* Table 12: each group, and all of them. */
static void put_overview(Page *page)
{
    const KfReconciliation *all = page->all;

    put_sum_headings(page, kf_phrase(SAY_RC_PER_CITIZEN, page->lang));
    for (size_t i = 0; i <= all->group_count; i++) {
        const KfGroup *group = i < all->group_count ? &all->groups[i] : &all->all;
        KfBuf name = { 0 };

        kf_buf_masked(&name, kf_group_title(all, group, page->lang));
        put_sums(page, kf_buf_view(&name), &group->gain[KF_TYPED]);
        page->out->bad |= name.bad;
        kf_buf_free(&name);
    }
    kf_buf_char(page->out, '\n');
}

/* ---- citizens -------------------------------------------------------------- */

static void put_case(Page *page, size_t file, size_t item)
{
    const KfCaseDigest *digest = &page->all->files[file].cases[item];
    KfSums gains[KF_VIEW_COUNT];
    KfBuf name = { 0 };

    for (int view = 0; view < KF_VIEW_COUNT; view++)
        gains[view] = kf_case_gains(digest, (KfView)view);

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
        put_sums(page, kf_buf_view(&name), &gains[KF_TYPED]);
    }
    for (int view = KF_CORRECTED; view < KF_VIEW_COUNT; view++) {
        name.len = 0;
        kf_buf_str(&name, "  ");
        kf_buf_text(&name, kf_phrase(kf_view_name[view], page->lang));
        if (!kf_same_sums(&gains[view - 1], &gains[view]))
            put_sums(page, kf_buf_view(&name), &gains[view]);
    }
    kf_buf_close(&name, page->out);
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

/* "Borger 1!C18  faktisk forløb, kommunen: 1.000 → 1.200; nettogevinst -200 [code #3]" */
static void put_correction(Page *page, const KfCorrection *correction)
{
    KfBuf line = { 0 };

    kf_buf_cell_place(&line, correction->sheet, correction->cell);
    kf_buf_str(&line, "  ");
    kf_buf_correction(&line, correction, page->lang);
    kf_buf_str(&line, ": ");
    kf_buf_text(&line, sum_text(page, correction->has_before ? correction->before : KF_NOT_STATED));
    kf_buf_str(&line, " → ");
    kf_buf_amount(&line, correction->after, page->lang);
    if (correction->moves) {
        kf_buf_str(&line, "; ");
        kf_buf_moves(&line, correction, page->lang);
    }
    kf_buf_str(&line, " [");
    kf_buf_str(&line, kf_finding_code(correction->code));
    kf_buf_str(&line, " #");
    kf_buf_uint_padded(&line, correction->finding, 1);
    kf_buf_char(&line, ']');
    kf_buf_wrapped(page->out, kf_buf_view(&line), 6);
    page->out->bad |= line.bad;
    kf_buf_free(&line);
}

static void put_case_corrections(Page *page, size_t file, size_t item, KfView view)
{
    const KfCaseDigest *digest = &page->all->files[file].cases[item];
    KfBuf name = { 0 };
    bool is_first = true;

    kf_buf_case(&name, page->all, file, item);
    for (size_t i = 0; i < digest->correction_count; i++) {
        if (digest->corrections[i].view != view)
            continue;
        if (is_first)
            kf_buf_wrapped(page->out, kf_buf_view(&name), 4);
        is_first = false;
        put_correction(page, &digest->corrections[i]);
    }
    kf_buf_close(&name, page->out);
}

static void put_corrections(Page *page, KfView view, KfPhrase heading)
{
    if (!kf_group_changes(&page->all->all, view))
        return;
    put_heading(page, heading);
    for (size_t i = 0; i < page->all->file_count; i++) {
        const KfFileDigest *file = &page->all->files[i];

        for (size_t k = 0; file->use == KF_FILE_USED && k < file->case_count; k++)
            put_case_corrections(page, i, k, view);
    }
}

/* ---- published figures ----------------------------------------------------- */

static void put_published_row(Page *page, const KfPublished *row)
{
    const KfText parts[] = { row->source, row->municipality, row->citizen, row->measure,
                             row->payer };
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
    line.len = 0;
    kf_buf_because(&line, page->all, row, page->lang);
    if (line.len)
        kf_buf_wrapped(page->out, kf_buf_view(&line), 6);
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
    if (all->group_count > 1)
        put_overview(&page);
    if (options->quiet || all->group_count > 1)
        put_group(&page, &all->all);
    if (!options->quiet)
        put_cases(&page);
    if (!options->quiet) {
        put_corrections(&page, KF_CORRECTED, SAY_RC_CORRECTIONS);
        put_corrections(&page, KF_ACCEPTED, SAY_RC_PROPOSALS);
    }
    put_published(&page);
    put_list(&page, SAY_IGNORED_HEAD, kf_buf_all_ignored);
    put_list(&page, SAY_RC_TWINS, kf_buf_twins);
    put_list(&page, SAY_RC_LEFT_OUT, kf_buf_left_out);
    kf_buf_char(out, '\n');
    kf_buf_reconcile_verdict(out, all, options->lang);
    kf_buf_char(out, '\n');
    out->bad |= page.scratch.bad;
    kf_buf_free(&page.scratch);
}
