/**
 * Checks a bank's CNAPS number (支付行号): 12 digits of 3 bank, 4 city, 4 branch, 1 check. The published numbers fit
 * ISO 7064 MOD 11,10, but no standard binds them to it: `checkWarning` only asks to look again.
 */
export function checkCnaps(code: string): { valid: boolean; checkWarning: boolean } {
  if (!/^\d{12}$/.test(code)) return { valid: false, checkWarning: false };
  let carry = 10;
  for (const digit of code.slice(0, 11)) {
    const added = (carry + Number(digit)) % 10 || 10;
    carry = (added * 2) % 11;
  }
  return { valid: true, checkWarning: (carry + Number(code[11])) % 10 !== 1 };
}
