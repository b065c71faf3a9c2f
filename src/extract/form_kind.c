/* Kinds are told apart by what their two axes hold: payers by years, citizens or
 * municipalities by payers or courses, benefits by price and quantity, benefits by
 * yearly cost, posts by wage. */
#include "extract/form_kind.h"

#include "extract/evidence.h"

/* What the lines of one axis say, counted. */
typedef struct {
    unsigned payers; /* bits */
    size_t named_payers, totals, times, citizens, municipalities, benefits, posts, items;
    bool course[KF_COURSE_COUNT + 1];
    bool has[KF_HEAD_COUNT];
    bool yearly;
} Tally;

static Tally tally(const KfFormLine *lines, size_t count)
{
    Tally out = { 0 };

    for (size_t i = 0; i < count; i++) {
        const KfLineWords *words = &lines[i].words;
        KfText text = lines[i].label.text;

        out.items++;
        out.has[words->head] = true;
        out.yearly |=
            words->head == KF_HEAD_YEARLY || kf_head_read(lines[i].group) == KF_HEAD_YEARLY;
        if (words->payer != KF_PAYER_NONE)
            out.payers |= 1u << words->payer;
        out.named_payers += words->payer != KF_PAYER_NONE;
        out.totals += words->role == KF_ROLE_TOTAL;
        out.times += words->is_time;
        out.citizens += kf_citizen_named(text).len > 0;
        out.municipalities += kf_is_municipality(text);
        out.benefits += (kf_about(text) & KF_ABOUT_BENEFIT) != 0;
        out.posts += (kf_about(text) & (KF_ABOUT_BENEFIT | KF_ABOUT_PROJECT)) != 0;
        if (words->course >= 0)
            out.course[words->course] = true;
        else if (kf_course_named(lines[i].group) >= 0)
            out.course[kf_course_named(lines[i].group)] = true;
    }
    return out;
}

/* The municipality and another one; "øvrige" alone says little. */
static bool has_payers(const Tally *axis)
{
    return (axis->payers & 1u << KF_MUNICIPALITY)
           && (axis->payers & (1u << KF_STATE | 1u << KF_REGION));
}

static bool has_both_courses(const Tally *axis)
{
    return axis->course[KF_ACTUAL] && axis->course[KF_COUNTERFACTUAL];
}

/* Rows are citizens or municipalities, but for sums and averages. */
static bool has_units(const Tally *rows)
{
    size_t units = rows->citizens + rows->municipalities;

    return units && (units + rows->totals) * 2 >= rows->items;
}

static bool is_support(const Tally *columns, const Tally *rows)
{
    bool share = columns->has[KF_HEAD_SHARE] || columns->payers & 1u << KF_MUNICIPALITY;

    return columns->yearly && rows->benefits >= 2 && (share || rows->benefits >= 4);
}

static bool is_wage(const Tally *columns, const Tally *rows)
{
    static const KfHead heads[] = { KF_HEAD_POSTS, KF_HEAD_OVERHEAD, KF_HEAD_SAVED, KF_HEAD_NET };
    size_t found = 0;

    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
        found += columns->has[heads[i]] || rows->has[heads[i]];
    return (columns->has[KF_HEAD_WAGE] || rows->has[KF_HEAD_WAGE])
           && (rows->has[KF_HEAD_PER_CASE] || columns->has[KF_HEAD_PER_CASE])
           && (rows->has[KF_HEAD_CASES] || columns->has[KF_HEAD_CASES]) && found >= 2;
}

