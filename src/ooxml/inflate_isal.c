/* By ISA-L, which needs a third of zlib's time. */
#include "ooxml/inflate.h"

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <stdlib.h>

struct KfInflate {
    struct inflate_state state;
};

KfInflate *kf_inflate_create(void)
{
    KfInflate *inflate = malloc(sizeof *inflate);

    if (inflate)
        isal_inflate_init(&inflate->state);
    return inflate;
}

void kf_inflate_reset(KfInflate *inflate)
{
    isal_inflate_reset(&inflate->state);
}

void kf_inflate_destroy(KfInflate *inflate)
{
    free(inflate);
}

KfInflateState kf_inflate_run(KfInflate *inflate, KfText *in, char *out, size_t *out_len,
                              size_t out_cap, uint32_t *crc)
{
    struct inflate_state *state = &inflate->state;
    const uint32_t in_len = kf_at_a_time(in->len), room = kf_at_a_time(out_cap - *out_len);
    int result;

    state->next_in = (uint8_t *)(uintptr_t)in->ptr; /* it is only read */
    state->avail_in = in_len;
    state->next_out = (uint8_t *)out + *out_len;
    state->avail_out = room;
    result = isal_inflate(state);
    *in = kf_text_slice(*in, in_len - state->avail_in, in->len);
    *crc = crc32_gzip_refl(*crc, (const unsigned char *)out + *out_len, room - state->avail_out);
    *out_len += room - state->avail_out;
    if (result != ISAL_DECOMP_OK && result != ISAL_END_INPUT)
        return KF_INFLATE_BAD;
    return state->block_state == ISAL_BLOCK_FINISH ? KF_INFLATE_END : KF_INFLATE_MORE;
}

const char *kf_inflate_name(void)
{
    return "ISA-L";
}
