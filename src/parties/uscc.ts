const CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = Array.from({ length: 17 }, (_, i) => 3 ** i % 31);
const ORGANISATION_CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/**
 * Checks a 统一社会信用代码 (GB 32100-2015): 18 characters, no I O S V Z, the last one a check character, capitals only.
 * `orgCheckWarning`: characters 9–17 do not fit the check of GB 11714 they once were issued with; codes in use break
 * it, so it never makes a code invalid. Characters 3–8 are the place of first registration and are not checked.
 */
export function checkUscc(code: string): {
  valid: boolean;
  reason?: 'length' | 'character' | 'checkDigit';
  orgCheckWarning: boolean;
} {
  if (code.length !== 18) return { valid: false, reason: 'length', orgCheckWarning: false };
  const values = [...code].map((c) => CHARACTERS.indexOf(c));
  if (values.length !== 18 || values.includes(-1)) return { valid: false, reason: 'character', orgCheckWarning: false };
  const total = WEIGHTS.reduce((t, weight, i) => t + weight * values[i]!, 0);
  const orgCheckWarning = !fitsOrganisationCode(code.slice(8, 17));
  // The outer remainder makes the check character 0, not 31, when the sum divides.
  if ((31 - (total % 31)) % 31 !== values[17]) return { valid: false, reason: 'checkDigit', orgCheckWarning };
  return { valid: true, orgCheckWarning };
}

/** GB 11714: weights modulo 11, 10 written X and 11 written 0. */
function fitsOrganisationCode(nine: string): boolean {
  const total = ORGANISATION_WEIGHTS.reduce((t, w, i) => t + w * ORGANISATION_CHARACTERS.indexOf(nine[i]!), 0);
  const check = 11 - (total % 11);
  return nine[8] === (check === 10 ? 'X' : check === 11 ? '0' : String(check));
}

/**
 * A registered name in the form in which two spellings of it are equal: full- and half-width characters folded (NFKC),
 * every kind of bracket as a round one, no spaces. For comparing only; the name is kept as it was given.
 */
export function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[[{【〔〖〈《]/g, '(')
    .replace(/[\]}】〕〗〉》]/g, ')')
    .replace(/[\s\u200b\ufeff]/g, '');
}
