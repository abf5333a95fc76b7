import * as assert from 'uvu/assert';
import { logLine, saidIn } from '../../../src/objects/meta/log-line.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('lines of a log');

const lines: [name: string, line: string, said: string][] = [
  ['plain text', '  panic: unreachable ', 'panic: unreachable'],
  ['what and why', '{"level":"error","msg":"cannot start","reason":"no token"}', 'cannot start: no token'],
  ['only why', '{"level":"error","reason":"no token"}', 'no token'],
  ['quotes and more lines', '{"msg":"Get \\"x\\":\\n\\tno"}', 'Get "x": no'],
  ['a place in the program', '{"caller":"x.go:12","msg":"hello"}', 'hello'],
  [
    'two parts, at an address',
    '{"caller":"Get \\"https://10.96.0.1:443","msg":"/api\\": EOF"}',
    'Get "https://10.96.0.1:443/api": EOF',
  ],
  [
    'two parts, at a port',
    '{"caller":"listen tcp :8443","msg":"bind: address already in use"}',
    'listen tcp :8443: bind: address already in use',
  ],
  ['an end that is cut off', '{"msg":"first","reason":"seco', 'first'],
  ['JSON without words', '{"level":"info"}', '{"level":"info"}'],
  ['fields of another type', '{"msg":7,"reason":{}}', '{"msg":7,"reason":{}}'],
  [
    'klog with an error apart',
    'E1126 12:10:18.459871     132 reflector.go:200] "Failed to watch" err="failed to list *v1.X: User \\"u\\" cannot list" type="*v1.X"',
    'Failed to watch: failed to list *v1.X: User "u" cannot list',
  ],
  [
    'klog without',
    'I1126 12:10:18.4 1 x.go:2] attempting to acquire leader lease',
    'I1126 12:10:18.4 1 x.go:2] attempting to acquire leader lease',
  ],
];

for (const [name, line, said] of lines) test(name, () => assert.is(saidIn(line), said));

test('a line that matches, as it is or by what it says', () => {
  const log = '{"msg":"one"}\n{"caller":"two :1","msg":"three"}';
  assert.is(logLine(log, /two :1: three/), 'two :1: three');
  assert.is(logLine(log, /"msg":"one"/), 'one');
  assert.is(logLine(log, /four/), null);
});

test.run();
