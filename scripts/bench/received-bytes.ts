// Runs a command that asks an API server through a relay, and prints how many bytes the server sent: `received-bytes.ts HOST:PORT COMMAND…`.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import process from 'node:process';

const [server = '', command = '', ...args] = process.argv.slice(2);
const [host = '', port] = server.split(':');
let received = 0;
const relay = createServer((client) => {
  const upstream = connect(Number(port), host);
  upstream.on('data', (chunk) => {
    received += chunk.length;
  });
  client.on('error', () => upstream.destroy()).pipe(upstream);
  upstream.on('error', () => client.destroy()).pipe(client);
});
await once(relay.listen(0, '127.0.0.1'), 'listening');
const { port: relayed } = relay.address() as AddressInfo;
const child = spawn(command, [...args, `--server=https://127.0.0.1:${relayed}`], { stdio: 'ignore' });
await once(child, 'close');
relay.close();
console.log(received);
