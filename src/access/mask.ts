/** Chinese family names of two characters; all others have one. */
const DOUBLE = new Set(
  '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 西门 公祖 第五 公乘 贯丘 公皙 南荣 东里 东宫 仲长 子书 子桑 即墨 达奚 褚师 纳兰'.split(
    ' ',
  ),
);

/** A person's name with all but the family name hidden: 张*, 欧阳*; of a name with a dot (买买提·艾力) or in Latin letters, the first part. Pure; '' stays. */
export function maskName(name: string): string {
  if (!name) return name;
  const characters = [...name];
  const [first = ''] = name.split(/[·•・\s]/);
  if (first.length < name.length) return first.length > 0 ? `${first}*` : '*';
  if (!/^\p{Script=Han}/u.test(name)) return `${characters[0]}*`;
  if (characters.length < 2) return '*';
  const family = characters.slice(0, 2).join('');
  return characters.length > 2 && DOUBLE.has(family) ? `${family}*` : `${characters[0]}*`;
}

/** A telephone number with its middle hidden: 138****5678, 0952-***4321. Fewer than seven digits: all hidden. Pure; '' stays. */
export function maskPhone(phone: string): string {
  if (!phone) return phone;
  const digits = phone.replace(/\D/g, '').length;
  if (digits < 7) return '****';
  const shown = { first: digits >= 11 ? 3 : 0, last: 4 };
  let at = 0;
  return phone.replace(/\d/g, (digit) => {
    at++;
    return at <= shown.first || at > digits - shown.last ? digit : '*';
  });
}

/** An e-mail address with its first character and its domain: z***@example.com. Pure; '' stays. */
export function maskEmail(email: string): string {
  if (!email) return email;
  const at = email.lastIndexOf('@');
  return at < 1 ? '***' : `${[...email][0]}***${email.slice(at)}`;
}
