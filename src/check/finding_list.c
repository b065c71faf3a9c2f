/* The gathering and ordering of findings. Until they are in order, `root` holds
 * the place in the list plus one. */
#include "check/finding_list.h"

#include <string.h>

static const KfText sentences[KF_SAY_COUNT][KF_LANG_COUNT] = {
#define KF_SAY(id, da, en) [KF_SAY_##id] = { { da, sizeof(da) - 1 }, { en, sizeof(en) - 1 } },
#include "check/texts.def"
#undef KF_SAY
};

KfArg kf_arg_text(KfText text)
{
    return (KfArg){ { text, text } };
}

KfArg kf_arg_amount(KfFindingList *list, KfOere amount)
{
    KfArg arg;

    for (int lang = 0; lang < KF_LANG_COUNT; lang++) {
        KfBuf buf = { 0 };

        kf_buf_amount(&buf, amount, (KfLang)lang);
        arg.text[lang] = kf_arena_take(list->arena, &buf);
        kf_buf_free(&buf);
    }
    return arg;
}

KfArg kf_arg_number(KfFindingList *list, int64_t number)
{
    KfBuf buf = { 0 };
    KfText text;

    kf_buf_int(&buf, number);
    text = kf_arena_take(list->arena, &buf);
    kf_buf_free(&buf);
    return kf_arg_text(text);
}

KfArg kf_arg_halves(KfFindingList *list, int64_t halves)
{
    KfArg arg;

    for (int lang = 0; lang < KF_LANG_COUNT; lang++) {
        KfBuf buf = { 0 };

        kf_buf_int(&buf, halves / 2);
        if (halves % 2)
            kf_buf_str(&buf, lang == KF_LANG_DA ? ",5" : ".5");
        arg.text[lang] = kf_arena_take(list->arena, &buf);
        kf_buf_free(&buf);
    }
    return arg;
}

KfArg kf_arg_hundredths(KfFindingList *list, int64_t hundredths)
{
    KfArg arg;

    for (int lang = 0; lang < KF_LANG_COUNT; lang++) {
        KfBuf buf = { 0 };

        kf_buf_amount_xml(&buf, hundredths);
        for (size_t i = 0; lang == KF_LANG_DA && i < buf.len; i++) {
            if (buf.ptr[i] == '.')
                buf.ptr[i] = ',';
        }
        arg.text[lang] = kf_arena_take(list->arena, &buf);
        kf_buf_free(&buf);
    }
    return arg;
}

KfArg kf_arg_payer(int payer)
{
    KfArg arg;

    for (int lang = 0; lang < KF_LANG_COUNT; lang++)
        arg.text[lang] = kf_text(kf_payer_name((KfPayer)payer, (KfLang)lang));
    return arg;
}

/* What all but the municipality pay; the municipality where it pays all. */
static void put_shares(KfBuf *out, const KfTier *tier, KfLang lang)
{
    const bool all = tier->share_bp[KF_MUNICIPALITY] == 10000;
    size_t start = out->len;

    for (int payer = 0; payer < KF_PAYER_COUNT; payer++) {
        if (tier->share_bp[payer] == 0 || (payer == KF_MUNICIPALITY && !all))
            continue;
        kf_buf_str(out, out->len > start ? ", " : "");
        kf_buf_str(out, kf_payer_name((KfPayer)payer, lang));
        kf_buf_char(out, ' ');
        kf_buf_amount(out, tier->share_bp[payer], lang);
        kf_buf_str(out, " %");
    }
}

static void put_weeks(KfBuf *out, const KfTier *tier, KfLang lang)
{
    const bool on = tier->to_week == INT32_MAX;

    kf_buf_str(out,
               lang == KF_LANG_DA ? (on ? "fra uge " : "uge ") : (on ? "from week " : "weeks "));
    kf_buf_int(out, tier->from_week);
    if (!on) {
        kf_buf_char(out, '-');
        kf_buf_int(out, tier->to_week);
    }
    kf_buf_str(out, ": ");
}

