// What exceljs and SheetJS read of workbooks, as a line of JSON for each workbook and library:
// node read_peers.js FILE...   {"file", "tool", "sheets": {name: {cell: value}}, "notes": {name: [cell]}}
'use strict';
const ExcelJS = require('exceljs');
const XLSX = require('xlsx');

// Text, number or truth of a cell; of a formula its result.
function plain(value) {
    if (value === null || typeof value !== 'object')
        return value;
    if (value.richText)
        return value.richText.map((run) => run.text).join('');
    if (value instanceof Date)
        return null;
    if ('text' in value)
        return plain(value.text);
    return 'result' in value ? plain(value.result) : null;
}

function tell(file, tool, book) {
    process.stdout.write(JSON.stringify({ file, tool, ...book }) + '\n');
}

async function byExceljs(file) {
    const book = new ExcelJS.Workbook(), sheets = {}, notes = {};
    await book.xlsx.readFile(file);
    book.eachSheet((sheet) => {
        const cells = (sheets[sheet.name] = {});
        notes[sheet.name] = [];
        sheet.eachRow({ includeEmpty: false }, (row) => row.eachCell((cell) => {
            if (cell.type !== ExcelJS.ValueType.Merge)
                cells[cell.address] = plain(cell.value);
        }));
        sheet.eachRow({ includeEmpty: true }, (row) => row.eachCell({ includeEmpty: true }, (cell) => {
            if (cell.note)
                notes[sheet.name].push(cell.address);
        }));
    });
    tell(file, 'exceljs', { sheets, notes });
}

function bySheetjs(file) {
    const book = XLSX.readFile(file), sheets = {}, notes = {};
    for (const name of book.SheetNames) {
        sheets[name] = {};
        notes[name] = [];
        for (const [address, cell] of Object.entries(book.Sheets[name])) {
            if (address[0] === '!')
                continue;
            sheets[name][address] = cell.v === undefined ? null : cell.v;
            if (cell.c && cell.c.length)
                notes[name].push(address);
        }
    }
    tell(file, 'SheetJS', { sheets, notes });
}

(async () => {
    for (const file of process.argv.slice(2)) {
        await byExceljs(file);
        bySheetjs(file);
    }
})();
