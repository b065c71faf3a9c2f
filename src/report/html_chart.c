/* Charts as SVG. All places are whole numbers, so that the same figures give the same
 * bytes everywhere. */
#include "report/html_chart.h"
#include "report/reconcile_report.h"
#include "report/text_report.h"

/* As wide as a telephone shows it in letters that can be read; a name stands above its bar. */
enum {
    WIDTH = 420,
    FIGURE = 84, /* room for an amount */
    NAME = 18,   /* height of a bar's name */
    BAR = 18,
    STEP = NAME + BAR + 10,
    LEGEND_LINE = 20,
    LETTER = 8, /* width of one */
    PLOT_LEFT = 84,
    PLOT_RIGHT = 12,
    PLOT_HEIGHT = 200,
    PLOT_TOP = 14,
    LEAST_GAP = 16 /* between two amounts of an axis */
};

/* ---- pieces ---------------------------------------------------------------- */

static void put_number(KfBuf *out, const char *name, int64_t value)
{
    kf_buf_char(out, ' ');
    kf_buf_str(out, name);
    kf_buf_str(out, "=\"");
    kf_buf_int(out, value);
    kf_buf_char(out, '"');
}

static void put_class(KfBuf *out, const char *letter, int color)
{
    kf_buf_str(out, " class=\"");
    kf_buf_str(out, letter);
    kf_buf_int(out, color);
    kf_buf_char(out, '"');
}

static void put_text(KfHtml *html, int64_t x, int64_t y, const char *anchor, KfText text)
{
    kf_buf_str(html->out, "<text");
    put_number(html->out, "x", x);
    put_number(html->out, "y", y);
    kf_buf_str(html->out, " text-anchor=\"");
    kf_buf_str(html->out, anchor);
    kf_buf_str(html->out, "\">");
    kf_html_text(html, text);
    kf_html_close(html, "text");
}

static void put_amount(KfHtml *html, int64_t x, int64_t y, const char *anchor, KfOere amount)
{
    KfBuf text = { 0 };

    /* Whole kroner: a chart is read at a glance, the table has the øre. */
    kf_buf_amount(&text, (amount < 0 ? amount - 50 : amount + 50) / 100 * 100, html->lang);
    put_text(html, x, y, anchor, kf_buf_view(&text));
    html->out->bad |= text.bad;
    kf_buf_free(&text);
}

static void put_rect(KfHtml *html, int64_t x, int64_t y, int64_t width, int color)
{
    kf_buf_str(html->out, "<rect");
    put_class(html->out, "p", color);
    put_number(html->out, "x", x);
    put_number(html->out, "y", y);
    put_number(html->out, "width", width);
    put_number(html->out, "height", BAR);
    kf_buf_str(html->out, "/>\n");
}

static void put_line(KfHtml *html, const char *css, int64_t x1, int64_t y1, int64_t x2, int64_t y2)
{
    kf_buf_str(html->out, "<line class=\"");
    kf_buf_str(html->out, css);
    kf_buf_char(html->out, '"');
    put_number(html->out, "x1", x1);
    put_number(html->out, "y1", y1);
    put_number(html->out, "x2", x2);
    put_number(html->out, "y2", y2);
    kf_buf_str(html->out, "/>\n");
}

/* A figure whose text alternative is its title; the table beside it has the figures. */
static void begin(KfHtml *html, KfPhrase title, int64_t height)
{
    kf_html_open(html, "figure", NULL);
    kf_html_heading(html, "figcaption", title);
    kf_buf_str(html->out, "<svg role=\"img\" viewBox=\"0 0 ");
    kf_buf_int(html->out, WIDTH);
    kf_buf_char(html->out, ' ');
    kf_buf_int(html->out, height);
    kf_buf_str(html->out, "\">\n<title>");
    kf_html_say(html, title);
    kf_html_close(html, "title");
}

static void describe_one(KfHtml *html, bool is_first, KfText label, KfOere value)
{
    kf_buf_str(html->out, is_first ? "" : "; ");
    kf_html_text(html, label);
    kf_buf_str(html->out, ": ");
    kf_buf_amount(html->out, value, html->lang);
}

