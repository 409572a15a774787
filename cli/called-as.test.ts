import {expect, it} from 'vitest';
import {calledAs} from './called-as';

it.each([
  ['/home/me/project/node_modules/.bin/mnist-wasm', 'npx mnist-wasm'],
  ['/home/me/.npm/_npx/1f2e3d/node_modules/.bin/mnist-wasm', 'npx mnist-wasm'],
  ['C:\\project\\node_modules\\mnist-wasm\\dist\\cli\\index.js', 'npx mnist-wasm'],
  ['/usr/local/bin/mnist-wasm', 'mnist-wasm'],
  ['/home/me/checkout/dist/cli/index.js', 'node dist/cli/index.js'],
  ['/home/other/check out/dist/cli/index.js', "node '/home/other/check out/dist/cli/index.js'"],
])('%s is called by %s', (script, expected) => {
  // The platform of the test parses no paths of Windows.
  expect(calledAs(script.replaceAll('\\', '/'), '/home/me/checkout')).toBe(expected);
});
