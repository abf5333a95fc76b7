// Makes recorded code valid for a runtime without flags, and makes sure that it is: node admit-code.cjs BUNDLE CODE
// The code is the same under the flags that it was recorded with, but V8 notes a hash of them in the header and takes no
// code with another one (V8 14, src/snapshot/code-serializer.h, SerializedCodeData).
const { readFileSync, writeFileSync } = require('node:fs');
const { Script } = require('node:vm');

const FLAGS = { start: 12, end: 16 };
const [, , path = '', recorded = ''] = process.argv;
const source = readFileSync(path, 'latin1');
const cachedData = readFileSync(recorded);
new Script('').createCachedData().copy(cachedData, FLAGS.start, FLAGS.start, FLAGS.end);
if (new Script(source, { filename: 'kubectl-virtop', cachedData }).cachedDataRejected) {
  throw new Error('This Node does not take the code that was recorded: every start of the program would be slower.');
}
writeFileSync(recorded, cachedData);
