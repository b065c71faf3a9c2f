/* Parts of words are looked for in the text in lower case, word by word. */
#include "extract/evidence.h"

enum { LONGEST = 240 };

static const struct {
    unsigned class;
    KfText stem;
} stems[] = {
#define KF_EVIDENCE(class, stem) { KF_ABOUT_##class, { stem, sizeof(stem) - 1 } },
#include "extract/evidence.def"
#undef KF_EVIDENCE
};

static const KfText municipalities[] = {
#define KF_MUNICIPALITY(name) { name, sizeof(name) - 1 },
#include "model/municipalities.def"
#undef KF_MUNICIPALITY
};

/* The text in lower case, cut where it is too long to be a label. */
static KfText lowered(KfText text, bool double_a, char room[LONGEST + 4])
{
    KfBuf out = { .ptr = room, .cap = LONGEST + 4 };

    for (size_t pos = 0; pos < text.len && out.len < LONGEST;) {
        int32_t rune = kf_rune_lower(kf_text_next(text, &pos));

        if (double_a && rune == 0xE5) /* Århus is Aarhus */
            kf_buf_str(&out, "aa");
        else
            kf_buf_rune(&out, rune);
    }
    return (KfText){ room, out.len };
}

unsigned kf_about(KfText text)
{
    char room[LONGEST + 4];
    KfText lower = lowered(text, false, room);
    unsigned found = 0;

    for (size_t i = 0; i < sizeof stems / sizeof stems[0]; i++) {
        if (kf_text_find(lower, stems[i].stem) != SIZE_MAX)
            found |= stems[i].class;
    }
    return found;
}

bool kf_is_municipality(KfText text)
{
    static const KfText ending = { " kommune", 8 };
    char room[LONGEST + 4], other[LONGEST + 4];
    KfText lower = lowered(kf_text_trim(text), true, room);

    if (kf_text_ends(lower, ending))
        lower.len -= ending.len;
    for (size_t i = 0; i < sizeof municipalities / sizeof municipalities[0]; i++) {
        if (kf_text_eq(lower, lowered(municipalities[i], true, other)))
            return true;
    }
    return false;
}
