import * as assert from 'uvu/assert';
import { argumentsFor, EXAMPLE } from '../../scripts/start-arguments.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('npm start');
const none = { KUBECONFIG: undefined, hasDefaultKubeconfig: false };
const demo = ['--from', EXAMPLE];

const cases: { given: string[]; surroundings: Parameters<typeof argumentsFor>[1]; args: string[] }[] = [
  { given: [], surroundings: { ...none, hasDefaultKubeconfig: true }, args: ['status'] },
  { given: [], surroundings: { ...none, KUBECONFIG: '/a/config' }, args: ['status'] },
  { given: [], surroundings: none, args: ['status', ...demo] },
  { given: [], surroundings: { ...none, KUBECONFIG: '' }, args: ['status', ...demo] },
  { given: ['-o', 'json'], surroundings: none, args: ['status', '-o', 'json', ...demo] },
  { given: ['describe'], surroundings: none, args: ['describe', ...demo] },
  { given: ['version'], surroundings: none, args: ['version'] },
  { given: ['--help'], surroundings: none, args: ['status', '--help'] },
  { given: ['--kubeconfig', 'x'], surroundings: none, args: ['status', '--kubeconfig', 'x'] },
  { given: ['--kubeconfig=x'], surroundings: none, args: ['status', '--kubeconfig=x'] },
  { given: ['--from=x'], surroundings: none, args: ['status', '--from=x'] },
  { given: ['describe', '-s', 'https://a'], surroundings: none, args: ['describe', '-s', 'https://a'] },
];

for (const { given, surroundings, args } of cases) {
  test(`npm start -- ${given.join(' ')} with ${JSON.stringify(surroundings)}`, () => {
    const chosen = argumentsFor(given, surroundings);
    assert.equal(chosen.args, args);
    assert.is(chosen.isExample, args.at(-1) === EXAMPLE);
  });
}

test.run();
