/**
 * Keeps two things out of the start of every command. Before each command yargs lays out a help text that this program
 * never prints (it writes its own): it is given a layout that draws nothing. And string-width makes a segmenter when it
 * is loaded, about 20 ms (string-width 8.3.0, index.js): it is loaded when the first text needs it.
 * @type {import('esbuild').Plugin}
 */
export const quickStart = {
  name: 'quick-start',
  setup(esbuild) {
    const stubs = new Map([
      ['yargs cliui', "export default () => ({ div() {}, span() {}, toString: () => '' });"],
      ['yargs string-width', 'export default (text) => text.length;'],
      ['string-width', "export default (text, options) => require('string-width').default(text, options);"],
    ]);
    esbuild.onResolve({ filter: /^(cliui|string-width)$/ }, ({ path, importer, namespace, resolveDir }) => {
      if (namespace === 'stub') return undefined;
      const name = /[\\/]node_modules[\\/]yargs[\\/]/.test(importer) ? `yargs ${path}` : path;
      return stubs.has(name) ? { path: name, namespace: 'stub', pluginData: resolveDir } : undefined;
    });
    esbuild.onLoad({ filter: /./, namespace: 'stub' }, ({ path, pluginData }) => ({
      contents: stubs.get(path) ?? '',
      resolveDir: pluginData,
    }));
  },
};
