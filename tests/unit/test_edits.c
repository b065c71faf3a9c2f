#include <criterion/criterion.h>

#include "sample_audit.h"

static Sample sample;

static void build(void)
{
    cr_assert(sample_init(&sample));
}

static void end(void)
{
    kf_arena_finish(&sample.arena);
}

TestSuite(edits, .init = build, .fini = end);

static bool says(KfText text, const char *part)
{
    return kf_text_find(text, kf_text(part)) != SIZE_MAX;
}

static const KfOutCell *cell_saying(const char *text, const KfOutRow **row)
{
    const KfOutSheet *sheet = sample.edits.sheet;

    for (size_t r = 0; r < sheet->row_count; r++) {
        for (size_t c = 0; c < sheet->rows[r].count; c++) {
            if (row)
                *row = &sheet->rows[r];
            if (kf_text_eq(sheet->rows[r].cells[c].text, kf_text(text)))
                return &sheet->rows[r].cells[c];
        }
    }
    return NULL;
}

Test(edits, write_changes_and_mark_proposals_in_reading_order)
{
    static const KfMark marks[] = { KF_MARK_PROPOSED, KF_MARK_PROPOSED, KF_MARK_CORRECTED,
                                    KF_MARK_CORRECTED, KF_MARK_CORRECTED };
    const KfCellEdit *edits = sample.edits.edits;

    cr_assert_eq(sample.edits.edit_count, 5);
    for (size_t i = 0; i < 5; i++) {
        cr_assert_eq(edits[i].mark, marks[i]);
        cr_assert_eq(edits[i].has_value, marks[i] == KF_MARK_CORRECTED);
    }
    cr_assert(kf_text_eq(edits[2].number, KF_TEXT("27115.4")));
    cr_assert(kf_text_eq(edits[3].number, KF_TEXT("92826")));
    cr_assert_not(edits[3].keep_formula);
    cr_assert(edits[4].keep_formula);
    cr_assert(sample.edits.recalculate);
}

Test(edits, notes_keep_the_printed_value)
{
    const KfCellEdit *edits = sample.edits.edits;

    cr_assert(says(edits[3].note, "her stod 90.826. Rettet til 92.826. Ydelserne giver"));
    cr_assert(says(edits[2].note, "her stod teksten \"25.115,40\". Rettet til tallet 27.115,40."));
    cr_assert(says(edits[1].note, "Forslag: 83.718 i stedet for 73.718."));
    cr_assert(says(edits[1].note, "Eller 'Ole's ark'!B4: 73.718 i stedet for 83.718."));
    cr_assert(says(edits[0].note, "Forslag: \"7-12 mdr\" i stedet for \"7-11 mdr\"."));
}

Test(edits, a_changed_cell_that_is_proposed_too_says_both)
{
    sample.findings[2].cell = sample.findings[0].cell;
    cr_assert(sample_run(&sample, sample_edits));
    cr_assert_eq(sample.edits.edit_count, 4);
    cr_assert_eq(sample.edits.edits[2].mark, KF_MARK_CORRECTED);
    cr_assert(says(sample.edits.edits[2].note, "Rettet til 92.826."));
    cr_assert(says(sample.edits.edits[2].note, "Forslag: 83.718"));
}

Test(edits, bare_cells_get_values_only)
{
    sample.fix_options.fills = sample.fix_options.notes = false;
    cr_assert(sample_run(&sample, sample_edits));
    cr_assert_eq(sample.edits.edit_count, 3);
    for (size_t i = 0; i < 3; i++) {
        cr_assert_eq(sample.edits.edits[i].mark, KF_MARK_NONE);
        cr_assert_eq(sample.edits.edits[i].note.len, 0);
    }
    cr_assert_not_null(sample.edits.sheet);
}

