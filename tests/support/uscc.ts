/** A valid 统一社会信用代码 of its own for each number; its 主体标识码 need not fit the older standard. */
export function usccOf(i: number): string {
  const characters = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const body = `91640100${String(i).padStart(9, '0')}`;
  const total = [...body].reduce((sum, c, at) => sum + characters.indexOf(c) * (3 ** at % 31), 0);
  return body + characters[(31 - (total % 31)) % 31];
}