void kf_buf_rule_shares(KfBuf *out, const KfRule *rule, KfLang lang)
{
    for (size_t i = 0; i < rule->tier_count; i++) {
        if (i)
            kf_buf_str(out, rule->kind == KF_RULE_OPEN ? (lang == KF_LANG_DA ? " eller " : " or ")
                                                       : "; ");
        if (rule->kind == KF_RULE_WEEKS)
            put_weeks(out, &rule->tiers[i], lang);
        put_shares(out, &rule->tiers[i], lang);
    }
}

KfArg kf_arg_shares(KfFindingList *list, const KfRule *rule)
{
    KfArg arg;

    for (int lang = 0; lang < KF_LANG_COUNT; lang++) {
        KfBuf buf = { 0 };

        kf_buf_rule_shares(&buf, rule, (KfLang)lang);
        arg.text[lang] = kf_arena_take(list->arena, &buf);
        kf_buf_free(&buf);
    }
    return arg;
}

KfArg kf_arg_cell(KfFindingList *list, KfRef cell, uint32_t here)
{
    KfBuf buf = { 0 };
    KfText text;

    if (cell.sheet != here) {
        kf_buf_char(&buf, '\'');
        kf_buf_text(&buf, list->book->sheets[cell.sheet].name);
        kf_buf_str(&buf, "'!");
    }
    kf_buf_cellref(&buf, cell.row, cell.col);
    text = kf_arena_take(list->arena, &buf);
    kf_buf_free(&buf);
    return kf_arg_text(text);
}

void kf_sentence(KfFindingList *list, KfText message[KF_LANG_COUNT], KfSay say, const KfArg *args,
                 size_t count)
{
    for (int lang = 0; lang < KF_LANG_COUNT; lang++) {
        KfBuf buf = { 0 };
        KfText texts[8];

        for (size_t i = 0; i < count && i < 8; i++)
            texts[i] = args[i].text[lang];
        kf_buf_text(&buf, message[lang]);
        if (message[lang].len)
            kf_buf_char(&buf, ' ');
        kf_buf_fill(&buf, sentences[say][lang], texts, count);
        message[lang] = kf_arena_take(list->arena, &buf);
        kf_buf_free(&buf);
    }
}

void kf_say(KfFindingList *list, KfFinding *finding, KfSay say, const KfArg *args, size_t count)
{
    kf_sentence(list, finding->message, say, args, count);
}

KfFinding *kf_finding_add(KfFindingList *list, KfFindingCode code, KfSeverity severity,
                          KfAction action)
{
    KfFinding finding = {
        .code = code,
        .severity = severity,
        .action = action,
        .case_index = KF_NO_INDEX,
        .course = -1,
        .payer = KF_PAYER_NONE,
    };

    KF_PUSH(list->arena, list->items, list->count, list->cap, finding);
    return &list->items[list->count - 1];
}

static KfText key_of(const KfRef *cell)
{
    return (KfText){ (const char *)cell, sizeof *cell };
}

/* Findings get their cells right after they are added, so those of before can be noted. What is
 * merely worth knowing, as every benefit of an unknown payer is, says nothing against a cell. */
static void note_cells(const KfFindingList *list)
{
    KfToldCells *told = list->told;

    while (told->count < list->count) {
        const KfFinding *finding = &list->items[told->count];
        size_t before = 0;

        if (finding->has_cell && finding->severity > KF_INFO) {
            const KfRef *kept = kf_arena_copy(list->arena, &finding->cell, sizeof finding->cell);

            kf_text_map_get(&told->last, key_of(kept), &before);
            kf_text_map_set(&told->last, list->arena, key_of(kept), told->count + 1);
        }
        KF_PUSH(list->arena, told->before, told->count, told->cap, before);
    }
}

size_t kf_told_last(const KfFindingList *list, KfRef cell)
{
    size_t last = 0;

    note_cells(list);
    kf_text_map_get(&list->told->last, key_of(&cell), &last);
    return last;
}

