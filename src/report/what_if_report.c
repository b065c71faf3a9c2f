/* check --what-if: payer by payer, the rules of the audit beside those of another
 * day: each course, what each citizen gains, and all of them together. */
#include "report/csv_writer.h"
#include "report/json_writer.h"
#include "report/text_report.h"
#include "report/what_if_report.h"

enum { LABEL_WIDTH = 34, AMOUNT_WIDTH = 20 };

/* What is summed: a course, a citizen's gain, or all of a kind. */
typedef struct {
    KfExposure payers[KF_PAYER_COUNT];
} Sums;

static void add(Sums *sums, const KfExposure *payers, int sign)
{
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        sums->payers[k].original += payers[k].original * sign;
        sums->payers[k].what_if += payers[k].what_if * sign;
    }
}

static int sign_of(KfCourseKind course)
{
    return course == KF_COUNTERFACTUAL ? 1 : -1;
}

/* All courses of a kind; -1: the gain, counterfactual less actual. */
static Sums total_of(const KfWhatIf *what_if, int kind)
{
    Sums sums = { 0 };

    for (size_t i = 0; i < what_if->course_count; i++) {
        const KfWhatIfCourse *course = &what_if->courses[i];

        if (kind < 0 || (int)course->course == kind)
            add(&sums, course->payers, kind < 0 ? sign_of(course->course) : 1);
    }
    return sums;
}

static Sums gain_of(const KfWhatIf *what_if, size_t case_index)
{
    Sums sums = { 0 };

    for (size_t i = 0; i < what_if->course_count; i++) {
        if (what_if->courses[i].case_index == case_index)
            add(&sums, what_if->courses[i].payers, sign_of(what_if->courses[i].course));
    }
    return sums;
}

/* A citizen with one course alone gains nothing that could be told. */
static bool has_both(const KfAudit *audit, size_t case_index)
{
    return audit->model.cases[case_index].has[KF_ACTUAL]
           && audit->model.cases[case_index].has[KF_COUNTERFACTUAL];
}

/* ---- text ------------------------------------------------------------------ */

typedef struct {
    KfBuf *out;
    const KfAudit *audit;
    const KfWhatIf *what_if;
    KfLang lang;
} Text;

static void put_right(KfBuf *out, KfText text)
{
    for (size_t columns = kf_text_columns(text); columns < AMOUNT_WIDTH; columns++)
        kf_buf_char(out, ' ');
    kf_buf_text(out, text);
}

static void put_left(KfBuf *out, KfText text)
{
    kf_buf_text(out, text);
    for (size_t columns = kf_text_columns(text); columns < LABEL_WIDTH; columns++)
        kf_buf_char(out, ' ');
}

static void put_amount(Text *text, KfOere amount, bool sign)
{
    KfBuf shown = { 0 };

    if (sign && amount > 0)
        kf_buf_char(&shown, '+');
    kf_buf_amount(&shown, amount, text->lang);
    put_right(text->out, kf_buf_view(&shown));
    text->out->bad |= shown.bad;
    kf_buf_free(&shown);
}

static void put_row(Text *text, KfText label, const KfExposure *row)
{
    kf_buf_str(text->out, "  ");
    put_left(text->out, label);
    put_amount(text, row->original, false);
    put_amount(text, row->what_if, false);
    put_amount(text, row->what_if - row->original, true);
    kf_buf_char(text->out, '\n');
}

static void put_block(Text *text, KfText title, const KfExposure *payers)
{
    KfBuf before = { 0 }, after = { 0 };
    KfExposure all = { 0, 0 };

    kf_buf_date(&before, text->audit->as_of, text->lang);
    kf_buf_date(&after, text->what_if->as_of, text->lang);
    kf_buf_char(text->out, '\n');
    put_left(text->out, title);
    kf_buf_str(text->out, "  ");
    put_right(text->out, kf_buf_view(&before));
    put_right(text->out, kf_buf_view(&after));
    put_right(text->out, kf_phrase(SAY_WHAT_IF_DIFFERENCE, text->lang));
    kf_buf_char(text->out, '\n');
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        all.original += payers[k].original;
        all.what_if += payers[k].what_if;
        if (payers[k].original || payers[k].what_if)
            put_row(text, kf_text(kf_payer_name((KfPayer)k, text->lang)), &payers[k]);
    }
    put_row(text, kf_phrase(SAY_WHAT_IF_SUM, text->lang), &all);
    text->out->bad |= before.bad || after.bad;
    kf_buf_free(&before);
    kf_buf_free(&after);
}

