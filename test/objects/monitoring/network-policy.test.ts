import * as assert from 'uvu/assert';
import type { NetworkPolicy, Pod } from '../../../src/model/kubernetes.ts';
import { closingEgress, closingIngress } from '../../../src/objects/monitoring/network-policy.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('network policy');
const POD: Pod = {
  metadata: { labels: { app: 'a' } },
  spec: { containers: [{ name: 'c', image: 'i', ports: [{ name: 'metrics', containerPort: 8443 }] }] },
};
const policy = (spec: NetworkPolicy['spec']): NetworkPolicy => ({
  metadata: { name: 'p' },
  spec: { podSelector: {}, ...spec },
});
const isClosed = (...specs: NetworkPolicy['spec'][]) => closingIngress(specs.map(policy), POD, 8443).length > 0;

const ingress: [name: string, specs: NetworkPolicy['spec'][], closed: boolean][] = [
  ['no policy', [], false],
  ['no rule at all', [{ policyTypes: ['Ingress'] }], true],
  ['no types: it is about ingress', [{}], true],
  ['about egress only', [{ policyTypes: ['Egress'] }], false],
  ['another pod', [{ podSelector: { matchLabels: { app: 'b' } } }], false],
  ['every port of somebody', [{ ingress: [{ from: [{ podSelector: {} }] }] }], false],
  ['every port of everybody', [{ ingress: [{}] }], false],
  ['the port', [{ ingress: [{ ports: [{ port: 8443 }] }] }], false],
  ['the port by its name', [{ ingress: [{ ports: [{ port: 'metrics' }] }] }], false],
  ['a port name of nothing', [{ ingress: [{ ports: [{ port: 'web' }] }] }], true],
  ['a range', [{ ingress: [{ ports: [{ port: 8000, endPort: 9000 }] }] }], false],
  ['a range beside it', [{ ingress: [{ ports: [{ port: 8444, endPort: 9000 }] }] }], true],
  ['the port, of UDP', [{ ingress: [{ ports: [{ port: 8443, protocol: 'UDP' }] }] }], true],
  ['every port of TCP', [{ ingress: [{ ports: [{ protocol: 'TCP' }] }] }], false],
  ['one closes, another opens', [{}, { ingress: [{ ports: [{ port: 8443 }] }] }], false],
];

for (const [name, specs, closed] of ingress) {
  test(`ingress, ${name}: ${closed ? 'closed' : 'open'}`, () => assert.is(isClosed(...specs), closed));
}

const egress: [name: string, specs: NetworkPolicy['spec'][], answer: string][] = [
  ['no policy', [], 'open'],
  ['about ingress', [{ policyTypes: ['Ingress'] }], 'open'],
  ['no rule', [{ policyTypes: ['Egress'] }], 'closed'],
  ['DNS only', [{ policyTypes: ['Egress'], egress: [{ ports: [{ port: 53, protocol: 'UDP' }] }] }], 'closed'],
  ['to pods only', [{ policyTypes: ['Egress'], egress: [{ to: [{ namespaceSelector: {} }] }] }], 'perhaps'],
  ['to addresses', [{ policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] }], 'open'],
  ['to everything, without types', [{ egress: [{ ports: [{ port: 443 }] }] }], 'open'],
];

for (const [name, specs, answer] of egress) {
  test(`egress, ${name}: ${answer}`, () => {
    const { policies, sure } = closingEgress(specs.map(policy), POD);
    const closed = sure ? 'closed' : 'perhaps';
    assert.is(policies.length === 0 ? 'open' : closed, answer);
  });
}

test('policies that are odd close nothing by accident', () => {
  assert.equal(closingIngress(null, POD, 8443), []);
  const odd = { spec: { podSelector: null, policyTypes: [null, 'Ingress'], ingress: [null, { ports: [null] }] } };
  assert.equal(closingIngress([odd as unknown as NetworkPolicy], POD, 8443), []);
});

test.run();
