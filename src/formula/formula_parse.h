/* A formula as its file stores it, in pieces (KfToken) and in postfix order
 * (KfNode). Every reading of a formula goes through here. */
#ifndef FORMULA_PARSE_H
#define FORMULA_PARSE_H

#include "kf/formula.h"

typedef enum {
    KF_TOKEN_END,
    KF_TOKEN_BAD, /* no formula of ours from here on */
    KF_TOKEN_NUMBER,
    KF_TOKEN_TEXT, /* with its quotes, inner ones doubled */
    KF_TOKEN_BOOL,
    KF_TOKEN_ERROR,
    KF_TOKEN_REF,
    KF_TOKEN_OPAQUE,   /* a name, another workbook, a table, an array */
    KF_TOKEN_FUNCTION, /* its name; KF_TOKEN_OPEN follows */
    KF_TOKEN_OPEN,
    KF_TOKEN_CLOSE,
    KF_TOKEN_COMMA,
    KF_TOKEN_OPERATOR
} KfTokenKind;

typedef enum {
    KF_OP_ADD,
    KF_OP_SUB,
    KF_OP_MUL,
    KF_OP_DIV,
    KF_OP_POW,
    KF_OP_CONCAT,
    KF_OP_EQ,
    KF_OP_NE,
    KF_OP_LT,
    KF_OP_LE,
    KF_OP_GT,
    KF_OP_GE,
    KF_OP_PERCENT,
    KF_OP_NEG /* only in nodes */
} KfOp;

typedef enum {
    KF_FN_OTHER,
#define KF_FUNCTION(id, call, name, least, most) KF_FN_##id,
#include "formula/functions.def"
#undef KF_FUNCTION
    KF_FN_COUNT
} KfFunction;

/* A corner of a reference as written: A1, $A$1, or A and 1 of A:A and 1:1. */
typedef struct {
    uint32_t row, col;
    bool has_row, has_col, row_fixed, col_fixed;
} KfCorner;

typedef struct {
    uint8_t kind;    /* KfTokenKind */
    uint8_t op;      /* KfOp */
    bool is_area;    /* of a reference: first:last */
    bool hides_refs; /* may refer to cells that it does not name */
    KfText text;
    KfFormulaRef ref;
    KfCorner first, last; /* of ref; first is above and left of last */
} KfToken;

/* Where a formula is being read; {book, sheet, text, 0} at its beginning. */
typedef struct {
    const KfBook *book;
    uint32_t sheet; /* of the formula */
    KfText text;
    size_t at;
} KfTokenizer;

/* word is upper in either case; upper is ASCII. */
bool kf_formula_word(KfText word, const char *upper);
/* A cell with this formula is left out of the subtotals above it. */
bool kf_formula_is_subtotal(KfText formula);
void kf_token_next(KfTokenizer *in, KfToken *out);
/* "SUM(B6:B9)" and nothing else, as most formulas are: the reference in it. Saves those that
 * ask for no more the reading of pieces. ref.sheet is left to the caller. */
bool kf_formula_sums_range(KfText formula, KfToken *ref);

typedef enum {
    KF_NODE_NUMBER,
    KF_NODE_TEXT,
    KF_NODE_BOOL,
    KF_NODE_ERROR,
    KF_NODE_REF,
    KF_NODE_OPAQUE,
    KF_NODE_MISSING, /* an argument left out */
    KF_NODE_OPERATOR,
    KF_NODE_CALL
} KfNodeKind;

typedef struct {
    uint8_t kind;      /* KfNodeKind */
    uint8_t op;        /* KfOp or KfFunction */
    uint8_t arg_count; /* of a call; they stand before it */
    KfText text;       /* a text without its quotes, inner ones single */
    KfFormulaRef ref;
} KfNode;

/* A stack of the nodes of one formula or several. */
typedef struct {
    KfNode *items;
    size_t count, cap;
} KfNodes;

/* Append the nodes of a formula that stands on sheet; false, with nothing
 * appended, when it cannot be read. */
bool kf_formula_parse(KfArena *arena, const KfBook *book, uint32_t sheet, KfText formula,
                      KfNodes *out);

#endif
