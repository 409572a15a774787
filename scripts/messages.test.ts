import {PassThrough, Readable} from 'node:stream';
import {text} from 'node:stream/consumers';
import {expect, it} from 'vitest';
import {passMessages} from './messages.mjs';

it('leaves out the notice of the optimiser, and nothing else', async () => {
  const said = [
    'Last converge was subop',
    'timal.\nERROR TS2304: Cannot find',
    " name 'x'.\n\nLast converge was suboptimal.\nend",
  ];
  const shown = new PassThrough();
  await passMessages(Readable.from(said), shown);
  shown.end();
  expect(await text(shown)).toBe("ERROR TS2304: Cannot find name 'x'.\n\nend\n");
});
