import { dictionary } from '@zxcvbn-ts/language-common';

/** What a password is measured against: 12 to 128 characters, any of them, no composition rules, no expiry (OWASP ASVS 5.0, 6.2). */
export const PASSWORD_LENGTH = { least: 12, most: 128 } as const;

/** The passwords most often found in leaks, in small letters. */
let common: Set<string> | undefined;

/**
 * What is wrong with a new password, in Chinese for whoever chose it; null when nothing is. `personal` are texts that others know about its owner: user name,
 * e-mail address, 统一社会信用代码; of an address what stands before the @ counts.
 */
export function passwordFault(password: string, personal: (string | null | undefined)[]): string | null {
  const length = [...password].length;
  if (length < PASSWORD_LENGTH.least) return `密码至少 ${PASSWORD_LENGTH.least} 个字符，现为 ${length} 个`;
  if (length > PASSWORD_LENGTH.most) return `密码最多 ${PASSWORD_LENGTH.most} 个字符`;
  const folded = password.normalize('NFKC').toLowerCase();
  if (isCommon(folded) || isRegular(folded)) return '这是常见的密码，容易被猜中，请换一个';
  const known = personal.flatMap((text) => (text ? [text.toLowerCase().split('@')[0]!] : []));
  if (known.some((text) => text.length >= 3 && folded.includes(text)))
    return '密码不能含有用户名、邮箱名或统一社会信用代码';
  return null;
}

/** In the list as it is, or a word of it with digits and signs put around: password2026! */
function isCommon(folded: string): boolean {
  common ??= new Set(dictionary['passwords-common']?.map(String));
  const core = folded.replace(/^[\d\p{P}\p{S}]+|[\d\p{P}\p{S}]+$/gu, '');
  return common.has(folded) || (core.length >= 4 && common.has(core));
}

/** One to four characters over and over, or neighbours in a row (…8, 9, 0, 1…): no list has all of them. */
function isRegular(folded: string): boolean {
  if (/^(.{1,4})\1+.{0,3}$/u.test(folded)) return true;
  const codes = [...folded].map((c) => c.codePointAt(0)!);
  const steps = new Set(
    codes
      .slice(1)
      .map((code, i) => (codes[i] === 57 && code === 48 ? 1 : codes[i] === 48 && code === 57 ? -1 : code - codes[i]!)),
  );
  return steps.size === 1;
}
