"use strict";
// Finds the number that gives the SHA-256 (FIPS 180-4) of "CHALLENGE:NUMBER" so many leading zero bits; in the background.

const primes = [];
for (let n = 2; primes.length < 64; n++) if (primes.every(p => n % p)) primes.push(n);
const fraction = x => (x - Math.floor(x)) * 0x100000000 | 0;
const ROUND = primes.map(p => fraction(Math.cbrt(p)));
const START = primes.slice(0, 8).map(p => fraction(Math.sqrt(p)));
const turn = (x, n) => x >>> n | x << 32 - n;
const words = new Int32Array(64);

function block(state, bytes, offset) {
  for (let i = 0; i < 16; i++, offset += 4) {
    words[i] = bytes[offset] << 24 | bytes[offset + 1] << 16 | bytes[offset + 2] << 8 | bytes[offset + 3];
  }
  for (let i = 16; i < 64; i++) {
    const a = words[i - 15], b = words[i - 2];
    words[i] = words[i - 16] + words[i - 7] + (turn(a, 7) ^ turn(a, 18) ^ a >>> 3) + (turn(b, 17) ^ turn(b, 19) ^ b >>> 10) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e & f ^ ~e & g) + ROUND[i] + words[i] | 0;
    const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a & b ^ a & c ^ b & c) | 0;
    h = g; g = f; f = e; e = d + one | 0; d = c; c = b; b = a; a = one + two | 0;
  }
  return [state[0] + a | 0, state[1] + b | 0, state[2] + c | 0, state[3] + d | 0,
    state[4] + e | 0, state[5] + f | 0, state[6] + g | 0, state[7] + h | 0];
}

function padded(text) {
  const bytes = new Uint8Array((text.length + 9 + 63 >> 6) * 64);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  bytes[text.length] = 0x80;
  new DataView(bytes.buffer).setUint32(bytes.length - 4, text.length * 8);
  return bytes;
}

function zeros(text) {
  const bytes = padded(text);
  let state = START;
  for (let offset = 0; offset < bytes.length; offset += 64) state = block(state, bytes, offset);
  return state[0] === 0 ? 32 : Math.clz32(state[0]);
}

self.addEventListener("message", puzzle => {
  const [challenge, bits] = puzzle.data;
  let number = 0;
  while (zeros(challenge + ":" + number) < bits) number++;
  self.postMessage(challenge + ":" + number);
});
