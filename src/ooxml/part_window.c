#include "ooxml/part_window.h"

#include <string.h>

/* Fits into the second-level cache together with the tables of the unpacking. */
enum { WINDOW = 256 * 1024 };

static KfStatus fail(KfPartWindow *window, KfStatus status, KfText detail)
{
    return kf_fail(window->err, status, kf_package_name(window->package, window->entry), detail);
}

/* Room behind the bytes that are kept; a window that shows a single token grows. */
static KfStatus make_room(KfPartWindow *window)
{
    KfBuf *bytes = window->bytes;

    if (bytes->len - window->from >= KF_WINDOW_LIMIT)
        return fail(window, KF_LIMIT, KF_TEXT("et element fylder for meget"));
    if (bytes->cap - bytes->len >= WINDOW / 2)
        return KF_OK;
    if (!kf_buf_reserve(bytes, bytes->cap ? bytes->cap : WINDOW))
        return fail(window, KF_NO_MEMORY, (KfText){ 0 });
    return KF_OK;
}

static KfStatus fill(KfPartWindow *window)
{
    KfBuf *bytes = window->bytes;
    KfStatus status = make_room(window);
    size_t room, len;

    if (status != KF_OK)
        return status;
    room = bytes->cap - bytes->len;
    if (room > WINDOW)
        room = WINDOW; /* to be looked at while it is in the cache */
    status = kf_part_read(window->package, bytes->ptr + bytes->len, room, &len, window->err);
    bytes->len += len;
    window->seen += len;
    window->is_ended = len < room;
    return status;
}

static bool more(void *ctx, size_t keep, KfText *src)
{
    KfPartWindow *window = ctx;
    KfBuf *bytes = window->bytes;

    if (window->is_ended || window->status != KF_OK)
        return false;
    if (window->keeps_all) {
        window->from += keep;
    } else {
        memmove(bytes->ptr, bytes->ptr + keep, bytes->len - keep);
        bytes->len -= keep;
    }
    window->status = fill(window);
    *src = kf_text_slice(kf_buf_view(bytes), window->from, bytes->len);
    return true;
}

static KfStatus read_foreign(KfPartWindow *window, size_t entry, KfText *head)
{
    KfStatus status = kf_package_xml(window->package, entry, window->bytes, NULL, window->err);

    window->is_ended = true;
    window->seen = window->bytes->len;
    *head = kf_buf_view(window->bytes);
    return status;
}

KfStatus kf_window_open(KfPartWindow *window, KfPackage *package, size_t entry, KfBuf *bytes,
                        bool keeps_all, KfText *head, KfError *err)
{
    KfStatus status;

    *window = (KfPartWindow){
        .package = package, .entry = entry, .bytes = bytes, .keeps_all = keeps_all, .err = err
    };
    window->stream.more = more;
    window->stream.ctx = window;
    bytes->len = 0;
    if (keeps_all)
        kf_package_expect(package, entry, bytes, KF_BYTES_A_PACKED_ONE);
    if ((status = kf_part_open(package, entry, err)) != KF_OK || (status = fill(window)) != KF_OK)
        return status;
    *head = kf_buf_view(bytes);
    return kf_xml_is_foreign(*head) ? read_foreign(window, entry, head) : KF_OK;
}
