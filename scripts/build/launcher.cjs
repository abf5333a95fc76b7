// The first thing in the executable: runs the bundle, with the compiled code that the build recorded where it could.
const { getAssetKeys, getRawAsset } = require('node:sea');
const { Script } = require('node:vm');

const bundle = new Script(Buffer.from(getRawAsset('bundle.cjs')).toString('latin1'), {
  filename: 'kubectl-virtop',
  ...(getAssetKeys().includes('bundle.code') ? { cachedData: Buffer.from(getRawAsset('bundle.code')) } : {}),
});
bundle.runInThisContext()(require, __filename);
