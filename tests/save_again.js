// Saves workbooks again as programs of the web do: node save_again.js FOLDER FILE…
// exceljs writes .xlsx; SheetJS each format that it writes, with days as numbers and as ISO texts.
// Its web page is left out: it holds one sheet only.
const path = require("path");
const ExcelJS = require("exceljs");
const XLSX = require("xlsx");

const FORMATS = { xlsx: "xlsx", xlsb: "xlsb", biff8: "xls", xlml: "xml", ods: "ods", fods: "fods" };

async function main([folder, ...files]) {
  for (const file of files) {
    const target = (way, suffix) => path.join(folder, `${path.parse(file).name}.${way}.${suffix}`);
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(file);
    await book.xlsx.writeFile(target("exceljs", "xlsx"));
    const read = XLSX.readFile(file, { cellNF: true, cellStyles: true });
    for (const [bookType, suffix] of Object.entries(FORMATS)) {
      XLSX.writeFile(read, target(`sheetjs-${bookType}`, suffix), { bookType });
    }
    const days = XLSX.readFile(file, { cellNF: true, cellDates: true });
    XLSX.writeFile(days, target("sheetjs-days", "xlsx"), { bookType: "xlsx", cellDates: true });
  }
}

main(process.argv.slice(2));
