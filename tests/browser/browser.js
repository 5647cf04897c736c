// browser.js - one headless Chromium, and pages that come from memory: no request leaves it
'use strict';
const fs = require('fs');
const path = require('path');
const { chromium } = require('playwright-core');

const ORIGIN = 'https://report.invalid/';

// Debian's Chromium; as root it cannot have its own sandbox.
function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
  });
}

// Opens the file `name`.html of `folder`. `options` are Playwright's for a context. What the page
// asks for beside itself is refused, and noted in `requests`; what it complains of, in `errors`.
async function open(browser, folder, name, options = {}) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const url = `${ORIGIN}${name}.html`;
  const body = fs.readFileSync(path.join(folder, `${name}.html`));
  const requests = [];
  const errors = [];
  await context.route('**/*', (route) => {
    if (route.request().url() === url && route.request().isNavigationRequest()) {
      return route.fulfill({ body, contentType: 'text/html; charset=utf-8' });
    }
    requests.push(route.request().url());
    return route.abort();
  });
  const page = await context.newPage();
  page.on('console', (m) => errors.push(`${m.type()}: ${m.text()}`));
  page.on('pageerror', (e) => errors.push(String(e)));
  page.on('dialog', (d) => { errors.push(`dialog: ${d.message()}`); d.dismiss(); });
  await page.goto(url, { waitUntil: 'load' });
  return { context, page, requests, errors };
}

module.exports = { launch, open, ORIGIN };
