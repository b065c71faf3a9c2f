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

/* A sentence, wrapped, indented. */
static void put_sentence(Page *page, KfPhrase say, const KfText *args, size_t count)
{
    KfBuf line = { 0 };

    kf_buf_phrase(&line, say, page->lang, args, count);
    kf_buf_wrapped(page->out, kf_buf_view(&line), 4);
    page->out->bad |= line.bad;
    kf_buf_free(&line);
}

/* ---- a group --------------------------------------------------------------- */

static KfText group_title(const KfGroup *group, const Page *page)
{
    if (group == &page->all->all)
        return kf_phrase(SAY_RC_ALL, page->lang);
    return group->name.len ? group->name : kf_phrase(SAY_RC_NO_NAME, page->lang);
}

static void put_group_head(Page *page, const KfGroup *group)
{
    KfBuf name = { 0 }, citizens = { 0 }, complete = { 0 };
    bool partly = group->complete != group->citizens;

    kf_buf_masked(&name, group_title(group, page));
    kf_buf_counted(&citizens, group->citizens, SAY_CITIZEN_ONE, SAY_CITIZEN_MANY, page->lang);
    kf_buf_int(&complete, (int64_t)group->complete);
    kf_buf_line(page->out, partly ? SAY_RC_GROUP_PARTLY : SAY_RC_GROUP, page->lang,
                (KfText[]){ kf_buf_view(&name), kf_buf_view(&citizens), kf_buf_view(&complete) },
                3);
    page->out->bad |= name.bad || citizens.bad || complete.bad;
    kf_buf_free(&name);
    kf_buf_free(&citizens);
    kf_buf_free(&complete);
}

