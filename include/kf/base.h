/**
 * @file
 * Ground that every layer stands on: text slices, statuses, memory.
 */
#ifndef KF_BASE_H
#define KF_BASE_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define KF_MUST_USE __attribute__((warn_unused_result))
/** Kept out of its caller: the rare part of what is called for every cell. */
#define KF_RARE __attribute__((noinline))
#else
#define KF_MUST_USE
#define KF_RARE
#endif

/** Language of everything a person reads. */
typedef enum { KF_LANG_DA, KF_LANG_EN, KF_LANG_COUNT } KfLang;

/* ---- text ---------------------------------------------------------------- */

/** Borrowed UTF-8 bytes; not NUL-terminated. ptr may be NULL when len is 0. */
typedef struct {
    const char *ptr;
    size_t len;
} KfText;

/** A slice of a string literal. */
#define KF_TEXT(literal) ((KfText){ (literal), sizeof(literal) - 1 })

KfText kf_text(const char *nul_terminated);
bool kf_text_eq(KfText a, KfText b);
/** Equal but for upper and lower case, as spreadsheet programs compare names. */
bool kf_text_same_name(KfText a, KfText b);
/** Orders by bytes: negative, 0 or positive. */
int kf_text_cmp(KfText a, KfText b);
/** Without leading and trailing white space, no-break and thin spaces included. */
KfText kf_text_trim(KfText text);
/** Which bytes a text holds, as bits: a cheap test before a search. */
uint64_t kf_text_letters(KfText text);
/** False when bytes of text are none of those: it stands nowhere in them. */
bool kf_letters_hold(uint64_t letters, KfText text);
bool kf_text_starts(KfText text, KfText prefix);
bool kf_text_ends(KfText text, KfText suffix);
/** Byte offset of the first occurrence of needle, or SIZE_MAX. */
size_t kf_text_find(KfText text, KfText needle);
/** Bytes from..to (to not included), clamped to the text. */
KfText kf_text_slice(KfText text, size_t from, size_t to);
/**
 * Next code point of text at *pos, which moves on past it.
 * Malformed bytes give U+FFFD one by one. At the end: -1.
 */
int32_t kf_text_next(KfText text, size_t *pos);
/** The bytes of a code point, of U+FFFD where it is none; how many. */
size_t kf_rune_write(int32_t rune, char utf8[4]);
/** Lower case for ASCII, Latin-1 letters and the Danish æ ø å; others unchanged. */
int32_t kf_rune_lower(int32_t rune);
bool kf_rune_is_space(int32_t rune);
/** '0' to '9', of a byte or a code point. */
static inline bool kf_is_digit(int32_t rune)
{
    return rune >= '0' && rune <= '9';
}

/* ---- statuses ------------------------------------------------------------ */

/** What went wrong; the texts stand in base/status.def. KF_OK is 0. */
typedef enum {
    KF_OK,
#define KF_STATUS(id, code, da, en) KF_##id,
#include "kf/status.def"
#undef KF_STATUS
    KF_STATUS_COUNT
} KfStatus;

/** A failure told to a person: which part of the input, and a detail. */
typedef struct {
    KfStatus status;
    char part[200];   /**< zip entry, sheet!cell, or file line; may be empty */
    char detail[200]; /**< what was found or expected; may be empty */
} KfError;

/** Fill err (which may be NULL) and return status; texts are cut to fit. */
KfStatus kf_fail(KfError *err, KfStatus status, KfText part, KfText detail);
/** Machine name of a status, for example "not-a-zip". */
const char *kf_status_code(KfStatus status);

/* ---- growing bytes ------------------------------------------------------- */

/** Growing bytes on the heap. Writes after a failed allocation do nothing and
 *  leave bad set, so a block of writes is tested once. {0} is an empty one. */
typedef struct {
    char *ptr;
    size_t len, cap;
    bool bad;
} KfBuf;

void kf_buf_free(KfBuf *buf);
/** Free a part of out that was put together by itself: where memory ended in it, out is bad. */
void kf_buf_close(KfBuf *part, KfBuf *out);
/** Make room for len bytes behind those there are; false, and bad, when memory ends. */
bool kf_buf_reserve(KfBuf *buf, size_t len);
/** Some megabytes are likely to come: then they need not be moved as they grow. */
void kf_buf_expect(KfBuf *buf, size_t len);
/** Give back what the bytes do not need, where it is worth it: they are all there. */
void kf_buf_fit(KfBuf *buf);
void kf_buf_bytes(KfBuf *buf, const void *bytes, size_t len);
void kf_buf_text(KfBuf *buf, KfText text);
void kf_buf_str(KfBuf *buf, const char *nul_terminated);
void kf_buf_char(KfBuf *buf, char c);
void kf_buf_rune(KfBuf *buf, int32_t rune);
void kf_buf_int(KfBuf *buf, int64_t value);
/** Decimal digits, zero-padded on the left to at least width. */
void kf_buf_uint_padded(KfBuf *buf, uint64_t value, unsigned width);
/** Template with {0}..{9} replaced by args; unknown places are dropped. */
void kf_buf_fill(KfBuf *buf, KfText template, const KfText *args, size_t arg_count);
/** text as it must stand in XML or HTML, in an element or in a quoted attribute. */
void kf_buf_markup(KfBuf *buf, KfText text);
/** text as a CSV field in quotes, a quote in it doubled. */
void kf_buf_csv_quoted(KfBuf *buf, KfText text);
/** The bytes so far, borrowed until the next write. */
KfText kf_buf_view(const KfBuf *buf);