/* Price and quantity stand in every invoice: the benefits of citizens must too. */
static bool is_budget(const KfForm *form, const Tally *columns, const Tally *rows)
{
    size_t signs = 0;
    bool product = columns->totals || columns->has[KF_HEAD_AMOUNT] || columns->has[KF_HEAD_YEARLY]
                   || columns->has[KF_HEAD_PRICE];

    if (!columns->has[KF_HEAD_PRICE] || !product || form->about & KF_ABOUT_AGAINST
        || !(columns->has[KF_HEAD_QUANTITY] || columns->has[KF_HEAD_CASES]
             || columns->has[KF_HEAD_PERIOD]))
        return false;
    signs += form->label_head == KF_HEAD_BENEFIT;
    signs += (form->about & KF_ABOUT_CASE) != 0;
    signs += (form->about & KF_ABOUT_BENEFIT) != 0;
    signs += (form->about & KF_ABOUT_MONEY) != 0;
    signs += rows->posts >= 2;
    signs += rows->posts * 2 >= rows->items - rows->totals;
    signs += has_payers(columns);
    return (rows->benefits || (form->about & KF_ABOUT_CASE && rows->posts)) && signs >= 3;
}

static bool is_summary(const KfForm *form, const Tally *columns, const Tally *rows)
{
    bool about = form->about & (KF_ABOUT_CASE | KF_ABOUT_MONEY);

    if (has_both_courses(columns) || has_both_courses(rows))
        return has_units(rows) || rows->payers || columns->payers || rows->course[KF_COURSE_GAIN]
               || columns->course[KF_COURSE_GAIN];
    if (form->about & KF_ABOUT_AGAINST || !about)
        return false;
    if (has_payers(columns) && has_units(rows))
        return true;
    if (has_payers(rows) && columns->municipalities >= 2)
        return true;
    return rows->municipalities >= 2 && has_units(rows)
           && (columns->has[KF_HEAD_PER_CASE] || columns->course[KF_COURSE_GAIN]);
}

static bool is_payer_table(const KfForm *form, const Tally *columns, const Tally *rows)
{
    bool by_years = has_payers(rows) && columns->times >= 2 && columns->times * 2 >= columns->items
                    && (rows->named_payers + rows->totals) * 2 >= rows->items;
    bool by_rows = has_payers(columns) && rows->times >= 2 && rows->times * 2 >= rows->items;

    unsigned all = 1u << KF_MUNICIPALITY | 1u << KF_STATE | 1u << KF_REGION;
    bool all_payers =
        ((rows->payers | columns->payers) & all) == all && rows->totals + columns->totals > 0;

    return (by_years || by_rows)
           && (all_payers || form->about & (KF_ABOUT_CASE | KF_ABOUT_MONEY | KF_ABOUT_BENEFIT))
           && !(form->about & KF_ABOUT_AGAINST);
}

bool kf_form_may_be(const KfForm *form)
{
    Tally columns = tally(form->columns, form->column_count);
    bool nameless = !form->columns[0].label.has_ref;

    return nameless || columns.times > 1 || columns.payers || columns.yearly
           || columns.municipalities > 1 || columns.course[KF_COUNTERFACTUAL]
           || columns.course[KF_COURSE_GAIN] || columns.has[KF_HEAD_PRICE]
           || columns.has[KF_HEAD_WAGE] || columns.has[KF_HEAD_PER_CASE]
           || columns.has[KF_HEAD_AMOUNT];
}

static bool is_gain(const KfForm *form, const KfLineWords *words)
{
    return words->course == KF_COURSE_GAIN
           || (form->label_head == KF_HEAD_GAIN && words->course < 0
               && (words->role == KF_ROLE_PAYER || words->role == KF_ROLE_TOTAL));
}

bool kf_form_is_gains(const KfForm *form)
{
    bool gains = form->row_count && form->column_count == 1 && form->columns[0].label.text.len == 0;

    for (size_t i = 0; i < form->row_count && gains; i++)
        gains = is_gain(form, &form->rows[i].words);
    return gains;
}