/* Told only where it is not the same for all payers. */
static void put_counted(Page *page, const KfGroup *group)
{
    bool same = true;

    for (int sum = 0; sum < KF_SUM_COUNT; sum++)
        same &= group->counted[sum] == group->citizens;
    if (same)
        return;
    kf_buf_spaces(page->out, 2);
    put_left(page, kf_phrase(SAY_RC_COUNTED, page->lang), LABEL_WIDTH);
    for (int sum = 0; sum < KF_SUM_COUNT; sum++) {
        page->scratch.len = 0;
        kf_buf_uint_padded(&page->scratch, group->counted[sum], 1);
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
        put_counted(page, group);
}

static void put_turn(Page *page, const KfGroup *group, int sum, KfText who)
{
    static const KfPhrase says[] = {
        [KF_TURN_UNKNOWN] = SAY_RC_TURN_UNKNOWN,
        [KF_TURN_ALWAYS] = SAY_RC_TURN_ALWAYS,
        [KF_TURN_WITHIN] = SAY_RC_TURN_WITHIN,
        [KF_TURN_NEVER] = SAY_RC_TURN_NEVER,
    };
    const KfTurn *turn = &group->turn[KF_TYPED][sum];
    KfBuf period = { 0 }, month = { 0 };

    kf_buf_period(&period, turn->period);
    kf_buf_int(&month, turn->month);
    put_sentence(page, says[turn->kind],
                 (KfText[]){ who, kf_buf_view(&period), kf_buf_view(&month) }, 3);
    page->out->bad |= period.bad || month.bad;
    kf_buf_free(&period);
    kf_buf_free(&month);
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
    page->out->bad |= label.bad;
    kf_buf_free(&label);
    put_turn(page, group, KF_MUNICIPALITY, kf_sum_name(KF_MUNICIPALITY, page->lang));
    put_turn(page, group, KF_ALL_PAYERS, kf_phrase(SAY_RC_ALL_PAYERS, page->lang));
}

static void put_off_grid(Page *page, const KfGroup *group)
{
    KfBuf on = { 0 }, of = { 0 };

    if (group->gain_count == 0 || group->on_grid == group->complete)
        return;
    kf_buf_int(&on, (int64_t)group->on_grid);
    kf_buf_int(&of, (int64_t)group->complete);
    put_sentence(page, SAY_RC_OFF_GRID, (KfText[]){ kf_buf_view(&on), kf_buf_view(&of) }, 2);
    kf_buf_free(&on);
    kf_buf_free(&of);
}

static void put_case_cost(Page *page, const KfGroup *group)
{
    KfOere after = kf_gain_after_cost(group, KF_TYPED);
    int32_t share = kf_success_share(group, KF_TYPED);
    KfBuf cost = { 0 }, rest = { 0 };

    if (after == KF_NOT_STATED)
        return;
    kf_buf_amount(&cost, group->case_cost, page->lang);
    kf_buf_amount(&rest, after, page->lang);
    put_sentence(page, SAY_RC_CASE_COST, (KfText[]){ kf_buf_view(&cost), kf_buf_view(&rest) }, 2);
    rest.len = 0;
    kf_buf_amount(&rest, share * 10, page->lang);
    if (share >= 0)
        put_sentence(page, SAY_RC_BREAK_EVEN_SHARE, (KfText[]){ kf_buf_view(&rest) }, 1);
    kf_buf_free(&cost);
    kf_buf_free(&rest);
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

static void put_extremes(Page *page, const KfGroup *group)
{
    if (group->extreme_count == 0)
        return;
    put_heading(page, SAY_RC_EXTREMES);
    for (size_t i = 0; i < group->extreme_count; i++) {
        const KfExtreme *extreme = &group->extremes[i];
        KfBuf name = { 0 }, gain = { 0 };

        kf_buf_case(&name, page->all, extreme->file, extreme->item);
        kf_buf_amount(&gain, extreme->gain, page->lang);
        put_sentence(
            page, SAY_RC_EXTREME,
            (KfText[]){ kf_buf_view(&name), kf_buf_view(&gain), sum_text(page, extreme->without) },
            3);
        kf_buf_free(&name);
        kf_buf_free(&gain);
    }
}

static void put_group(Page *page, const KfGroup *group)
{
    put_group_head(page, group);
    kf_buf_char(page->out, '\n');
    put_view(page, group, KF_TYPED);
    if (kf_group_changes(group)) {
        kf_buf_char(page->out, '\n');
        put_view(page, group, KF_CORRECTED);
    } else {
        put_sentence(page, SAY_RC_SAME, NULL, 0);
    }
    put_periods(page, group);
    put_off_grid(page, group);
    put_case_cost(page, group);
    put_benefits(page, group);
    put_extremes(page, group);
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

static void put_agreement(Page *page, KfBuf *line, const KfPublished *row)
{
    static const KfPhrase says[] = {
        [KF_AGREES] = SAY_RC_AGREES,
        [KF_AGREES_ROUNDED] = SAY_RC_AGREES_ROUNDED,
        [KF_AGREES_CORRECTED] = SAY_RC_AGREES_CORRECTED,
        [KF_DIFFERS] = SAY_RC_DIFFERS,
    };
    bool moves = row->ours[KF_CORRECTED] != row->ours[KF_TYPED];
    KfPhrase say = says[row->agreement];
    KfBuf apart = { 0 }, typed = { 0 }, corrected = { 0 };

    kf_buf_amount(&apart, row->published - row->ours[KF_TYPED], page->lang);
    kf_buf_amount(&typed, row->ours[KF_TYPED], page->lang);
    kf_buf_amount(&corrected, row->ours[KF_CORRECTED], page->lang);
    if (row->agreement == KF_DIFFERS && moves)
        say = SAY_RC_DIFFERS_CORRECTED;
    kf_buf_phrase(line, say, page->lang,
                  (KfText[]){ row->agreement == KF_AGREES_CORRECTED ? kf_buf_view(&typed)
                                                                    : kf_buf_view(&apart),
                              kf_buf_view(&typed), kf_buf_view(&corrected) },
                  3);
    kf_buf_free(&apart);
    kf_buf_free(&typed);
    kf_buf_free(&corrected);
}

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
    put_agreement(page, &line, row);
    kf_buf_wrapped(page->out, kf_buf_view(&line), 4);
    page->out->bad |= line.bad;
    kf_buf_free(&line);
}

static void put_published(Page *page)
{
    const KfReconciliation *all = page->all;
    size_t absent = 0;

    if (all->published_count || all->unread_rows)
        put_heading(page, SAY_RC_PUBLISHED);
    for (size_t i = 0; i < all->published_count; i++) {
        if (all->published[i].agreement == KF_NOT_IN_FILES)
            absent++;
        else
            put_published_row(page, &all->published[i]);
    }
    page->scratch.len = 0;
    kf_buf_uint_padded(&page->scratch, absent, 1);
    if (absent)
        put_sentence(page, SAY_RC_ABSENT, (KfText[]){ kf_buf_view(&page->scratch) }, 1);
    page->scratch.len = 0;
    kf_buf_uint_padded(&page->scratch, all->unread_rows, 1);
    if (all->unread_rows)
        put_sentence(page, SAY_RC_UNREAD_ROWS, (KfText[]){ kf_buf_view(&page->scratch) }, 1);
}

/* ---- what else there is to say --------------------------------------------- */

static size_t count_files(const KfReconciliation *all, bool used)
{
    size_t count = 0;

    for (size_t i = 0; i < all->file_count; i++)
        count += (all->files[i].use == KF_FILE_USED) == used;
    return count;
}

static void put_left_out(Page *page, const KfFileDigest *file)
{
    static const KfPhrase says[] = {
        [KF_FILE_WITHOUT_CASES] = SAY_RC_USE_NO_CASES,
        [KF_FILE_FAILED] = SAY_RC_USE_FAILED,
        [KF_FILE_DOUBLE] = SAY_RC_USE_DOUBLE,
        [KF_FILE_CORRECTED] = SAY_RC_USE_CORRECTED,
    };
    KfBuf path = { 0 }, other = { 0 };

    if (file->use == KF_FILE_USED)
        return;
    kf_buf_masked(&path, file->path);
    kf_buf_masked(&other, page->all->files[file->same_as].path);
    put_sentence(page, says[file->use], (KfText[]){ kf_buf_view(&path), kf_buf_view(&other) }, 2);
    kf_buf_free(&path);
    kf_buf_free(&other);
}

static void put_files(Page *page)
{
    if (count_files(page->all, false) == 0)
        return;
    put_heading(page, SAY_RC_LEFT_OUT);
    for (size_t i = 0; i < page->all->file_count; i++)
        put_left_out(page, &page->all->files[i]);
}

static void put_twins(Page *page)
{
    if (page->all->twin_count == 0)
        return;
    put_heading(page, SAY_RC_TWINS);
    for (size_t i = 0; i < page->all->twin_count; i++) {
        const KfTwin *twin = &page->all->twins[i];
        KfBuf one = { 0 }, other = { 0 };

        kf_buf_case(&one, page->all, twin->other_file, twin->other_item);
        kf_buf_case(&other, page->all, twin->file, twin->item);
        put_sentence(page, SAY_RC_TWIN, (KfText[]){ kf_buf_view(&one), kf_buf_view(&other) }, 2);
        kf_buf_free(&one);
        kf_buf_free(&other);
    }
}

static void put_verdict(Page *page)
{
    const KfReconciliation *all = page->all;
    size_t found[KF_SEVERITY_COUNT] = { 0 };
    KfBuf parts[5] = { 0 };

    for (size_t i = 0; i < all->file_count; i++) {
        for (int s = 0; all->files[i].use == KF_FILE_USED && s < KF_SEVERITY_COUNT; s++)
            found[s] += all->files[i].found[s];
    }
    kf_buf_counted(&parts[0], all->all.citizens, SAY_CITIZEN_ONE, SAY_CITIZEN_MANY, page->lang);
    kf_buf_counted(&parts[1], count_files(all, true), SAY_RC_FILE_ONE, SAY_RC_FILE_MANY,
                   page->lang);
    kf_buf_counted(&parts[2], found[KF_ERROR], SAY_ERROR_ONE, SAY_ERROR_MANY, page->lang);
    kf_buf_counted(&parts[3], found[KF_WARNING], SAY_WARNING_ONE, SAY_WARNING_MANY, page->lang);
    kf_buf_counted(&parts[4], count_files(all, false), SAY_RC_FILE_ONE, SAY_RC_FILE_MANY,
                   page->lang);
    kf_buf_char(page->out, '\n');
    kf_buf_phrase(page->out, SAY_RC_VERDICT, page->lang,
                  (KfText[]){ kf_buf_view(&parts[0]), kf_buf_view(&parts[1]),
                              kf_buf_view(&parts[2]), kf_buf_view(&parts[3]) },
                  4);
    if (count_files(all, false))
        kf_buf_phrase(page->out, SAY_RC_VERDICT_LEFT_OUT, page->lang,
                      (KfText[]){ kf_buf_view(&parts[4]) }, 1);
    end_line(page);
    for (size_t i = 0; i < 5; i++)
        kf_buf_free(&parts[i]);
}

void kf_report_reconcile_text(KfBuf *out, const KfReconciliation *all,
                              const KfReportOptions *options)
{
    Page page = { .out = out, .all = all, .lang = options->lang };

    if (all->all.citizens == 0) {
        kf_buf_line(out, SAY_RC_NOTHING, options->lang, NULL, 0);
        put_files(&page);
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
    put_twins(&page);
    put_files(&page);
    put_verdict(&page);
    out->bad |= page.scratch.bad;
    kf_buf_free(&page.scratch);
}