static void put_titled(Text *text, KfPhrase say, size_t case_index, const KfExposure *payers)
{
    KfBuf title = { 0 }, citizen = { 0 };
    KfText arg;

    if (case_index < text->audit->model.case_count)
        kf_buf_masked(&citizen, kf_citizen(text->audit, case_index));
    arg = kf_buf_view(&citizen);
    kf_buf_phrase(&title, say, text->lang, &arg, 1);
    put_block(text, kf_buf_view(&title), payers);
    text->out->bad |= title.bad || citizen.bad;
    kf_buf_free(&title);
    kf_buf_free(&citizen);
}

static void put_kept(Text *text, const KfWhatIfCourse *course)
{
    for (size_t i = 0; i < course->kept_count; i++) {
        KfBuf label = { 0 }, line = { 0 };
        KfText arg;

        kf_buf_masked(&label, course->kept[i]);
        arg = kf_buf_view(&label);
        kf_buf_phrase(&line, SAY_WHAT_IF_KEPT, text->lang, &arg, 1);
        kf_buf_wrapped(text->out, kf_buf_view(&line), 2);
        text->out->bad |= label.bad || line.bad;
        kf_buf_free(&label);
        kf_buf_free(&line);
    }
}

static void put_courses(Text *text)
{
    static const KfPhrase titles[] = {
        [KF_ACTUAL] = SAY_WHAT_IF_ACTUAL,
        [KF_COUNTERFACTUAL] = SAY_WHAT_IF_COUNTERFACTUAL,
    };
    const KfWhatIf *what_if = text->what_if;

    for (size_t i = 0; i < what_if->course_count; i++) {
        const KfWhatIfCourse *course = &what_if->courses[i];
        const bool last = i + 1 == what_if->course_count
                          || what_if->courses[i + 1].case_index != course->case_index;

        put_titled(text, titles[course->course], course->case_index, course->payers);
        put_kept(text, course);
        if (last && has_both(text->audit, course->case_index)) {
            const Sums gain = gain_of(what_if, course->case_index);

            put_titled(text, SAY_WHAT_IF_GAIN, course->case_index, gain.payers);
        }
    }
}

void kf_report_what_if_text(KfBuf *out, const KfFileReport *file, const KfWhatIf *what_if,
                            const KfReportOptions *options)
{
    Text text = { out, file->audit, what_if, options->lang };
    KfBuf part[3] = { 0 };
    const Sums actual = total_of(what_if, KF_ACTUAL);
    const Sums counterfactual = total_of(what_if, KF_COUNTERFACTUAL), gain = total_of(what_if, -1);

    kf_buf_masked(&part[0], file->path);
    kf_buf_date(&part[1], what_if->as_of, options->lang);
    kf_buf_date(&part[2], file->audit->as_of, options->lang);
    kf_buf_line(out, SAY_WHAT_IF_HEAD, options->lang,
                (KfText[]){ kf_buf_view(&part[0]), kf_buf_view(&part[1]), kf_buf_view(&part[2]) },
                3);
    put_courses(&text);
    put_titled(&text, SAY_WHAT_IF_ALL_ACTUAL, SIZE_MAX, actual.payers);
    put_titled(&text, SAY_WHAT_IF_ALL_COUNTERFACTUAL, SIZE_MAX, counterfactual.payers);
    put_titled(&text, SAY_WHAT_IF_ALL_GAIN, SIZE_MAX, gain.payers);
    kf_buf_char(out, '\n');
    for (size_t i = 0; i < 3; i++) {
        out->bad |= part[i].bad;
        kf_buf_free(&part[i]);
    }
}

/* ---- JSON ------------------------------------------------------------------ */

static void json_payers(KfJson *json, const char *key, const KfExposure *payers)
{
    kf_json_key(json, key);
    kf_json_open(json);
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        kf_json_key(json, kf_payer_key((KfPayer)k));
        kf_json_spread(json, false);
        kf_json_open(json);
        kf_json_key(json, "original");
        kf_json_amount(json, payers[k].original);
        kf_json_key(json, "what_if");
        kf_json_amount(json, payers[k].what_if);
        kf_json_key(json, "difference");
        kf_json_amount(json, payers[k].what_if - payers[k].original);
        kf_json_close(json);
        kf_json_spread(json, true);
    }
    kf_json_close(json);
}

