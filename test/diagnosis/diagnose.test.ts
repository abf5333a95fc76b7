import * as assert from 'uvu/assert';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { evaluate, knownValue } from '../../src/diagnosis/evaluate.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import { object } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { evidenceOf, installed, patched, without } from '../rules/outage.ts';
import { observation, rule } from './rules.ts';

const test = suite('diagnose');
const noPods = () => evidenceOf(without(installed(), 'Pod'));

test('a rule that throws is reported as not checked, and the others still speak', async () => {
  const broken = rule('broken', {
    evaluate: () => {
      throw new TypeError('odd object');
    },
  });
  const sound = rule('sound', { evaluate: () => [observation({ explains: ['uncreated/0', 'uncreated/1'] })] });
  const evidence = await noPods();
  const { verdict, causes, notChecked } = diagnose(evidence, [broken, sound]);
  assert.equal([verdict, causes.map(({ code }) => code)], ['down', ['sound']]);
  assert.equal(
    notChecked.map(({ what }) => what),
    ['cause broken'],
  );
});

test('a rule whose need was refused is unknown and is not asked; one whose wish was refused is shown undefined', async () => {
  const evidence = await evidenceOf(installed(), ['/api/v1/nodes*']);
  const asked: unknown[] = [];
  const needs = rule('needs', { needs: ['nodes'], evaluate: () => [observation()] });
  const wants = rule('wants', {
    needs: ['pods'],
    wants: ['nodes'],
    evaluate: (seen) => {
      asked.push(seen);
      return [];
    },
  });
  const { observed, unknown } = evaluate(evidence, [needs, wants]);
  assert.equal([observed.length, unknown.map(({ code }) => code)], [0, ['needs']]);
  const [seen] = asked as [Record<string, unknown>];
  assert.is(seen.nodes, undefined);
  assert.is((seen.pods as unknown[]).length, 2);
});

test('a rule is shown only what it asked for, and null for what does not exist', async () => {
  const evidence = await evidenceOf(without(installed(), 'PriorityClass'));
  let keys: string[] = [];
  const curious = rule('curious', {
    needs: ['priorityClass'],
    evaluate: (seen) => {
      keys = Object.keys(seen).sort();
      assert.is(seen.priorityClass, null);
      return [];
    },
  });
  assert.equal(evaluate(evidence, [curious]).unknown, []);
  assert.equal(keys, ['forbidden', 'priorityClass', 'readAt', 'target']);
});

test('a rule that needs what nothing asked for has nothing to say', async () => {
  const evidence = await evidenceOf(installed());
  const { observed, unknown } = evaluate(evidence, [
    rule('later', { needs: ['nodePods'], evaluate: () => [observation()] }),
  ]);
  assert.equal([observed, unknown], [[], []]);
});

test('lists are known by name, whatever order they were read in', async () => {
  const evidence = await evidenceOf(installed().toReversed());
  assert.equal(
    knownValue(evidence, 'pods')?.map((pod) => pod.metadata?.name),
    ['virt-operator-1-a', 'virt-operator-1-b'],
  );
});

test('titles, evidence and refusals are redacted', async () => {
  const leaky = rule('leaky', {
    evaluate: () => [
      observation({
        title: 'login with https://admin:hunter2@registry.example failed',
        evidence: [{ text: 'Authorization: Bearer abcdefghijklmnop', source: 'pod/x' }],
        explains: ['uncreated/0'],
      }),
    ],
  });
  const evidence = await noPods();
  const refused: Evidence = {
    ...evidence,
    reads: {
      ...evidence.reads,
      nodes: { status: 'failed', reason: 'api-degraded', message: 'password=hunter2 refused' },
    },
  };
  const { causes, notChecked } = diagnose(refused, [leaky]);
  assert.not.match(JSON.stringify([causes, notChecked]), /hunter2|abcdefghijklmnop/);
  assert.is(causes[0]?.title, 'login with https://<redacted>@registry.example failed');
});

