/** From the files of make-fixture.mjs to what the suite takes. Every runtime has another way to read a file. */

/**
 * @param {(name: string) => Promise<ArrayBuffer>} read
 * @returns {Promise<import('./suite.mjs').Fixture>}
 */
export async function loadFixture(read) {
  const [json, weights, images, labels] = await Promise.all(
    ['fixture.json', 'weights.bin', 'images.bin', 'labels.bin'].map((name) => read(name)),
  );
  return {
    ...JSON.parse(new TextDecoder().decode(json)),
    weights,
    images: new Uint8Array(images),
    labels: new Uint8Array(labels),
  };
}
