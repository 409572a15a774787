import type {Cache, Storage} from './load.js';

/** The keys of Cache Storage are addresses; nobody fetches this one, whatever the page's own is. */
const BASE = 'https://mnist-wasm.invalid/';

/** Cache Storage, where the browser has it and lets it be used; no folders. */
export const browserStorage: Storage = {
  async openCache(name = 'mnist-wasm') {
    if (!('caches' in globalThis)) return undefined;
    // Refused in private windows of some browsers, and where the user forbids sites to keep anything.
    const opened = await caches.open(name).catch(() => undefined);
    return opened && keepIn(opened, name);
  },
};

/** A cache that fails is one that has nothing: a download is worth more than its being kept. */
function keepIn(opened: globalThis.Cache, title: string): Cache {
  const address = (name: string) => new URL(name, BASE).href;
  return {
    pathOf: (name) => `${name} in the browser's cache ${title}`,
    async read(name) {
      try {
        const response = await opened.match(address(name));
        return response && new Uint8Array(await response.arrayBuffer());
      } catch {
        return undefined;
      }
    },
    async write(name, bytes) {
      // The browser puts it there once it has all of it. It refuses where the site's share of the disk is used up.
      await opened.put(address(name), new Response(bytes)).catch(() => {});
    },
  };
}
