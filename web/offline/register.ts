/**
 * Has the browser keep the page for times without a network, once it has loaded. Pages on plain http from another machine
 * cannot do that, nor can some private windows: the page is the same without.
 */
export function keepPage(): void {
  if (!('serviceWorker' in navigator)) return;
  addEventListener('load', () => {
    navigator.serviceWorker
      .register('sw.js')
      .catch((error) => console.info(`The page is not kept for offline use: ${error}`));
  });
}
