/* The style that a cell had, kept in its row of the Rettelser sheet. */
#include "ooxml/kept_style.h"

#include "ooxml/xml_write.h"

static const KfText text_sign = { "@", 1 }, quote_sign = { "'", 1 };

static bool take(KfText *text, KfText sign)
{
    if (!kf_text_starts(*text, sign))
        return false;
    *text = kf_text_slice(*text, sign.len, text->len);
    return true;
}

bool kf_kept_style_read(KfText text, KfKeptStyle *out)
{
    size_t sign = kf_text_find(text, KF_TEXT(">")), end = sign + 1;
    KfText before = kf_text_slice(text, 0, sign), rest;

    *out = (KfKeptStyle){ 0 };
    if (sign == SIZE_MAX)
        return false;
    while (end < text.len && text.ptr[end] >= '0' && text.ptr[end] <= '9')
        end++;
    if (!kf_xml_uint(kf_text_slice(text, sign + 1, end), &out->after))
        return false;
    out->was_absent = kf_text_eq(before, KF_TEXT("-"));
    out->has_before = kf_xml_uint(before, &out->before);
    rest = kf_text_slice(text, end, text.len);
    out->was_text = take(&rest, text_sign);
    out->was_quoted = take(&rest, quote_sign);
    out->fill = rest;
    return true;
}

KfText kf_kept_style_text(KfArena *arena, const KfKeptStyle *kept)
{
    KfText before = kept->has_before ? kf_xml_number(arena, kept->before) : (KfText){ 0 };

    return KF_XML_JOIN(arena, kept->was_absent ? KF_TEXT("-") : before, KF_TEXT(">"),
                       kf_xml_number(arena, kept->after),
                       kept->was_text ? text_sign : (KfText){ 0 },
                       kept->was_quoted ? quote_sign : (KfText){ 0 }, kept->fill);
}

/* A cell format without what fix changes in one. */
static KfText unchanged_rest(KfArena *arena, const KfKeptStyle *kept, KfText xf)
{
    static const struct {
        const char *name;
        bool always;
    } changed[] = { { "fillId", true },
                    { "applyFill", true },
                    { "quotePrefix", true },
                    { "numFmtId", false },
                    { "applyNumberFormat", false } };

    for (size_t i = 0; i < sizeof changed / sizeof *changed; i++) {
        if (changed[i].always || kept->was_text)
            xf = kf_xml_with_attr(arena, xf, kf_text(changed[i].name), (KfText){ 0 });
    }
    return xf;
}

/* Whether the style of the kept number looks as the cell did, and the cell as we left it. */
static bool holds(KfStylePatch *patch, const KfKeptStyle *kept, uint32_t now)
{
    const KfStyleList *xfs = &patch->lists[KF_STYLE_XFS];

    return kept->has_before && kept->after == now && kept->before < xfs->count && now < xfs->count
           && kf_style_patch_quoted(patch, kept->before) == kept->was_quoted
           && kf_text_eq(kf_style_patch_fill(patch, kept->before), kept->fill)
           && kf_text_eq(unchanged_rest(patch->arena, kept, xfs->items[kept->before]),
                         unchanged_rest(patch->arena, kept, xfs->items[now]));
}

uint32_t kf_kept_style_restore(KfStylePatch *patch, const KfKeptStyle *kept, uint32_t now)
{
    KfStyleChange change = {
        .unmark = true, .fill = kept->fill, .as_text = kept->was_text, .quote = kept->was_quoted
    };

    return holds(patch, kept, now) ? kept->before : kf_style_patch_cell(patch, now, &change);
}
