/** What a run prints: a line for each round, then what came of it. */

/** Secure aggregation adds and takes away random shares: its averages differ by roundings. */
const TOLERANCE = 1e-4;

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;
const percent = (fraction) => `${(100 * fraction).toFixed(1)} %`;

/** @param {{scheme: string, backend: string, clients: number, images: number, rounds: number, epochs: number, test: number}} settings */
export function createReport({scheme, backend, clients, images, rounds, epochs, test}) {
  const told = new Map();
  const lengths = [];
  console.log(
    `${scheme} on ${backend}: a server, ${clients} clients with ${images} images each, ${epochs} epoch(s) a round`,
  );
  return {
    tell(client, message) {
      if (message.type === 'loaded' && client === 0) begin(message.description);
      if (message.type !== 'round') return;
      const {round} = message;
      told.set(round, [...(told.get(round) ?? []), message]);
      if (told.get(round).length === clients) lengths.push(printRound(round, rounds, told.get(round)));
    },
    /** @returns whether all clients have the same weights */
    finish(results) {
      const apart = Math.max(...results.slice(1).map(({weights}) => distance(results[0].weights, weights)));
      const later = lengths.slice(1);
      if (later.length > 0)
        console.log(`A round after the first: ${seconds(median(later))} (median of ${later.length})`);
      const accuracies = results.map(({right}) => percent(right / test));
      console.log(`Accuracy on ${test} test images, client by client: ${accuracies.join(', ')}`);
      console.log(`Weights of the clients differ by at most ${apart.toExponential(1)}`);
      if (apart <= TOLERANCE) return true;
      console.error(`error: the clients do not agree: expected at most ${TOLERANCE}.`);
      return false;
    },
  };
}

function begin(description) {
  console.log(description);
  console.log(row(['round', 'seconds', 'training', 'exchange', 'loss', 'validation']));
}

/** @returns the round's milliseconds, from the first client's start to the last one's end */
function printRound(round, rounds, messages) {
  const pick = (name) => messages.map((message) => message[name]);
  const length = Math.max(...pick('exchanged')) - Math.min(...pick('started'));
  const training = mean(messages.map(({started, trained}) => trained - started));
  // The last to have trained waits for nobody.
  const exchange = Math.min(...messages.map(({trained, exchanged}) => exchanged - trained));
  const figures = [seconds(length), seconds(training), seconds(exchange)];
  console.log(row([`${round}/${rounds}`, ...figures, mean(pick('loss')).toFixed(3), percent(mean(pick('accuracy')))]));
  return length;
}

function row(cells) {
  return cells.map((cell) => cell.padStart(11)).join('');
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : mean(sorted.slice(middle - 1, middle + 1));
}

/** The largest difference of two lists of arrays; NaN where one is no number. */
function distance(left, right) {
  let largest = 0;
  for (const [n, values] of left.entries()) {
    for (const [index, value] of values.entries()) largest = Math.max(largest, Math.abs(value - right[n][index]));
  }
  return largest;
}