int kf_form_kind(const KfForm *form)
{
    Tally columns = tally(form->columns, form->column_count);
    Tally rows = tally(form->rows, form->row_count);

    if (is_support(&columns, &rows))
        return KF_TABLE_SUPPORT;
    if (is_wage(&columns, &rows))
        return KF_TABLE_WAGE;
    if (is_budget(form, &columns, &rows))
        return KF_TABLE_BUDGET;
    if (is_payer_table(form, &columns, &rows))
        return KF_TABLE_PAYERS;
    return is_summary(form, &columns, &rows) ? KF_TABLE_SUMMARY : -1;
}

/* ---- roles ----------------------------------------------------------------- */

/* What a line holds where nothing but amounts, payers and sums are. */
static KfLineRole plain_role(const KfLineWords *words)
{
    if (words->role == KF_ROLE_PAYER)
        return KF_LINE_PAYER;
    if (words->role == KF_ROLE_TOTAL)
        return KF_LINE_TOTAL;
    if (words->role == KF_ROLE_SUBTOTAL)
        return KF_LINE_SUBTOTAL;
    if (words->is_sum && words->course < 0 && words->head == KF_HEAD_NONE && !words->is_benefit)
        return KF_LINE_TOTAL;
    if (words->head == KF_HEAD_AVERAGE)
        return KF_LINE_AVERAGE;
    if (words->is_percent || words->is_part || words->head == KF_HEAD_NOTE
        || words->head == KF_HEAD_CASES)
        return KF_LINE_NOTE;
    return KF_LINE_ITEM;
}

static KfLineRole budget_column(const KfLineWords *words, bool *has_product)
{
    switch (words->head) {
    case KF_HEAD_PRICE:
        if (!words->is_sum)
            return KF_LINE_PRICE;
        break;
    case KF_HEAD_QUANTITY:
    case KF_HEAD_CASES:
    case KF_HEAD_POSTS:
    case KF_HEAD_PERIOD:
    case KF_HEAD_MONTH:
        return KF_LINE_QUANTITY;
    case KF_HEAD_AMOUNT:
    case KF_HEAD_YEARLY:
        break;
    default:
        if (words->role == KF_ROLE_PAYER)
            return KF_LINE_PAYER;
        if (words->role != KF_ROLE_TOTAL)
            return KF_LINE_NOTE;
    }
    if (*has_product)
        return KF_LINE_NOTE;
    *has_product = true;
    return KF_LINE_PRODUCT;
}

static KfLineRole support_column(const KfFormLine *line, bool many_payers, bool *has_total)
{
    const KfLineWords *words = &line->words;

    if (words->head == KF_HEAD_REFUND)
        return words->payer == KF_PAYER_NONE ? KF_LINE_REDUCTION : KF_LINE_PAYER;
    if (many_payers && words->payer != KF_PAYER_NONE)
        return KF_LINE_PAYER;
    if (words->head == KF_HEAD_SHARE || words->payer == KF_MUNICIPALITY)
        return KF_LINE_SHARE;
    if (!*has_total
        && (words->head == KF_HEAD_YEARLY || words->role == KF_ROLE_TOTAL
            || kf_head_read(line->group) == KF_HEAD_YEARLY)) {
        *has_total = true;
        return KF_LINE_TOTAL;
    }
    return KF_LINE_NOTE;
}

/* Posts and wages as columns; the same words as rows of a form with one column. */
static KfLineRole wage_line(const KfLineWords *words, bool *has_product)
{
    switch (words->head) {
    case KF_HEAD_WAGE:
        if (!words->is_sum)
            return KF_LINE_PRICE;
        break;
    case KF_HEAD_POSTS:
    case KF_HEAD_QUANTITY:
        return KF_LINE_QUANTITY;
    case KF_HEAD_OVERHEAD:
        return KF_LINE_EXTRA;
    case KF_HEAD_AMOUNT:
        break;
    default:
        if (words->role != KF_ROLE_TOTAL)
            return KF_LINE_NOTE;
    }
    if (*has_product)
        return KF_LINE_NOTE;
    *has_product = true;
    return KF_LINE_PRODUCT;
}

