import { type Money, toWire } from './money.ts';

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['仟', '佰', '拾', ''];
const GROUPS = ['', '万', '亿', '万亿'];

/**
 * An amount in Chinese capitals (人民币大写) after 《支付结算办法》 附一 五: 1409.50 → 人民币壹仟肆佰零玖元伍角.
 * Ends at 元: 整; ends at 角 or 分: no 整. Where the annex allows two forms (元 place 0 and 角 not 0) this writes the
 * first: 1680.32 → 人民币壹仟陆佰捌拾元零叁角贰分, so that a run of zeros always reads as one 零. 0.00 → 人民币零元整;
 * below zero: 人民币负…. Throws RangeError for parts of a fen or more than 16 integer digits.
 */
export function uppercaseRmb(m: Money): string {
  const [yuan = '', cents = ''] = toWire(m.abs()).split('.');
  if (yuan.length > 16) throw new RangeError(`too large for capitals: ${toWire(m)}`);
  const prefix = m.isNegative() && !m.isZero() ? '人民币负' : '人民币';
  const whole = yuan === '0' ? '' : `${integer(yuan)}元`;
  if (cents === '00') return `${prefix}${whole || '零元'}整`;
  const [jiao, fen] = [Number(cents[0]), Number(cents[1])];
  // A zero place between 元 and what follows, on either side of the point, is read.
  const gap = whole !== '' && (jiao === 0 || yuan.endsWith('0')) ? '零' : '';
  return `${prefix}${whole}${gap}${jiao ? `${DIGITS[jiao]}角` : ''}${fen ? `${DIGITS[fen]}分` : ''}`;
}

/** Groups of four digits, highest first. Zeros at the end of a group are silent, any other run of them is one 零. */
function integer(yuan: string): string {
  const padded = yuan.padStart(Math.ceil(yuan.length / 4) * 4, '0');
  const count = padded.length / 4;
  let text = '';
  let skipped = false;
  for (let g = 0; g < count; g++) {
    const four = padded.slice(g * 4, g * 4 + 4);
    const level = count - 1 - g;
    if (four === '0000') {
      skipped = true;
      continue;
    }
    if (text !== '' && (skipped || four.startsWith('0'))) text += '零';
    // 壹万零伍亿, but 壹万亿: 亿 is named once, by its own group or, where that one is empty, by the group above.
    const name = level === 3 && padded.slice(4, 8) !== '0000' ? '万' : GROUPS[level];
    text += `${group(four)}${name}`;
    skipped = false;
  }
  return text;
}

function group(four: string): string {
  let text = '';
  let zero = false;
  for (let i = 0; i < 4; i++) {
    const digit = Number(four[i]);
    if (digit === 0) zero = true;
    else {
      text += `${zero && text !== '' ? '零' : ''}${DIGITS[digit]}${PLACES[i]}`;
      zero = false;
    }
  }
  return text;
}
