/** The more particular name first: Edge also calls itself Chrome, and Chrome calls itself Safari. */
const BROWSERS: [mark: RegExp, name: string][] = [
  [/MicroMessenger/, '微信'],
  [/Edg/, 'Edge'],
  [/QQBrowser/, 'QQ 浏览器'],
  [/Firefox/, '火狐'],
  [/Chrome/, 'Chrome'],
  [/Safari/, 'Safari'],
];
const SYSTEMS: [mark: RegExp, name: string][] = [
  [/HarmonyOS/, '鸿蒙'],
  [/Android/, '安卓'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS/, 'macOS'],
  [/Linux/, 'Linux'],
];

/** A browser's own description as people know it: `Chrome（Windows）`. */
export function browserOf(description: string | null): string {
  const known = (names: [RegExp, string][]) => names.find(([mark]) => mark.test(description ?? ''))?.[1];
  const system = known(SYSTEMS);
  return `${known(BROWSERS) ?? '其他'}${system ? `（${system}）` : ''}`;
}
