/* check --format sarif: SARIF 2.1.0 (OASIS, 2020), a run for all files. A workbook has
 * no lines, so that cells are logical locations. */
#include "report/json_writer.h"
#include "report/report_parts.h"
#include "report/verdict.h"

#include <string.h>

static const char *const levels[] = {
    [KF_INFO] = "note", [KF_WARNING] = "warning", [KF_ERROR] = "error"
};

static void put_text(KfJson *json, const char *key, KfText text)
{
    kf_json_key(json, key);
    kf_json_text(json, text);
}

static void put_message(KfJson *json, const char *key, KfText text)
{
    kf_json_key(json, key);
    kf_json_open(json);
    put_text(json, "text", text);
    kf_json_close(json);
}

/* ---- the tool -------------------------------------------------------------- */

static void put_rule(KfJson *json, const char *id, KfText title)
{
    kf_json_open_row(json);
    put_text(json, "id", kf_text(id));
    put_message(json, "shortDescription", title);
    kf_json_close_row(json);
}

static void put_tool(KfJson *json, KfLang lang)
{
    kf_json_key(json, "tool");
    kf_json_open(json);
    kf_json_key(json, "driver");
    kf_json_open(json);
    put_text(json, "name", KF_TEXT("Kontrafakt"));
    put_text(json, "version", kf_text(kf_version()));
    put_text(json, "language", lang == KF_LANG_DA ? KF_TEXT("da") : KF_TEXT("en"));
    kf_json_key(json, "rules");
    kf_json_open_list(json, KF_FINDING_COUNT);
    for (int code = 0; code < KF_FINDING_COUNT; code++)
        put_rule(json, kf_finding_code((KfFindingCode)code),
                 kf_text(kf_finding_title((KfFindingCode)code, lang)));
    kf_json_close_list(json);
    kf_json_close(json);
    kf_json_close(json);
}

/* ---- results --------------------------------------------------------------- */

/* A path as a URI reference: all but unreserved letters and "/" as %XX. */
static void put_uri(KfJson *json, KfText path)
{
    static const char hex[] = "0123456789ABCDEF";
    KfBuf masked = { 0 }, uri = { 0 };

    kf_buf_masked(&masked, path);
    for (size_t i = 0; i < masked.len; i++) {
        unsigned char c = (unsigned char)masked.ptr[i];

        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || (c && strchr("-._~/", c))) {
            kf_buf_char(&uri, (char)c);
        } else {
            kf_buf_char(&uri, '%');
            kf_buf_char(&uri, hex[c >> 4]);
            kf_buf_char(&uri, hex[c & 15]);
        }
    }
    put_text(json, "uri", kf_buf_view(&uri));
    json->out->bad |= masked.bad || uri.bad;
    kf_buf_free(&masked);
    kf_buf_free(&uri);
}

static void put_logical(KfJson *json, const KfAudit *audit, KfRef cell)
{
    KfBuf place = { 0 };

    kf_buf_place(&place, audit, cell, KF_TEXT(""));
    kf_json_key(json, "logicalLocations");
    kf_json_open_array(json);
    kf_json_open(json);
    put_text(json, "fullyQualifiedName", kf_buf_view(&place));
    put_text(json, "kind", KF_TEXT("cell"));
    kf_json_close(json);
    kf_json_close_array(json);
    json->out->bad |= place.bad;
    kf_buf_free(&place);
}

static void put_location(KfJson *json, const KfFileReport *file, const KfFinding *finding)
{
    kf_json_key(json, "locations");
    kf_json_open_array(json);
    kf_json_open(json);
    kf_json_key(json, "physicalLocation");
    kf_json_open(json);
    kf_json_key(json, "artifactLocation");
    kf_json_open(json);
    put_uri(json, file->path);
    kf_json_close(json);
    kf_json_close(json);
    if (finding && finding->has_cell)
        put_logical(json, file->audit, finding->cell);
    kf_json_close(json);
    kf_json_close_array(json);
}

/* The same finding in a later run: its code and its place. */
static void put_fingerprint(KfJson *json, const KfAudit *audit, const KfFinding *finding)
{
    KfBuf place = { 0 };

    kf_buf_str(&place, kf_finding_code(finding->code));
    kf_buf_char(&place, ' ');
    if (finding->has_cell)
        kf_buf_place(&place, audit, finding->cell, KF_TEXT(""));
    kf_json_key(json, "partialFingerprints");
    kf_json_open(json);
    put_text(json, "codeAndCell/v1", kf_buf_view(&place));
    kf_json_close(json);
    json->out->bad |= place.bad;
    kf_buf_free(&place);
}

