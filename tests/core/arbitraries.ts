import fc from 'fast-check';

/** Amounts in fen, positive and negative, small ones and those with long runs of zeros as likely as large ones. */
export const positiveFen = fc.oneof(
  fc.bigInt(0n, 100000n),
  fc.bigInt(0n, 9999999999999999n),
  fc.array(fc.constantFrom('0', '0', '0', '1', '9'), { minLength: 1, maxLength: 16 }).map((d) => BigInt(d.join(''))),
);

export const anyFen = fc.oneof(
  positiveFen,
  positiveFen.map((fen) => -fen),
);

/** Fen written in 元 by hand, independently of the code under test: 5 is "0.05". */
export function yuan(fen: bigint): string {
  const digits = String(fen < 0n ? -fen : fen).padStart(3, '0');
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
