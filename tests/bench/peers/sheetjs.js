// SheetJS: read FILE, or edit FILE CELL OUT.
'use strict';
const XLSX = require('xlsx');

const [what, file, cell, out] = process.argv.slice(2);
const book = XLSX.readFile(file, what === 'edit' ? { cellStyles: true } : {});
if (what === 'edit') {
    book.Sheets[book.SheetNames[0]][cell] = { t: 'n', v: 1 };
    XLSX.writeFile(book, out, { compression: true });
} else {
    let total = 0;
    for (const name of book.SheetNames) {
        const sheet = book.Sheets[name];
        for (const at of Object.keys(sheet)) {
            if (sheet[at] && sheet[at].t === 'n') total += sheet[at].v;
        }
    }
    console.log(total);
}
