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
        struct {
            uintptr_t unused[2];
            uint8_t more[8];
        } room; /* the union is 24 bytes */
    } as;
    uint32_t type;
};
_Static_assert(sizeof(XlOper) == 32 || sizeof(void *) == 4, "an operand is 32 bytes");
_Static_assert(offsetof(XlOper, type) == 24 || sizeof(void *) == 4, "its type is at 24");

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

enum {
    XL_COMMAND = 0x8000,
    XL_FREE = 0x4000,
    XL_COERCE = 0x4002,
    XL_SET = 0x4003,
    XL_SHEET_ID = 0x4004,
    XL_SHEET_NAME = 0x4005,
    XL_ABORT = 0x4006,
    XL_GET_NAME = 0x4009,
    XLF_SET_NAME = 88,
    XLF_REGISTER = 149,
    XLF_ADD_MENU = 152,
    XLF_DELETE_MENU = 158,
    XLF_GET_CELL = 185,
    XLF_GET_WORKBOOK = 268,
    XLF_GET_DOCUMENT = 188,
    XLC_ALERT = XL_COMMAND | 118,
    XLC_MESSAGE = XL_COMMAND | 122
};

/** Excel's own entry, exported by its program as MdCallBack12. */
typedef int(__stdcall *XlEntry)(int function, int count, XlOper **args, XlOper *result);

#endif
