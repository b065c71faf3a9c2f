/* A formula in postfix order, as a spreadsheet program binds it: unary minus
 * before ^ (-2^2 is 4), ^ from left to right. Recursion is one level for each
 * strength of operator, and for each parenthesis, whose depth is limited. */
#include "formula/formula_parse.h"

#include <string.h>

enum { MOST_DEPTH = 64, MOST_ARGUMENTS = 255 };

typedef struct {
    KfArena *arena;
    KfTokenizer in;
    KfToken token; /* the next one */
    KfNodes *out;
    unsigned depth;
} Parser;

/* How strongly an operator between two operands binds. */
static const uint8_t strength[] = {
    [KF_OP_EQ] = 1,  [KF_OP_NE] = 1,     [KF_OP_LT] = 1,      [KF_OP_LE] = 1,  [KF_OP_GT] = 1,
    [KF_OP_GE] = 1,  [KF_OP_CONCAT] = 2, [KF_OP_ADD] = 3,     [KF_OP_SUB] = 3, [KF_OP_MUL] = 4,
    [KF_OP_DIV] = 4, [KF_OP_POW] = 5,    [KF_OP_PERCENT] = 0,
};

static bool parse_binary(Parser *parser, unsigned least);

static void advance(Parser *parser)
{
    kf_token_next(&parser->in, &parser->token);
}

static bool at_operator(const Parser *parser, KfOp op)
{
    return parser->token.kind == KF_TOKEN_OPERATOR && parser->token.op == op;
}

static void emit(Parser *parser, KfNode node)
{
    KF_PUSH(parser->arena, parser->out->items, parser->out->count, parser->out->cap, node);
}

static void emit_operator(Parser *parser, KfOp op)
{
    emit(parser, (KfNode){ .kind = KF_NODE_OPERATOR, .op = (uint8_t)op });
}

static KfText unquoted(KfArena *arena, KfText quoted)
{
    KfText inner = kf_text_slice(quoted, 1, quoted.len - 1);
    char *copy;
    size_t len = 0;

    if (kf_text_find(inner, KF_TEXT("\"\"")) == SIZE_MAX)
        return inner;
    copy = kf_arena_alloc(arena, inner.len);
    for (size_t i = 0; i < inner.len; i++) {
        copy[len++] = inner.ptr[i];
        i += inner.ptr[i] == '"'; /* skip its double */
    }
    return (KfText){ copy, len };
}

static bool enter(Parser *parser)
{
    advance(parser);
    return ++parser->depth <= MOST_DEPTH;
}

static bool leave(Parser *parser)
{
    parser->depth--;
    if (parser->token.kind != KF_TOKEN_CLOSE)
        return false;
    advance(parser);
    return true;
}

static bool parse_argument(Parser *parser)
{
    if (parser->token.kind != KF_TOKEN_COMMA && parser->token.kind != KF_TOKEN_CLOSE)
        return parse_binary(parser, 1);
    emit(parser, (KfNode){ .kind = KF_NODE_MISSING });
    return true;
}

static bool parse_arguments(Parser *parser, unsigned *count)
{
    *count = 0;
    if (!enter(parser))
        return false;
    while (*count || parser->token.kind != KF_TOKEN_CLOSE) {
        if (++*count > MOST_ARGUMENTS || !parse_argument(parser))
            return false;
        if (parser->token.kind != KF_TOKEN_COMMA)
            break;
        advance(parser);
    }
    return leave(parser);
}

static KfFunction function_named(KfText name)
{
    static const char *const names[] = {
        [KF_FN_OTHER] = "",
#define KF_FUNCTION(id, call, name, least, most) [KF_FN_##id] = name,
#include "formula/functions.def"
#undef KF_FUNCTION
    };

    for (size_t i = KF_FN_COUNT - 1; i > KF_FN_OTHER; i--) {
        if (kf_formula_word(name, names[i]))
            return (KfFunction)i;
    }
    return KF_FN_OTHER;
}

static bool parse_call(Parser *parser)
{
    KfNode node = { .kind = KF_NODE_CALL, .op = (uint8_t)function_named(parser->token.text) };
    unsigned count;

    advance(parser);
    if (!parse_arguments(parser, &count))
        return false;
    node.arg_count = (uint8_t)count;
    emit(parser, node);
    return true;
}

static bool parse_value(Parser *parser)
{
    static const uint8_t kinds[] = {
        [KF_TOKEN_NUMBER] = KF_NODE_NUMBER, [KF_TOKEN_TEXT] = KF_NODE_TEXT,
        [KF_TOKEN_BOOL] = KF_NODE_BOOL,     [KF_TOKEN_ERROR] = KF_NODE_ERROR,
        [KF_TOKEN_REF] = KF_NODE_REF,       [KF_TOKEN_OPAQUE] = KF_NODE_OPAQUE,
    };
    const KfToken *token = &parser->token;
    KfNode node = { .text = token->text, .ref = token->ref };

    if (token->kind < KF_TOKEN_NUMBER || token->kind > KF_TOKEN_OPAQUE)
        return false;
    node.kind = kinds[token->kind];
    if (token->kind == KF_TOKEN_TEXT)
        node.text = unquoted(parser->arena, token->text);
    emit(parser, node);
    advance(parser);
    return true;
}

static bool parse_operand(Parser *parser)
{
    if (parser->token.kind == KF_TOKEN_FUNCTION)
        return parse_call(parser);
    if (parser->token.kind == KF_TOKEN_OPEN)
        return enter(parser) && parse_binary(parser, 1) && leave(parser);
    return parse_value(parser);
}

static bool parse_signed(Parser *parser)
{
    size_t minus = 0;

    for (; at_operator(parser, KF_OP_ADD) || at_operator(parser, KF_OP_SUB); advance(parser))
        minus += at_operator(parser, KF_OP_SUB);
    if (!parse_operand(parser))
        return false;
    for (; minus > 0; minus--)
        emit_operator(parser, KF_OP_NEG);
    for (; at_operator(parser, KF_OP_PERCENT); advance(parser))
        emit_operator(parser, KF_OP_PERCENT);
    return true;
}

/* Operands between operators that bind at least as strongly as least. */
static bool parse_binary(Parser *parser, unsigned least)
{
    if (!parse_signed(parser))
        return false;
    while (parser->token.kind == KF_TOKEN_OPERATOR && strength[parser->token.op] >= least) {
        KfOp op = parser->token.op;

        advance(parser);
        if (!parse_binary(parser, strength[op] + 1u))
            return false;
        emit_operator(parser, op);
    }
    return true;
}

bool kf_formula_parse(KfArena *arena, const KfBook *book, uint32_t sheet, KfText formula,
                      KfNodes *out)
{
    Parser parser = { .arena = arena, .in = { book, sheet, formula, 0 }, .out = out };
    size_t before = out->count;

    advance(&parser);
    if (parse_binary(&parser, 1) && parser.token.kind == KF_TOKEN_END)
        return true;
    out->count = before;
    return false;
}
