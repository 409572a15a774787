import jpeg from 'jpeg-js';
import {loadMnist} from 'mnist-wasm/mnist';
import {describe, expect, it} from 'vitest';
import {likeness} from './fixtures/likeness';
import {drawScene, encodePng, type Scene} from './fixtures/scene';
import {readDigits} from './read-digits';

// The built-in digits, unless MNIST_DIR names MNIST.
const {test} = await loadMnist({trainSize: 1, testSize: 30});
const digit = (index: number) => test.images.subarray(index * 784, (index + 1) * 784);

const BLACK = [0, 0, 0];
const WHITE = [255, 255, 255];
const ON_WHITE = {paper: WHITE, ink: BLACK};
const PHOTO = {paper: [215, 210, 195], ink: [45, 45, 55], noise: 4};

/** Digits in rows, `pitch` of a digit's side apart; a digit of MNIST is at most 20/28 of it wide. */
function written(indices: number[][], side: number, {pitch = 0.9, margin = 0.2} = {}) {
  return {
    width: Math.round(side * (2 * margin + 1 + pitch * (Math.max(...indices.map((row) => row.length)) - 1))),
    height: Math.round(side * (2 * margin + indices.length)),
    digits: indices.flatMap((row, y) =>
      row.map((index, x) => ({
        pixels: digit(index),
        left: side * (margin + pitch * x),
        top: side * (margin + y),
        side,
      })),
    ),
  };
}

/** One digit within 28x28. */
function tiny(index: number, left: number, top: number, side: number, colours: Pick<Scene, 'paper' | 'ink'>): Scene {
  return {...colours, width: 28, height: 28, digits: [{pixels: digit(index), left, top, side}]};
}

const WHITE_INK = {paper: BLACK, ink: WHITE};
const SCENES: Record<string, (index: number) => Scene> = {
  'a small digit in 28x28, light': (i) => tiny(i, 1, 0, 16, WHITE_INK),
  'a small digit in 28x28, dark': (i) => tiny(i, 8, 9, 18, ON_WHITE),
  'a digit in the corner of 28x28, light': (i) => tiny(i, -3, -3, 28, WHITE_INK),
  'a digit in the corner of 28x28, dark': (i) => tiny(i, 3, 3, 28, ON_WHITE),
  'two digits': (i) => ({...written([[i, i + 1]], 100), ...ON_WHITE}),
  'three light digits, close': (i) => ({...written([[i, i + 1, i + 2]], 70, {pitch: 0.8}), ...WHITE_INK}),
  'two rows': (i) => ({
    ...written(
      [
        [i, i + 1, i + 2],
        [i + 3, i + 4],
      ],
      70,
    ),
    ...ON_WHITE,
  }),
  'a black frame at the edge': (i) => ({
    ...written([[i]], 150, {margin: 0.4}),
    ...ON_WHITE,
    frame: {inset: 0, thickness: 20, colour: BLACK},
  }),
  'a thin frame around two digits': (i) => ({
    ...written([[i, i + 1]], 100, {margin: 0.4}),
    ...ON_WHITE,
    frame: {inset: 8, thickness: 3, colour: BLACK},
  }),
  'a white frame around a light digit': (i) => ({
    ...written([[i]], 140, {margin: 0.4}),
    ...WHITE_INK,
    frame: {inset: 0, thickness: 8, colour: WHITE},
  }),
  'a hard shadow': (i) => ({...written([[i, i + 1]], 120, {margin: 0.4}), ...PHOTO, shadow: {share: 0.5, at: 160}}),
  'ruled paper': (i) => ({
    ...written([[i]], 160, {margin: 0.4}),
    ...PHOTO,
    lines: {pitch: 32, thickness: 2, colour: [120, 130, 170]},
  }),
  'squared paper, as dark as the ink': (i) => ({
    ...written([[i]], 160, {margin: 0.4}),
    ...ON_WHITE,
    lines: {pitch: 40, thickness: 2, colour: BLACK, grid: true},
  }),
};

const HALF = {box: [180, 0, 180, 180] as [number, number, number, number], colour: BLACK};
const DESK = [60, 45, 35];

/** A scene within a larger picture, `left`, `top`, `right` and `bottom` of it the desk. */
function onDesk(scene: Scene, [left, top, right, bottom]: number[]): Scene {
  return {
    ...scene,
    paper: DESK,
    width: scene.width + left + right,
    height: scene.height + top + bottom,
    shapes: [{box: [left, top, scene.width, scene.height], colour: scene.paper}],
    digits: scene.digits.map((one) => ({...one, left: one.left + left, top: one.top + top})),
  };
}

