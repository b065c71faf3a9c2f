#include <criterion/criterion.h>
#include <criterion/redirect.h>

#include "cli/spool.h"

#include <string.h>

enum { PIECES = 5000, PIECE_LEN = 2500 };

const CliCommand cli_commands[1];
const size_t cli_command_count = 0;

/* Piece i is all of one letter. */
static void put_piece(CliSpool *spool, size_t i)
{
    char piece[PIECE_LEN];

    memset(piece, 'a' + (int)(i % 26), sizeof piece);
    cli_spool_put(spool, (KfText){ piece, sizeof piece });
}

static void expect_pieces(size_t from, size_t to)
{
    FILE *out = cr_get_redirected_stdout();

    for (size_t i = from; i < to; i++) {
        for (size_t k = 0; k < PIECE_LEN; k++) {
            int c = fgetc(out);

            cr_assert_eq(c, 'a' + (int)(i % 26), "piece %zu, byte %zu: %d", i, k, c);
        }
    }
    cr_assert_eq(fgetc(out), EOF);
}

static void fill_and_write(size_t pieces, size_t from, size_t to)
{
    CliSpool spool = { 0 };

    cr_redirect_stdout();
    for (size_t i = 0; i < pieces; i++)
        put_piece(&spool, i);
    cr_assert_eq(spool.len, pieces * PIECE_LEN);
    cr_assert(cli_spool_write(&spool, from * PIECE_LEN, to * PIECE_LEN, KF_LANG_DA));
    fclose(stdout);
    cli_spool_free(&spool);
    expect_pieces(from, to);
}

Test(spool, gives_back_what_fits_into_memory)
{
    fill_and_write(3, 1, 2);
}

Test(spool, gives_back_what_had_to_go_to_a_file)
{
    fill_and_write(PIECES, 4990, PIECES);
}

Test(spool, tells_of_text_that_was_lost)
{
    CliSpool spool = { .bad = true };

    cr_redirect_stderr();
    cli_spool_put(&spool, KF_TEXT("x"));
    cr_expect_not(cli_spool_write(&spool, 0, 1, KF_LANG_DA));
    cli_spool_free(&spool);
}
