import {createServer} from 'node:http';
import {createHandler} from './handler.js';
import {load} from './model.js';

const {HOST = '127.0.0.1', PORT = '8080'} = process.env;

const handle = createHandler(await load());

const server = createServer(async (request, response) => {
  const {status, headers, text} = await handle({
    method: request.method,
    path: request.url.split('?', 1)[0],
    // By default a body that is not read to its end closes the connection, before the answer.
    body: request.iterator({destroyOnReturn: false}),
  });
  response.writeHead(status, headers).end(text);
  // The rest of such a body is dropped, and the connection serves the next request.
  request.resume();
});
// A request that has not arrived by then is given up.
server.requestTimeout = 10_000;

server.listen(Number(PORT), HOST, () => {
  const {address, port} = server.address();
  console.log(`http://${address}:${port}/predict`);
});

// A balancer ends an instance so: the requests under way are answered, and no new connection is taken.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.close());
