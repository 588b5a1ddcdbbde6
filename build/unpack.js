// Unpacks the program: LZMA, written with seven bits a character. `fold.mjs` packs it, and puts this
// text into the start script.
//
// What browsers unpack by themselves, gzip in base64, would make the file half as large again.

/** Characters that the text cannot hold as they are: what the HTML parser or a string would change. */
export const awkward = [0, 10, 13, 34, 60, 92];

/**
 * The bytes that `text` stands for. A character below 128 is seven bits. One above is fourteen: the
 * place of an awkward character, counted from 1, and the seven bits after it.
 */
export function readText(text) {
  const bytes = new Uint8Array(Math.floor((text.length * 14) / 8) + 1);
  let length = 0;
  let held = 0;
  let count = 0;
  const take = (seven) => {
    held = ((held << 7) | seven) & 0x3fff;
    count += 7;
    if (count >= 8) {
      count -= 8;
      bytes[length] = held >> count;
      length += 1;
    }
  };
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 127) take(awkward[(code >> 7) - 1]);
    take(code & 127);
  }
  return bytes.subarray(0, length);
}

/**
 * Decodes LZMA (a file of the kind `.lzma`) into `size` bytes. Yields now and then, so that whoever
 * drives it can let the page live in between; returns the bytes.
 */
export function* decode(input, size) {
  const output = new Uint8Array(size);
  const literalContext = input[0] % 9;
  const literalMask = (1 << (Math.floor(input[0] / 9) % 5)) - 1;
  const placeMask = (1 << Math.floor(input[0] / 45)) - 1;
  // Where each kind of chance begins.
  const [isMatch, isRepeat, isFirst, isSecond, isThird, isLong] = [0, 192, 204, 216, 228, 240];
  const [slots, special, align, lengths, repeatLengths, literals] = [432, 688, 816, 832, 1346, 1860];
  const chances = new Uint16Array(literals + 0x300 * ((literalMask + 1) << literalContext));
  chances.fill(1024);

  // After the header of 13 bytes comes a zero, then the first four bytes of the code.
  let at = 14;
  let range = 0xffffffff;
  let code = 0;
  for (; at < 18; at += 1) code = ((code << 8) | input[at]) >>> 0;

  const bit = (chance) => {
    const bound = (range >>> 11) * chances[chance];
    let value = 0;
    if (code < bound) {
      range = bound;
      chances[chance] += (2048 - chances[chance]) >>> 5;
    } else {
      range -= bound;
      code -= bound;
      chances[chance] -= chances[chance] >>> 5;
      value = 1;
    }
    if (range < 0x1000000) {
      range = (range << 8) >>> 0;
      code = ((code << 8) | input[at]) >>> 0;
      at += 1;
    }
    return value;
  };
  const plain = (count) => {
    let value = 0;
    for (let left = count; left > 0; left -= 1) {
      range >>>= 1;
      const one = code >= range ? 1 : 0;
      if (one) code -= range;
      value = (value << 1) | one;
      if (range < 0x1000000) {
        range = (range << 8) >>> 0;
        code = ((code << 8) | input[at]) >>> 0;
        at += 1;
      }
    }
    return value;
  };
  const tree = (from, count) => {
    let node = 1;
    for (let left = count; left > 0; left -= 1) node = (node << 1) | bit(from + node);
    return node - (1 << count);
  };
  const reverseTree = (from, count) => {
    let node = 1;
    let value = 0;
    for (let place = 0; place < count; place += 1) {
      const one = bit(from + node);
      node = (node << 1) | one;
      value |= one << place;
    }
    return value;
  };
  const length = (from, place) => {
    if (!bit(from)) return 2 + tree(from + 2 + (place << 3), 3);
    if (!bit(from + 1)) return 10 + tree(from + 130 + (place << 3), 3);
    return 18 + tree(from + 258, 8);
  };
  const distance = (long) => {
    const slot = tree(slots + (Math.min(long - 2, 3) << 6), 6);
    if (slot < 4) return slot;
    const count = (slot >> 1) - 1;
    const start = (2 | (slot & 1)) << count;
    if (slot < 14) return start + reverseTree(special + start - slot, count);
    return start + (plain(count - 4) << 4) + reverseTree(align, 4);
  };

  let state = 0;
  let [first, second, third, fourth] = [0, 0, 0, 0];
  let done = 0;
  let pause = 0x2000;
  while (done < size) {
    if (done >= pause) {
      pause = done + 0x2000;
      yield;
    }
    const place = done & placeMask;
    if (!bit(isMatch + (state << 4) + place)) {
      const before = done > 0 ? output[done - 1] : 0;
      const context = ((done & literalMask) << literalContext) + (before >> (8 - literalContext));
      const from = literals + 0x300 * context;
      let node = 1;
      if (state > 6) {
        // What stands at the last distance is not what comes: it tells which way to bet.
        let other = output[done - first - 1];
        while (node < 0x100) {
          const expected = (other >> 7) & 1;
          other <<= 1;
          const one = bit(from + ((1 + expected) << 8) + node);
          node = (node << 1) | one;
          if (one !== expected) break;
        }
      }
      while (node < 0x100) node = (node << 1) | bit(from + node);
      output[done] = node;
      done += 1;
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      continue;
    }
    let long;
    if (!bit(isRepeat + state)) {
      [first, second, third, fourth] = [0, first, second, third];
      long = length(lengths, place);
      state = state < 7 ? 7 : 10;
      first = distance(long);
    } else {
      if (!bit(isFirst + state)) {
        if (!bit(isLong + (state << 4) + place)) {
          output[done] = output[done - first - 1];
          done += 1;
          state = state < 7 ? 9 : 11;
          continue;
        }
      } else if (!bit(isSecond + state)) {
        [first, second] = [second, first];
      } else if (!bit(isThird + state)) {
        [first, second, third] = [third, first, second];
      } else {
        [first, second, third, fourth] = [fourth, first, second, third];
      }
      long = length(repeatLengths, place);
      state = state < 7 ? 8 : 11;
    }
    for (let from = done - first - 1; long > 0 && done < size; long -= 1) {
      output[done] = output[from];
      done += 1;
      from += 1;
    }
  }
  return output;
}

/** The program that `text` holds, `size` bytes of it; the page is never held for long. */
export async function unpack(text, size) {
  const decoding = decode(readText(text), size);
  for (;;) {
    const until = performance.now() + 24;
    while (performance.now() < until) {
      const { done, value } = decoding.next();
      if (done) return value;
    }
    await new Promise((resolve) => setTimeout(resolve));
  }
}
