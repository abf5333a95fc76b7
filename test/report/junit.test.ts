import * as assert from 'uvu/assert';
import type { OperatorReport } from '../../src/model/report.ts';
import { junit } from '../../src/report/junit.ts';
import { suite } from '../helpers/suite.ts';
import { finding, report } from '../helpers/view.ts';

const test = suite('junit');

function xml(changes: Partial<OperatorReport>): string {
  const output = junit(report(changes));
  return output.kind === 'document' ? output.text : '';
}

const TAG = /<(\/?)([a-z-]+)((?: [a-z]+="[^"<>]*")*)(\/?)>/g;
const RESULT = /<testcase classname="virt-operator\.(\w+)" name="([^"]*)" time="0"(?:\/>|>\s*<(\w+))/g;

/** Each test case and what became of it, of XML that is well-formed. */
function results(text: string): Record<string, string> {
  const body = text.replace('<?xml version="1.0" encoding="UTF-8"?>\n', '');
  assert.not.match(body.replace(TAG, ''), /[<>]|&(?!(?:amp|lt|gt|quot|apos);)/);
  const open: string[] = [];
  for (const [, isEnd, tag = '', , isEmpty] of body.matchAll(TAG)) {
    if (isEnd) assert.is(open.pop(), tag);
    else if (!isEmpty) open.push(tag);
  }
  assert.equal(open, []);
  const cases = [...body.matchAll(RESULT)];
  return Object.fromEntries(
    cases.map(([, group, name, result]) => [`${group} ${name}`, RESULTS[result ?? ''] ?? 'passed']),
  );
}

const RESULTS: Record<string, string> = { failure: 'failure', error: 'error', skipped: 'skipped' };

test('each check is a test case: what is wrong fails, what was not read is skipped', () => {
  const text = xml({
    verdict: 'down',
    causes: [finding()],
    findings: [
      finding({ code: 'cordoned', severity: 'warning', object: { kind: 'Node', namespace: null, name: 'cp-1' } }),
      finding({ code: 'olm-managed', severity: 'info' }),
    ],
    alerts: [
      { name: 'VirtOperatorDown', state: 'firing', since: null, falsePositive: false },
      { name: 'NoReadyVirtOperator', state: 'pending', since: null, falsePositive: false },
      { name: 'NoLeadingVirtOperator', state: 'unknown', since: null, falsePositive: false },
    ],
    notChecked: [{ what: 'events', why: 'forbidden', needs: null }],
  });
  assert.equal(results(text), {
    'verdict virt-operator works': 'failure',
    'cause deployment-scaled-to-zero Deployment/virt-operator': 'failure',
    'finding cordoned Node/cp-1': 'failure',
    'finding olm-managed Deployment/virt-operator': 'passed',
    'alert VirtOperatorDown': 'failure',
    'alert NoReadyVirtOperator': 'passed',
    'alert NoLeadingVirtOperator': 'skipped',
    'read events': 'skipped',
  });
  assert.match(text, '<testsuites name="kubectl-virtop" tests="8" failures="4" errors="0">');
});

test('healthy passes; what cannot be told, and no KubeVirt, are errors', () => {
  assert.equal(results(xml({})), { 'verdict virt-operator works': 'passed', 'alert VirtOperatorDown': 'passed' });
  const notChecked = [{ what: 'pods', why: 'forbidden', needs: null }];
  const unknown = results(xml({ verdict: 'incomplete', notChecked }));
  assert.equal([unknown['verdict virt-operator works'], unknown['read pods']], ['error', 'error']);
  assert.is(results(xml({ verdict: 'notInstalled' }))['verdict virt-operator works'], 'error');
});

test('text from a cluster stays text, without what XML forbids', () => {
  const text = ']]></failure><x a="b"> & \' \u0000\u0008\u001b\ufffe\ud800\u202e\u{1f600}\nnext';
  const shown = xml({ verdict: 'down', causes: [finding({ title: text, evidence: [{ text, source: text }] })] });
  assert.is(Object.keys(results(shown)).length, 3);
  assert.match(shown, ']]&gt;&lt;/failure&gt;&lt;x a=&quot;b&quot;&gt; &amp; &apos; \u{1f600}\nnext');
  assert.match(shown, 'message="]]&gt;&lt;/failure&gt;&lt;x a=&quot;b&quot;&gt; &amp; &apos; \u{1f600} next"');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what may not be there.
  assert.not.match(shown, /[\u0000-\u0008\u000b-\u001f\ufffe\u202e]|[\ud800-\udbff](?![\udc00-\udfff])/);
});

test.run();
