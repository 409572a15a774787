import {expect, it} from 'vitest';
import {structureSvg} from './diagram';

it('structureSvg has a box for each layer and input, an arrow for each tensor', () => {
  const layer = (name: string, ...inputs: string[]) => ({
    name,
    type: `T${name}`,
    outputShape: '[batch, 3]',
    parameters: 0,
    inputs,
  });
  const svg = structureSvg({layers: [layer('a', 'in'), layer('b', 'a'), layer('c', 'b', 'a')]});
  expect(svg.match(/<rect /g)).toHaveLength(4);
  expect(svg.match(/<path /g)).toHaveLength(4);
  for (const text of ['>input<', '>Ta<', '>Tc<']) expect(svg).toContain(text);
  expect(svg).not.toMatch(/var\(|NaN|undefined/);
});
