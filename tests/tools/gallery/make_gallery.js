// Writes the sheets given on standard input in the ways of exceljs and SheetJS.
// node make_gallery.js OUT_FOLDER < sheets.json
'use strict';
const fs = require('fs');
const path = require('path');
const ExcelJS = require('exceljs');
const XLSX = require('xlsx');

const out = process.argv[2];
const { plain, formulas } = JSON.parse(fs.readFileSync(0, 'utf8'));
const MADE_AT = new Date(Date.UTC(2013, 8, 1, 12));

// A cell is {row, col, value}; a formula's value starts with "=", its result is beside it.
function exceljsBook(sheets, put, finish) {
    const book = new ExcelJS.Workbook();
    book.created = book.modified = MADE_AT;
    for (const sheet of sheets) {
        const page = book.addWorksheet(sheet.name);
        for (const cell of sheet.cells)
            put(page.getCell(cell.row, cell.col), cell);
        finish(page, sheet);
    }
    return book;
}

function putPlain(target, cell) {
    target.value = cell.value;
    if (typeof cell.value === 'number')
        target.numFmt = '#,##0.00';
}

// Labels in two fonts, a footnote mark among them, and a note on every title.
function putRich(target, cell) {
    putPlain(target, cell);
    if (cell.style === 'label' && cell.value.length > 4)
        target.value = {
            richText: [
                { font: { bold: true }, text: cell.value.slice(0, 3) },
                { text: cell.value.slice(3) },
            ],
        };
    if (cell.style === 'title')
        target.note = 'Beregnet af forvaltningen';
}

function mergeHeadings(page) {
    page.mergeCells('A1:K1');
    page.mergeCells('A3:E3');
    page.mergeCells('G3:K3');
}

function hideSome(page, sheet) {
    const item = sheet.cells.find((cell) => cell.style === 'label');
    page.getRow(item.row).hidden = true;
    page.getColumn(4).hidden = true;
    page.views = [{ state: 'frozen', xSplit: 1, ySplit: 4 }];
    page.addConditionalFormatting({
        ref: 'B5:K40',
        rules: [{ type: 'cellIs', operator: 'lessThan', formulae: ['0'], style: { font: { color: { argb: 'FFFF0000' } } } }],
    });
}

// What a Danish Excel makes of "7-12" typed into a cell: the 7th of December.
function putDates(target, cell) {
    putPlain(target, cell);
    if (cell.style !== 'period')
        return;
    target.value = cell.value.replace(' mdr', '');
    if (target.value === '7-12') {
        target.value = new Date(Date.UTC(2013, 11, 7));
        target.numFmt = 'd-m';
    }
}

function putFormula(target, cell) {
    putPlain(target, cell);
    if (cell.result !== undefined)
        target.value = { formula: cell.value.slice(1), result: cell.result };
}

// The period totals of a half share one formula, as filling to the right leaves them.
function shareFormulas(page, sheet) {
    for (const first of sheet.cells) {
        const fills = /^=SUM\(([A-Z])\d+:\1\d+\)$/.test(first.value) && [2, 8].includes(first.col);
        if (!fills || first.row > sheet.payers_end)
            continue;
        for (let i = 1; i < 4; i++) {
            const cell = sheet.cells.find((c) => c.row === first.row && c.col === first.col + i);
            const master = page.getCell(first.row, first.col).address;
            page.getCell(first.row, first.col + i).value = { sharedFormula: master, result: cell.result };
        }
    }
}

async function streamed(file, sheets) {
    const book = new ExcelJS.stream.xlsx.WorkbookWriter({
        filename: file, useSharedStrings: false, useStyles: false, created: MADE_AT, modified: MADE_AT,
    });
    for (const sheet of sheets) {
        const page = book.addWorksheet(sheet.name);
        for (const cell of sheet.cells)
            page.getCell(cell.row, cell.col).value = cell.value;
        page.commit();
    }
    await book.commit();
}

function sheetjsBook(sheets, keepResults) {
    const book = XLSX.utils.book_new();
    for (const sheet of sheets) {
        const page = {};
        for (const cell of sheet.cells) {
            const at = XLSX.utils.encode_cell({ r: cell.row - 1, c: cell.col - 1 });
            page[at] = sheetjsCell(cell, keepResults);
        }
        page['!ref'] = 'A1:K60';
        XLSX.utils.book_append_sheet(book, page, sheet.name);
    }
    book.Props = { CreatedDate: MADE_AT, ModifiedDate: MADE_AT };
    return book;
}

function sheetjsCell(cell, keepResults) {
    if (cell.result !== undefined) {
        const formula = { t: 'n', f: cell.value.slice(1) };
        return keepResults ? { ...formula, v: cell.result } : formula;
    }
    const isNumber = typeof cell.value === 'number';
    return { t: isNumber ? 'n' : 's', v: cell.value };
}

async function main() {
    const file = (name) => path.join(out, name);
    const nothing = () => {};
    await exceljsBook(plain, putRich, mergeHeadings).xlsx.writeFile(file('exceljs_flettet.xlsx'));
    await exceljsBook(plain, putPlain, hideSome).xlsx.writeFile(file('exceljs_skjult.xlsx'));
    await exceljsBook(plain, putDates, nothing).xlsx.writeFile(file('exceljs_datoer.xlsx'));
    await exceljsBook(formulas, putFormula, shareFormulas).xlsx.writeFile(file('exceljs_delte_formler.xlsx'));
    await streamed(file('exceljs_stroem.xlsx'), plain);
    XLSX.writeFile(sheetjsBook(plain), file('sheetjs_upakket.xlsx'), { compression: false });
    XLSX.writeFile(sheetjsBook(plain), file('sheetjs_faelles.xlsx'), { bookSST: true, compression: true });
    XLSX.writeFile(sheetjsBook(formulas, false), file('sheetjs_uden_vaerdier.xlsx'), { compression: true });
}

main();