size_t kf_told_before(const KfFindingList *list, size_t told)
{
    return list->told->before[told - 1];
}

KfValue kf_value_amount(KfOere amount)
{
    return (KfValue){ KF_VALUE_AMOUNT, amount, { 0 } };
}

KfValue kf_value_text(KfText text)
{
    return (KfValue){ KF_VALUE_TEXT, 0, text };
}

uint32_t kf_finding_mark(const KfFindingList *list, const KfFinding *finding)
{
    return (uint32_t)(finding - list->items) + 1;
}

KfFindingCode kf_amount_code(const KfFigure *figure, KfOere meant)
{
    if (figure->state == KF_FIGURE_UNREADABLE)
        return KF_FINDING_AMOUNT_UNREADABLE;
    if (figure->state != KF_FIGURE_STATED)
        return KF_FINDING_AMOUNT_MISSING;
    switch (kf_slip(figure->value, meant)) {
    case KF_SLIP_SCALE:
        return KF_FINDING_AMOUNT_SCALE;
    case KF_SLIP_SIGN:
        return KF_FINDING_AMOUNT_SIGN;
    default:
        return KF_FINDING_AMOUNT_TYPO;
    }
}

size_t kf_finding_place(const KfFinding *finding)
{
    return finding->table ? SIZE_MAX / 2 + finding->table : finding->case_index + 1;
}

/* Negative when a comes before b. */
static int by_order(const KfFindingList *list, size_t x, size_t y)
{
    const KfFinding *a = &list->items[x], *b = &list->items[y];
    size_t root_x = a->root ? a->root - 1 : x, root_y = b->root ? b->root - 1 : y;
    size_t case_x = kf_finding_place(a), case_y = kf_finding_place(b);
    int order;

    if (case_x != case_y)
        return case_x < case_y ? -1 : 1;
    if (a->course != b->course)
        return a->course - b->course;
    order = kf_ref_order(list->items[root_x].cell, list->items[root_y].cell);
    if (order == 0)
        order = (root_x > root_y) - (root_x < root_y);
    if (order == 0)
        order = (a->root != 0) - (b->root != 0);
    if (order == 0)
        order = kf_ref_order(a->cell, b->cell);
    return order ? order : (x > y) - (x < y);
}

static void merge(const KfFindingList *list, size_t *order, size_t *spare, size_t count)
{
    size_t half = count / 2, left = 0, right = half, to = 0;

    if (count < 2)
        return;
    merge(list, order, spare, half);
    merge(list, order + half, spare, count - half);
    if (by_order(list, order[half - 1], order[half]) <= 0)
        return; /* most are found in order */
    memcpy(spare, order, count * sizeof *order);
    while (left < half || right < count) {
        bool take_left =
            left < half && (right == count || by_order(list, spare[left], spare[right]) <= 0);

        order[to++] = take_left ? spare[left++] : spare[right++];
    }
}

/* Move each finding to its place; those that are there already stay untouched. */
static void put_in_place(KfFindingList *list, size_t *place)
{
    for (size_t i = 0; i < list->count; i++) {
        while (place[i] != i) {
            const size_t to = place[i];
            const KfFinding other = list->items[to];

            list->items[to] = list->items[i];
            list->items[i] = other;
            place[i] = place[to];
            place[to] = to;
        }
    }
}

void kf_findings_order(KfFindingList *list)
{
    size_t *order = kf_arena_room_for(list->arena, list->count, sizeof *order);
    size_t *spare = kf_arena_room_for(list->arena, list->count, sizeof *spare);
    size_t *place = spare;

    for (size_t i = 0; i < list->count; i++)
        order[i] = i;
    merge(list, order, spare, list->count);
    for (size_t i = 0; i < list->count; i++)
        place[order[i]] = i;
    for (size_t i = 0; i < list->count; i++) {
        KfFinding *finding = &list->items[i];

        finding->id = (uint32_t)place[i] + 1;
        if (finding->root)
            finding->root = (uint32_t)place[finding->root - 1] + 1;
    }
    put_in_place(list, place);
}
