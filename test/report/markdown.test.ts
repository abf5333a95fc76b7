import * as assert from 'uvu/assert';
import type { OperatorReport } from '../../src/model/report.ts';
import { markdown } from '../../src/report/markdown.ts';
import { suite } from '../helpers/suite.ts';
import { finding, report } from '../helpers/view.ts';

const test = suite('markdown');

function page(changes: Partial<OperatorReport>): string {
  const output = markdown(report(changes));
  return output.kind === 'document' ? output.text : '';
}

/** What a Markdown reader does not take for code. */
function withoutCode(text: string): string {
  return text.replace(/^(`{3,})sh\n[\s\S]*?\n\1$/gm, '').replace(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '');
}

const HOSTILE = [
  'a | b |',
  '<script>alert(1)</script> <img src=x>',
  '[click](https://evil.example) https://evil.example www.evil.example',
  '![image](//evil.example/x.png)',
  '@everyone and #1 and org/repo#2',
  '**bold** _under_ ~~gone~~ $x$',
  '`code` ``two`` ```three',
  '````',
  '\n\n# heading\n\n- list',
  '&lt;b&gt; &#64;all',
  '1. one',
  '/close',
  '\u202e\u200b\u0007\u001b[2J',
];

test('nothing from a cluster is more than code', () => {
  for (const text of HOSTILE) {
    const command = `kubectl get pods\n${text}`;
    const cause = finding({
      title: text,
      evidence: [{ text, source: text }],
      mitigation: { action: 'scale-up', automatic: false, command },
    });
    const shown = page({
      verdict: 'down',
      causes: [cause],
      findings: [{ ...cause, next: true }, cause],
      notChecked: [{ what: text, why: text, needs: null }],
      alerts: [{ name: text, state: 'firing', since: null, falsePositive: false }],
      unexplained: text,
      cluster: { context: text, server: text, user: text, version: text },
    });
    const rest = withoutCode(shown);
    assert.not.match(rest, /[|<>[\]@!*_~$&\\`"]|https?:|www|\n\/|evil/, text);
    assert.not.match(rest, /^(?:- )?\d+[.)] /m, text);
    assert.is(
      rest
        .match(/^#+ .*$/gm)
        ?.every((one) => /^## (Cause|Fix this too|Impact|Alerts|Also seen|Not read)|^# /.test(one)),
      true,
    );
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what may not be there.
    assert.not.match(shown, /[\u0000-\u0009\u000b-\u001f\u200b\u202e]/);
  }
});

test('plain words stay words', () => {
  const shown = page({
    verdict: 'down',
    causes: [finding({ title: 'Deployment virt-operator is scaled to 0 replicas' })],
  });
  assert.match(shown, '\nDeployment virt-operator is scaled to 0 replicas (critical, certain, for 14m)\n');
  assert.match(
    shown,
    '\n```sh\nkubectl -n kubevirt scale deployment/virt-operator --replicas=2 --current-replicas=0\n```\n',
  );
});

test('a long text is cut', () => {
  assert.ok(page({ verdict: 'down', causes: [finding({ title: 'x'.repeat(100_000) })] }).length < 5000);
});

test('a cause that is not known is called so', () => {
  assert.match(page({ verdict: 'down' }), '## Cause: not known\n\nSee `kubectl virtop describe`.');
  assert.match(page({ verdict: 'down', causes: [finding()], unexplained: 'pod x' }), '\npod x: see `kubectl');
  assert.not.match(page({}), 'Cause');
});

test.run();
