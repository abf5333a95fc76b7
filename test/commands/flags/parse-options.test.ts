import * as assert from 'uvu/assert';
import { normalizeArguments } from '../../../src/commands/flags/arguments.ts';
import { duration } from '../../../src/commands/flags/duration.ts';
import { GLOBAL_FLAGS } from '../../../src/commands/flags/global-flags.ts';
import { outputFlag } from '../../../src/commands/flags/output-flag.ts';
import { parseOptions } from '../../../src/commands/flags/parse-options.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('parse-options');
const FLAGS = [...GLOBAL_FLAGS, outputFlag(['json'])];

test('arguments are taken as kubectl takes them', () => {
  const cases: [given: string, meant: string][] = [
    ['-ojson', '-o=json'],
    ['-o=json', '-o=json'],
    ['-o json', '-o json'],
    ['-nkubevirt', '-n=kubevirt'],
    ['-q', '-q=true'],
    ['-qnkubevirt', '-q=true -n=kubevirt'],
    ['--quiet=F', '--quiet=false'],
    ['-q=1', '-q=true'],
    ['--context --quiet', '--context --quiet'],
    ['--context help status', '--context help status'],
    ['--request_timeout=5s', '--request-timeout=5s'],
    ['--context=a_b', '--context=a_b'],
    ['help status', 'status --help=true'],
    ['-n a help status', '-n a status --help=true'],
    ['help help', '--help=true --help=true'],
    ['status -- -ojson', 'status -- -ojson'],
  ];
  for (const [given, meant] of cases) assert.is(normalizeArguments(given.split(' '), FLAGS).join(' '), meant);
});

test('what is not given has its usual value', () => {
  const { connection, ...rest } = parseOptions({ _: [] });
  assert.equal(rest, {
    namespace: null,
    requestTimeout: 10_000,
    from: null,
    output: 'text',
    template: '',
    watch: false,
    color: 'auto',
    failOn: 'incomplete',
    showCommands: false,
    quiet: false,
    client: false,
    explain: false,
    follow: false,
    previous: false,
    tail: 50,
    since: null,
    container: 'virt-operator',
    role: false,
    writes: false,
    goal: 'healthy',
    repair: {
      yes: false,
      dryRun: 'none',
      confirmContext: null,
      overrideOwner: false,
      timeout: 300_000,
      list: false,
    },
    subject: null,
    fleet: null,
  });
  assert.ok(
    Object.values(connection).every((value) => value === '' || value === false || value === 0 || value.length === 0),
  );
});

test('every connection flag of kubectl reaches the connection', () => {
  const handledElsewhere = [
    'namespace',
    'request-timeout',
    'cache-dir',
    'v',
    'color',
    'from',
    'quiet',
    'show-commands',
  ];
  const flags = GLOBAL_FLAGS.filter(({ name }) => !handledElsewhere.includes(name));
  for (const { name, kind } of flags) {
    const value = kind === 'switch' ? true : 'given';
    const key = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    const connection: Record<string, unknown> = { ...parseOptions({ [name]: value }).connection };
    assert.equal(connection[key], kind === 'list' ? ['given'] : value, name);
  }
  assert.is(flags.length + 1, Object.keys(parseOptions({ v: '6' }).connection).length);
  assert.is(parseOptions({ v: '6' }).connection.verbosity, 6);
});

test('a repeated flag counts as given last, a list keeps all', () => {
  const { connection, output } = parseOptions({ context: ['a', 'b'], 'as-group': ['x', 'y'], output: 'JSON' });
  assert.equal([connection.context, connection.asGroup, output], ['b', ['x', 'y'], 'json']);
});

test("durations are Go's, and a bare number is seconds", () => {
  const cases: [string, number | null][] = [
    ['0', 0],
    ['10', 10_000],
    ['10s', 10_000],
    ['1m30s', 90_000],
    ['1.5s', 1500],
    ['250ms', 250],
    ['2h', 7_200_000],
    ['', null],
    ['-1s', null],
    ['1 s', null],
    ['1d', null],
    ['s', null],
  ];
  for (const [text, milliseconds] of cases) assert.is(duration(text), milliseconds, text);
});

test.run();
