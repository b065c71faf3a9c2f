/* The part of Excel's C interface (2007 and later) that the add-in uses, written down
 * from its published facts: operands, error and result codes, and function numbers. */
#ifndef PLUGIN_EXCEL_XLAPI_H
#define PLUGIN_EXCEL_XLAPI_H

#include <stddef.h>
#include <stdint.h>

/** A UTF-16 unit; strings are counted, their first unit is the length. */
typedef uint16_t XlChar;

/** Both ends included, counted from 0. */
typedef struct {
    int32_t first_row, last_row, first_col, last_col;
} XlRect;

typedef struct {
    uint16_t count;
    XlRect rects[1];
} XlRects;

typedef struct XlOper XlOper;
struct XlOper {
    union {
        double number;
        XlChar *string;
        int32_t whole, truth, error;
        struct {
            uint16_t count; /* always 1 */
            XlRect rect;
        } here; /* on the active sheet */
        struct {
            XlRects *rects;
            uintptr_t sheet;
        } there;
        struct {
            XlOper *items; /* by rows */
            int32_t rows, cols;
        } array;
        uint64_t room[3]; /* the union is 24 bytes */
    } as;
    uint32_t type;
};
_Static_assert(sizeof(XlOper) == 32, "an operand is 32 bytes");
_Static_assert(offsetof(XlOper, type) == 24, "its type is at 24");

enum {
    XL_NUMBER = 0x1,
    XL_STRING = 0x2,
    XL_BOOL = 0x4,
    XL_REF = 0x8,
    XL_ERROR = 0x10,
    XL_MULTI = 0x40,
    XL_MISSING = 0x80,
    XL_NIL = 0x100,
    XL_SREF = 0x400,
    XL_INT = 0x800,
    XL_TYPES = 0xFFF,
    XL_FREE_BY_EXCEL = 0x1000, /* to be given back with xlFree */
    XL_FREE_BY_DLL = 0x4000    /* comes back to xlAutoFree12 */
};

enum {
    XL_NULL_ERROR = 0,
    XL_DIV0 = 7,
    XL_VALUE = 15,
    XL_REF_ERROR = 23,
    XL_NAME = 29,
    XL_NUM = 36,
    XL_NA = 42
};

enum {
    XL_OK = 0,
    XL_ABORTED = 1,
    XL_BAD_FUNCTION = 2,
    XL_BAD_COUNT = 4,
    XL_BAD_OPERAND = 8,
    XL_FAILED = 32,
    XL_UNCALCULATED = 64
};

/* In brackets the operands, as the macro language has them. */
enum {
    XL_COMMAND = 0x8000,
    XL_ENGLISH = 0x2000, /* added: formulas and formats are English, whatever the language */
    XL_FREE = 0x4000,
    XL_COERCE = 0x4002,
    XL_SET = 0x4003,
    XL_SHEET_ID = 0x4004,
    XL_ABORT = 0x4006, /* (keep?): whether the user wants to stop */
    XL_GET_NAME = 0x4009,
    XLF_SET_NAME = 88,
    XLF_SELECTION = 95,
    XLF_REGISTER = 149,
    XLF_ADD_MENU = 152,    /* (bar, rows of title, macro, key, status text, help) */
    XLF_DELETE_MENU = 158, /* (bar, title) */
    XLF_GET_BAR = 182,     /* (bar, title, 0): an error when there is none */
    XLF_GET_CELL = 185,    /* (what, cell) */
    XLF_GET_WORKSPACE = 186,
    XLF_GET_DOCUMENT = 188,    /* (what, [book]sheet) */
    XLF_GET_NOTE = 191,        /* (cell) */
    XLF_FORMULA_CONVERT = 241, /* (formula, from A1?, to A1?, absolute, cell) */
    XLF_GET_WORKBOOK = 268,
    XLC_FORMAT_NUMBER = XL_COMMAND | 42,
    XLC_ALIGNMENT = XL_COMMAND | 43,    /* (horizontal, wrap, vertical) */
    XLC_COLUMN_WIDTH = XL_COMMAND | 47, /* (width, columns, standard, 1: hide) */
    XLC_CLEAR = XL_COMMAND | 52,
    XLC_PATTERNS = XL_COMMAND | 84, /* (pattern, foreground, background) */
    XLC_FORMULA = XL_COMMAND | 96,  /* (formula with R1C1 references, cell) */
    XLC_SELECT = XL_COMMAND | 109,
    XLC_ALERT = XL_COMMAND | 118,       /* (text, 1: OK and cancel, 2: OK) */
    XLC_MESSAGE = XL_COMMAND | 122,     /* (show?, text): the status bar */
    XLC_ECHO = XL_COMMAND | 141,        /* (redraw?) */
    XLC_FORMAT_FONT = XL_COMMAND | 150, /* (name, size, bold, italic, underline, strike, colour) */
    XLC_NOTE = XL_COMMAND | 154,        /* (text, cell, first unit to replace, how many) */
    XLC_ERROR = XL_COMMAND | 165,       /* (ask the user?) */
    XLC_WORKBOOK_MOVE = XL_COMMAND | 282, /* (sheet, book, position) */
    XLC_WORKBOOK_ACTIVATE = XL_COMMAND | 292,
    XLC_WORKBOOK_INSERT = XL_COMMAND | 354, /* (1: a worksheet), before the active sheet */
    XLC_WORKBOOK_DELETE = XL_COMMAND | 385,
    XLC_WORKBOOK_NAME = XL_COMMAND | 386 /* (sheet, new name) */
};

/* What can be asked of a cell, a sheet, a workbook and the program. */
enum {
    XL_CELL_FORMAT = 7,
    XL_CELL_PATTERN = 13, /* 0: no fill */
    XL_CELL_WIDTH = 16,
    XL_CELL_HEIGHT = 17,
    XL_CELL_FILL = 38, /* colour of the palette */
    XL_CELL_FORMULA = 41,
    XL_CELL_HAS_FORMULA = 48,
    XL_CELL_IN_ARRAY = 49,
    XL_DOCUMENT_KIND = 3, /* 1: a worksheet */
    XL_DOCUMENT_PROTECTED = 7,
    XL_DOCUMENT_FIRST_ROW = 9, /* 0: nothing stands on it; then last row, first and last column */
    XL_DOCUMENT_1904 = 20,
    XL_WORKBOOK_SHEETS = 1,
    XL_WORKBOOK_ACTIVE = 38,
    XL_WORKSPACE_A1 = 4
};

/** Excel's own entry, exported by its program as MdCallBack12. */
typedef int(__stdcall *XlEntry)(int function, int count, XlOper **args, XlOper *result);

#endif
