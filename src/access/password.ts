import { dictionary } from '@zxcvbn-ts/language-common';

/** What a password is measured against: 12 to 128 characters, any of them, no composition rules, no expiry (OWASP ASVS 5.0, 6.2). */
export const PASSWORD_LENGTH = { least: 12, most: 128 } as const;

/** The passwords most often found in leaks, in lower case; those that are long enough to be asked about. */
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
  common ??= new Set(dictionary['passwords-common']?.map(String).filter((p) => p.length >= PASSWORD_LENGTH.least));
  if (common.has(folded) || isRepeated(folded)) return '这是常见的密码，容易被猜中，请换一个';
  const known = personal.flatMap((text) => (text ? [text.toLowerCase().split('@')[0]!] : []));
  if (known.some((text) => text.length >= 3 && folded.includes(text)))
    return '密码不能含有用户名、邮箱名或统一社会信用代码';
  return null;
}

/** One to four characters over and over, or a run of neighbours: no dictionary lists all of them. */
function isRepeated(text: string): boolean {
  if (/^(.{1,4})\1+.{0,3}$/u.test(text)) return true;
  const steps = new Set([...text].slice(1).map((c, i) => c.codePointAt(0)! - [...text][i]!.codePointAt(0)!));
  return steps.size === 1;
}
