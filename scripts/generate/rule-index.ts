/** The text of src/rules/index.ts: every rule imported and listed, in the order of their codes. */
export function ruleIndex(codes: string[]): string {
  const imports = codes.map((code) => `import ${camelCase(code)} from './${code}.ts';`);
  const entries = codes.map((code) => `  ${camelCase(code)},`);
  return [
    '// Generated from the files of this folder by `npm run generate`: do not edit.',
    "import type { Rule } from '../model/rule.ts';",
    ...imports,
    '',
    '/** Every rule, in the order of their codes; the order decides nothing. */',
    'export const rules: readonly Rule[] = [',
    ...entries,
    '];',
    '',
  ].join('\n');
}

function camelCase(code: string): string {
  return code.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