static void describe(KfHtml *html, const KfBar *bars, size_t count)
{
    kf_html_open(html, "desc", NULL);
    for (size_t i = 0; i < count; i++)
        describe_one(html, i == 0, bars[i].label, bars[i].value);
    kf_html_close(html, "desc");
}

static void describe_parts(KfHtml *html, const KfBar *bars, size_t count)
{
    kf_html_open(html, "desc", NULL);
    for (size_t i = 0; i < count; i++) {
        describe_one(html, i == 0, bars[i].label, bars[i].value);
        for (int payer = 0; payer < KF_PAYER_COUNT; payer++) {
            if (bars[i].parts[payer])
                describe_one(html, false, kf_sum_name(payer, html->lang), bars[i].parts[payer]);
        }
    }
    kf_html_close(html, "desc");
}

static void end(KfHtml *html)
{
    kf_buf_str(html->out, "</svg></figure>\n");
}

/* ---- bars ------------------------------------------------------------------ */

static KfOere magnitude(KfOere value)
{
    return value < 0 ? -value : value;
}

static int64_t scaled(KfOere value, KfOere most, int64_t room)
{
    return most ? value / most * room + value % most * room / most : 0;
}

/* What the colours stand for, on as many lines as it takes. */
typedef struct {
    KfText name;
    int color;
} KeyOf;

static int64_t width_of(KfText name)
{
    return 36 + LETTER * (int64_t)kf_text_columns(name);
}

static int64_t legend_height(const KeyOf *keys, size_t count)
{
    int64_t x = 0, lines = 1;

    for (size_t i = 0; i < count; i++) {
        if (x > 0 && x + width_of(keys[i].name) > WIDTH) {
            lines++;
            x = 0;
        }
        x += width_of(keys[i].name);
    }
    return lines * LEGEND_LINE;
}

static void put_key(KfHtml *html, int64_t x, int64_t y, const KeyOf *key, bool is_line)
{
    kf_buf_str(html->out, is_line ? "<line" : "<rect");
    put_class(html->out, is_line ? "l" : "p", key->color);
    if (is_line) {
        put_number(html->out, "x1", x);
        put_number(html->out, "x2", x + 16);
        put_number(html->out, "y1", y - 4);
        put_number(html->out, "y2", y - 4);
    } else {
        put_number(html->out, "x", x + 2);
        put_number(html->out, "y", y - 10);
        kf_buf_str(html->out, " width=\"12\" height=\"12\"");
    }
    kf_buf_str(html->out, "/>\n");
    put_text(html, x + 20, y, "start", key->name);
}

static void put_legend(KfHtml *html, int64_t y, const KeyOf *keys, size_t count, bool are_lines)
{
    int64_t x = 0;

    for (size_t i = 0; i < count; i++) {
        if (x > 0 && x + width_of(keys[i].name) > WIDTH) {
            y += LEGEND_LINE;
            x = 0;
        }
        put_key(html, x, y, &keys[i], are_lines);
        x += width_of(keys[i].name);
    }
}

static void name_payers(KfHtml *html, KeyOf keys[KF_PAYER_COUNT])
{
    for (int payer = 0; payer < KF_PAYER_COUNT; payer++)
        keys[payer] = (KeyOf){ kf_sum_name(payer, html->lang), payer };
}

static void put_stack(KfHtml *html, const KfBar *bar, int64_t y, KfOere most)
{
    int64_t x = 0;

    put_text(html, 0, y + NAME - 5, "start", bar->label);
    for (int payer = 0; payer < KF_PAYER_COUNT; payer++) {
        int64_t width = scaled(bar->parts[payer], most, WIDTH - FIGURE);

        if (width > 0)
            put_rect(html, x, y + NAME, width, payer);
        x += width > 0 ? width : 0;
    }
    put_amount(html, x + 6, y + NAME + 14, "start", bar->value);
}