static void put_properties(KfJson *json, const KfFinding *finding)
{
    kf_json_key(json, "properties");
    kf_json_open(json);
    kf_json_key(json, "id");
    kf_json_int(json, finding->id);
    kf_json_key(json, "found");
    kf_json_value(json, finding->found);
    kf_json_key(json, "expected");
    kf_json_value(json, finding->expected);
    put_text(json, "action", kf_text(kf_action_key(finding->action)));
    kf_json_key(json, "root");
    if (finding->root)
        kf_json_int(json, finding->root);
    else
        kf_json_null(json);
    kf_json_close(json);
}

static void put_result(KfJson *json, const KfFileReport *file, const KfFinding *finding,
                       const KfIgnore *by, KfLang lang)
{
    kf_json_open(json);
    put_text(json, "ruleId", kf_text(kf_finding_code(finding->code)));
    put_text(json, "level", kf_text(levels[finding->severity]));
    put_message(json, "message", finding->message[lang]);
    put_location(json, file, finding);
    put_fingerprint(json, file->audit, finding);
    put_properties(json, finding);
    kf_json_key(json, "suppressions");
    kf_json_open_list(json, by != NULL);
    if (by) {
        kf_json_open(json);
        put_text(json, "kind", KF_TEXT("external"));
        put_text(json, "justification", by->reason);
        kf_json_close(json);
    }
    kf_json_close_list(json);
    kf_json_close(json);
}

static void put_failure(KfJson *json, const KfFileReport *file, KfLang lang)
{
    const KfError error = kf_file_error(file);
    KfBuf sentence = { 0 };

    kf_error_text(&sentence, &error, file->path, lang);
    kf_json_open(json);
    put_text(json, "ruleId", kf_text(kf_status_code(error.status)));
    put_text(json, "level", KF_TEXT("error"));
    put_message(json, "message", kf_buf_view(&sentence));
    put_location(json, file, NULL);
    kf_json_close(json);
    json->out->bad |= sentence.bad;
    kf_buf_free(&sentence);
}

/* ---- the run --------------------------------------------------------------- */

static void open_head(KfJson *json, KfLang lang)
{
    kf_json_open(json);
    put_text(json, "$schema",
             KF_TEXT("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
                     "sarif-schema-2.1.0.json"));
    put_text(json, "version", KF_TEXT("2.1.0"));
    kf_json_key(json, "runs");
    kf_json_open_array(json);
    kf_json_open(json);
    put_tool(json, lang);
    put_text(json, "columnKind", KF_TEXT("unicodeCodePoints"));
    kf_json_key(json, "results");
    kf_json_open_array(json);
}

static void close_tail(KfJson *json)
{
    kf_json_close_array(json);
    kf_json_close(json);
    kf_json_close_array(json);
    kf_json_close(json);
    kf_json_finish(json);
}

static void put_results(KfJson *json, const KfFileReport *file, const KfReportOptions *options)
{
    KfVerdict verdict = kf_verdict(file, options->least);

    if (verdict == KF_UNREADABLE || verdict == KF_NO_CASE_TABLE)
        put_failure(json, file, options->lang);
    for (size_t i = 0; file->audit && i < file->audit->finding_count; i++)
        put_result(json, file, &file->audit->findings[i], NULL, options->lang);
    for (size_t i = 0; file->audit && i < file->audit->ignored_count; i++)
        put_result(json, file, &file->audit->ignored[i].finding, file->audit->ignored[i].by,
                   options->lang);
}

/* Results are written where they belong, so that they are indented so; then the head goes. */
static void put_part(KfReportPart *out, const KfFileReport *file, const KfReportOptions *options)
{
    size_t head;
    KfJson json;

    kf_json_init(&json, &out->body);
    open_head(&json, options->lang);
    head = out->body.len;
    put_results(&json, file, options);
    kf_json_finish(&json);
    kf_buf_cut_front(&out->body, head);
}

static void put_frame(KfBuf *head, KfBuf *tail, const KfReportSum *sum,
                      const KfReportOptions *options)
{
    size_t from;
    KfJson json;

    (void)sum;
    kf_json_init(&json, head);
    open_head(&json, options->lang);
    from = head->len;
    close_tail(&json);
    kf_buf_text(tail, kf_text_slice(kf_buf_view(head), from, head->len));
    tail->bad |= head->bad;
    head->len = from;
}

const KfReportFormat kf_check_as_sarif = { put_part, put_frame, ",\n", false };
