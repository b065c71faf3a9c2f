// Writes the workbooks given on standard input with exceljs and with SheetJS.
// node write_peers.js OUT_FOLDER < books.json
'use strict';
const fs = require('fs');
const path = require('path');
const ExcelJS = require('exceljs');
const XLSX = require('xlsx');

const out = process.argv[2];
const books = JSON.parse(fs.readFileSync(0, 'utf8'));

// A cell is {row, col, value, format, formula}; a date's value is its serial number.
function exceljsSheet(page, sheet) {
    for (const cell of sheet.cells) {
        const target = page.getCell(cell.row, cell.col);
        target.value = cell.formula ? { formula: cell.formula, result: cell.value } : cell.value;
        if (cell.format !== 'General')
            target.numFmt = cell.format;
    }
    sheet.merges.forEach((range) => page.mergeCells(range));
    sheet.hiddenRows.forEach((row) => (page.getRow(row).hidden = true));
    sheet.hiddenCols.forEach((col) => (page.getColumn(col).hidden = true));
}

async function writeExceljs(book) {
    const made = new ExcelJS.Workbook();
    for (const sheet of book.sheets)
        exceljsSheet(made.addWorksheet(sheet.name), sheet);
    await made.xlsx.writeFile(path.join(out, 'exceljs', book.name));
}

function hiddenList(indices) {
    const list = [];
    indices.forEach((index) => (list[index - 1] = { hidden: true }));
    return list;
}

function sheetjsSheet(sheet) {
    const page = {};
    let rows = 1, cols = 1;
    for (const cell of sheet.cells) {
        const made = { t: typeof cell.value === 'number' ? 'n' : 's', v: cell.value };
        if (cell.formula)
            made.f = cell.formula;
        if (cell.format !== 'General')
            made.z = cell.format;
        page[XLSX.utils.encode_cell({ r: cell.row - 1, c: cell.col - 1 })] = made;
        rows = Math.max(rows, cell.row);
        cols = Math.max(cols, cell.col);
    }
    page['!ref'] = XLSX.utils.encode_range({ s: { r: 0, c: 0 }, e: { r: rows - 1, c: cols - 1 } });
    page['!merges'] = sheet.merges.map((range) => XLSX.utils.decode_range(range));
    page['!rows'] = hiddenList(sheet.hiddenRows);
    page['!cols'] = hiddenList(sheet.hiddenCols);
    return page;
}

function writeSheetjs(book) {
    const made = XLSX.utils.book_new();
    for (const sheet of book.sheets)
        XLSX.utils.book_append_sheet(made, sheetjsSheet(sheet), sheet.name);
    XLSX.writeFile(made, path.join(out, 'sheetjs', book.name));
}

async function main() {
    for (const producer of ['exceljs', 'sheetjs'])
        fs.mkdirSync(path.join(out, producer), { recursive: true });
    for (const book of books) {
        await writeExceljs(book);
        writeSheetjs(book);
    }
}

main();