/** text with CPR-like numbers masked and control characters shown, in valid
 *  UTF-8: ready for any output. */
void kf_buf_masked(KfBuf *out, KfText text);
/** The program's version, "0.1.0". */
const char *kf_version(void);

/** One sentence for a person in lang: "FILE: what is wrong; what to do". */
void kf_error_text(KfBuf *out, const KfError *err, KfText path, KfLang lang);

/** SHA-256 of len bytes as hex digits and a NUL. */
void kf_sha256(const void *bytes, size_t len, char hex[65]);

/* ---- arena --------------------------------------------------------------- */

typedef struct KfArenaChunk KfArenaChunk;

/**
 * Memory freed all at once. Inside kf_arena_run() an allocation never returns
 * NULL: when memory ends, the run is abandoned and returns KF_NO_MEMORY.
 * What a run body opens outside the arena (files, zip handles) is closed by
 * the caller of kf_arena_run(), never by the body.
 */
typedef struct {
    KfArenaChunk *chunks;
    char *at, *end;
    jmp_buf *on_no_memory;
} KfArena;

void kf_arena_init(KfArena *arena);
void kf_arena_finish(KfArena *arena);
/** Forget all that was allocated, but keep one chunk for what comes. */
void kf_arena_reset(KfArena *arena);
/** Take over what other holds, where it stands; other is empty then. */
void kf_arena_adopt(KfArena *arena, KfArena *other);
/** How far an arena was filled at a moment. */
typedef struct {
    KfArenaChunk *chunk;
    char *at;
} KfArenaMark;
KfArenaMark kf_arena_mark(const KfArena *arena);
/** Forget all that was allocated after the mark; marks taken after it are void. */
void kf_arena_release(KfArena *arena, KfArenaMark mark);
/** Run body(ctx) with the guard set; its own status, or KF_NO_MEMORY. Nests. */
KfStatus kf_arena_run(KfArena *arena, KfStatus (*body)(void *ctx), void *ctx) KF_MUST_USE;
/** End the innermost kf_arena_run() with KF_NO_MEMORY: of a run within it, or of a buffer. */
_Noreturn void kf_arena_give_up(KfArena *arena);
/** Zeroed bytes, aligned for any type. Only inside kf_arena_run(). */
void *kf_arena_alloc(KfArena *arena, size_t size);
/** The same with anything in it, for the caller to fill. */
void *kf_arena_room(KfArena *arena, size_t size);
/** Zeroed array; a size that overflows counts as no memory. */
void *kf_arena_array(KfArena *arena, size_t count, size_t size);
/** The same with anything in it, for the caller to fill. */
void *kf_arena_room_for(KfArena *arena, size_t count, size_t size);
/** Copy of size bytes. */
void *kf_arena_copy(KfArena *arena, const void *bytes, size_t size);
/** Copy of text (with a NUL behind it). */
KfText kf_arena_text(KfArena *arena, KfText text);
/** text in lower case: the same bytes for all that kf_text_same_name() calls the same. */
KfText kf_arena_folded(KfArena *arena, KfText text);
/** Copy of the bytes of buf, which is emptied but not freed. Bad buf: no memory. */
KfText kf_arena_take(KfArena *arena, KfBuf *buf);
/** The bytes of buf where they stand: the arena frees them, and buf is empty then. For what is
 *  too much to be copied. Bad buf: no memory. */
void *kf_arena_keep(KfArena *arena, KfBuf *buf);
/** Room for one more element behind count, for the caller to fill; moves the array when it
 *  is full. */
void *kf_arena_grow(KfArena *arena, void *items, size_t count, size_t *cap, size_t size);
/** Room for so many elements in all, as far as it is known ahead. */
void *kf_arena_reserve(KfArena *arena, void *items, size_t count, size_t *cap, size_t size,
                       size_t most);

/** Append value to (items, count, cap) held in arena. */
#define KF_PUSH(arena, items, count, cap, value)                                                   \
    ((items) = kf_arena_grow((arena), (items), (count), &(cap), sizeof *(items)),                  \
     (items)[(count)++] = (value))

/** Room in (items, count, cap) for `most` elements. */
#define KF_RESERVE(arena, items, count, cap, most)                                                 \
    ((items) = kf_arena_reserve((arena), (items), (count), &(cap), sizeof *(items), (most)))

#endif
