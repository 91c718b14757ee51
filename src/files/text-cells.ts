import { type CellResult, cellFault, foldWidth, refuse } from './cell.ts';
import { isBlank } from './table.ts';

/** Control characters, line breaks within a cell, zero-width and direction marks, half surrogate pairs. */
const INVISIBLE = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff\p{Cs}]/u;
/** A number that a spreadsheet has put into scientific notation: its last digits are gone. */
const SCIENTIFIC = /^-?\d+(?:\.\d+)?E[+-]?\d+$/i;
const ERRORS = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)$/i;
/** What people put where there is nothing to say. */
const NOTHING = new Set(['-', '--', '—', '——', '－', '/', '／', '\\', '无']);

/** True for an empty cell and for the signs of one ("-", "/", "无"), where a text may be missing. */
export function isNothing(text: string): boolean {
  return isBlank(text) || NOTHING.has(text.trim());
}

/**
 * Free text or a name, trimmed, otherwise as given. Faults: FORMULA_TEXT (would run as a formula when the list is
 * opened in a spreadsheet; OWASP "CSV Injection"), CONTROL_CHARACTER, CELL_ERROR (#N/A), TEXT_LENGTH (over 200).
 */
export function readText(text: string, title: string): CellResult<string> {
  const first = text.charCodeAt(0);
  const plain = text.trim();
  if (first === 9 || first === 13 || /^['‘’]?\s*[=+\-@＝＋－＠]/.test(plain)) {
    return refuse('FORMULA_TEXT', title, text, '以公式符号开头，应为普通文字');
  }
  if (INVISIBLE.test(plain)) return refuse('CONTROL_CHARACTER', title, text, '含有换行或不可见字符，请删除后重新填写');
  if (ERRORS.test(plain)) return refuse('CELL_ERROR', title, text, '是电子表格的错误值，请填写实际内容');
  if (plain.length > 200) return refuse('TEXT_LENGTH', title, text, '超过 200 字');
  return { value: plain };
}

/**
 * A number of a contract, a due bill or a certificate, without the apostrophe that keeps it text in a spreadsheet;
 * letters, digits and hyphens folded to ASCII. Faults as `readText`, and CODE_SPOILT where a spreadsheet has cut it.
 */
export function readCode(text: string, title: string): CellResult<string> {
  const read = readText(text, title);
  if (read.fault) return read;
  const code = read.value
    .replace(/^['‘’]\s*/, '')
    .replace(/[０-９Ａ-Ｚａ-ｚ－＿．／]/g, (wide) => wide.normalize('NFKC'));
  if (SCIENTIFIC.test(code)) return spoilt(title, text);
  return code.length > 64 ? refuse('TEXT_LENGTH', title, text, '超过 64 字') : { value: code };
}

/** A 统一社会信用代码 for `checkUscc`: no spaces, upper case, ASCII. Faults as `readCode`; the code itself is not checked. */
export function readUscc(text: string, title: string): CellResult<string> {
  const read = readText(text, title);
  if (read.fault) return read;
  const code = foldWidth(read.value).replace(/^'/, '').replace(/\s+/g, '').toUpperCase();
  return SCIENTIFIC.test(code) ? spoilt(title, text) : { value: code };
}

/**
 * An account number as text. One that a spreadsheet spoilt ("6.4022E+15") is left out with the warning ACCOUNT_SPOILT,
 * because the loan stands without it. Faults as `readText`, and ACCOUNT_FORMAT.
 */
export function readAccount(text: string, title: string): CellResult<string | undefined> {
  const account = foldWidth(text)
    .replace(/^['‘’]/, '')
    .replace(/(?<=\w)[ -](?=\w)/g, '');
  if (/^[0-9A-Za-z]{1,40}$/.test(account) && !SCIENTIFIC.test(account)) return { value: account };
  if (SCIENTIFIC.test(account)) {
    const problem = '已被电子表格改成科学计数法，末几位丢失，未采用，请把该列设为文本后补报';
    return { value: undefined, warning: cellFault('ACCOUNT_SPOILT', title, text, problem) };
  }
  const read = readText(text, title);
  return read.fault ? read : refuse('ACCOUNT_FORMAT', title, text, '不是账号，应由数字或字母组成');
}

function spoilt(title: string, text: string): CellResult<never> {
  return refuse('CODE_SPOILT', title, text, '已被电子表格改成科学计数法，请把该列设为文本后重新填写');
}
