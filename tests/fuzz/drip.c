#include "drip.h"

#include "fuzz.h"

static bool give(void *ctx, size_t keep, KfText *src)
{
    Drip *drip = ctx;
    KfText more = kf_text_slice(drip->part, drip->given, drip->given + drip->step);
    KfBuf next = { 0 };

    if (more.len == 0)
        return false;
    kf_buf_text(&next, kf_text_slice(*src, keep, src->len));
    kf_buf_text(&next, more);
    EXPECT(!next.bad);
    drip->given += more.len;
    kf_buf_free(&drip->window);
    drip->window = next;
    *src = kf_buf_view(&next);
    return true;
}

KfText drip_start(Drip *drip, KfText part, size_t step)
{
    KfText head = { 0 };

    *drip = (Drip){ .part = part, .step = step ? step : 1 };
    drip->stream.more = give;
    drip->stream.ctx = drip;
    give(drip, 0, &head);
    return head;
}

void drip_free(Drip *drip)
{
    kf_buf_free(&drip->window);
}
