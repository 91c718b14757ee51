import { face } from './fonts.ts';
import { INK, MUTED, type Sheet } from './sheet.ts';
import { wrap } from './text.ts';

/** One signing party: who, and the people who sign by hand. */
export interface Signer {
  /** e.g. 出具单位：平罗县科学技术局 */
  party: string;
  roles: string[];
}

const SIZE = 9.5;
const LINE = 13;
const ROW = 24;
/** With the rows above it room for a round seal of 42 mm. */
const SEAL = 76;
/** Letters are set larger. */
const LETTER = 12;
const LETTER_LINE = LETTER * 1.65;
/** The part of the line an issuer's name may take. */
const ROOM = 0.62;

/** Height of the block, so that what belongs to it can be kept on its page. */
export function signatureHeight(sheet: Sheet, signers: Signer[]): number {
  const rows = signers.length === 1 ? 1 : Math.max(...signers.map((signer) => signer.roles.length));
  return 24 + partyHeight(sheet, signers) + rows * ROW + SEAL;
}

function partyHeight(sheet: Sheet, signers: Signer[]): number {
  return Math.max(...signers.map((signer) => partyLines(signer, sheet.width / signers.length).length)) * LINE;
}

function partyLines(signer: Signer, width: number): string[] {
  return wrap(signer.party, width - 16, SIZE, 'bold');
}

/**
 * Boxes side by side, one per party: name, a line for each signature (on one row where the box is the whole width),
 * room for the seal and the date. The block stays on one page.
 */
export function drawSignatures(sheet: Sheet, signers: Signer[]): void {
  const height = signatureHeight(sheet, signers);
  sheet.need(height);
  const box = { y: sheet.y + 10, width: sheet.width / signers.length, height: height - 10 };
  const firstRole = box.y + 4 + partyHeight(sheet, signers);
  for (const [i, signer] of signers.entries()) {
    const x = sheet.left + i * box.width;
    drawSigner(sheet, signer, { ...box, x }, firstRole);
    if (i > 0) sheet.rule(x, box.y, x, box.y + box.height);
  }
  sheet.doc.rect(sheet.left, box.y, sheet.width, box.height).lineWidth(0.9).strokeColor(INK).stroke();
  sheet.y += height;
}

function drawSigner(
  sheet: Sheet,
  signer: Signer,
  box: { x: number; y: number; width: number; height: number },
  firstRole: number,
): void {
  const x = box.x + 8;
  for (const [i, line] of partyLines(signer, box.width).entries()) {
    sheet.line(line, x, box.y + 4 + (i + 1) * LINE - 2, { size: SIZE, weight: 'bold' });
  }
  const perRow = box.width === sheet.width ? signer.roles.length : 1;
  const widest = Math.max(...signer.roles.map((role) => face('regular').width(`${role}：`, SIZE)));
  for (const [i, role] of signer.roles.entries()) {
    const y = firstRole + (Math.floor(i / perRow) + 1) * ROW;
    const from = x + ((i % perRow) * (box.width - 16)) / perRow;
    sheet.line(`${role}：`, from, y - 5, { size: SIZE });
    const start = from + widest;
    sheet.rule(start, y - 3, start + 105, y - 3, 0.4, MUTED);
  }
  const right = box.x + box.width - 14;
  const baseline = box.y + box.height - 10;
  sheet.line('（盖章）', right, baseline - 24, { size: SIZE, color: MUTED, align: 'right' });
  sheet.line('年　　月　　日', right, baseline, { size: SIZE, align: 'right' });
}

/** Height of the subscription below. */
export function subscriptionHeight(sheet: Sheet, issuer: string): number {
  return 18 + (wrap(issuer, sheet.width * ROOM, LETTER).length + 1) * LETTER_LINE + 14;
}

/**
 * 落款 of a letter: the issuer and the date at the lower right, the seal over both. The layout keeps it with the text
 * before it, for a seal must not stand alone on a page (GB/T 9704—2012 7.3.5).
 */
export function drawSubscription(sheet: Sheet, issuer: string, date: string): void {
  sheet.need(subscriptionHeight(sheet, issuer));
  const lines = [...wrap(issuer, sheet.width * ROOM, LETTER), date];
  const widest = Math.max(...lines.map((line) => face('regular').width(line, LETTER)));
  const centre = sheet.right - Math.max(widest / 2, 60) - 2 * LETTER;
  sheet.y += 18;
  for (const line of lines) {
    sheet.line(line, centre, sheet.y + LETTER_LINE * 0.65, { size: LETTER, align: 'center' });
    sheet.y += LETTER_LINE;
  }
  sheet.line('（盖章）', centre, sheet.y + 8, { size: SIZE, align: 'center', color: MUTED });
  sheet.y += 14;
}
