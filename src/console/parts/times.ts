/** An instant as people here read it: `2026-11-20 14:03:05`. */
export function clock(instant: string | null | undefined): string {
  if (!instant) return '—';
  return new Date(instant).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' });
}