Object.assign(SCENES, {
  'a sheet on a desk': (i) => onDesk({...written([[i, i + 1]], 100, {margin: 0.4}), ...PHOTO}, [50, 40, 60, 30]),
  'a desk on two sides': (i) => onDesk({...written([[i, i + 1]], 100, {margin: 0.4}), ...PHOTO}, [0, 0, 70, 90]),
  'a strip at the upper edge': (i) => onDesk({...written([[i, i + 1]], 100, {margin: 0.4}), ...PHOTO}, [0, 18, 0, 0]),
  'a black slate on a light table': (i) => ({
    ...onDesk({...written([[i]], 100, {margin: 0.4}), ...WHITE_INK}, [40, 40, 40, 40]),
    paper: [215, 205, 190],
  }),
  'half black, half white': (i) => ({...written([[i]], 100, {margin: 0.4}), ...ON_WHITE, shapes: [HALF], width: 360}),
  'an underline that touches': (i) => ({
    ...written([[i, i + 1]], 100, {margin: 0.4}),
    ...ON_WHITE,
    shapes: [{box: [50, 122, 170, 5], colour: BLACK}],
  }),
  'a pen stroke beside': (i) => ({
    ...written([[i]], 100, {margin: 0.8}),
    ...ON_WHITE,
    shapes: [{box: [20, 120, 50, 6], colour: BLACK}],
  }),
  'a sloping row': (i) => {
    const scene = written([[i, i + 1, i + 2, i + 3]], 70, {margin: 0.8});
    const digits = scene.digits.map((one, x) => ({...one, top: one.top + 12 * x}));
    return {...scene, ...ON_WHITE, digits, height: scene.height + 40};
  },
  'a digit much smaller than the one beside': (i) => {
    const scene = written([[i, i + 1]], 140, {margin: 0.3});
    const digits = scene.digits.map((one, x) =>
      x === 0 ? one : {...one, side: 56, left: one.left + 20, top: one.top + 42},
    );
    return {...scene, ...ON_WHITE, digits};
  },
  'small digits on a large picture': (i) => {
    const {digits} = written([[i, i + 1]], 40, {margin: 3});
    return {...ON_WHITE, width: 1500, height: 900, digits};
  },
} satisfies typeof SCENES);

describe('readDigits', () => {
  it.each<[string, Omit<Scene, 'digits' | 'width' | 'height'>]>([
    ['a minus sign', {...ON_WHITE, shapes: [{box: [60, 70, 80, 14], colour: BLACK}]}],
    ['a square', {...ON_WHITE, shapes: [{box: [60, 40, 70, 80], colour: BLACK}]}],
    ['two halves', {...ON_WHITE, shapes: [{box: [0, 0, 100, 150], colour: BLACK}]}],
    ['a noisy sheet', {...PHOTO, noise: 30}],
  ])('%s: no digit is found', async (_name, scene) => {
    const file = encodePng(drawScene({...scene, width: 200, height: 150, digits: []}));
    await expect(readDigits(file)).rejects.toThrow(/no digit found/);
  });

  it('tells a shape that is too wide for one digit', async () => {
    const scene = {...written([[0, 1, 2]], 100, {pitch: 0.45}), ...ON_WHITE};
    const found = await readDigits(encodePng(drawScene(scene)));
    expect(found.map(({remark}) => remark)).toEqual([expect.stringMatching(/too wide for one digit/)]);
  });

  it.each(Object.entries(SCENES))('%s: each digit is found in its place', async (name, make) => {
    for (const index of [0, 12]) {
      const scene = make(index);
      const picture = drawScene(scene);
      const found = await readDigits(scene.noise ? jpeg.encode(picture, 85).data : encodePng(picture));
      expect(found.length, `${name}, from digit ${index}`).toBe(scene.digits.length);
      found.forEach(({pixels, box}, i) => {
        const {left, top, side, pixels: original} = scene.digits[i];
        // Small digits have lost detail, and lines that were taken away leave notches.
        const least = side < 20 || scene.shapes ? 0.75 : 0.85;
        expect(likeness(pixels, original), `${name}, digit ${index + i}`).toBeGreaterThan(least);
        for (const [place, from] of [
          [box.left + box.width / 2, left],
          [box.top + box.height / 2, top],
        ]) {
          expect(place).toBeGreaterThan(from + 0.25 * side);
          expect(place).toBeLessThan(from + 0.75 * side);
        }
      });
    }
  });

  it('numbers rows from above and digits from the left', async () => {
    const found = await readDigits(encodePng(drawScene(SCENES['two rows'](0))));
    expect(found.map(({row, column}) => [row, column])).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
      [2, 1],
      [2, 2],
    ]);
  });
});
