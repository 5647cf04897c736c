// pictures.js - pictures of reports for the documentation: pictures.js PAGES FOLDER
'use strict';
const path = require('path');
const { launch, open } = require('./browser.js');

// Page, scheme, window, and what of it: the window, or (long) the whole page.
const PICTURES = [
  { name: 'healthy', scheme: 'light', width: 1180, height: 900 },
  { name: 'healthy', scheme: 'dark', width: 1180, height: 900 },
  { name: 'broken', scheme: 'light', width: 1180, height: 1280 },
  { name: 'broken', scheme: 'dark', width: 1180, height: 1280 },
  { name: 'broken', scheme: 'light', width: 360, height: 1100, suffix: '-narrow' },
  { name: 'broken', scheme: 'light', width: 794, height: 1123, suffix: '-print', media: 'print' },
];

async function main() {
  const [pages, folder] = process.argv.slice(2);
  const browser = await launch();
  for (const p of PICTURES) {
    const { context, page } = await open(browser, pages, p.name, {
      colorScheme: p.scheme, viewport: { width: p.width, height: p.height },
    });
    if (p.media) await page.emulateMedia({ media: p.media, colorScheme: p.scheme });
    const file = path.join(folder, `report-${p.name}-${p.scheme}${p.suffix || ''}.png`);
    await page.screenshot({ path: file });
    console.log(file);
    await context.close();
  }
  await browser.close();
}

main();
