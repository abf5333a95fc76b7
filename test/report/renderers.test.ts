import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import type { Output } from '../../src/model/line.ts';
import { describeView } from '../../src/report/describe/describe.ts';
import { isPage, OUTPUT_FORMATS, type OutputFormat } from '../../src/report/format.ts';
import { documents, pages } from '../../src/report/renderers.ts';
import type { View } from '../../src/report/view.ts';
import { plain } from '../../src/terminal/color.ts';
import { format } from '../../src/terminal/print.ts';
import { width } from '../../src/terminal/wrap.ts';
import { healthyCluster, node, object, operatorPod, type TestObject } from '../helpers/cluster.ts';
import { matchesGolden } from '../helpers/golden.ts';
import { suite } from '../helpers/suite.ts';
import { evidence, report } from '../helpers/view.ts';
import { views } from './views.ts';

const test = suite('renderers');

const TEMPLATE = '{.verdict}{"\\n"}{range .causes[*]}{.code}: {.title} {.evidence}{"\\n"}{end}';
const EXTENSIONS: Record<OutputFormat, string> = {
  text: 'txt',
  wide: 'wide.txt',
  json: 'json',
  yaml: 'yaml',
  name: 'name.txt',
  markdown: 'md',
  junit: 'xml',
  jsonpath: 'jsonpath.txt',
};

function shown(output: Output, columns = 80): string {
  return output.kind === 'document' ? output.text : format(output.lines, { columns, paint: plain, ascii: false });
}

const schema = JSON.parse(readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv({ strict: false }).compile(schema);

function golden(file: string): string {
  return fileURLToPath(new URL(`golden/${file}`, import.meta.url));
}

for (const [name, makeView] of Object.entries(views)) {
  for (const outputFormat of OUTPUT_FORMATS) {
    test(`${name} as ${outputFormat}`, async () => {
      const view = await makeView();
      const output = isPage(outputFormat) ? pages[outputFormat](view) : documents[outputFormat](view.report, TEMPLATE);
      matchesGolden(golden(`${name}.${EXTENSIONS[outputFormat]}`), shown(output));
    });
  }

  test(`${name} described`, async () => {
    matchesGolden(golden(`${name}.describe.txt`), shown(describeView(await makeView(), null)));
  });

  test(`${name}: JSON and YAML are the same data`, async () => {
    const view = await makeView();
    assert.equal(JSON.parse(shown(documents.json(view.report, ''))), view.report);
    assert.equal(parse(shown(documents.yaml(view.report, '')), { version: '1.1' }), view.report);
  });

  test(`${name}: the document keeps to its published schema`, async () => {
    assert.ok(
      validate(JSON.parse(shown(documents.json((await makeView()).report, '')))),
      JSON.stringify(validate.errors),
    );
  });

  test(`${name}: what is not to be copied or a table fits every terminal`, async () => {
    const view = await makeView();
    for (const columns of [20, 40, 80, 200]) {
      for (const output of [pages.wide(view), describeView(view, null)]) {
        const breakable = output.kind === 'lines' ? output.lines.filter((line) => !line.whole) : [];
        const rows = shown({ kind: 'lines', lines: breakable }, columns).split('\n');
        assert.equal(
          rows.filter((row) => width(row) > columns),
          [],
          `at ${columns} columns`,
        );
      }
    }
  });
}

test('an odd object costs the fields that are odd, nothing else', async () => {
  const odd = { ...operatorPod('virt-operator-1-b', 'cp-1'), status: { phase: 7, containerStatuses: 'none' } };
  const strange = [node('cp-0', {}), { ...node('cp-1', {}), spec: { taints: [{ key: 1, effect: {} }] } }];
  const events = [
    object('v1', 'Event', { name: 'a', namespace: 'kubevirt' }, { involvedObject: { name: 'cp-0' }, message: 3 }),
  ];
  const view = {
    report: report(),
    evidence: await evidence([...healthyCluster(), odd, ...strange, ...events] as TestObject[]),
  };
  const page = shown(describeView(view, null)) + shown(pages.wide(view));
  for (const name of ['virt-operator-1-a', 'virt-operator-1-b', 'cp-0', 'cp-1']) assert.match(page, name);
});

test('one screen is enough', async () => {
  for (const [name, makeView] of Object.entries(views)) {
    const view = await makeView();
    const rows = shown(pages.text(view)).split('\n').length - 1;
    assert.ok(rows <= (view.report.causes.length > 2 ? 40 : 24), `${name} takes ${rows} lines`);
  }
});

test('what a screen of many causes leaves out is described', async () => {
  const view = await (views['down-many-causes'] as () => Promise<View>)();
  const page = shown(describeView(view, null), 500);
  for (const { code, title, evidence: said, mitigation } of view.report.causes) {
    for (const text of [code, title, mitigation?.command ?? '', ...said.map((one) => one.text)]) {
      assert.ok(page.includes(text), `${code}: ${text}`);
    }
  }
});

test.run();
