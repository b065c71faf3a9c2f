/* CSV that a Danish or English spreadsheet program opens as it is. */
#ifndef REPORT_CSV_WRITER_H
#define REPORT_CSV_WRITER_H

#include "correct/phrase.h"
#include "kf/report.h"

typedef struct {
    KfBuf *out;
    KfLang lang; /**< decimal comma or point */
    bool begun;  /**< the row has a field already */
} KfCsv;

/** Starts with a byte order mark, or Excel would not read UTF-8. */
void kf_csv_init(KfCsv *csv, KfBuf *out, KfLang lang);
/** Masked, quoted, and never taken for a formula. */
void kf_csv_text(KfCsv *csv, KfText text);
/** "7-12 mdr": with its unit, or a spreadsheet program would make it a date. */
void kf_csv_period(KfCsv *csv, KfText period);
void kf_csv_say(KfCsv *csv, KfPhrase say);
void kf_csv_int(KfCsv *csv, int64_t value);
/** Two decimals and no thousands separators. */
void kf_csv_amount(KfCsv *csv, KfOere amount);
void kf_csv_value(KfCsv *csv, KfValue value);
/** Empty for no date. */
void kf_csv_date(KfCsv *csv, KfDate date);
void kf_csv_empty(KfCsv *csv);
void kf_csv_end_row(KfCsv *csv);

#endif
