// Stands in for github.com: node github.ts FOLDER CERTIFICATE KEY serves the files of FOLDER by their last name, as downloads of
// any release, on loopback. All else is not there.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { basename, join } from 'node:path';
import process from 'node:process';

const [, , folder = '', certificate = '', key = ''] = process.argv;

createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (request, response) => {
  const file = join(folder, basename(request.url ?? ''));
  if (!request.url?.includes('/releases/download/') || !existsSync(file)) response.writeHead(404).end();
  else response.end(readFileSync(file));
}).listen(443, '127.0.0.1', () => console.log('ready'));