static void json_course(KfJson *json, const KfAudit *audit, const KfWhatIfCourse *course)
{
    kf_json_open(json);
    kf_json_key(json, "citizen");
    kf_json_text(json, audit->model.cases[course->case_index].citizen);
    kf_json_key(json, "course");
    kf_json_text(json, kf_text(kf_course_key(course->course)));
    json_payers(json, "payers", course->payers);
    kf_json_key(json, "kept");
    kf_json_open_list(json, course->kept_count);
    for (size_t i = 0; i < course->kept_count; i++)
        kf_json_text(json, course->kept[i]);
    kf_json_close_list(json);
    kf_json_close(json);
}

static void json_citizens(KfJson *json, const KfAudit *audit, const KfWhatIf *what_if)
{
    kf_json_key(json, "citizens");
    kf_json_open_array(json);
    for (size_t c = 0; c < audit->model.case_count; c++) {
        const Sums gain = gain_of(what_if, c);

        if (!has_both(audit, c))
            continue;
        kf_json_open(json);
        kf_json_key(json, "citizen");
        kf_json_text(json, audit->model.cases[c].citizen);
        json_payers(json, "net_gain", gain.payers);
        kf_json_close(json);
    }
    kf_json_close_array(json);
}

void kf_json_what_if(KfJson *json, const KfAudit *audit, const KfWhatIf *what_if)
{
    const Sums actual = total_of(what_if, KF_ACTUAL);
    const Sums counterfactual = total_of(what_if, KF_COUNTERFACTUAL), gain = total_of(what_if, -1);

    kf_json_key(json, "what_if");
    kf_json_open(json);
    kf_json_key(json, "as_of");
    kf_json_date(json, what_if->as_of);
    kf_json_key(json, "original_as_of");
    kf_json_date(json, audit->as_of);
    kf_json_key(json, "courses");
    kf_json_open_list(json, what_if->course_count);
    for (size_t i = 0; i < what_if->course_count; i++)
        json_course(json, audit, &what_if->courses[i]);
    kf_json_close_list(json);
    json_citizens(json, audit, what_if);
    kf_json_key(json, "totals");
    kf_json_open(json);
    json_payers(json, "actual", actual.payers);
    json_payers(json, "counterfactual", counterfactual.payers);
    json_payers(json, "net_gain", gain.payers);
    kf_json_close(json);
    kf_json_close(json);
}

/* ---- CSV ------------------------------------------------------------------- */

void kf_report_what_if_csv_head(KfBuf *out, const KfReportOptions *options)
{
    static const KfPhrase headings[] = {
        SAY_CSV_FILE,         SAY_COL_CITIZEN, SAY_COL_COURSE,     SAY_COL_PAYER,
        SAY_WHAT_IF_ORIGINAL, SAY_WHAT_IF_NEW, SAY_COL_DIFFERENCE,
    };
    KfCsv csv;

    kf_csv_init(&csv, out, options->lang);
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        kf_csv_say(&csv, headings[i]);
    kf_csv_end_row(&csv);
}

/* One payer a row, the four of them. */
static void csv_payers(KfCsv *csv, KfText path, KfText citizen, KfText course,
                       const KfExposure *payers)
{
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        kf_csv_text(csv, path);
        kf_csv_text(csv, citizen);
        kf_csv_text(csv, course);
        kf_csv_text(csv, kf_text(kf_payer_name((KfPayer)k, csv->lang)));
        kf_csv_amount(csv, payers[k].original);
        kf_csv_amount(csv, payers[k].what_if);
        kf_csv_amount(csv, payers[k].what_if - payers[k].original);
        kf_csv_end_row(csv);
    }
}

void kf_report_what_if_csv(KfBuf *out, const KfFileReport *file, const KfWhatIf *what_if,
                           const KfReportOptions *options)
{
    KfCsv csv = { .out = out, .lang = options->lang };
    const KfAudit *audit = file->audit;

    for (size_t i = 0; i < what_if->course_count; i++) {
        const KfWhatIfCourse *course = &what_if->courses[i];

        csv_payers(&csv, file->path, audit->model.cases[course->case_index].citizen,
                   kf_phrase_course((int)course->course, options->lang), course->payers);
    }
}
