import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeFromHash, normaliseCode } from '../../src/documents/verification-code.ts';
import type { DomainError } from '../../src/errors.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const hashes = fc.stringMatching(/^[0-9a-f]{64}$/);
const RUNS = { numRuns: 300 };

function refusal(typed: string): string {
  try {
    normaliseCode(typed);
  } catch (error) {
    return (error as DomainError).code;
  }
  return 'accepted';
}

describe('verification code', () => {
  test('takes 75 bits of the hash and a check symbol, printed in four groups of four', () => {
    expect(codeFromHash('0'.repeat(64))).toBe('0000-0000-0000-0000');
    // 0x4… is 0100 0…: the first symbol is 01000 = 8, whose check is 8·2 = 16 = G.
    expect(codeFromHash(`4${'0'.repeat(63)}`)).toBe('8000-0000-0000-000G');
    expect(codeFromHash('F'.repeat(64))).toBe(codeFromHash('f'.repeat(64)));
    expect(codeFromHash('f'.repeat(64))).toMatch(/^ZZZZ-ZZZZ-ZZZZ-ZZZ[0-9A-Z]$/);
  });

  test('never holds a letter that looks like another one, and is its own canonical form', () => {
    fc.assert(
      fc.property(hashes, (hash) => {
        const code = codeFromHash(hash);
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
        expect(normaliseCode(code)).toBe(code);
      }),
      RUNS,
    );
  });

  test('is read however people type it', () => {
    const code = '8000-0000-0000-000G';
    expect(normaliseCode('8000000000000 00g ')).toBe(code);
    expect(normaliseCode('８０００－ＯＯＯＯ—oooo–000ｇ')).toBe(code);
    const withOne = codeFromHash('08421084210842108421');
    expect(withOne).toContain('1');
    expect(normaliseCode(withOne.replaceAll('1', 'l').toLowerCase())).toBe(withOne);
    expect(normaliseCode(withOne.replaceAll('1', 'I'))).toBe(withOne);
  });

  test('notices any one wrong symbol', () => {
    fc.assert(
      fc.property(hashes, fc.nat(15), fc.integer({ min: 1, max: 31 }), (hash, at, shift) => {
        const plain = codeFromHash(hash).replaceAll('-', '');
        const wrong = ALPHABET[(ALPHABET.indexOf(plain[at]!) + shift) % 32];
        expect(refusal(plain.slice(0, at) + wrong + plain.slice(at + 1))).toBe('VERIFICATION_CODE_TYPO');
      }),
      RUNS,
    );
  });

  test('notices any two exchanged symbols, neighbours or not', () => {
    fc.assert(
      fc.property(hashes, fc.nat(15), fc.nat(15), (hash, i, j) => {
        const symbols = Array.from(codeFromHash(hash).replaceAll('-', ''));
        fc.pre(symbols[i] !== symbols[j]);
        [symbols[i], symbols[j]] = [symbols[j]!, symbols[i]!];
        expect(refusal(symbols.join(''))).toBe('VERIFICATION_CODE_TYPO');
      }),
      RUNS,
    );
  });

  test('tells what cannot be a code from what was mistyped', () => {
    for (const typed of [
      '',
      '8000-0000-0000-000',
      '8000-0000-0000-000GG',
      '8000-0000-0000-00UG',
      '验证码',
      '💥'.repeat(16),
    ]) {
      expect(refusal(typed)).toBe('VERIFICATION_CODE_FORMAT');
    }
    expect(refusal('8000-0000-0000-000H')).toBe('VERIFICATION_CODE_TYPO');
    expect(() => codeFromHash('abc')).toThrow(RangeError);
    expect(() => codeFromHash('g'.repeat(64))).toThrow(RangeError);
  });
});
