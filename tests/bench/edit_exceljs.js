// exceljs opens a workbook, puts one number into one cell and saves.
const [, , source, out, sheet, cell] = process.argv;
const book = new (require('exceljs').Workbook)();

book.xlsx.readFile(source)
    .then(() => {
        book.getWorksheet(sheet).getCell(cell).value = 4711;
        return book.xlsx.writeFile(out);
    })
    .catch((error) => {
        console.error(error);
        process.exit(1);
    });
