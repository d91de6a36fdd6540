// A million mutated SIP messages through all readers: node test/sip-fuzz.soak.ts [--messages N] [--seed N]
import { parseArgs } from 'node:util';
import { fuzzSip } from '../src/codec/sip/testing/sip-fuzz.ts';

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: `${Date.now() % 2 ** 31}` },
  },
});
const messages = Number(values.messages);
const seed = Number(values.seed);

console.log(`SIP: ${messages} mutated messages, seed ${seed}`);
const { good } = fuzzSip({ messages, seed });
console.log(`  good ${good}, refused ${messages - good}, passed`);
