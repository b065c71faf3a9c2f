// exceljs: read FILE, or edit FILE CELL OUT.
'use strict';
const ExcelJS = require('exceljs');

async function main([what, file, cell, out]) {
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(file);
    if (what === 'edit') {
        book.worksheets[0].getCell(cell).value = 1;
        await book.xlsx.writeFile(out);
        return;
    }
    let total = 0;
    for (const sheet of book.worksheets) {
        sheet.eachRow((row) => row.eachCell((at) => {
            if (typeof at.value === 'number') total += at.value;
        }));
    }
    console.log(total);
}

main(process.argv.slice(2));
