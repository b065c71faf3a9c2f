#include "spool.h"

enum { MOST_IN_MEMORY = 8 << 20, PIECE = 64 * 1024 };

static void flush_memory(CliSpool *spool)
{
    KfText text = kf_buf_view(&spool->memory);

    if (!spool->file)
        spool->file = tmpfile();
    if (!spool->file)
        return; /* then memory has to do */
    spool->bad |= fwrite(text.ptr, 1, text.len, spool->file) != text.len;
    spool->memory.len = 0;
}

void cli_spool_put(CliSpool *spool, KfText text)
{
    kf_buf_text(&spool->memory, text);
    spool->len += text.len;
    if (spool->memory.len > MOST_IN_MEMORY)
        flush_memory(spool);
    spool->bad |= spool->memory.bad;
}

/* The next bytes of the file, at most as many as are left. */
static bool write_piece(CliSpool *spool, uint64_t left, uint64_t *written, KfLang lang)
{
    char piece[PIECE];
    size_t len = fread(piece, 1, left < PIECE ? (size_t)left : PIECE, spool->file);
    const KfBuf text = { .ptr = piece, .len = len, .bad = len == 0 };

    *written = len;
    return cli_write(&text, lang);
}

static bool write_file(CliSpool *spool, uint64_t from, uint64_t to, KfLang lang)
{
    uint64_t written;

    if (fseeko(spool->file, (off_t)from, SEEK_SET) != 0)
        from = to, spool->bad = true;
    for (; from < to; from += written) {
        if (!write_piece(spool, to - from, &written, lang))
            return false;
    }
    return true;
}

bool cli_spool_write(CliSpool *spool, uint64_t from, uint64_t to, KfLang lang)
{
    KfBuf slice = { .bad = spool->bad };

    if (spool->file && spool->memory.len)
        flush_memory(spool);
    if (spool->file && !spool->bad)
        return write_file(spool, from, to, lang);
    if (!spool->bad) {
        slice.ptr = spool->memory.ptr + from;
        slice.len = (size_t)(to - from);
    }
    return cli_write(&slice, lang);
}

void cli_spool_free(CliSpool *spool)
{
    if (spool->file)
        fclose(spool->file);
    kf_buf_free(&spool->memory);
}
