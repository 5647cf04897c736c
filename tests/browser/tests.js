// tests.js - the HTML report as a browser shows it: tests.js FOLDER, where pages.sh has put pages
'use strict';
const fs = require('fs');
const { launch, open, ORIGIN } = require('./browser.js');

const folder = process.argv[2];
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const names = fs.readdirSync(folder).filter((f) => f.endsWith('.html'))
  .map((f) => f.slice(0, -5)).sort();
const WIDTHS = [360, 1440];
const SCHEMES = ['light', 'dark'];
const VERDICTS = {
  en: /^(\S )?(ok|warning|critical|undecided)$/,
  de: /^(\S )?(ok|Warnung|kritisch|unentschieden)$/,
};
let passed = 0;
let failed = 0;

function check(what, found, wanted) {
  const a = JSON.stringify(found);
  const b = JSON.stringify(wanted);
  if (a === b) {
    passed++;
    return;
  }
  failed++;
  console.log(`FAILED  ${what}: is ${a}, should be ${b}`);
}

function lang(name) {
  return name.startsWith('german') ? 'de' : 'en';
}

function unfold(page) {
  return page.evaluate(() => {
    document.querySelectorAll('details').forEach((d) => { d.open = true; });
  });
}

// Elements that stand out of the window; those inside of a scrolling box may.
function overflowing(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('body *')]
      .filter((e) => !e.closest('.scroll') && e.getBoundingClientRect().right > width + 1)
      .map((e) => `${e.tagName} ${(e.textContent || '').slice(0, 40)}`).slice(0, 5)
      .concat('the page is wider than the window');
  });
}

// ---- what holds for every page ----

async function testLoads(browser, name) {
  const { context, page, requests, errors } = await open(browser, folder, name);
  check(`${name}: there is a heading`, await page.locator('h1').count() > 0, true);
  check(`${name}: the verdict is a word`,
    VERDICTS[lang(name)].test(
      (await page.locator('.verdict .badge').first().innerText()).trim()), true);
  check(`${name}: says its language`, await page.locator('html').getAttribute('lang'), lang(name));
  await unfold(page);
  await page.mouse.wheel(0, 100000);
  check(`${name}: no console message`, errors, []);
  check(`${name}: no request`, requests, []);
  await context.close();
}

async function testWidths(browser, name) {
  for (const width of WIDTHS) {
    const { context, page } = await open(browser, folder, name,
      { viewport: { width, height: 900 } });
    check(`${name}: fits ${width} px`, await overflowing(page), []);
    await unfold(page);
    check(`${name}: fits ${width} px, unfolded`, await overflowing(page), []);
    await context.close();
  }
}