static KfLineRole wage_row(const KfLineWords *words)
{
    bool none = false;

    switch (words->head) {
    case KF_HEAD_CASES:
        return KF_LINE_COUNT;
    case KF_HEAD_PER_CASE:
        return KF_LINE_PER_CASE;
    case KF_HEAD_NET:
        return KF_LINE_NET;
    case KF_HEAD_SAVED:
    case KF_HEAD_GAIN:
        return KF_LINE_SAVED;
    default:
        return wage_line(words, &none);
    }
}

static KfLineRole column_role(const KfForm *form, size_t i, KfTableKind kind, bool many_payers,
                              bool *found)
{
    const KfFormLine *line = &form->columns[i];

    switch (kind) {
    case KF_TABLE_BUDGET:
        return budget_column(&line->words, found);
    case KF_TABLE_SUPPORT:
        return support_column(line, many_payers, found);
    case KF_TABLE_WAGE:
        return wage_line(&line->words, found);
    default:
        return plain_role(&line->words);
    }
}

static KfLine make_line(const KfFormLine *from, KfLineRole role)
{
    int course = from->words.course;
    int above = from->group.len ? kf_course_named(from->group) : -1;

    if (course < 0 && above >= 0)
        course = above;
    else if (course < 0 && kf_head_read(from->group) == KF_HEAD_GAIN)
        course = KF_COURSE_GAIN;
    return (
        KfLine){ from->label, role, from->words.payer, course, from->words.is_time, from->group };
}

/* A form without a column of wages has its posts and wages as rows. */
static bool stands_upright(const KfForm *form)
{
    for (size_t i = 0; i < form->column_count; i++) {
        if (form->columns[i].words.head == KF_HEAD_WAGE)
            return false;
    }
    return true;
}

static KfLineRole row_role(const KfFormLine *line, KfTableKind kind, bool upright)
{
    const KfLineWords *words = &line->words;
    KfLineRole role;

    if (kind != KF_TABLE_WAGE)
        return words->is_part && words->role == KF_ROLE_PAYER ? KF_LINE_PAYER : plain_role(words);
    role = wage_row(words);
    if (upright || role >= KF_LINE_SAVED)
        return role;
    return words->role == KF_ROLE_TOTAL ? KF_LINE_TOTAL : KF_LINE_ITEM;
}

/* Of several sums of items, those with items behind them are sums of a section. */
static void mark_subtotals(KfTable *table)
{
    bool later_items = false, later_total = false;

    for (size_t i = table->row_count; i-- > 0;) {
        KfLine *row = &table->rows[i];

        later_items |= row->role == KF_LINE_ITEM && later_total;
        if (row->role != KF_LINE_TOTAL)
            continue;
        if (later_items && later_total)
            row->role = KF_LINE_SUBTOTAL;
        later_total = true;
        later_items = false;
    }
}

void kf_form_roles(KfArena *arena, const KfForm *form, KfTableKind kind, KfTable *out)
{
    Tally columns = tally(form->columns, form->column_count);
    bool many_payers = has_payers(&columns), found = false;
    bool upright = kind == KF_TABLE_WAGE && stands_upright(form);

    out->kind = kind;
    out->column_count = form->column_count;
    out->row_count = form->row_count;
    out->columns = kf_arena_array(arena, form->column_count, sizeof *out->columns);
    out->rows = kf_arena_array(arena, form->row_count, sizeof *out->rows);
    for (size_t i = 0; i < form->column_count; i++)
        out->columns[i] =
            make_line(&form->columns[i],
                      upright ? KF_LINE_ITEM : column_role(form, i, kind, many_payers, &found));
    for (size_t i = 0; i < form->row_count; i++)
        out->rows[i] = make_line(&form->rows[i], row_role(&form->rows[i], kind, upright));
    if (kind == KF_TABLE_BUDGET || kind == KF_TABLE_SUPPORT)
        mark_subtotals(out);
}