void kf_html_stacked_bars(KfHtml *html, KfPhrase title, const KfBar *bars, size_t count)
{
    KeyOf keys[KF_PAYER_COUNT];
    KfOere most = 0;

    name_payers(html, keys);
    for (size_t i = 0; i < count; i++)
        most = bars[i].value > most ? bars[i].value : most;
    begin(html, title, (int64_t)count * STEP + legend_height(keys, KF_PAYER_COUNT));
    describe_parts(html, bars, count);
    for (size_t i = 0; i < count; i++)
        put_stack(html, &bars[i], (int64_t)i * STEP, most);
    put_legend(html, (int64_t)count * STEP + 14, keys, KF_PAYER_COUNT, false);
    end(html);
}

static void put_signed_bar(KfHtml *html, const KfBar *bar, int64_t y, int64_t zero, int64_t width)
{
    bool below = bar->value < 0;

    put_text(html, 0, y + NAME - 5, "start", bar->label);
    put_rect(html, below ? zero - width : zero, y + NAME, width > 0 ? width : 1, bar->color);
    if (below)
        put_amount(html, zero - width - 5, y + NAME + 14, "end", bar->value);
    else
        put_amount(html, zero + width + 5, y + NAME + 14, "start", bar->value);
}

void kf_html_signed_bars(KfHtml *html, KfPhrase title, const KfBar *bars, size_t count)
{
    KfOere above = 0, below = 0;
    int64_t zero, room;

    for (size_t i = 0; i < count; i++) {
        above = bars[i].value > above ? bars[i].value : above;
        below = -bars[i].value > below ? -bars[i].value : below;
    }
    room = WIDTH - (below ? 2 * FIGURE : FIGURE);
    zero = (below ? FIGURE : 0) + scaled(below, above + below, room);
    begin(html, title, (int64_t)count * STEP);
    describe(html, bars, count);
    for (size_t i = 0; i < count; i++) {
        put_signed_bar(html, &bars[i], (int64_t)i * STEP, zero,
                       scaled(magnitude(bars[i].value), above + below, room));
        put_line(html, "zero", zero, (int64_t)i * STEP + NAME - 2, zero,
                 (int64_t)i * STEP + NAME + BAR + 2);
    }
    end(html);
}

/* ---- pairs ------------------------------------------------------------------ */

static void put_pair(KfHtml *html, const KfPairedBar *bar, int64_t y, KfOere most)
{
    put_text(html, 0, y + NAME - 5, "start", bar->label);
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        int64_t width = scaled(bar->value[kind], most, WIDTH - FIGURE);
        int64_t top = y + NAME + kind * (BAR + 1);

        put_rect(html, 0, top, width > 0 ? width : 1, kind == KF_ACTUAL ? 5 : 6);
        put_amount(html, (width > 0 ? width : 0) + 6, top + 14, "start", bar->value[kind]);
    }
}

void kf_html_paired_bars(KfHtml *html, KfPhrase title, const KfPairedBar *bars, size_t count)
{
    enum { HIGH = STEP + BAR + 1 };
    const KeyOf keys[KF_COURSE_COUNT] = {
        { kf_phrase_course(KF_ACTUAL, html->lang), 5 },
        { kf_phrase_course(KF_COUNTERFACTUAL, html->lang), 6 },
    };
    KfOere most = 0;

    for (size_t i = 0; i < count; i++) {
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
            most = bars[i].value[kind] > most ? bars[i].value[kind] : most;
    }
    begin(html, title, (int64_t)count * HIGH + legend_height(keys, KF_COURSE_COUNT));
    kf_html_open(html, "desc", NULL);
    for (size_t i = 0; i < count; i++) {
        describe_one(html, i == 0, bars[i].label, bars[i].value[KF_ACTUAL]);
        describe_one(html, false, keys[KF_COUNTERFACTUAL].name, bars[i].value[KF_COUNTERFACTUAL]);
    }
    kf_html_close(html, "desc");
    for (size_t i = 0; i < count; i++)
        put_pair(html, &bars[i], (int64_t)i * HIGH, most);
    put_legend(html, (int64_t)count * HIGH + 14, keys, KF_COURSE_COUNT, false);
    end(html);
}

/* ---- lines ----------------------------------------------------------------- */

