import * as assert from 'uvu/assert';
import { cutLine, span } from '../../src/model/line.ts';
import type { Stop } from '../../src/terminal/io.ts';
import { startLive } from '../../src/terminal/live.ts';
import { sink, testIo } from '../helpers/io.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('live');
const rows =
  (...texts: string[]) =>
  () =>
    texts.map((text) => cutLine([span(text)]));

test('without a terminal, on a dumb one, or when quiet, nothing is written', () => {
  const terminal = { ...testIo(), stderr: sink(80) };
  const worlds = [
    { io: testIo(), quiet: false },
    { io: { ...terminal, env: { TERM: 'dumb' } }, quiet: false },
    { io: terminal, quiet: true },
  ];
  for (const { io, quiet } of worlds) {
    const live = startLive(io, quiet, 'auto');
    live.show(rows('one'));
    live.stop();
    assert.is(io.stderr.text + io.stdout.text, '');
  }
});

test('it is drawn at once, redrawn in its place, and taken away', async () => {
  const io = { ...testIo(), stderr: sink(20) };
  const live = startLive(io, false, 'never');
  live.show(rows('HEAD', 'one\u001b[2J'));
  assert.is(io.stderr.text, 'HEAD\none^[[2J\n');
  io.stderr.text = '';
  live.show(rows('HEAD', 'never seen'));
  live.show(rows('HEAD', 'x'.repeat(30)));
  while (io.stderr.text === '') await new Promise((resolve) => setTimeout(resolve, 5));
  assert.is(io.stderr.text, `\u001b[2A\r\u001b[JHEAD\n${'x'.repeat(19)}…\n`);
  io.stderr.text = '';
  live.stop();
  assert.is(io.stderr.text, '\u001b[2A\r\u001b[J');
});

test('it takes away as many rows as a narrower terminal made of it', () => {
  const io = { ...testIo(), stderr: sink(60) };
  const live = startLive(io, false, 'never');
  live.show(rows('HEAD', 'x'.repeat(50)));
  io.stderr.columns = 30;
  live.stop();
  assert.match(io.stderr.text, '\u001b[3A');
});

test('no more is drawn than the screen is high', () => {
  const io = { ...testIo(), stderr: Object.assign(sink(20), { rows: 3 }) };
  const live = startLive(io, false, 'never');
  live.show(rows('HEAD', 'one', 'two', 'three'));
  live.stop();
  assert.match(io.stderr.text, /^HEAD\none\n.\[2A/);
});

test('it is taken away before the program is stopped, and drawn anew below what a shell has written since', () => {
  const stops = new Set<Stop>();
  const ifStopped = (stop: Stop) => {
    stops.add(stop);
    return () => stops.delete(stop);
  };
  const io = { ...testIo(), stderr: sink(20), ifStopped };
  const live = startLive(io, false, 'never');
  live.show(rows('one'));
  io.stderr.text = '';
  for (const { leave } of stops) leave();
  for (const { enter } of stops) enter();
  assert.is(io.stderr.text, '\u001b[1A\r\u001b[Jone\n');
  live.stop();
  assert.is(stops.size, 0);
});

test.run();
