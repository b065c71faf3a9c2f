/* JSON into a buffer, through yajl. Amounts are written as the decimal text they
 * are, never by way of a floating point number. */
#ifndef REPORT_JSON_WRITER_H
#define REPORT_JSON_WRITER_H

#include "correct/phrase.h"
#include "kf/report.h"

#include <stddef.h>
#include <yajl/yajl_gen.h>

typedef struct {
    yajl_gen gen;
    yajl_alloc_funcs memory;
    KfBuf *out;
    KfBuf scratch;
    size_t used;
    bool spread; /* a line for each value */
    union {
        max_align_t align;
        unsigned char bytes[4096];
    } room; /* all that yajl needs, so that it cannot run out of memory */
} KfJson;

/** out takes the text; its bad flag tells of any failure. */
void kf_json_init(KfJson *json, KfBuf *out);
/** Ends the text with a line feed. */
void kf_json_finish(KfJson *json);

void kf_json_open(KfJson *json);
void kf_json_close(KfJson *json);
void kf_json_open_array(KfJson *json);
void kf_json_close_array(KfJson *json);
/** The array of count elements that follows: on one line when there are none. */
void kf_json_open_list(KfJson *json, size_t count);
void kf_json_close_list(KfJson *json);
/** An object on one line of its own, in a list of many. */
void kf_json_open_row(KfJson *json);
void kf_json_close_row(KfJson *json);
/** From here on one line (false) or a line for each value (true); gives what held before. */
bool kf_json_spread(KfJson *json, bool spread);

void kf_json_key(KfJson *json, const char *key);
void kf_json_null(KfJson *json);
void kf_json_bool(KfJson *json, bool value);
void kf_json_int(KfJson *json, int64_t value);
/** Two decimals, always. */
void kf_json_amount(KfJson *json, KfOere amount);
/** Masked and made valid UTF-8. */
void kf_json_text(KfJson *json, KfText text);
/** As kf_json_text(), null when empty. */
void kf_json_text_or_null(KfJson *json, KfText text);
/** Hex digits as they are, null when empty: a digest may hold what looks like a CPR number. */
void kf_json_sha256(KfJson *json, KfText hex);
/** "D30" */
void kf_json_cellref(KfJson *json, KfRef ref);
void kf_json_date(KfJson *json, KfDate date);
void kf_json_value(KfJson *json, KfValue value);
/** The amount, null unless it is stated. */
void kf_json_figure(KfJson *json, const KfFigure *figure);
/** A message for a person about a file that could not be read or written. */
void kf_json_error(KfJson *json, const KfError *error, KfText path, KfLang lang);

/** One finding, alike in check, fix and explain. */
void kf_json_finding(KfJson *json, const KfAudit *audit, const KfFinding *finding, KfLang lang);
/** The array of findings, alike in check and fix. */
void kf_json_findings(KfJson *json, const KfAudit *audit, KfLang lang);
/** {"name", "as_of", "as_of_source"}; audit NULL: only the name is known. */
void kf_json_rules(KfJson *json, const KfAudit *audit, KfText name);

#endif