typedef struct {
    KfHtml *html;
    const int32_t *months;
    size_t point_count;
    const KfChartLine *lines;
    size_t line_count;
    KfOere low, high;
} Plot;

static int64_t plot_x(const Plot *plot, int32_t month)
{
    int32_t last = plot->months[plot->point_count - 1];

    return PLOT_LEFT + (last ? (int64_t)month * (WIDTH - PLOT_LEFT - PLOT_RIGHT) / last : 0);
}

static int64_t plot_y(const Plot *plot, KfOere value)
{
    return PLOT_TOP + PLOT_HEIGHT - scaled(value - plot->low, plot->high - plot->low, PLOT_HEIGHT);
}

static void find_range(Plot *plot)
{
    for (size_t l = 0; l < plot->line_count; l++) {
        for (size_t i = 0; i < plot->point_count; i++) {
            KfOere value = plot->lines[l].values[i];

            plot->low = value < plot->low ? value : plot->low;
            plot->high = value > plot->high ? value : plot->high;
        }
    }
}

static void put_axes(const Plot *plot)
{
    KfHtml *html = plot->html;
    const KfOere marks[] = { plot->low, 0, plot->high };

    for (size_t i = 0; i < 3; i++) {
        if (i != 1 && magnitude(plot_y(plot, marks[i]) - plot_y(plot, 0)) < LEAST_GAP)
            continue;
        put_line(html, i == 1 ? "zero" : "axis", PLOT_LEFT, plot_y(plot, marks[i]),
                 WIDTH - PLOT_RIGHT, plot_y(plot, marks[i]));
        put_amount(html, PLOT_LEFT - 8, plot_y(plot, marks[i]) + 4, "end", marks[i]);
    }
    for (size_t i = 0; i < plot->point_count; i++) {
        KfBuf month = { 0 };

        kf_buf_int(&month, plot->months[i]);
        put_text(html, plot_x(plot, plot->months[i]), PLOT_TOP + PLOT_HEIGHT + 20,
                 i + 1 < plot->point_count ? "middle" : "end", kf_buf_view(&month));
        kf_buf_close(&month, html->out);
    }
}

static void put_curve(const Plot *plot, const KfChartLine *line)
{
    KfHtml *html = plot->html;

    kf_buf_str(html->out, "<polyline");
    put_class(html->out, "l", line->color);
    kf_buf_str(html->out, " points=\"");
    for (size_t i = 0; i < plot->point_count; i++) {
        kf_buf_str(html->out, i ? " " : "");
        kf_buf_int(html->out, plot_x(plot, plot->months[i]));
        kf_buf_char(html->out, ',');
        kf_buf_int(html->out, plot_y(plot, line->values[i]));
    }
    kf_buf_str(html->out, "\"/>\n");
}

/* The amount at the end of each line; the table has the months between. */
static void describe_lines(const Plot *plot)
{
    kf_html_open(plot->html, "desc", NULL);
    for (size_t i = 0; i < plot->line_count; i++)
        describe_one(plot->html, i == 0, plot->lines[i].name,
                     plot->lines[i].values[plot->point_count - 1]);
    kf_html_close(plot->html, "desc");
}

void kf_html_lines(KfHtml *html, KfPhrase title, const int32_t *months, size_t point_count,
                   const KfChartLine *lines, size_t line_count)
{
    enum { LEGEND_TOP = PLOT_TOP + PLOT_HEIGHT + 48 };
    Plot plot = { html, months, point_count, lines, line_count, 0, 0 };
    KeyOf keys[KF_SUM_COUNT];

    if (point_count < 2 || line_count == 0 || line_count > KF_SUM_COUNT)
        return;
    for (size_t i = 0; i < line_count; i++)
        keys[i] = (KeyOf){ lines[i].name, lines[i].color };
    find_range(&plot);
    begin(html, title, LEGEND_TOP + legend_height(keys, line_count) - 14);
    describe_lines(&plot);
    put_axes(&plot);
    for (size_t i = 0; i < line_count; i++)
        put_curve(&plot, &lines[i]);
    put_legend(html, LEGEND_TOP, keys, line_count, true);
    end(html);
}
