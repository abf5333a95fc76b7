import * as assert from 'uvu/assert';
import { askedUrl, isAsked } from '../../src/archive/asked.ts';
import type { ApiRequest } from '../../src/model/request.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('what an archive was asked');

const PODS = '/api/v1/namespaces/kubevirt/pods';
const OPERATOR = { labelSelector: 'kubevirt.io=virt-operator' };
const CASES: [asked: ApiRequest, wanted: ApiRequest, covered: boolean, why: string][] = [
  [{ path: PODS }, { path: PODS, query: { limit: '50' } }, true, 'a limit asks for no other objects'],
  [{ path: PODS }, { path: PODS, query: OPERATOR }, true, 'the selected ones are among all'],
  [{ path: PODS, query: OPERATOR }, { path: PODS }, false, 'all are more than the selected ones'],
  [{ path: PODS, query: OPERATOR }, { path: PODS, query: OPERATOR }, true, 'the same'],
  [{ path: PODS }, { path: `${PODS}/virt-operator-1` }, true, 'one of the listed objects'],
  [{ path: PODS, query: OPERATOR }, { path: `${PODS}/virt-api-1` }, false, 'perhaps not among the selected ones'],
  [{ path: '/api/v1/pods' }, { path: PODS }, true, 'one namespace of all'],
  [{ path: PODS }, { path: '/api/v1/pods' }, false, 'all namespaces are more than one'],
  [{ path: PODS }, { path: '/api/v1/namespaces/other/pods' }, false, 'another namespace'],
  [{ path: '/api/v1/nodes', form: 'table' }, { path: '/api/v1/nodes/cp-0' }, false, 'a Table holds no objects'],
  [{ path: '/api/v1/nodes', form: 'table' }, { path: '/api/v1/nodes', form: 'table' }, true, 'the same Table'],
  [{ path: '/api/v1/nodes' }, { path: '/api/v1/nodes', form: 'table' }, true, 'a Table can be made of objects'],
  [{ path: `${PODS}/a` }, { path: `${PODS}/ab` }, false, 'another object whose name begins the same'],
  [{ path: '/version' }, { path: '/version' }, true, 'no resource'],
];

for (const [asked, wanted, covered, why] of CASES) {
  test(`${askedUrl(asked)} ${covered ? 'answers' : 'does not answer'} ${askedUrl(wanted)}: ${why}`, () => {
    assert.is(isAsked([askedUrl(asked)], wanted), covered);
  });
}

test.run();
