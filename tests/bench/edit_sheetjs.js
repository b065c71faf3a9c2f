// SheetJS opens a workbook with all that it can keep, puts one number into one cell and saves.
const [, , source, out, sheet, cell] = process.argv;
const XLSX = require('xlsx');
const book = XLSX.readFile(source, { cellStyles: true, bookVBA: true, cellFormula: true });

book.Sheets[sheet][cell] = { t: 'n', v: 4711 };
XLSX.writeFile(book, out, { cellStyles: true, bookType: out.endsWith('.xlsm') ? 'xlsm' : 'xlsx' });
