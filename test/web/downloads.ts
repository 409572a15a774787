/** Browsers that save what a page gives them, in a folder, without asking. */
import type {Page} from 'puppeteer-core';

export async function chromiumDownloads(page: Page, folder: string): Promise<void> {
  const session = await page.createCDPSession();
  await session.send('Browser.setDownloadBehavior', {behavior: 'allow', downloadPath: folder});
}

/** Preferences of a Firefox that is started with them. */
export function firefoxDownloads(folder: string): Record<string, unknown> {
  return {
    'browser.download.folderList': 2,
    'browser.download.dir': folder,
    'browser.download.useDownloadDir': true,
    'browser.download.always_ask_before_handling_new_types': false,
    'browser.helperApps.neverAsk.saveToDisk':
      'application/octet-stream,application/json,application/wasm,text/javascript,text/html',
  };
}