async function testAxe(browser, name) {
  for (const colorScheme of SCHEMES) {
    const { context, page } = await open(browser, folder, name, { colorScheme });
    await unfold(page);
    await page.evaluate(axe);
    const result = await page.evaluate(() => axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }));
    check(`${name}: axe, ${colorScheme}`,
      result.violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 90)}`), []);
    check(`${name}: axe looked at it, ${colorScheme}`, result.passes.length > 15, true);
    await context.close();
  }
}

// Tab goes through all that can be used, from top to bottom, and one can see where one is.
async function testKeyboard(browser, name) {
  const { context, page } = await open(browser, folder, name);
  const wanted = await page.evaluate(() =>
    [...document.querySelectorAll('a[href],button,summary,[tabindex="0"]')]
      .filter((e) => e.checkVisibility({ contentVisibilityAuto: true })).length);
  const seen = await page.evaluate(() => { window.seen = []; return 0; });
  let visible = true;
  for (let i = seen; i < wanted; i++) {
    await page.keyboard.press('Tab');
    visible = await page.evaluate(() => {
      window.seen.push(document.activeElement);
      return getComputedStyle(document.activeElement).outlineStyle !== 'none';
    }) && visible;
  }
  const order = await page.evaluate(() => ({
    different: new Set(window.seen).size,
    first: window.seen[0].className,
    rising: window.seen.every((e, i, all) => i === 0 ||
      (all[i - 1].compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0),
  }));
  check(`${name}: Tab comes to each once, in order`, order,
    { different: wanted, first: 'skip', rising: true });
  check(`${name}: focus can be seen`, visible, true);
  await context.close();
}

async function testNoScript(browser, name) {
  const { context, page } = await open(browser, folder, name, { javaScriptEnabled: false });
  check(`${name}: whole without script`, await page.locator('table').first().isVisible(), true);
  check(`${name}: no dead button without script`,
    await page.locator('button:visible').count(), 0);
  await context.close();
}

async function testPrint(browser, name) {
  const { context, page } = await open(browser, folder, name);
  await page.emulateMedia({ media: 'print' });
  check(`${name}: nothing to click on paper`, await page.locator('button:visible,nav:visible')
    .count(), 0);
  const folded = await page.locator('.card.critical > details:not([open])').evaluateAll(
    (all) => all.filter((d) => !d.lastElementChild.checkVisibility()).length);
  check(`${name}: critical findings are unfolded on paper`, folded, 0);
  check(`${name}: prints`, (await page.pdf({ format: 'A4' })).length > 5000, true);
  await context.close();
}

// ---- one page each ----

async function testSchemes(browser) {
  const grounds = [];
  for (const colorScheme of SCHEMES) {
    const { context, page } = await open(browser, folder, 'broken', { colorScheme });
    grounds.push(await page.evaluate(() =>
      getComputedStyle(document.documentElement).backgroundColor));
    await context.close();
  }
  check('light and dark have their own ground', grounds[0] !== grounds[1], true);
}

// The six lines of the text for a ticket, as the button copies them.
async function ticket(browser, name, button, said) {
  const { context, page, errors } = await open(browser, folder, name);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: ORIGIN });
  await page.getByRole('button', { name: button }).click();
  await page.getByText(said).waitFor({ timeout: 5000 });
  const text = await page.evaluate(() => navigator.clipboard.readText());
  check(`${name}: copying makes no complaint`, errors, []);
  await context.close();
  return text.trim().split('\n');
}

async function testCopy(browser) {
  const lines = await ticket(browser, 'broken', 'Copy for ticket', 'Copied.');
  check('the ticket has its six lines', lines.map((l) => l.split(' ')[0]),
    ['Verdict', 'Why', 'Fix', 'Finding', 'Time', 'Vantage']);
  const german = await ticket(browser, 'german', 'Für ein Ticket kopieren', 'Kopiert.');
  check('the German ticket has as many', german.length, lines.length);
}

// The report as JSON lies in a link, so that it is there without a script.
async function testSave(browser) {
  for (const javaScriptEnabled of [true, false]) {
    const { context, page, requests } = await open(browser, folder, 'broken', { javaScriptEnabled });
    const [file] = await Promise.all([
      page.waitForEvent('download', { timeout: 5000 }),
      page.getByRole('link', { name: 'Save JSON' }).click(),
    ]);
    const report = JSON.parse(fs.readFileSync(await file.path(), 'utf8'));
    check('the saved file has a name', file.suggestedFilename(), 'contoso.example-external.json');
    check('the saved file is the report', [report.schema, report.verdict],
      ['lyncprobe/report/1', 'critical']);
    check('saving asks for nothing', requests, []);
    await context.close();
  }
}

async function testSkipLink(browser) {
  const { context, page } = await open(browser, folder, 'broken');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  // the page's address follows the key a moment later
  await page.waitForURL(/#/, { timeout: 5000 }).catch(() => {});
  check('the skip link leads to the report', new URL(page.url()).hash, '#main');
  await context.close();
}

async function testLinkUnfolds(browser) {
  const { context, page } = await open(browser, folder, 'broken');
  const link = page.locator('.card.critical .evidence a').first();
  const id = (await link.getAttribute('href')).slice(1);
  await link.click();
  check('a link to folded evidence shows it',
    await page.locator(`[id="${id}"] > summary`).isVisible(), true);
  await context.close();
}

async function testTwoWalks(browser) {
  const { context, page } = await open(browser, folder, 'both');
  check('two walks are two sections', await page.locator('.walk').count(), 2);
  check('inside and outside stand side by side, once',
    await page.getByRole('heading', { name: 'Inside and outside' }).count(), 1);
  await context.close();
}

async function testOverridden(browser) {
  const { context, page } = await open(browser, folder, 'overridden');
  check('what is overridden is said first', await page.locator('.banner').isVisible(), true);
  await context.close();
}

async function testTopology(browser) {
  const { context, page } = await open(browser, folder, 'topology');
  const titles = await page.locator('section[id$=expectations] h3').allInnerTexts();
  check('three tables of expectations', titles, ['Records', 'Certificates', 'Ports']);
  await context.close();
}

// Nothing that a peer said became an element, an attribute or a script.
async function testHostile(browser) {
  const { context, page, requests, errors } = await open(browser, folder, 'hostile');
  await unfold(page);
  const seen = await page.evaluate(() => ({
    evil: typeof window.evil,
    scripts: document.scripts.length,
    elements: document.querySelectorAll(
      'img,iframe,object,embed,form,input,link,base,video,audio,b').length,
    handlers: [...document.querySelectorAll('*')].filter((e) => [...e.attributes].some(
      (a) => a.name.startsWith('on') || ['style', 'src', 'autofocus'].includes(a.name))).length,
    foreign: [...document.querySelectorAll('a')].filter(
      (a) => !a.getAttribute('href').startsWith('#') &&
        !(a.download && a.getAttribute('href').startsWith('data:application/json;base64,'))).length,
    shown: document.body.textContent.includes("<img src=x onerror='window.evil=2'>"),
    hidden: /[\u202a-\u202e\u2066-\u2069\u200b\u001b\u2028]/.test(document.body.textContent),
  }));
  check('hostile texts are shown, and inert', seen, { evil: 'undefined', scripts: 1, elements: 0,
    handlers: 0, foreign: 0, shown: true, hidden: false });
  check('hostile texts ask for nothing', requests, []);
  check('hostile texts make no complaint', errors, []);
  await context.close();
}

// The policy works: what would be injected does not run and does not load.
async function testPolicy(browser) {
  const { context, page, requests, errors } = await open(browser, folder, 'broken');
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.evil = 1';
    document.body.append(script);
    const img = document.createElement('img');
    img.src = 'https://elsewhere.invalid/x.png';
    document.body.append(img);
    document.body.setAttribute('style', 'color:red');
  });
  check('an injected script does not run', await page.evaluate(() => typeof window.evil),
    'undefined');
  check('an injected picture is not asked for', requests, []);
  check('the browser says why', errors.filter((e) => e.includes('Content Security Policy')).length
    >= 2, true);
  await context.close();
}

async function main() {
  const browser = await launch();
  for (const name of names) {
    for (const test of [testLoads, testWidths, testAxe, testKeyboard, testNoScript, testPrint]) {
      await test(browser, name);
    }
  }
  for (const test of [testSchemes, testCopy, testSave, testSkipLink, testLinkUnfolds,
    testTwoWalks, testOverridden, testTopology, testHostile, testPolicy]) {
    await test(browser);
  }
  await browser.close();
}

main().catch((error) => {
  failed++;
  console.log(`FAILED  the browser: ${error.stack}`);
}).finally(() => {
  console.log(`${passed} passed, ${failed} failed, 0 skipped`);
  process.exit(failed ? 1 : 0);
});
