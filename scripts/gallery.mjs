/** Pictures of every state of an element, to be looked at. What the galleries of the elements have in common. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { resolveChromium } from './chromium.mjs';
import { openBlankPage, startModuleServer } from './module-server.mjs';

/**
 * Reads `DIRECTORY [part of a state's name] [part of a size's name]` from the command line and fills the directory.
 *
 * `listIds` and `showState` run in the page; `showState` is given a size together with the state's `id`, and may take its other fields
 * (`scheme`, `locale`) from it. A size with a `name` gives the picture its name: `<id>-<name>.png`.
 */
export async function takePictures({ sizes, listIds, showState, fullPage = false }) {
  const [directory, wanted = '', wantedSize = ''] = process.argv.slice(2);
  if (!directory) throw new Error('Name a directory for the pictures.');
  await mkdir(directory, { recursive: true });
  const server = await startModuleServer();
  const { executablePath, args, env } = await resolveChromium();
  const browser = await chromium.launch({ executablePath, args, env });
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(error.message));
    await openBlankPage(page, server.origin);
    const ids = await page.evaluate(listIds);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    for (const size of sizes.filter(({ name }) => name.includes(wantedSize))) {
      await page.setViewportSize({ width: size.width, height: size.height });
      for (const id of ids.filter((one) => one.includes(wanted))) {
        await page.evaluate(showState, { ...size, id });
        await page.screenshot({ path: join(directory, `${id}-${size.name}.png`), fullPage });
      }
    }
  } finally {
    await browser.close();
    await server.close();
  }
}