Test(edits, sheet_tells_where_it_comes_from)
{
    cr_assert_not_null(cell_saying("3 celler er rettet; 2 forslag kræver din beslutning; 1 "
                                   "anmærkning står åben uden forslag.",
                                   NULL));
    cr_assert_not_null(cell_saying("00ff", NULL));
    cr_assert_not_null(cell_saying("pr. 01-09-2013 (satserne passer på 2013: 2 af 2 beløb)", NULL));
    cr_assert_not_null(cell_saying("0 kr.", NULL));
}

Test(edits, sheet_shows_payers_that_change)
{
    const KfOutRow *row;

    cr_assert_null(cell_saying("kommunen", NULL));
    cr_assert_not_null(cell_saying("staten", &row));
    cr_assert(kf_text_eq(row->cells[8].text, KF_TEXT("50230.8")));
    cr_assert(kf_text_eq(row->cells[9].text, KF_TEXT("52230.8")));
    cr_assert(kf_text_eq(row->cells[10].text, KF_TEXT("2000")));
    cr_assert_not_null(cell_saying("I alt", NULL));
}

Test(edits, sheet_lists_each_change_with_a_link)
{
    const KfOutSheet *sheet = sample.edits.sheet;
    const KfOutRow *first = &sheet->rows[sheet->table_row + 1];
    unsigned width = 0;

    cr_assert(kf_text_eq(sheet->name, KF_TEXT("Rettelser")));
    cr_assert(kf_text_eq(sheet->rows[sheet->table_row].cells[0].text, KF_TEXT("Nr.")));
    cr_assert_eq(sheet->table_cols, 13);
    cr_assert_eq(sheet->row_count - sheet->table_row, 1 + 6);
    cr_assert_eq(first->count, 13 + 5); /* hidden: what revert needs */
    cr_assert_eq(first->cells[3].kind, KF_OUT_LINK);
    cr_assert(kf_text_eq(first->cells[3].target, KF_TEXT("'Borger 3'!C7")));
    cr_assert(says(first[1].cells[11].text, "Følger af nr. 1. "));
    cr_assert_not_null(cell_saying("Kontanthjælp ******-****", NULL));
    for (size_t i = 0; i < sheet->width_count; i++)
        width += sheet->widths[i];
    cr_assert(width >= 130 && width <= 150);
}

Test(edits, links_double_the_quotes_of_a_sheet)
{
    sample.findings[2].cell.sheet = 1;
    cr_assert(sample_run(&sample, sample_edits));
    for (size_t r = 0; r < sample.edits.sheet->row_count; r++) {
        const KfOutRow *row = &sample.edits.sheet->rows[r];

        if (row->count > 3 && kf_text_eq(row->cells[3].text, KF_TEXT("C4")))
            cr_assert(kf_text_eq(row->cells[3].target, KF_TEXT("'Ole''s ark'!C4")));
    }
}

Test(edits, nothing_to_do_makes_no_sheet)
{
    sample.audit.finding_count = 0;
    cr_assert(sample_run(&sample, sample_plan));
    cr_assert(sample_run(&sample, sample_edits));
    cr_assert_eq(sample.edits.edit_count, 0);
    cr_assert_null(sample.edits.sheet);
    cr_assert_not(sample.edits.recalculate);
}

Test(edits, an_accepted_heading_is_text_and_a_formula_goes)
{
    sample_accept(&sample, 6);
    sample.findings[1].accepted = true;
    cr_assert(sample_run(&sample, sample_plan));
    cr_assert(sample_run(&sample, sample_edits));
    cr_assert(sample.edits.edits[0].is_text);
    cr_assert(kf_text_eq(sample.edits.edits[0].text, KF_TEXT("7-12 mdr")));
    cr_assert(says(sample.edits.edits[0].note, "her stod \"7-11 mdr\". Rettet til \"7-12 mdr\"."));
    cr_assert_not(sample.edits.edits[4].keep_formula);
    cr_assert_not_null(cell_saying("Godkendt", NULL));
}

Test(edits, none_on_a_protected_sheet)
{
    sample.sheets[0].is_protected = true;
    sample.fix_options.keep_protected = true;
    cr_assert(sample_run(&sample, sample_edits));
    cr_assert_eq(sample.edits.edit_count, 0);
}
