import { execFileSync } from 'node:child_process';
import * as assert from 'uvu/assert';
import { shell } from '../../../src/objects/meta/shell.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('command lines for a shell');

/** What the shell makes of a command line. */
function words(line: string): string[] {
  const script = `kubectl() { for word; do printf '%s\\n' "$word"; done; }; ${line}`;
  return execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).trimEnd().split('\n');
}

test('what is a plain word stays as it is', () => {
  assert.is(shell`kubectl -n ${'kubevirt'} delete pod ${['a-1', 'b.2']}`, 'kubectl -n kubevirt delete pod a-1 b.2');
  assert.is(shell`kubectl taint node ${'cp-0'} ${['a/b=c:NoSchedule-']}`, 'kubectl taint node cp-0 a/b=c:NoSchedule-');
});

test('the shell takes a value as it is', () => {
  const hostile = ['x;id', '$(id)', '`id`', `it's`, 'a b', 'a && b', '> /tmp/x', `{"a":"b*"}`, '~root', '', 'a\\'];
  for (const value of hostile.filter(Boolean)) assert.equal(words(shell`kubectl get ${value} -o yaml`)[1], value);
  assert.equal(words(shell`kubectl delete pod ${hostile.slice(0, 3)}`), ['delete', 'pod', ...hostile.slice(0, 3)]);
});

test('a value is no flag, and says nothing to the terminal', () => {
  assert.is(shell`kubectl delete pod ${'--all'}`, 'kubectl delete pod all');
  assert.is(shell`kubectl get node ${'a\u001b[2J\nb\u202e'}`, "kubectl get node 'a?[2J?b?'");
});

test.run();
