import { DomainError } from '../errors.ts';

/**
 * The code at the foot of every document: 15 symbols of the document's hash (75 bits) and a check symbol, printed
 * 4-4-4-4. The alphabet is Douglas Crockford's base 32: digits and letters without I, L, O and U, which people misread.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const PAYLOAD = 15;

/** Derives the code from a hash in hex (at least 19 digits). Throws RangeError for anything else. */
export function codeFromHash(hex: string): string {
  if (!/^[0-9a-f]{19,}$/i.test(hex)) throw new RangeError('a verification code needs a hash of 19 or more hex digits');
  const bits = BigInt(`0x${hex.slice(0, 19)}`) >> 1n; // 19 × 4 − 1 = 75 = 15 × 5
  const symbols = Array.from({ length: PAYLOAD }, (_, i) => Number((bits >> BigInt(5 * (PAYLOAD - 1 - i))) & 31n));
  return group([...symbols, checkSymbol(symbols)]);
}

/**
 * Reads a code as people type it: any case, full-width forms, spaces or dashes anywhere, O for 0, I or L for 1. Returns
 * the canonical XXXX-XXXX-XXXX-XXXX. Throws DomainError VERIFICATION_CODE_FORMAT when it cannot be a code at all and
 * VERIFICATION_CODE_TYPO when the check symbol does not fit: then it was mistyped, not never issued.
 */
export function normaliseCode(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}_]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  const symbols = Array.from(plain, (character) => ALPHABET.indexOf(character));
  if (symbols.length !== PAYLOAD + 1 || symbols.includes(-1)) {
    throw new DomainError(
      'VERIFICATION_CODE_FORMAT',
      '验证码应为 16 位数字和字母，印在文件页脚，形如 XXXX-XXXX-XXXX-XXXX',
    );
  }
  if (checkSymbol(symbols.slice(0, PAYLOAD)) !== symbols[PAYLOAD]) {
    throw new DomainError('VERIFICATION_CODE_TYPO', '验证码有误，请对照文件页脚重新输入');
  }
  return group(symbols);
}

function group(symbols: number[]): string {
  return symbols
    .map((symbol) => ALPHABET[symbol])
    .join('')
    .replace(/(.{4})(?=.)/g, '$1-');
}

/**
 * Σ symbolᵢ·2ⁱ (i = 1…15) in GF(32). All sixteen weights differ (the check symbol's own is 1) and none is 0, so one
 * wrong symbol and any two exchanged symbols are always noticed.
 */
function checkSymbol(symbols: number[]): number {
  let sum = 0;
  for (const symbol of symbols.toReversed()) sum = double(sum ^ symbol);
  return sum;
}

/** Times x in GF(32) with x⁵ = x² + 1, whose powers of x are 31 different elements. */
function double(element: number): number {
  const shifted = element << 1;
  return shifted > 31 ? shifted ^ 0b100101 : shifted;
}
