/* Charts as SVG. All places are whole numbers, so that the same figures give the same
 * bytes everywhere. */
#include "report/html_chart.h"
#include "report/reconcile_report.h"

enum {
    WIDTH = 736,
    LABEL = 190,  /* room for the names of bars */
    FIGURE = 110, /* room for their amounts */
    BAR = 22,
    STEP = 34,
    LEGEND = 30,
    PLOT_LEFT = 90, /* room for the amounts of an axis */
    PLOT_HEIGHT = 240,
    PLOT_TOP = 14,
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

static void describe(KfHtml *html, const KfBar *bars, size_t count)
{
    kf_html_open(html, "desc", NULL);
    for (size_t i = 0; i < count; i++) {
        kf_buf_str(html->out, i ? "; " : "");
        kf_html_text(html, bars[i].label);
        kf_buf_str(html->out, ": ");
        kf_buf_amount(html->out, bars[i].value, html->lang);
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

static void put_legend(KfHtml *html, int64_t y)
{
    int64_t x = LABEL;

    for (int payer = 0; payer < KF_PAYER_COUNT; payer++) {
        KfText name = kf_sum_name(payer, html->lang);

        kf_buf_str(html->out, "<rect");
        put_class(html->out, "p", payer);
        put_number(html->out, "x", x);
        put_number(html->out, "y", y - 11);
        kf_buf_str(html->out, " width=\"12\" height=\"12\"/>\n");
        put_text(html, x + 17, y, "start", name);
        x += 36 + 8 * (int64_t)name.len;
    }
}

void kf_html_stacked_bars(KfHtml *html, KfPhrase title, const KfBar *bars, size_t count)
{
    const int64_t room = WIDTH - LABEL - FIGURE;
    KfOere most = 0;

    for (size_t i = 0; i < count; i++)
        most = bars[i].value > most ? bars[i].value : most;
    begin(html, title, (int64_t)count * STEP + LEGEND);
    describe(html, bars, count);
    for (size_t i = 0; i < count; i++) {
        int64_t y = (int64_t)i * STEP + 4, x = LABEL;

        put_text(html, LABEL - 10, y + 16, "end", bars[i].label);
        for (int payer = 0; payer < KF_PAYER_COUNT; payer++) {
            int64_t width = scaled(bars[i].parts[payer], most, room);

            if (width > 0)
                put_rect(html, x, y, width, payer);
            x += width > 0 ? width : 0;
        }
        put_amount(html, x + 8, y + 16, "start", bars[i].value);
    }
    put_legend(html, (int64_t)count * STEP + 18);
    end(html);
}

static void put_signed_bar(KfHtml *html, const KfBar *bar, int64_t y, int64_t zero, int64_t width)
{
    bool below = bar->value < 0;

    put_text(html, LABEL - 10, y + 16, "end", bar->label);
    put_rect(html, below ? zero - width : zero, y, width > 0 ? width : 1, bar->color);
    if (below)
        put_amount(html, zero - width - 6, y + 16, "end", bar->value);
    else
        put_amount(html, zero + width + 6, y + 16, "start", bar->value);
}

void kf_html_signed_bars(KfHtml *html, KfPhrase title, const KfBar *bars, size_t count)
{
    const int64_t room = WIDTH - LABEL - 2 * FIGURE;
    KfOere above = 0, below = 0;
    int64_t zero;

    for (size_t i = 0; i < count; i++) {
        above = bars[i].value > above ? bars[i].value : above;
        below = -bars[i].value > below ? -bars[i].value : below;
    }
    zero = LABEL + (below ? FIGURE : 0) + scaled(below, above + below, room);
    begin(html, title, (int64_t)count * STEP + 4);
    describe(html, bars, count);
    for (size_t i = 0; i < count; i++)
        put_signed_bar(html, &bars[i], (int64_t)i * STEP + 4, zero,
                       scaled(magnitude(bars[i].value), above + below, room));
    put_line(html, "zero", zero, 0, zero, (int64_t)count * STEP);
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

    return PLOT_LEFT + (last ? (int64_t)month * (WIDTH - PLOT_LEFT - 150) / last : 0);
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
        if (i != 1 && marks[i] == 0)
            continue;
        put_line(html, i == 1 ? "zero" : "axis", PLOT_LEFT, plot_y(plot, marks[i]), WIDTH - 150,
                 plot_y(plot, marks[i]));
        put_amount(html, PLOT_LEFT - 8, plot_y(plot, marks[i]) + 4, "end", marks[i]);
    }
    for (size_t i = 0; i < plot->point_count; i++) {
        KfBuf month = { 0 };

        kf_buf_int(&month, plot->months[i]);
        put_text(html, plot_x(plot, plot->months[i]), PLOT_TOP + PLOT_HEIGHT + 20, "middle",
                 kf_buf_view(&month));
        kf_buf_free(&month);
    }
}

static void put_curve(const Plot *plot, const KfChartLine *line)
{
    KfHtml *html = plot->html;
    size_t last = plot->point_count - 1;

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
    put_text(html, plot_x(plot, plot->months[last]) + 8, plot_y(plot, line->values[last]) + 4,
             "start", line->name);
}

void kf_html_lines(KfHtml *html, KfPhrase title, const int32_t *months, size_t point_count,
                   const KfChartLine *lines, size_t line_count)
{
    Plot plot = { html, months, point_count, lines, line_count, 0, 0 };

    if (point_count < 2 || line_count == 0)
        return;
    find_range(&plot);
    begin(html, title, PLOT_TOP + PLOT_HEIGHT + 28);
    put_axes(&plot);
    for (size_t i = 0; i < line_count; i++)
        put_curve(&plot, &lines[i]);
    end(html);
}
