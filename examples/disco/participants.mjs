/** The processes of a run: one server, and so many clients. */
import {fork} from 'node:child_process';
import path from 'node:path';

/** DISCO waits without an end for weights that do not come. */
const EXCHANGE_SECONDS = 120;

/** A process ended early, or stopped answering. */
export class ParticipantError extends Error {}

/**
 * Runs all to their end.
 *
 * @param {{clients: number}} settings
 * @param {{tell(client: number, message: object): void}} report is told what the clients say
 * @returns {Promise<{right: number, weights: Float32Array[]}[]>} what each client has in the end
 */
export async function start(settings, report) {
  const children = [];
  let fail;
  const failure = new Promise((_, reject) => {
    fail = (message) => reject(new ParticipantError(message));
  });
  const begin = (name, script, given) => {
    const child = fork(path.join(import.meta.dirname, script), [JSON.stringify(given)], {serialization: 'advanced'});
    child.on('exit', (code, signal) => code !== 0 && fail(`The ${name} ended with ${signal ?? code}.`));
    children.push(child);
    return child;
  };
  try {
    return await Promise.race([failure, everything()]);
  } finally {
    const [server, ...clients] = children;
    // The server tidies up first; a client that trains hears nothing before the end of its epoch.
    if (server.connected) server.disconnect();
    for (const child of clients) child.kill();
  }

  async function everything() {
    const server = begin('server', 'server.mjs', settings);
    const {url} = await message(server, 'listening');
    const watch = exchangeWatch(settings.clients, fail);
    const clients = Array.from({length: settings.clients}, (_, client) => {
      const child = begin(`client ${client + 1}`, 'client.mjs', {...settings, client, url});
      child.on('message', (told) => {
        if (told.type === 'failed') fail(told.reason);
        watch(told);
        report.tell(client, told);
      });
      return child;
    });
    const finished = await Promise.all(clients.map((child) => message(child, 'finished')));
    const gone = clients.map((child) => new Promise((resolve) => child.on('exit', resolve)));
    for (const child of clients) child.send('leave');
    await Promise.all(gone);
    return finished;
  }
}

function message(child, type) {
  return new Promise((resolve) => child.on('message', (told) => told.type === type && resolve(told)));
}

/** Fails once all clients have trained and one of them has no weights of the others for too long. */
function exchangeWatch(clients, fail) {
  const trained = new Map();
  const exchanged = new Map();
  const count = (rounds, round) => rounds.set(round, (rounds.get(round) ?? 0) + 1).get(round);
  return ({type, round}) => {
    if (type === 'round') count(exchanged, round);
    if (type !== 'trained' || count(trained, round) < clients) return;
    const check = () => {
      if ((exchanged.get(round) ?? 0) === clients) return;
      fail(`Round ${round}: the clients did not exchange their weights within ${EXCHANGE_SECONDS} seconds.`);
    };
    setTimeout(check, EXCHANGE_SECONDS * 1000).unref();
  };
}
