/* Findings as they are gathered, and the sentences they are told in. */
#ifndef KF_CHECK_FINDING_LIST_H
#define KF_CHECK_FINDING_LIST_H

#include "base/text_map.h"
#include "kf/audit.h"

typedef enum {
#define KF_SAY(id, da, en) KF_SAY_##id,
#include "check/texts.def"
#undef KF_SAY
    KF_SAY_COUNT
} KfSay;

/* What fills a place in a sentence, in each language. */
typedef struct {
    KfText text[KF_LANG_COUNT];
} KfArg;

/* Which findings are told of which cell; numbers are 1 + the place in the list, 0 is none. */
typedef struct {
    KfTextMap last;
    size_t *before; /* of each finding: the one before it at the same cell */
    size_t count, cap;
} KfToldCells;

typedef struct {
    KfArena *arena;
    const KfBook *book;
    KfToldCells *told;
    KfFinding *items;
    size_t count, cap;
} KfFindingList;

KfArg kf_arg_text(KfText text);
KfArg kf_arg_amount(KfFindingList *list, KfOere amount);
KfArg kf_arg_number(KfFindingList *list, int64_t number);
/* Weeks or months with at most one decimal: 4.5, and 4,5 in Danish. */
KfArg kf_arg_halves(KfFindingList *list, int64_t halves);
/* Hundredths without idle zeros: 3.42 weeks, 62.5 per cent. */
KfArg kf_arg_hundredths(KfFindingList *list, int64_t hundredths);
KfArg kf_arg_payer(int payer);
/* "staten 30 %", or "uge 1-4: staten 80 %; …". */
KfArg kf_arg_shares(KfFindingList *list, const KfRule *rule);
/* "D30", or "'Borger 1'!D30" when the cell is on another sheet than here. */
KfArg kf_arg_cell(KfFindingList *list, KfRef cell, uint32_t here);

/* Append a sentence to a message, in both languages. */
void kf_sentence(KfFindingList *list, KfText message[KF_LANG_COUNT], KfSay say, const KfArg *args,
                 size_t count);
/* Append a sentence to the finding's message, in both languages. */
void kf_say(KfFindingList *list, KfFinding *finding, KfSay say, const KfArg *args, size_t count);

/* A new finding with nothing but its code, severity and action; the pointer holds
 * until the next one is added. */
KfFinding *kf_finding_add(KfFindingList *list, KfFindingCode code, KfSeverity severity,
                          KfAction action);

/* What a mistake of an amount is called, by what it should be. */
KfFindingCode kf_amount_code(const KfFigure *figure, KfOere meant);

/* The last error or warning at a cell, and the one before it there; 0 for none, else 1 + its
 * place. */
size_t kf_told_last(const KfFindingList *list, KfRef cell);
size_t kf_told_before(const KfFindingList *list, size_t told);

KfValue kf_value_amount(KfOere amount);
KfValue kf_value_text(KfText text);

/* A number for a finding until the list is put in order. */
uint32_t kf_finding_mark(const KfFindingList *list, const KfFinding *finding);

/* Order by case and course, roots in reading order with what follows from them
 * behind, and number from 1; roots are renumbered with them. */
void kf_findings_order(KfFindingList *list);

#endif
