import { alertList } from '../../src/commands/alert-list.ts';
import { operatorReport } from '../../src/commands/operator-report.ts';
import { alertPage } from '../../src/report/alert-list.ts';
import { plain } from '../../src/terminal/color.ts';
import { format } from '../../src/terminal/print.ts';
import { fixtureEvidence, fixturePath } from '../helpers/fixture.ts';
import { matchesGolden } from '../helpers/golden.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('alerts of fixtures');

/** Those whose alerts are more than the verdict says. */
const FIXTURES = [
  'alert-ksm-down',
  'alert-scrape-broken',
  'healthy-monitored',
  'install-strategy-pod-masks',
  'networkpolicy-blocks',
  'no-alert-rules',
  'old-alert-name',
];

for (const name of FIXTURES) {
  test(`${name} gives the alerts beside it`, async () => {
    const evidence = await fixtureEvidence(name, undefined, 'all');
    const list = alertList({ evidence, report: operatorReport(evidence) });
    const output = alertPage(list, true);
    const lines = output.kind === 'lines' ? output.lines : [];
    matchesGolden(fixturePath(name, 'alerts.txt'), format(lines, { columns: 100, paint: plain, ascii: false }));
  });
}

test.run();
