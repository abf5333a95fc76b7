// Stands in for github.com: node github.ts FOLDER CERTIFICATE KEY serves the files of FOLDER by their last name, whatever host
// and path they are asked for, through a proxy on loopback, whose port it prints. All else is not there.
import { existsSync, readFileSync } from 'node:fs';
import { createServer as createProxy } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { basename, join } from 'node:path';
import process from 'node:process';

const [, , folder = '', certificate = '', key = ''] = process.argv;

const site = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (request, response) => {
  const file = join(folder, basename(request.url ?? ''));
  if (!request.url?.includes('/releases/download/') || !existsSync(file)) response.writeHead(404).end();
  else response.end(readFileSync(file));
});
const proxy = createProxy();
proxy.on('connect', (_request, socket) => {
  const inner = connect((site.address() as AddressInfo).port, '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    socket.pipe(inner).pipe(socket);
  });
  for (const end of [inner, socket]) end.on('error', () => end.destroy());
});
site.listen(0, '127.0.0.1', () =>
  proxy.listen(0, '127.0.0.1', () => console.log((proxy.address() as AddressInfo).port)),
);
