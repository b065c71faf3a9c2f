/* Courses of the same name pair up. On one sheet the latest case that lacks the
 * course gets it; from sheet to sheet, and where names are wanting, the first. */
#include "extract/case_pairing.h"

enum { SLOTS = 4096 };

void kf_case_pairing_init(KfCasePairing *pairing, KfArena *arena, KfModel *model)
{
    *pairing = (KfCasePairing){ .arena = arena, .model = model };
    pairing->slots = kf_arena_array(arena, SLOTS, sizeof *pairing->slots);
}

static uint32_t hash(KfText text)
{
    uint32_t value = 2166136261u;

    for (size_t pos = 0; pos < text.len;)
        value = (value ^ (uint32_t)kf_rune_lower(kf_text_next(text, &pos))) * 16777619u;
    return value;
}

static KfCitizenCases *cases_of(KfCasePairing *pairing, KfText citizen)
{
    KfCitizenCases **slot = &pairing->slots[hash(citizen) % SLOTS];

    for (KfCitizenCases *at = *slot; at; at = at->next) {
        if (kf_text_same_name(at->citizen, citizen))
            return at;
    }
    {
        KfCitizenCases *fresh = kf_arena_alloc(pairing->arena, sizeof *fresh);

        fresh->citizen = citizen;
        fresh->next = *slot;
        return *slot = fresh;
    }
}

static KfCase *case_at(const KfCasePairing *pairing, const KfCitizenCases *own, size_t i)
{
    return &pairing->model->cases[own->cases[i]];
}

static bool lacks(const KfCase *one, int kind)
{
    return kind < 0 ? !one->has[KF_ACTUAL] || !one->has[KF_COUNTERFACTUAL] : !one->has[kind];
}

static uint32_t sheet_of(const KfCase *one)
{
    return one->courses[one->has[KF_ACTUAL] ? KF_ACTUAL : KF_COUNTERFACTUAL].sheet;
}

static KfCase *first_open(const KfCasePairing *pairing, KfCitizenCases *own, int kind)
{
    size_t *from = &own->open_from[kind < 0 ? KF_COUNTERFACTUAL : kind];

    while (*from < own->count && !lacks(case_at(pairing, own, *from), kind))
        ++*from;
    return *from < own->count ? case_at(pairing, own, *from) : NULL;
}

static KfCase *find_open(const KfCasePairing *pairing, KfCitizenCases *own, uint32_t sheet,
                         int kind)
{
    KfCase *last = own->count ? case_at(pairing, own, own->count - 1) : NULL;

    if (!last)
        return NULL;
    if (!pairing->in_turn && sheet_of(last) == sheet)
        return lacks(last, kind) ? last : NULL;
    return first_open(pairing, own, kind);
}

bool kf_case_lacks(KfCasePairing *pairing, KfText citizen, uint32_t sheet, int kind)
{
    return find_open(pairing, cases_of(pairing, citizen), sheet, kind) != NULL;
}

KfCase *kf_case_pair(KfCasePairing *pairing, KfText citizen, KfText shown, uint32_t sheet, int kind)
{
    KfModel *model = pairing->model;
    KfCitizenCases *own = cases_of(pairing, citizen);
    KfCase *open = find_open(pairing, own, sheet, kind);
    const KfCase fresh = { .citizen = shown };

    if (open)
        return open;
    KF_PUSH(pairing->arena, own->cases, own->count, own->cap, model->case_count);
    KF_PUSH(pairing->arena, model->cases, model->case_count, pairing->case_cap, fresh);
    return &model->cases[model->case_count - 1];
}
