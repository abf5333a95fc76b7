import * as assert from 'uvu/assert';
import { suite } from '../helpers/suite.ts';
import { crashingPod, diagnosisOf, installed, without } from './outage.ts';

const test = suite('api-version-skew');

test('an operator that asks for an API of another time', async () => {
  const message = 'no matches for kind "PodDisruptionBudget" in version "policy/v1beta1"';
  const pods = [crashingPod('virt-operator-1-a', { message }), crashingPod('virt-operator-1-b', { message }, 'cp-1')];
  const { verdict, causes, findings } = await diagnosisOf([...without(installed(), 'Pod'), ...pods]);
  assert.equal(
    [verdict, causes.map(({ code, confidence, title }) => [code, confidence, title]), findings],
    [
      'down',
      [['api-version-skew', 'likely', 'KubeVirt v1.7.0 asks for an API that Kubernetes v1.36.3 does not serve']],
      [],
    ],
  );
});

test.run();