test('text that is no text does not break the diagnosis', async () => {
  const odd = rule('odd', { evaluate: () => [observation({ title: 404 as unknown as string })] });
  assert.is(diagnose(await noPods(), [odd]).findings[0]?.title, '404');
});

test('several observations of one rule do not follow from each other', async () => {
  const twice = rule('twice', {
    evaluate: () => [
      observation({ explains: ['uncreated/0'] }),
      observation({ title: 'other', explains: ['uncreated/1'] }),
    ],
  });
  const { causes } = diagnose(await noPods(), [twice]);
  assert.equal(
    causes.map(({ consequences }) => consequences),
    [[], []],
  );
});

test('what a rule says twice of one object is one cause, of both gaps', async () => {
  const item = (text: string) => ({ text, source: 'here' });
  const said = (gap: string, text: string) => observation({ explains: [gap], evidence: [item('same'), item(text)] });
  const twice = rule('twice', { evaluate: () => [said('uncreated/0', 'one'), said('uncreated/1', 'other')] });
  const { causes, unexplained } = diagnose(await noPods(), [twice]);
  assert.equal(
    [causes.map(({ evidence }) => evidence.map(({ text }) => text)), unexplained],
    [[['same', 'one', 'other']], null],
  );
});

test('each refused read is listed once, with the right that it needs', async () => {
  const { notChecked } = diagnose(await evidenceOf(installed(), ['/apis/coordination.k8s.io/*', '/api/v1/nodes*']), []);
  assert.equal(notChecked.map(({ what }) => what).sort(), [
    'Lease kube-controller-manager',
    'Lease kube-scheduler',
    'Lease virt-operator',
    'all nodes',
    'nodes for virt-operator',
  ]);
  assert.equal(notChecked.find(({ what }) => what === 'Lease virt-operator')?.needs, {
    verb: 'get',
    group: 'coordination.k8s.io',
    resource: 'leases',
    namespace: 'kubevirt',
  });
});

test('odd objects are diagnosed, not fatal', async () => {
  const odd = { spec: null, status: 'none' };
  const cluster = ['Deployment', 'ReplicaSet', 'Pod', 'Lease', 'Node', 'Namespace'].reduce(
    (objects, kind) => patched(objects, kind, odd),
    installed(),
  );
  const nulls = object('v1', 'Event', { name: 'e', namespace: 'kubevirt' }, { involvedObject: null, message: 7 });
  const { rules } = await import('../../src/rules/index.ts');
  assert.is(diagnose(await evidenceOf([...cluster, nulls]), rules).verdict, 'down');
});

test('while KubeVirt is being deleted nothing is automatic', async () => {
  const mitigation = { action: 'scale-up', automatic: true, command: 'kubectl scale' };
  const mended = rule('mended', { evaluate: () => [observation({ explains: ['uncreated/0'], mitigation })] });
  const leaving = patched(without(installed(), 'Pod'), 'KubeVirt', {
    metadata: { deletionTimestamp: '2026-03-01T02:00:00Z' },
  });
  const automatic = (evidence: Evidence) => diagnose(evidence, [mended]).causes[0]?.mitigation?.automatic;
  assert.equal([automatic(await noPods()), automatic(await evidenceOf(leaving))], [true, false]);
});

test('a pod that was made a moment ago is told to be just that, beside a cause of another', async () => {
  const unready = { conditions: [{ type: 'Ready', status: 'False' }] };
  const made = (creationTimestamp: string) =>
    patched(patched(installed(), 'Pod', { status: unready }), 'Pod/virt-operator-1-b', {
      metadata: { creationTimestamp },
    });
  const one = rule('one', { evaluate: () => [observation({ explains: ['pod/virt-operator-1-a'] })] });
  const unexplained = async (time: string) => diagnose(await evidenceOf(made(time)), [one]).unexplained;
  assert.is(await unexplained('2026-03-01T02:50:00Z'), 'pod virt-operator-1-b');
  assert.is(
    await unexplained('2026-03-01T02:59:59Z'),
    'pod virt-operator-1-b, made just now and perhaps only starting',
  );
});

test.run();
