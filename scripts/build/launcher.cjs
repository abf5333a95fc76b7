// The first thing in the executable: runs the bundle, with the compiled code that the build recorded for it.
const { getRawAsset } = require('node:sea');
const { Script } = require('node:vm');

const bundle = new Script(Buffer.from(getRawAsset('bundle.cjs')).toString('latin1'), {
  filename: 'kubectl-virtop',
  cachedData: Buffer.from(getRawAsset('bundle.code')),
});
bundle.runInThisContext()(require, __filename);
